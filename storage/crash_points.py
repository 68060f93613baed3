"""Named places between two effects. Passing one does nothing; tests end the process there, at each of them."""

from __future__ import annotations


def reach(point: str) -> None:
    """Pass the place of this name: what was done before it is durable, what comes after it has not begun."""
    del point
