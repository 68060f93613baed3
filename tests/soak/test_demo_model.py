"""The demo speech model can be made again from nothing, of texts that keep their promises.

Needs requirements-train.in and Festival; `make soak` installs the first and says what is missing of the second.
"""

import re
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("torch", reason="needs requirements-train.in")

from faster_whisper import WhisperModel

from tools.demo_model import numbers, texts
from tools.demo_model.features import RATE
from tools.demo_model.sounds import tone
from tools.demo_model.texts import held_out_sentences

pytestmark = pytest.mark.soak
ROOT = Path(__file__).parents[2]


def _some(count: int, seed: int) -> list[str]:
    rng = Random(seed)
    return list(islice(texts.filtered(iter(lambda: texts.utterance(rng), None), held_out_sentences()), count))


def test_no_training_text_shares_five_words_with_a_sample_call() -> None:
    held = [texts.spoken_words(turn) for turn in held_out_sentences()]
    grams = {tuple(turn[at : at + 5]) for turn in held for at in range(len(turn) - 4)}
    grams = {gram for gram in grams if len(set(gram)) > 1}
    assert len(grams) > 500
    for said in _some(5000, 1):
        words = texts.spoken_words(said)
        assert not grams.intersection(tuple(words[at : at + 5]) for at in range(len(words) - 4))


def test_a_planted_sentence_is_dropped() -> None:
    turn = next(turn for turn in held_out_sentences() if len(texts.spoken_words(turn)) > 8)
    assert list(texts.filtered([f"öö {turn} joo"], held_out_sentences())) == []


def test_texts_are_lower_case_words_without_digits() -> None:
    for said in _some(2000, 2):
        words = texts.spoken_words(said)
        assert words
        assert all(word.isalpha() and word == word.lower() for word in words), said


def test_a_text_comes_again_from_its_seed() -> None:
    assert _some(50, 3) == _some(50, 3)


def test_cardinals_and_ordinals() -> None:
    rng = Random(4)
    assert numbers.cardinal(52, rng) == "viisikymmentäkaksi"
    assert numbers.cardinal(2304, rng) == "kaksituhatta kolmesataaneljä"
    assert numbers.cardinal(111, rng) == "satayksitoista"
    assert numbers.ordinal(13) == "kolmastoista"
    assert numbers.ordinal(29) == "kahdeskymmenesyhdeksäs"
    assert numbers.ordinal(10, "par") == "kymmenettä"


def test_the_training_runs_from_nothing_to_a_model_that_faster_whisper_loads_within_ten_minutes(tmp_path: Path) -> None:
    began = time.monotonic()
    command = [sys.executable, "-m", "tools.demo_model", "--quick", "--work", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert time.monotonic() - began < 600
    losses = [float(value) for value in re.findall(r" text ([0-9.]+) ", done.stdout)]
    assert len(losses) >= 3
    assert losses[-1] < losses[0]
    assert "ALL sample calls" in done.stdout
    model = WhisperModel(str(tmp_path / "model"), device="cpu", compute_type="int8", cpu_threads=1)
    segments, _ = model.transcribe(tone(5 * RATE, RATE), language="fi", word_timestamps=True)
    assert all(word.start <= word.end for segment in segments for word in segment.words or ())
