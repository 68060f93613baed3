"""Draw how word error fell while the model was trained: every checkpoint, as faster-whisper hears with it.

    python -m tools.demo_model.curve --checkpoints build/demo-model/checkpoints --speech build/demo-model/dev

Writes docs/pictures/demo-model-curve.svg and prints the figures. About 20 s for a checkpoint.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import torch

from tools.demo_model import convert, evaluate
from tools.demo_model.scoring import Score
from tools.demo_model.train import LOOKING_HEADS

_WIDTH, _HEIGHT, _LEFT, _TOP = 640, 300, 50, 20
_COLOURS = {"all words": "#1b4d8f", "number words": "#b3541e"}


@dataclass(frozen=True)
class Point:
    """Word error after so many steps and hours of training, 0..1."""

    step: int
    hours: float
    words: float
    numbers: float


def measure(checkpoint: Path, tokenizer: Path, speech: Path, each: int) -> Point:
    """Convert a checkpoint and hear `each` utterances of every voice with it."""
    state = torch.load(checkpoint, weights_only=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "model"
        convert.convert(convert.load(checkpoint), tokenizer, out, list(LOOKING_HEADS[1:]), "int8")
        listener = evaluate.Listener(out, beam=5, threads=1)
        total = Score()
        for items in evaluate.by_voice(speech, each).values():
            total.add(evaluate.alone(listener, items))
    numbers = total.number_errors / max(1, total.numbers)
    return Point(state["step"], state["seconds"] / 3600, total.rate, numbers)


def draw(points: list[Point]) -> str:
    """An SVG: steps to the right, word error upwards."""
    last = max(point.step for point in points)
    right, bottom = _LEFT + _WIDTH, _TOP + _HEIGHT

    def place(step: int, error: float) -> str:
        return f"{_LEFT + _WIDTH * step / last:.1f},{bottom - _HEIGHT * min(1.0, error):.1f}"

    parts = []
    for percent in range(0, 101, 20):
        y = bottom - _HEIGHT * percent / 100
        parts.append(f'<line x1="{_LEFT}" x2="{right}" y1="{y}" y2="{y}" stroke="#d0d0d0"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{percent} %</text>')
    for step in range(0, last + 1, 1000):
        x = _LEFT + _WIDTH * step / last
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{step}</text>')
    lines = {"all words": [(p.step, p.words) for p in points], "number words": [(p.step, p.numbers) for p in points]}
    for row, (name, values) in enumerate(lines.items()):
        colour = _COLOURS[name]
        path = " ".join(place(step, error) for step, error in values)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        text = escape(f"{name}: {values[-1][1]:.1%} at the end")
        parts.append(f'<text x="{right}" y="{_TOP + 16 + 18 * row}" text-anchor="end" fill="{colour}">{text}</text>')
    title = f"Word error on unseen texts by training step ({points[-1].hours:.1f} hours on two cores)"
    size = f"0 0 {right + 20} {bottom + 50}"
    parts.append(f'<text x="{_LEFT}" y="{bottom + 40}">{escape(title)}</text>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" font-family="sans-serif" font-size="12">'
    return "\n".join([head, f"<title>{escape(title)}</title>", *parts, "</svg>", ""])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    base = Path("build/demo-model")
    parser.add_argument("--checkpoints", type=Path, default=base / "checkpoints")
    parser.add_argument("--tokenizer", type=Path, default=base / "tokenizer.json")
    parser.add_argument("--speech", type=Path, default=base / "dev")
    parser.add_argument("--each", type=int, default=12, help="utterances of every voice")
    parser.add_argument("--out", type=Path, default=Path("docs/pictures/demo-model-curve.svg"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    points = []
    for path in sorted(options.checkpoints.glob("*.pt")):
        point = measure(path, options.tokenizer, options.speech, options.each)
        print(f"{point.step} {point.hours:.2f} h  words {point.words:.1%}  numbers {point.numbers:.1%}", flush=True)
        points.append(point)
    options.out.write_text(draw(sorted(points, key=lambda point: point.step)), encoding="utf-8")


if __name__ == "__main__":
    main()
