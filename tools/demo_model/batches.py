"""Batches for training, made in a second process so that the training process only computes.

How long the windows are depends on how far training is: short single utterances first, then longer joins, and at the
end the full 30 s windows that inference sends.
"""

import multiprocessing as mp
import os
import queue
import time
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from random import Random

import numpy as np

from tools.demo_model.dataset import Item, read_shard
from tools.demo_model.tokens import Codec
from tools.demo_model.windows import Assembler, Window

FULL_FROM = 0.6  # from this part of the planned time on, 30 s windows as at inference
FRAMES = 5000  # features in a batch (50 s), pauses included
FRAMES_EARLY = 3600  # smaller batches and more steps at first
FRAMES_FULL = 6000  # two full windows
_RELOAD_SECONDS = 60.0
# part of the time -> shortest and longest window drawn (seconds)
_PLAN = ((0.05, 2.0, 4.0), (0.15, 2.0, 7.0), (0.28, 2.0, 12.0), (0.4, 3.0, 20.0), (FULL_FROM, 4.0, 30.0))


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


def draw(assembler: Assembler, progress: float) -> list[Window]:
    """Windows of one batch for a point in the schedule."""
    rng = assembler.rng
    if progress >= FULL_FROM and rng.random() < 0.55:
        return [
            assembler.window(30.0 if rng.random() < 0.8 else rng.uniform(1.5, 30.0), full=True)
            for _ in range(FRAMES_FULL // 3000)
        ]
    low, high = next(((low, high) for until, low, high in _PLAN if progress < until), (2.0, 16.0))
    seconds = rng.uniform(low, high)
    budget = FRAMES if progress > 0.35 else FRAMES_EARLY
    return [assembler.window(seconds) for _ in range(max(1, round(budget / 100 / seconds)))]


def load(folder: Path, known: dict[str, list[Item]]) -> bool:
    """Read shards that are new; True when there were any."""
    new = [path for path in sorted(folder.glob("*.jsonl")) if path.name not in known]
    for path in new:
        known[path.name] = read_shard(path)
    return bool(new)


def _work(folder: Path, tokenizer: Path, seed: int, progress: "Synchronized[float]", out: "mp.Queue[Batch]") -> None:
    os.nice(10)
    codec, rng, known = Codec(tokenizer), Random(seed), dict[str, list[Item]]()
    assembler, looked = None, 0.0
    while True:
        if assembler is None or time.monotonic() - looked > _RELOAD_SECONDS:
            if load(folder, known) or assembler is None:
                items = [item for shard in known.values() for item in shard]
                assembler = Assembler(items, codec, rng.randrange(1 << 30))
            looked = time.monotonic()
        out.put(collate(draw(assembler, progress.value), codec.end, len(codec.prompt)))


class Source:
    """Batches from the helper process; when it is behind, the caller makes one itself."""

    def __init__(self, folder: Path, tokenizer: Path, seed: int) -> None:
        """Start the helper."""
        self.progress: Synchronized[float] = mp.Value("d", 0.0)
        self._ready: mp.Queue[Batch] = mp.Queue(maxsize=8)
        self._codec = Codec(tokenizer)
        known: dict[str, list[Item]] = {}
        load(folder, known)
        self._assembler = Assembler([item for shard in known.values() for item in shard], self._codec, seed + 1)
        self.own = 0
        helper = mp.Process(target=_work, args=(folder, tokenizer, seed, self.progress, self._ready), daemon=True)
        helper.start()

    def batch(self, progress: float) -> Batch:
        """The next batch for this point in the schedule."""
        self.progress.value = progress
        try:
            return self._ready.get(timeout=0.02)
        except queue.Empty:
            self.own += 1
            return collate(draw(self._assembler, progress), self._codec.end, len(self._codec.prompt))
