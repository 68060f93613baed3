"""How a thing comes out: in one go, with fillers, in pieces over the other's "joo", or wrong and then corrected."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tools.generated_calls.model import Chunk, Kind, Saying, Token, plain
from tools.generated_calls.spoken_numbers import SPOKEN

_BACK_CHANNELS = (
    "joo",
    "joo",
    "joo",
    "mm",
    "kyllä",
    "jep",
    "aha",
    "okei",
    "juu",
    "just",
    "hmm joo",
    "kyllä joo",
    "niin",
)
_CORRECTIONS = (
    "ei kun",
    "eiku",
    "ei vaan",
    "anteeks",
    "sori",
    "siis",
    "tai siis",
    "oota",
    "väärin",
    "korjaan",
    "eikun ei",
)
_FILLERS = ("öö", "tota", "ja sitten", "sit", "niinku", "hetkinen", "ja", "ja sit", "oota", "mm", "ja vielä", "niin")
_WHOLE = frozenset({"one turn"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Breaths of one speaker, or what the other one says in between (`aside`, perhaps an echo of the last breath)."""

    chunks: tuple[Chunk, ...]
    aside: bool = False
    echo: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """The pieces in order, how it went, and whether a recognizer could write it as one."""

    pieces: tuple[Piece, ...]
    how: str

    @property
    def whole(self) -> bool:
        """Tell whether nothing came in between."""
        return self.how in _WHOLE


def deliver(saying: Saying, rng: Random) -> Delivered:
    """Decide how a saying comes out. Only numbers in breaths are split or corrected; names come in one go."""
    numbers = sum(token.kind is Kind.NUMBER for chunk in saying.chunks for token in chunk)
    way = rng.random()
    if numbers >= 2 and way < 0.06:
        return Delivered((Piece(_corrected(saying.chunks, rng)),), "corrected")
    if len(saying.chunks) > 1 and way < 0.22:
        return Delivered(_split(saying.chunks, rng), "split")
    if len(saying.chunks) > 1 and way < 0.32:
        return Delivered((Piece(_filled(saying.chunks, rng)),), "fillers")
    return Delivered((Piece(saying.chunks),), "one turn")


def _corrected(chunks: tuple[Chunk, ...], rng: Random) -> tuple[Chunk, ...]:
    """Return the breaths with one of them said wrong first."""
    places = [place for place, chunk in enumerate(chunks) if any(token.kind is Kind.NUMBER for token in chunk)]
    place = rng.choice(places)
    wrong = list(chunks[place])
    digits = [at for at, token in enumerate(wrong) if token.kind is Kind.NUMBER]
    at = rng.choice(digits)
    value = rng.randrange(10)
    wrong[at] = Token(said=rng.choice(SPOKEN[value]), kind=Kind.NUMBER, written=str(value), alone=str(value))
    return (*chunks[:place], tuple(wrong), plain(rng.choice(_CORRECTIONS)), *chunks[place:])


def _filled(chunks: tuple[Chunk, ...], rng: Random) -> tuple[Chunk, ...]:
    place = rng.randrange(1, len(chunks))
    return (*chunks[:place], plain(rng.choice(_FILLERS)), *chunks[place:])


def _split(chunks: tuple[Chunk, ...], rng: Random) -> tuple[Piece, ...]:
    """Return the breaths in two or more turns, with what the other says between them."""
    pieces: list[Piece] = []
    held: list[Chunk] = []
    for place, chunk in enumerate(chunks):
        held.append(chunk)
        last = place == len(chunks) - 1
        if last or rng.random() < 0.6 or (place == len(chunks) - 2 and not pieces):
            pieces.append(Piece(tuple(held)))
            if not last:
                echo = rng.random() < 0.25
                between = (chunk,) if echo else (plain(rng.choice(_BACK_CHANNELS)),)
                pieces.append(Piece(between, aside=True, echo=echo))
            held = []
    return tuple(pieces)
