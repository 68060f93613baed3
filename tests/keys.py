"""Keys pressed on a telephone, as sound: Q.23's tones made here apart from the code that finds them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

KEYPAD = "123A456B789C*0#D"
ROWS, COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)

Sound = NDArray[np.float64]
Spans = list[tuple[float, float]]


def pressed(
    keys: str,
    *,
    rate: int = 8000,
    key: float = 0.06,
    gap: float = 0.06,
    level: float = -12.0,
    twist: float = 0.0,
    off: float = 0.0,
    lead: float = 0.5,
) -> tuple[Sound, Spans]:
    """Return the sound from -1 to 1, with `lead` seconds of silence at both ends, and where each key is.

    `level` is dB of full scale, `twist` how many dB the high tone is louder, `off` a share of the frequencies.
    """
    parts, spans = [np.zeros(round(lead * rate))], []
    at, high = len(parts[0]), 10 ** (twist / 20)
    times = np.arange(round(key * rate)) / rate
    for each in keys:
        row, column = divmod(KEYPAD.index(each), 4)
        tones = np.sin(2 * np.pi * ROWS[row] * (1 + off) * times)
        tones = tones + high * np.sin(2 * np.pi * COLUMNS[column] * (1 + off) * times + 1)
        parts += [tones * 10 ** (level / 20) / np.sqrt((1 + high**2) / 2), np.zeros(round(gap * rate))]
        spans.append((at / rate, (at + len(times)) / rate))
        at += len(times) + len(parts[-1])
    return np.concatenate((*parts, np.zeros(round(lead * rate)))), spans


def as_samples(*channels: Sound, wide: bool = False) -> NDArray[Any]:
    """Return (frames, channels) samples of 16 bits, or of 24 in the upper part of 32."""
    sound = np.stack(channels, axis=1).clip(-1, 1)
    if wide:
        return np.round(sound * (2**23 - 1)).astype(np.int32) << 8
    return np.round(sound * 32767).astype(np.int16)


def noisy(sound: Sound, decibels: float, *, seed: int = 1) -> Sound:
    """Add white noise so many dB below the sound's own parts."""
    power = np.mean(np.square(sound[sound != 0])) / 10 ** (decibels / 10)
    return np.asarray(sound + np.random.default_rng(seed).normal(0, np.sqrt(power), len(sound)))


def through_mu_law(sound: Sound) -> Sound:
    """Press the sound into the telephone network's 8 bits and out again (G.711's curve)."""
    steps = np.round(np.sign(sound) * np.log1p(255 * np.abs(sound)) / np.log1p(255) * 127) / 127
    return np.asarray(np.sign(steps) * (256 ** np.abs(steps) - 1) / 255)


def a_voice(seconds: float, *, rate: int = 8000, pitch: float = 120.0, seed: int = 1) -> Sound:
    """Return something like vowels: harmonics of a gliding pitch under moving formants, in syllables."""
    chance = np.random.default_rng(seed)
    times = np.arange(round(seconds * rate)) / rate
    knots = np.arange(0, seconds + 0.4, 0.2)

    def moving(low: float, high: float) -> Sound:
        return np.asarray(np.interp(times, knots, chance.uniform(low, high, len(knots))))

    hertz = pitch * moving(0.8, 1.3)
    phase = 2 * np.pi * np.cumsum(hertz) / rate
    formants = [(moving(300, 900), 90.0), (moving(800, 2200), 140.0), (moving(2300, 3000), 200.0)]
    sound = np.zeros(len(times))
    for harmonic in range(1, int(0.45 * rate / (1.3 * pitch))):
        at = harmonic * hertz
        strength = sum(1 / (1 + ((at - middle) / width) ** 2) for middle, width in formants)
        sound += (strength + 0.02) / harmonic**0.5 * np.sin(harmonic * phase)
    syllables = np.clip(np.sin(2 * np.pi * 4 * times) + 0.5, 0, 1)
    return np.asarray(sound * syllables / np.abs(sound).max() * 0.5)


def music(seconds: float, *, rate: int = 8000, seed: int = 1) -> Sound:
    """Return chords of three plucked notes with five harmonics each, four times a second: music on hold."""
    chance = np.random.default_rng(seed)
    beat = np.arange(rate // 4) / rate
    beats = []
    for _ in range(round(seconds * 4)):
        notes = 440 * 2 ** (chance.integers(-12, 24, 3) / 12)
        waves = [np.sin(2 * np.pi * n * h * beat) / h for n in notes for h in range(1, 6) if n * h < 0.45 * rate]
        beats.append(np.sum(waves, axis=0) * np.exp(-beat * 4))
    sound = np.concatenate(beats)
    return np.asarray(sound / np.abs(sound).max() * 0.5)
