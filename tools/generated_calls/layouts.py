"""The ways in which recognizers write a whole number: joined, in groups, one by one, with signs that nobody said."""

from __future__ import annotations

import re

from tools.generated_calls.model import Layout
from tools.generated_calls.spoken_numbers import cut


def joined(text: str) -> str:
    """Write it as it is."""
    return text


def grouped(*sizes: int) -> Layout:
    """Return a layout in groups of these sizes."""
    return lambda text: " ".join(cut(text, sizes))


def spaced(text: str) -> str:
    """Write one by one."""
    return " ".join(text)


def hyphened(text: str) -> str:
    """Write one by one with hyphens, as Whisper does when it takes digits for spelling."""
    return "-".join(re.sub(r"\W", "", text))


def commas(text: str) -> str:
    """Write groups of three with commas, as if it were a list."""
    return ", ".join(cut(text, (3,)))


def dashed(text: str) -> str:
    """Write an en dash for a hyphen."""
    return text.replace("-", "\u2013")


def without_sign(text: str) -> str:
    """Leave the century sign or the line out."""
    return re.sub(r"[-+]", " ", text)


def minus_word(text: str) -> str:
    """Write the sign as a word of its own."""
    return text.replace("-", " miinus ").replace("+", " plus ")


def dotted_date(text: str) -> str:
    """Write the date's part of a code as a date."""
    return f"{text[:2]}.{text[2:4]}.{text[4:]}"


def pairs_then_rest(text: str) -> str:
    """Write the date in pairs and the rest after it."""
    return f"{text[:2]} {text[2:4]} {text[4:]}"


def lower(text: str) -> str:
    """Write letters small."""
    return text.lower()


def at_word(word: str) -> Layout:
    """Return a layout for an address of mail in which the sign is a word."""
    return lambda text: text.replace("@", f" {word} ")


def prefixed(text: str) -> str:
    """Write a mobile number as people do: prefix, three, the rest."""
    head = 4 if text.startswith("0457") else 3
    return f"{text[:head]} {text[head : head + 3]} {text[head + 3 :]}".strip()


CODE = (joined, joined, joined, dashed, without_sign, minus_word, pairs_then_rest, dotted_date, hyphened, lower)
PHONE = (prefixed, prefixed, joined, joined, grouped(3, 7), grouped(3, 2), spaced, hyphened, commas)
ACCOUNT = (joined, grouped(4), grouped(4), grouped(4), grouped(2), lower)
PLAIN = (joined, joined, joined, grouped(3), grouped(2), spaced, hyphened, commas)
CARD = (grouped(4), grouped(4), joined, commas, grouped(2))
LINED = (joined, joined, dashed, without_sign, minus_word)
