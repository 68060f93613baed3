"""What a call is made of before anyone has heard it: tokens said in a breath, and what a recognizer might write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

AGENT, CUSTOMER = 0, 1
Layout = Callable[[str], str]
# One way to write what several tokens mean together: "0401234567" -> "040 123 4567".


class TalkSet(StrEnum):
    """Which talk a call is made of.

    Rules are written after reading what leaks from the first and the development set; of the second, nobody reads any.
    """

    FIRST = "first"
    DEVELOPMENT = "development"
    SECOND = "second"

    @property
    def mark(self) -> str:
        """Return what its case ids begin with. The first set came first and has no mark: its errors are drawn by id."""
        return "" if self is TalkSet.FIRST else f"{self}-"


class Kind(StrEnum):
    """What a token is; a recognizer treats each kind in its own way."""

    NUMBER = "number"
    LETTER = "letter"
    SIGN = "sign"
    NAME = "name"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One spoken word. `written` is its share of the number it belongs to, `alone` what is written for it by itself."""

    said: str
    kind: Kind = Kind.PLAIN
    written: str | None = None
    alone: str | None = None

    @property
    def must(self) -> bool:
        """Tell whether it has a digit, a letter or a part of a name in it, so that it may not be left to see."""
        return self.kind in {Kind.NUMBER, Kind.LETTER, Kind.NAME}


Chunk = tuple[Token, ...]
# What is said in one breath; a pause, a back-channel or a correction may come after it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One thing said: its breaths, the name of the way of saying it, and how all of it may be written at once."""

    chunks: tuple[Chunk, ...]
    form: str = ""
    layouts: tuple[Layout, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A piece of personal data of a call. `tags` tell how it came up: asked, cued, bare; split; listed and so on."""

    number: int
    type: str
    form: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a turn: plain talk (no item) or some breaths of a saying."""

    chunks: tuple[Chunk, ...]
    item: int | None = None
    layouts: tuple[Layout, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one person says before the other one does. `aside` is said into the other's pause."""

    channel: int
    parts: tuple[Part, ...]
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as it was spoken, without times."""

    case: str
    kind: str
    turns: tuple[Turn, ...]
    items: tuple[Item, ...]
    own_numbers: tuple[str, ...] = ()
    mono: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A token with the seconds in which it is said."""

    token: Token
    start: float
    end: float


@dataclass(slots=True)
class Value:
    """What a slot was filled with, kept so that it can be read back."""

    type: str
    saying: Callable[[], Saying]
    extra: dict[str, str] = field(default_factory=dict)


def plain(text: str) -> Chunk:
    """Make plain tokens of a line."""
    return tuple(Token(said=word) for word in text.split())


def name(said: str, written: str | None = None) -> Token:
    """Make a token that names a person or a place."""
    return Token(said=said, kind=Kind.NAME, written=written)


def sign(said: str, written: str) -> Token:
    """Make a token for a sign between digits."""
    return Token(said=said, kind=Kind.SIGN, written=written)


def number(said: str, written: str, alone: str | None = None) -> Token:
    """Make a token that means digits."""
    return Token(said=said, kind=Kind.NUMBER, written=written, alone=written if alone is None else alone)
