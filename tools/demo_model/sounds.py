"""Sounds of a telephone line that nobody says: the masking tone, ringing, keys, music on hold. Mono, float32, -1..1."""

from random import Random

import numpy as np

from tools.demo_model.features import Array

TONE_DBFS = -20.0
_RING_HERTZ = 425.0  # Finnish ringing, busy and dialling tones
_KEYS = ((697, 770, 852, 941), (1209, 1336, 1477, 1633))  # ITU-T Q.23, hertz
_SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 3, 5, 7, 10))


def tone(count: int, rate: int) -> Array:
    """The masking tone: 1 kHz at -20 dBFS."""
    amplitude = 10 ** (TONE_DBFS / 20) * np.sqrt(2)
    return np.asarray(amplitude * np.sin(2 * np.pi * 1000 * np.arange(count) / rate), np.float32)


def _note(hertz: float, count: int, rate: int, fade: float, partials: int) -> Array:
    time = np.arange(count) / rate
    out = np.zeros(count)
    for partial in range(1, partials + 1):
        if hertz * partial < rate / 2:
            out += np.sin(2 * np.pi * hertz * partial * time) / partial
    return np.asarray(out * np.exp(-time * fade), np.float32)


def music(count: int, rate: int, rng: Random) -> Array:
    """Chords and a melody on one scale, as an instrument that nobody owns would play them."""
    out = np.zeros(count, np.float32)
    scale, root, fade, partials = rng.choice(_SCALES), rng.uniform(90, 260), rng.uniform(0.5, 8), rng.randrange(1, 7)
    beat = int(rate * rng.uniform(0.18, 0.7))
    for start in range(0, count, beat):
        voices = rng.choice((1, 1, 2, 3, 4)) if start % (4 * beat) == 0 else rng.choice((0, 1, 1, 2))
        for _ in range(voices):
            pitch = root * 2 ** (rng.choice((0, 1, 1, 2)) + rng.choice(scale) / 12)
            length = min(count - start, beat * rng.choice((1, 1, 2, 4)))
            out[start : start + length] += _note(pitch, length, rate, fade, partials)
    return out * np.float32(10 ** (rng.uniform(-32, -14) / 20) / max(1e-6, float(np.sqrt(np.mean(out**2)))))


def ringing(count: int, rate: int, rng: Random) -> Array:
    """A network tone: on and off at one of the usual rhythms."""
    on, off = rng.choice(((1.0, 4.0), (0.3, 0.3), (0.25, 0.25), (2.0, 4.0), (100.0, 0.0)))
    time = np.arange(count) / rate
    heard = (time % (on + off)) < on
    return np.asarray(np.sin(2 * np.pi * _RING_HERTZ * time) * heard * 10 ** (rng.uniform(-30, -12) / 20), np.float32)


def keys(count: int, rate: int, rng: Random) -> Array:
    """Telephone keys pressed one after another."""
    out = np.zeros(count, np.float32)
    at = int(rate * rng.uniform(0.1, 1.0))
    while at < count:
        length = min(count - at, int(rate * rng.uniform(0.06, 0.3)))
        time = np.arange(length) / rate
        pair = (rng.choice(_KEYS[0]), rng.choice(_KEYS[1]))
        out[at : at + length] = sum(np.sin(2 * np.pi * hertz * time) for hertz in pair) * 0.08
        at += length + int(rate * rng.uniform(0.05, 1.2))
    return out


def unspoken(count: int, rate: int, rng: Random) -> Array:
    """`count` samples of a sound without speech, drawn among all kinds; silence is the commonest."""
    way = rng.random()
    if way < 0.4:
        return np.zeros(count, np.float32)
    if way < 0.55:
        return tone(count, rate)
    return rng.choice((music, music, ringing, keys))(count, rate, rng)
