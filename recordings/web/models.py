"""What the templates are given: plain values made from rows and masked words, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from re import Match
from typing import Any

from recordings.controllers import Controller
from recordings.lifecycle import is_cleared
from recordings.turns import Turn, split_turns
from recordings.web.texts import KINDS, STAGES, TEXTS, name_type, write_length, write_time
from redaction.interchange import transcript_from_dict
from redaction.labels import LABEL
from redaction.model import Word
from storage.records import Recording, Stage

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a mask over one or several; times in seconds. `mask` names what was there; `text` is then empty.

    `lit`: a search found it.
    """

    text: str
    start: float | None
    end: float | None
    mask: str = ""
    lit: bool = False


@dataclass(frozen=True, slots=True)
class TurnView:
    """One speaker's stretch."""

    who: str
    role: str
    start: float
    clock: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CallView:
    """One call in a list or at the head of its page."""

    id: str
    controller: str
    kind: str
    started: str
    length: str
    masked_for: str
    queue: str
    agent: str
    found: tuple[tuple[str, int], ...]
    ready: bool
    stage: str
    deleted: str
    deleted_in: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A call and what was said in it."""

    call: CallView
    start: float
    clock: str
    pieces: tuple[Piece, ...]


def view_call(recording: Recording, controller: Controller, *, language: str, now: datetime) -> CallView:
    """Return a recording for the reader; times are the controller's local ones."""
    zone = controller.zone_info
    days = (recording.delete_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    texts, cleared = TEXTS[language], is_cleared(recording)
    return CallView(
        id=recording.id,
        controller=controller.name,
        kind=KINDS[language][recording.kind],
        started=write_time(recording.started_at.astimezone(zone), language),
        length=write_length(recording.seconds),
        masked_for=f"{recording.seconds_masked or 0:.1f} {texts['seconds']}",
        queue=recording.queue or "",
        agent=recording.agent or "",
        found=tuple((name_type(kind, language), count) for kind, count in recording.findings.items()),
        ready=recording.stage is Stage.PUBLISHED and cleared,
        stage=STAGES[language].get(recording.stage, "") if cleared else texts["withheld"],
        deleted=write_time(recording.delete_at.astimezone(zone), language),
        deleted_in=texts["in_days"].format(days=days) if days else texts["today"],
    )


def view_turns(document: Mapping[str, Any], language: str) -> tuple[TurnView, ...]:
    """Return a masked transcript by turns."""
    transcript = transcript_from_dict(document)
    texts = TEXTS[language]
    views = []
    for turn in split_turns(transcript.words):
        role = transcript.channels[turn.channel].role.value
        who = texts.get(f"role_{role}") or f"{texts['speaker']} {turn.channel + 1}"
        views.append(
            TurnView(
                who=who,
                role=role,
                start=turn.start,
                clock=write_length(int(turn.start)),
                pieces=_pieces(turn, language),
            )
        )
    return tuple(views)


def view_text(text: str, language: str, found: Sequence[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """Return a line of masked text, its masks as pieces of their own; what was found in it is lit."""
    pieces = []
    for word in _WORD.finditer(text):
        lit = any(start < word.end() and word.start() < end for start, end in found)
        said = Word(text=word[0], start=None, end=None, channel=0)
        pieces += [replace(piece, lit=lit and not piece.mask) for piece in _merge([said], language)]
    return tuple(pieces)


def _pieces(turn: Turn, language: str) -> tuple[Piece, ...]:
    return tuple(_merge(turn.words, language))


def _merge(words: Iterable[Word] | Sequence[Word], language: str) -> list[Piece]:
    """Make a mask and the empty words behind it one piece."""
    pieces: list[Piece] = []
    for word in words:
        mask = LABEL.fullmatch(word.text)
        if mask:
            pieces.append(Piece("", word.start, word.end, _name(mask, language)))
        elif word.text:
            pieces.append(Piece(word.text, word.start, word.end))
        elif pieces and pieces[-1].mask:
            last = pieces[-1]
            pieces[-1] = Piece("", last.start, word.end if word.end is not None else last.end, last.mask)
    return pieces


def _name(label: Match[str], language: str) -> str:
    """Return a label as people read it: its type, and the last digits or the pseudonym where the policy shows one."""
    more = f"…{label['digits']}" if label["digits"] else label["name"]
    return " ".join(part for part in (name_type(label["type"], language), more) if part)
