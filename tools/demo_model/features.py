"""Log-mel features as Whisper's front end defines them: 16 kHz, 25 ms Hann window, 10 ms step, 80 Slaney mel bands.

`evaluate.py --check-features` compares them with faster-whisper's own extractor.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

RATE = 16000
HOP = 160
WINDOW = 400
FRAMES_PER_SECOND = RATE // HOP

Array = npt.NDArray[np.float32]


def _mel_to_hertz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Slaney's scale: linear below 1 kHz (15 mel), 27 mel for each factor of 6.4 above."""
    return np.where(mel < 15, mel * 200 / 3, 1000 * 6.4 ** ((mel - 15) / 27))


@lru_cache
def mel_filters(bands: int = 80) -> Array:
    """Triangles of equal area over the spectrum, (bands, bins)."""
    top = 15 + 27 * np.log(8000 / 1000) / np.log(6.4)
    edges = _mel_to_hertz(np.linspace(0, top, bands + 2))
    bins = np.arange(WINDOW // 2 + 1) * RATE / WINDOW
    rising = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    triangles = np.clip(np.minimum(rising, falling), 0, None)
    return (triangles * (2 / (edges[2:] - edges[:-2]))[:, None]).astype(np.float32)


def log_mel(samples: Array) -> Array:
    """Features of one window, (80, samples / 160): the loudest value decides the floor, as at inference."""
    count = len(samples) // HOP
    padded = np.pad(np.pad(samples, (0, HOP)), WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][: count + 1]
    window = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)).astype(np.float32) ** 2
    logs = np.log10(np.maximum(power @ mel_filters().T, 1e-10))
    logs = np.maximum(logs, logs.max() - 8)
    return np.asarray(((logs[:count] + 4) / 4).T, np.float32)
