"""Sample calls pushed over HTTP to a live service come back masked, exactly where the plan says and nowhere else."""

import io
import math
from typing import Any

import numpy as np
import pytest

from tests.e2e.conftest import Demonstrated, Worked
from tests.e2e.leaks import SAID, files_under, find_leaks
from tests.e2e.true_words import original
from workers.demo.coverage import find_gaps
from workers.demo.samples import load_samples
from workers.engines.codec import AvCodec
from workers.engines.tone import SineTone

SAMPLES = load_samples()
BY_NAME = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
CODEC = AvCodec()


def check_masked(worked: Worked, sample: Any) -> None:
    """Every sample in a window is the tone's, all others are the decoded original's, and the length is the same."""
    true = original(sample.name)
    data = worked.audio(sample)
    facts = CODEC.probe(io.BytesIO(data))
    masked = np.concatenate(list(CODEC.decode(io.BytesIO(data))))
    assert masked.shape == true.shape
    assert facts.frames == len(true)
    tone = SineTone().samples(rate=facts.rate, bits=facts.bits)
    expected = true.copy()
    for window in worked.plan(sample)["windows"]:
        start, end = math.floor(window["start"] * facts.rate), math.ceil(window["end"] * facts.rate)
        for channel in window["channels"]:
            cut = expected[start:end, channel]
            cut[:] = tone[np.arange(len(cut)) % len(tone)]
    assert np.array_equal(masked, expected)
    assert worked.plan(sample)["windows"]


@BY_NAME
def test_a_masked_call_is_the_original_but_for_the_tone_in_its_windows(truly_heard: Worked, sample: Any) -> None:
    assert truly_heard.stage.states[sample.name]["stage"] == "published"
    check_masked(truly_heard, sample)


@BY_NAME
def test_every_number_is_covered_when_every_word_is_heard(truly_heard: Worked, sample: Any) -> None:
    numbers = [each for each in sample.personal if each.type in SAID]
    gaps = find_gaps(numbers, truly_heard.plan(sample)["windows"])
    assert [(gap.type, round(gap.start, 1), round(gap.end, 1)) for gap in gaps] == []


def test_nothing_personal_is_readable_in_the_data_folder_or_the_log(truly_heard: Worked) -> None:
    assert find_leaks(files_under(truly_heard.folder)) == []


def test_the_search_for_a_leak_would_find_one() -> None:
    planted = [("clear", b"x 131052-930V y"), ("spaced", b"040 123 45 67"), ("said", SAMPLES[0].audio.name.encode())]
    assert {leak.split(" in ")[1] for leak in find_leaks(planted)} == {"clear", "spaced"}
    truth = " ".join(word["text"] for word in SAMPLES[0].words).encode()
    assert any("as said" in leak for leak in find_leaks([("transcript", truth)]))


def test_masked_words_and_search_do_not_show_a_number(truly_heard: Worked) -> None:
    answers = []
    for sample in SAMPLES:
        words = truly_heard.client.get_transcript(truly_heard.stage.ids[sample.name])["words"]
        answers.append((sample.name, " ".join(word["text"] for word in words if word["text"]).encode()))
    answers += [("search", repr(truly_heard.client.search(query)).encode()) for query in ("nolla", "yksi", "kiitos")]
    assert find_leaks(answers) == []


@pytest.mark.speech
@BY_NAME
def test_the_demo_model_makes_masked_calls_or_quarantines_them(demonstrated: Demonstrated, sample: Any) -> None:
    state = demonstrated.worked.stage.states[sample.name]
    assert state["stage"] in ("published", "quarantined")
    if state["stage"] == "published":
        check_masked(demonstrated.worked, sample)


@pytest.mark.speech
def test_the_demo_runs_without_a_terminal_and_with_standard_input_closed(demonstrated: Demonstrated) -> None:
    assert demonstrated.code == 0, demonstrated.printed.decode()


@pytest.mark.speech
def test_nothing_personal_is_readable_after_the_demo_model_has_heard_the_calls(demonstrated: Demonstrated) -> None:
    places = [("screen", demonstrated.printed), *files_under(demonstrated.worked.folder)]
    assert find_leaks(places) == []
