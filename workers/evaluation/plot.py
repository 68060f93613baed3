"""A small plot as SVG: for each figure the share found by each system, a dot for each error rate. No plot library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_COLOURS = {"vaiti": "#0b6e4f", "presidio": "#a23b72", "expressions": "#c98a1b"}
_NAMES = {"vaiti": "Vaiti", "presidio": "plain presidio", "expressions": "regular expressions"}
_LEFT, _RIGHT, _TOP, _ROW, _LINE = 330, 40, 56, 62, 15
_WIDTH = 960
_SIZES = (6.0, 4.8, 3.8, 2.8)
# Dots shrink with the error rate, so that they tell apart without a second colour.


def plot(rates: Mapping[str, Any]) -> str:
    """Return the plot."""
    first = next(iter(rates.values()))["systems"]
    figures = first["vaiti"]["figures"]
    height = _TOP + _ROW * len(figures) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif">',
        '<g font-size="13">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        *_legend(list(first), list(rates)),
        *_scale(height),
    ]
    for place, figure in enumerate(figures):
        parts.extend(_figure(place, figure, rates))
    return "\n".join((*parts, "</g></svg>")) + "\n"


def _legend(systems: Sequence[str], rates: Sequence[str]) -> list[str]:
    parts, at = [], 14
    for name in systems:
        parts.append(f'<circle cx="{at}" cy="16" r="6" fill="{_COLOURS[name]}"/>')
        parts.append(f'<text x="{at + 11}" y="20">{escape(_NAMES[name])}</text>')
        at += 34 + 8 * len(_NAMES[name])
    parts.append(
        f'<text x="{at + 20}" y="20">large to small: {", ".join(rates)} % errors; lines: targets, dashed at 10 %</text>'
    )
    return parts


def _scale(height: int) -> list[str]:
    parts = []
    for share in range(0, 101, 20):
        x = _x(share / 100)
        parts.append(f'<line x1="{x:.1f}" y1="{_TOP - 14}" x2="{x:.1f}" y2="{height - 20}" stroke="#dddddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{height - 6}" text-anchor="middle" fill="#555555">{share} %</text>')
    return parts


def _figure(place: int, figure: Mapping[str, Any], rates: Mapping[str, Any]) -> list[str]:
    y = _TOP + place * _ROW
    parts = [
        f'<text x="{_LEFT - 14}" y="{y + 20 + 16 * line}" text-anchor="end">{escape(text)}</text>'
        for line, text in enumerate(_lines(figure["name"]))
    ]
    for target, dash in ((figure["target"], ""), (figure["target_10"], ' stroke-dasharray="3 3"')):
        if target is not None:
            x = _x(target)
            parts.append(f'<line x1="{x:.1f}" y1="{y}" x2="{x:.1f}" y2="{y + _ROW - 16}" stroke="#222222"{dash}/>')
    for row, name in enumerate(next(iter(rates.values()))["systems"]):
        for (rate, report), size in zip(rates.items(), _SIZES, strict=False):
            share = report["systems"][name]["figures"][place]["share"]
            if share is not None:
                title = f"{_NAMES[name]}, {rate} % errors: {100 * share:.1f} %"
                parts.append(
                    f'<circle cx="{_x(share):.1f}" cy="{y + 8 + row * _LINE}" r="{size}" fill="{_COLOURS[name]}" '
                    f'fill-opacity="0.75"><title>{escape(title)}</title></circle>'
                )
    return parts


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _lines(text: str) -> list[str]:
    """Break a name over two lines where it is long."""
    if len(text) <= 44:
        return [text]
    at = text.rfind(" ", 0, 44)
    return [text[:at], text[at + 1 :]]
