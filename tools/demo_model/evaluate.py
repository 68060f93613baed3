"""Figures for a converted model, through faster-whisper as the service runs it.

    python -m tools.demo_model.evaluate --model workers/models/demo [--samples workers/samples] [--speech FOLDER]

Reports word error over all and on number words, and how far word starts and ends lie from the truth: on the sample
calls (each channel, voice activity detection on, batched pipeline), and per voice on texts and seeds that were never
trained on: every utterance alone, in 30 s windows with pauses, and in 30 s windows in faster-whisper's plain mode.
Then what is written in ten minutes in which nobody speaks, and how fast it is. Prints no text of a call unless `--show`
is given. About 1 s for a minute of speech.
"""

import argparse
import json
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import numpy as np
import soundfile
from faster_whisper import WhisperModel
from scipy.signal import resample_poly

from redaction.model import Channel, Role
from tools.demo_model import sounds
from tools.demo_model.dataset import Item, read_shard
from tools.demo_model.features import RATE, Array, log_mel
from tools.demo_model.scoring import Score, Word, aligned, score
from workers.engines.codec import AvCodec
from workers.engines.model_folder import find_model
from workers.engines.whisper import ShortWindows, WhisperTranscriber

_QUIET_SECONDS = 600
_VAD = {"min_silence_duration_ms": 300, "speech_pad_ms": 250, "threshold": 0.35}  # as the service


class Listener:
    """The model behind faster-whisper."""

    def __init__(self, folder: Path, beam: int, threads: int) -> None:
        """Load on the CPU."""
        self.model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
        self.pipeline = ShortWindows(self.model, find_model(str(folder)).window)
        self.beam = beam

    def hear(self, sound: Array, *, whole: bool = False) -> list[Word]:
        """Words of 16 kHz sound; `whole` gives all of it to the model at once, without looking for speech."""
        clips = [{"start": 0, "end": len(sound) / RATE}] if whole else None
        segments, _ = self.pipeline.transcribe(
            sound, language="fi", without_timestamps=True, word_timestamps=True, beam_size=self.beam, batch_size=8,
            vad_filter=not whole, vad_parameters=_VAD, clip_timestamps=clips,
        )  # fmt: skip
        return _words(segments)

    def hear_plainly(self, sound: Array) -> list[Word]:
        """Words of 16 kHz sound in the plain mode, which writes time tokens of its own."""
        segments, _ = self.model.transcribe(
            sound, language="fi", word_timestamps=True, beam_size=self.beam, vad_filter=True, vad_parameters=_VAD,
            condition_on_previous_text=False,
        )  # fmt: skip
        return _words(segments)


def _words(segments: Iterable[object]) -> list[Word]:
    found = [word for segment in segments for word in segment.words or []]  # type: ignore[attr-defined]
    return [Word(w.word.strip(), float(w.start), float(w.end)) for w in found if w.word.strip()]


def sample_calls(listener: Listener, folder: Path, show: bool) -> Iterable[tuple[str, Score]]:
    """Each channel of each sample call."""
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        sound, rate = soundfile.read(folder / truth["audio"], dtype="float32")
        total = Score()
        for channel in range(sound.shape[1]):
            words = [Word(w["text"], w["start"], w["end"]) for w in truth["words"] if w["channel"] == channel]
            heard = listener.hear(resample_poly(sound[:, channel], RATE, rate).astype(np.float32))
            total.add(score(words, heard))
            if show:
                _show(words, heard)
        yield path.stem, total


def _show(truth: Sequence[Word], heard: Sequence[Word]) -> None:
    for i, j in aligned([word.text for word in truth], [word.text for word in heard]):
        left, right = truth[i].text if i is not None else "", heard[j].text if j is not None else ""
        print(f"  {'' if left == right else '*':1s} {left:28s} {right:28s}", end=" ")
        print(f"{truth[i].start:7.2f}-{truth[i].end:7.2f}" if i is not None else " " * 15, end=" ")
        print(f"{heard[j].start:7.2f}-{heard[j].end:7.2f}" if j is not None else "")


def texts_of(folder: Path) -> frozenset[tuple[str, ...]]:
    """Every text of a folder of shards."""
    return frozenset(tuple(item.words) for path in folder.glob("*.jsonl") for item in read_shard(path))


def by_voice(shards: Path, each: int, trained: frozenset[tuple[str, ...]] = frozenset()) -> dict[str, list[Item]]:
    """At most `each` utterances of every voice in a folder of shards, without texts that were trained on."""
    found: dict[str, list[Item]] = {}
    for path in sorted(shards.glob("*.jsonl")):
        for item in read_shard(path):
            if tuple(item.words) not in trained:
                found.setdefault(item.voice, []).append(item)
    return {voice: items[:each] for voice, items in sorted(found.items())}


def telephone(item: Item) -> Array:
    """An utterance as a telephone carries it (8 kHz), at 16 kHz and an ordinary level."""
    sound = item.sound.astype(np.float32) / 32768 * 0.4
    narrow = resample_poly(sound, 8000, item.rate) if item.rate != 8000 else sound
    return np.asarray(resample_poly(narrow, RATE, 8000), np.float32)


def said(item: Item, shift: float) -> list[Word]:
    """The true words of an utterance that starts `shift` seconds into a window."""
    return [Word(t, a + shift, b + shift) for t, a, b in zip(item.words, item.starts, item.ends, strict=True)]


def alone(listener: Listener, items: Sequence[Item]) -> Score:
    """Every utterance as a window of its own."""
    total = Score()
    for item in items:
        sound = np.concatenate([np.zeros(RATE // 5, np.float32), telephone(item), np.zeros(RATE // 5, np.float32)])
        total.add(score(said(item, 0.2), listener.hear(sound, whole=True)))
    return total


def together(listener: Listener, items: Sequence[Item], *, plain: bool) -> Score:
    """Utterances with pauses of 0.1 to 2 s between them, 30 s at a time, a little noise on the line."""
    rng, total, at = np.random.default_rng(5), Score(), 0
    while at < len(items):
        sounds_, clock, words = [np.zeros(RATE // 5, np.float32)], 0.2, list[Word]()
        while at < len(items) and (clock + items[at].seconds < 30 or not words):
            pause = np.zeros(int(rng.uniform(0.1, 2.0) * RATE), np.float32)
            words += said(items[at], clock)
            sounds_ += [telephone(items[at]), pause]
            clock = sum(map(len, sounds_)) / RATE
            at += 1
        whole = np.concatenate(sounds_)[: 30 * RATE]
        whole += rng.standard_normal(len(whole)).astype(np.float32) * np.float32(1e-3)
        heard = listener.hear_plainly(whole) if plain else listener.hear(whole)
        total.add(score([word for word in words if word.end < 30], heard))
    return total


def voices(listener: Listener, shards: Path, each: int, trained: frozenset[tuple[str, ...]]) -> None:
    """Print the figures of every voice of a folder, and of all of them."""
    chosen = by_voice(shards, each, trained)
    ways = {
        "alone": lambda items: alone(listener, items),
        "30 s windows": lambda items: together(listener, items, plain=False),
        "30 s, plain mode": lambda items: together(listener, items, plain=True),
    }
    for name, way in ways.items():
        total = Score()
        for voice, items in chosen.items():
            one = way(items)
            print(one.line(f"{voice}, {name}"), flush=True)
            total.add(one)
        print(total.line(f"ALL {shards.name}, {name}"), flush=True)


def masked(listener: Listener, shards: Path, count: int) -> Score:
    """Utterances whose middle third was replaced by the tone; those words are not truth."""
    items = [item for path in sorted(shards.glob("*.jsonl")) for item in read_shard(path) if len(item.words) > 5]
    total = Score()
    for item in items[:count]:
        sound = telephone(item)
        first, last = len(item.words) // 3, 2 * len(item.words) // 3
        begin, end = int(item.ends[first - 1] * RATE), int(item.starts[last] * RATE)
        sound[begin:end] = sounds.tone(end - begin, RATE)
        words = said(item, 0.0)
        total.add(score(words[:first] + words[last:], listener.hear(sound, whole=True)))
    return total


def quiet(kind: str, count: int, rng: Random) -> Array:
    """`count` samples (16 kHz) in which nobody speaks, with the slight noise that every line has."""
    noise = np.random.default_rng(rng.randrange(1 << 30)).standard_normal(count).astype(np.float32)
    made = {
        "silence": lambda: noise * np.float32(1e-4),
        "noise": lambda: noise * np.float32(10 ** (rng.uniform(-60, -30) / 20)),
        "music": lambda: sounds.music(count, RATE, rng) + noise * np.float32(1e-3),
        "tone": lambda: sounds.tone(count, RATE) + noise * np.float32(1e-4),
        "ringing": lambda: sounds.ringing(count, RATE, rng) + noise * np.float32(1e-4),
        "keys": lambda: sounds.keys(count, RATE, rng) + noise * np.float32(1e-4),
    }
    return np.clip(made[kind](), -1, 1)


def nothing(listener: Listener) -> None:
    """Print how many words are written in ten minutes without speech; every one of them is an error."""
    rng, length = Random(3), 20 * RATE
    kinds = ("silence", "noise", "music", "music", "tone", "ringing", "keys")
    pieces = [quiet(kinds[at % len(kinds)], length, rng) for at in range(_QUIET_SECONDS // 20)]
    detected = sum(len(listener.hear(piece)) for piece in pieces)
    forced = dict.fromkeys(kinds, 0)
    for at, piece in enumerate(pieces):
        forced[kinds[at % len(kinds)]] += len(listener.hear(piece, whole=True))
    print(f"ten minutes in which nobody speaks: {detected} words; given to the model without looking: {forced}")


def speed(model: Path, threads: int, folder: Path) -> None:
    """Print how much faster than real time the service hears the longest sample call, decoding and silence included."""
    truth = max((json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")),
                key=lambda call: float(call["words"][-1]["end"]))  # fmt: skip
    channels = (Channel(role=Role.AGENT), Channel(role=Role.CUSTOMER))
    transcriber = WhisperTranscriber(find_model(str(model)), cpu_threads=threads)
    codec = AvCodec()
    with (folder / truth["audio"]).open("rb") as file:
        rate = codec.probe(file).rate
        began = time.monotonic()
        heard = transcriber.transcribe(codec.decode(file), rate=rate, channels=channels, language="fi")
        took = time.monotonic() - began
    seconds = heard.transcript.duration or 0.0
    print(f"{seconds:.0f} s of two channels in {took:.1f} s: {seconds / took:.0f} times real time")


def check_features() -> float:
    """Largest difference between our features and faster-whisper's on noise."""
    from faster_whisper.feature_extractor import FeatureExtractor

    sound = np.random.default_rng(1).standard_normal(48000).astype(np.float32) * 0.1
    return float(np.abs(FeatureExtractor()(sound)[:, :-1] - log_mel(sound)).max())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("workers/models/demo"))
    parser.add_argument("--samples", type=Path, default=Path("workers/samples"))
    parser.add_argument("--speech", type=Path, nargs="*", default=[], help="folders of shards never trained on")
    parser.add_argument("--trained", type=Path, help="shards trained on: their texts are left out")
    parser.add_argument("--each", type=int, default=40, help="utterances of every voice")
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--show", action="store_true", help="print truth and hearing (synthetic calls only)")
    parser.add_argument("--check-features", action="store_true")
    options = parser.parse_args()
    if options.check_features:
        print(f"features differ by at most {check_features():.5f}")
        return
    listener = Listener(options.model, options.beam, options.threads)
    total = Score()
    for name, one in sample_calls(listener, options.samples, options.show):
        print(one.line(name), flush=True)
        total.add(one)
    print(total.line("ALL sample calls"), flush=True)
    trained = texts_of(options.trained) if options.trained else frozenset()
    for folder in options.speech:
        voices(listener, folder, options.each, trained)
    if options.speech:
        print(masked(listener, options.speech[0], 40).line("middle replaced by tone"), flush=True)
        nothing(listener)
    speed(options.model, options.threads, options.samples)


if __name__ == "__main__":
    main()
