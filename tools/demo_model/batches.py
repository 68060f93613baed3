"""Batches for training.

How long the windows are depends on how far training is: short single utterances first, then what the service sends
(`windows.CHUNK` says how much sound the model is given at once), many padded to that length as the service pads them,
some to 30 s as faster-whisper does.
"""

from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from tools.demo_model.dataset import Item, read_shard
from tools.demo_model.tokens import Codec
from tools.demo_model.windows import CHUNK, Assembler, Window

FRAMES = 4000  # features in a batch (40 s), pauses included
FRAMES_FULL = 6000  # two full windows
RELOAD_STEPS = 200  # shards may still be made while training runs
# part of the training -> shortest and longest window drawn (seconds), share of batches padded to CHUNK, and to 30 s
_PLAN = ((0.04, 2.0, 4.0, 0.0, 0.0), (0.1, 2.0, 7.0, 0.1, 0.0), (0.4, 2.0, 9.5, 0.3, 0.05))
_LAST = (2.0, 9.5, 0.4, 0.1)


@dataclass
class Batch:
    """Arrays of one training step; `look` is where each token's attention shall lie (batch, token, position)."""

    mels: np.ndarray
    tokens: np.ndarray
    lengths: np.ndarray
    look: np.ndarray
    phones: np.ndarray
    frames: np.ndarray
    before: np.ndarray
    counts: np.ndarray


def collate(windows: list[Window], end: int, prompt: int) -> Batch:
    """Pad windows to one size. Padding features are zero, as faster-whisper pads."""
    count = len(windows)
    frames = max(window.mels.shape[1] for window in windows)
    size = max(len(window.tokens) for window in windows) - 1
    batch = Batch(
        np.zeros((count, windows[0].mels.shape[0], frames), np.float32),
        np.full((count, size + 1), end, np.int64),
        np.array([len(window.tokens) for window in windows]),
        np.zeros((count, size, frames // 2), np.float32),
        np.zeros((count, frames // 2), np.int64),
        np.full((count, frames // 2), end, np.int64),
        np.full((count, frames // 2), -100, np.int64),
        np.full((count, frames // 2), prompt - 1, np.int64),
    )
    for at, window in enumerate(windows):
        batch.mels[at, :, : window.mels.shape[1]] = window.mels
        batch.tokens[at, : len(window.tokens)] = window.tokens
        batch.phones[at, : len(window.phones)] = window.phones
        batch.frames[at, : len(window.frames)] = window.frames
        if window.words:
            for row, (first, last) in enumerate(window.spans, start=prompt - 1):
                batch.look[at, row, first:last] = 1 / (last - first)
                batch.before[at, first:last] = window.tokens[row]
                batch.counts[at, first:] = row
    return batch


def draw(assembler: Assembler, kind: Random, progress: float) -> list[Window]:
    """Windows of one batch for a point in the schedule; `kind` decides their length, alike in every process."""
    plan = ((low, high, chunk, full) for until, low, high, chunk, full in _PLAN if progress < until)
    low, high, chunk, full = next(plan, _LAST)
    seconds, drawn = kind.uniform(low, high), kind.random()
    if drawn < full:
        return [assembler.window(seconds, 3000) for _ in range(FRAMES_FULL // 3000)]
    padded = CHUNK * 100 if drawn < full + chunk else 0
    return [assembler.window(seconds, padded) for _ in range(max(1, round(FRAMES / max(padded, seconds * 100))))]


class Source:
    """Batches of one training process; each process draws other windows of the same lengths."""

    def __init__(self, folder: Path, tokenizer: Path, seed: int, rank: int, step: int) -> None:
        """Read the shards that are there; a training that goes on at `step` draws other windows than its beginning."""
        self._folder, self._seed, self._rank = folder, seed, rank
        self._codec = Codec(tokenizer)
        self._known: dict[str, list[Item]] = {}
        self._reload(step)

    def _reload(self, step: int) -> None:
        new = [path for path in sorted(self._folder.glob("*.jsonl")) if path.name not in self._known]
        for path in new:
            self._known[path.name] = read_shard(path)
        if new:
            items = [item for shard in self._known.values() for item in shard]
            self._assembler = Assembler(items, self._codec, (self._seed * 64 + self._rank) * 1_000_003 + step)

    def batch(self, step: int, progress: float) -> Batch:
        """The batch of a step."""
        if step % RELOAD_STEPS == 0:
            self._reload(step)
        kind = Random(self._seed * 1_000_003 + step)
        return collate(draw(self._assembler, kind, progress), self._codec.end, len(self._codec.prompt))
