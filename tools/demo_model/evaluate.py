"""Figures for a converted model, through faster-whisper as the service runs it.

    python -m tools.demo_model.evaluate --model workers/models/demo [--samples workers/samples] [--speech DEV_SHARDS]

Reports word error over all and on number words, on the sample calls (each channel, voice activity detection on, batched
pipeline) and on development windows per voice, and how far word starts and ends lie from the truth. Prints no text of
a call unless `--show` is given. About 1 s for a minute of speech.
"""

import argparse
import json
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
from faster_whisper import BatchedInferencePipeline, WhisperModel
from scipy.signal import resample_poly

from tools.demo_model import numbers
from tools.demo_model.dataset import Item, read_shard
from tools.demo_model.features import log_mel

_NUMBER_STEMS = tuple(
    "nolla noll yks yksi kaks kaksi kolme kol neljä nel viis viisi kuus kuusi seitsemän seittemän seittemä seiska "
    "kahdeksan kaheksan kaheksa kasi yhdeksän yheksän yheksä ysi kymmenen kymmentä kymppi".split()
)
_NUMBER_PARTS = ("kymment", "kyt", "toista", "toist", "sataa", "sata", "tuhat", "tuhatta")
_SPOKEN_SIGNS = ("viiva", "miinus", "tupla", "tripla")


@dataclass(frozen=True)
class Word:
    """A written word with its times in seconds."""

    text: str
    start: float
    end: float


@dataclass
class Score:
    """Counts that add up over files."""

    words: int = 0
    errors: int = 0
    numbers: int = 0
    number_errors: int = 0
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Sum."""
        self.words += other.words
        self.errors += other.errors
        self.numbers += other.numbers
        self.number_errors += other.number_errors
        self.starts += other.starts
        self.ends += other.ends

    def line(self, name: str) -> str:
        """One line of a report."""
        text = f"{name:26s} words {self.words:5d}  WER {self.errors / max(1, self.words):6.1%}"
        text += f"  numbers {self.numbers:5d}  WER {self.number_errors / max(1, self.numbers):6.1%}"
        for label, values in (("start", self.starts), ("end", self.ends)):
            if values:
                far = sorted(abs(value) for value in values)
                within = sum(value <= 0.2 for value in far) / len(far)
                tail = far[int(len(far) * 0.9)] * 1000
                text += (
                    f"  {label} median {statistics.median(far) * 1000:4.0f} ms p90 {tail:5.0f} <=0.2 s {within:4.0%}"
                )
        return text


def is_number(word: str) -> bool:
    """Digits, cardinals and names of digits: what identifiers are said with."""
    if word in numbers.CASE_WORDS or word in numbers.PARTITIVE_NAMES or word in numbers.NAMES:
        return True
    if word in _NUMBER_STEMS:
        return True
    return word.startswith((*_NUMBER_STEMS, "sata", "tuhat")) and any(part in word for part in _NUMBER_PARTS)


def aligned(truth: Sequence[str], heard: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Pairs of indexes of the cheapest edit path; None for a word that is missing or added."""
    cost = np.zeros((len(truth) + 1, len(heard) + 1), np.int32)
    cost[:, 0], cost[0] = range(len(truth) + 1), range(len(heard) + 1)
    for i, word in enumerate(truth, 1):
        for j, other in enumerate(heard, 1):
            cost[i, j] = min(cost[i - 1, j - 1] + (word != other), cost[i - 1, j] + 1, cost[i, j - 1] + 1)
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(truth), len(heard)
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + (truth[i - 1] != heard[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]


def score(truth: Sequence[Word], heard: Sequence[Word]) -> Score:
    """Compare; an added word counts against the numbers when it is a number word."""
    out = Score(words=len(truth), numbers=sum(is_number(word.text) for word in truth))
    for i, j in aligned([word.text for word in truth], [word.text for word in heard]):
        if i is not None and j is not None and truth[i].text == heard[j].text:
            out.starts.append(heard[j].start - truth[i].start)
            out.ends.append(heard[j].end - truth[i].end)
            continue
        out.errors += 1
        text = truth[i].text if i is not None else heard[j].text if j is not None else ""
        out.number_errors += is_number(text)
    return out


class Listener:
    """The model behind faster-whisper's batched pipeline."""

    def __init__(self, folder: Path, beam: int) -> None:
        """Load on the CPU with one thread."""
        self.model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)
        self.pipeline = BatchedInferencePipeline(self.model)
        self.beam = beam

    def hear(self, sound: np.ndarray, vad: bool) -> list[Word]:
        """Words of 16 kHz sound."""
        clips = None if vad else [{"start": 0, "end": len(sound) / 16000}]
        segments, _ = self.pipeline.transcribe(
            sound, language="fi", without_timestamps=True, word_timestamps=True, beam_size=self.beam, batch_size=8,
            vad_filter=vad, clip_timestamps=clips,
        )  # fmt: skip
        found = [word for segment in segments for word in segment.words or []]
        return [Word(w.word.strip(), float(w.start), float(w.end)) for w in found if w.word.strip()]


def sample_calls(listener: Listener, folder: Path, show: bool) -> Iterable[tuple[str, Score]]:
    """Each channel of each sample call."""
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        sound, rate = soundfile.read(folder / truth["audio"], dtype="float32")
        total = Score()
        for channel in range(sound.shape[1]):
            words = [Word(w["text"], w["start"], w["end"]) for w in truth["words"] if w["channel"] == channel]
            heard = listener.hear(resample_poly(sound[:, channel], 16000, rate).astype(np.float32), vad=True)
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


def windows(listener: Listener, shards: Path, each: int, seconds: float) -> Iterable[tuple[str, Score]]:
    """Windows of utterances with pauses, per voice; what is left of 30 s is empty."""
    rng = np.random.default_rng(5)
    by_voice: dict[str, list[Item]] = {}
    for path in sorted(shards.glob("*.jsonl")):
        for item in read_shard(path):
            by_voice.setdefault(item.voice, []).append(item)
    for voice, items in sorted(by_voice.items()):
        total, at = Score(), 0
        for _ in range(each):
            sounds, clock = [np.zeros(3200, np.float32)], 0.2
            words: list[Word] = []
            while at < len(items) and (clock + items[at].seconds < seconds or not words):
                item = items[at]
                sound = resample_poly(item.sound.astype(np.float32) / 32768 * 0.4, 16000, item.rate).astype(np.float32)
                gap = np.zeros(int(rng.uniform(0.1, 0.9) * 16000), np.float32)
                sounds += [sound, gap]
                words += [
                    Word(t, clock + a, clock + b) for t, a, b in zip(item.words, item.starts, item.ends, strict=True)
                ]
                clock += (len(sound) + len(gap)) / 16000
                at += 1
            if words:
                whole = np.concatenate(sounds)[: 30 * 16000]
                whole += rng.standard_normal(len(whole)).astype(np.float32) * 1e-3
                total.add(score(words, listener.hear(whole, vad=False)))
        yield voice, total


def tone(count: int) -> np.ndarray:
    """The masking tone: 1 kHz at -20 dBFS, 16 kHz."""
    return np.asarray(0.1 * np.sqrt(2) * np.sin(2 * np.pi * 1000 * np.arange(count) / 16000), np.float32)


def masked(listener: Listener, shards: Path, count: int) -> Iterable[tuple[str, Score]]:
    """Windows in which the middle third of an utterance's words was replaced by the tone; those words are not truth."""
    items = [item for path in sorted(shards.glob("*.jsonl")) for item in read_shard(path) if len(item.words) > 5]
    total = Score()
    for item in items[:count]:
        sound = resample_poly(item.sound.astype(np.float32) / 32768 * 0.4, 16000, item.rate).astype(np.float32)
        first, last = len(item.words) // 3, 2 * len(item.words) // 3
        begin, end = int(item.ends[first - 1] * 16000), int(item.starts[last] * 16000)
        sound[begin:end] = tone(end - begin)
        words = [Word(*word) for word in zip(item.words, item.starts, item.ends, strict=True)]
        total.add(score(words[:first] + words[last:], listener.hear(sound, vad=False)))
    yield "middle replaced by tone", total


def nothing(listener: Listener) -> dict[str, int]:
    """Words written for sound without speech, 10 windows of each kind; every one of them is an error."""
    rng = np.random.default_rng(3)
    made: dict[str, int] = {"noise": 0, "tone": 0, "digital silence": 0}
    for _ in range(10):
        size = int(rng.uniform(1, 30) * 16000)
        noise = rng.standard_normal(size).astype(np.float32)
        made["noise"] += len(listener.hear(noise * 10 ** (rng.uniform(-70, -35) / 20), vad=False))
        made["tone"] += len(listener.hear(tone(size) + noise * 1e-4, vad=False))
        made["digital silence"] += len(listener.hear(np.zeros(size, np.float32), vad=False))
    return made


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
    parser.add_argument("--speech", type=Path, help="shards of voices to report on, made with another seed")
    parser.add_argument("--each", type=int, default=6, help="30 s windows per voice")
    parser.add_argument("--seconds", type=float, default=29.5, help="length of those windows")
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument(
        "--show", action="store_true", help="print truth and hearing side by side (synthetic calls only)"
    )
    parser.add_argument("--check-features", action="store_true")
    options = parser.parse_args()
    if options.check_features:
        print(f"features differ by at most {check_features():.5f}")
        return
    listener = Listener(options.model, options.beam)
    parts = [("samples", sample_calls(listener, options.samples, options.show))]
    if options.speech:
        told = windows(listener, options.speech, options.each, options.seconds)
        parts.append((f"voices, {options.seconds:.0f} s windows", told))
        parts.append(("masked", masked(listener, options.speech, 40)))
        print("words written where nobody speaks:", nothing(listener), flush=True)
    for title, scores in parts:
        total, began = Score(), time.monotonic()
        for name, one in scores:
            print(one.line(name), flush=True)
            total.add(one)
        print(total.line(f"ALL {title}"), f"({time.monotonic() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
