"""What the templates are given: plain values made from rows and masked words, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from re import Match
from typing import Any

from recordings.controllers import Controller
from recordings.lifecycle import is_cleared
from recordings.turns import Turn, split_turns
from recordings.web.texts import (
    KINDS,
    STAGES,
    TEXTS,
    name_type,
    write_day,
    write_hour,
    write_length,
    write_time,
)
from redaction.interchange import transcript_from_dict
from redaction.labels import LABEL
from redaction.model import Word
from storage.records import Hit, Recording, Stage

TONES = {Stage.FAILED: "bad", Stage.QUARANTINED: "wait", Stage.PUBLISHED: "good"}
# Of the dot before a stage; the others are under way.

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a mask over one or several; times in seconds. `mask` names what was there; `text` is then empty.

    `lit`: a search found it. `gone`: a cut takes it from the copy that a person is given.
    """

    text: str
    start: float | None
    end: float | None
    mask: str = ""
    lit: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class TurnView:
    """One speaker's stretch; `hit` when a search led here."""

    who: str
    role: str
    start: float
    clock: str
    pieces: tuple[Piece, ...]
    hit: bool = False


@dataclass(frozen=True, slots=True)
class CallView:
    """One call in a list or at the head of its page."""

    id: str
    controller: str
    kind: str
    started: str
    day: date
    hour: str
    length: str
    queue: str
    agent: str
    found: tuple[tuple[str, int], ...]
    ready: bool
    stage: str
    tone: str
    deleted: str
    deleted_in: str


@dataclass(frozen=True, slots=True)
class DayView:
    """A day and its calls; `heading` is empty where the list goes on with the day that it ended with."""

    heading: str
    calls: tuple[CallView, ...]


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
    started = recording.started_at.astimezone(zone)
    texts, cleared = TEXTS[language], is_cleared(recording)
    return CallView(
        id=recording.id,
        controller=controller.name,
        kind=", ".join(dict.fromkeys(KINDS[language][each] for each in recording.all_kinds)),
        started=write_time(started, language),
        day=started.date(),
        hour=write_hour(started, language),
        length=write_length(recording.seconds),
        queue=recording.queue or "",
        agent=recording.agent or "",
        found=tuple(
            sorted(((name_type(kind, language), count) for kind, count in recording.findings.items()), key=_most)
        ),
        ready=recording.stage is Stage.PUBLISHED and cleared,
        stage=STAGES[language].get(recording.stage, "") if cleared else texts["withheld"],
        tone=TONES.get(recording.stage, "") if cleared else "wait",
        deleted=write_time(recording.delete_at.astimezone(zone), language),
        deleted_in=_write_left(recording.delete_at.astimezone(zone).date(), now.astimezone(zone).date(), language),
    )


def view_days(
    calls: Sequence[CallView], *, language: str, today: date, after: date | None = None
) -> tuple[DayView, ...]:
    """Return calls, newest first, by their days; `after` is the day that the list before ended with."""
    return tuple(
        DayView("" if day == after else write_day(day, language, today=today), tuple(of_day))
        for day, of_day in groupby(calls, key=lambda call: call.day)
    )


def view_hit(hit: Hit, call: CallView, language: str) -> HitView:
    """Return a hit as the list shows it."""
    return HitView(
        call, hit.turn.start, write_length(int(hit.turn.start)), view_text(hit.turn.text, language, hit.found)
    )


def view_turns(document: Mapping[str, Any], language: str, *, hit_at: float | None = None) -> tuple[TurnView, ...]:
    """Return a masked transcript by turns; the turn that begins at `hit_at` is a search's."""
    transcript = transcript_from_dict(document)
    return tuple(
        TurnView(
            who=name_role(transcript.channels[turn.channel].role.value, turn.channel, language),
            role=transcript.channels[turn.channel].role.value,
            start=turn.start,
            clock=write_length(int(turn.start)),
            pieces=_pieces(turn, language),
            hit=hit_at is not None and abs(turn.start - hit_at) < 0.001,
        )
        for turn in split_turns(transcript.words)
    )


def name_role(role: str, channel: int, language: str) -> str:
    """Return who speaks on a channel, as people call them."""
    texts = TEXTS[language]
    return texts.get(f"role_{role}") or f"{texts['speaker']} {channel + 1}"


def view_text(text: str, language: str, found: Sequence[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """Return a line of masked text, its masks as pieces of their own; what was found in it is lit."""
    pieces = []
    for word in _WORD.finditer(text):
        lit = any(start < word.end() and word.start() < end for start, end in found)
        said = Word(text=word[0], start=None, end=None, channel=0)
        pieces += [replace(piece, lit=lit and not piece.mask) for piece in _merge([said], language)]
    return tuple(pieces)


def _most(found: tuple[str, int]) -> tuple[int, str]:
    """Order kinds by how often they were found, then by name."""
    return -found[1], found[0]


def _write_left(last: date, today: date, language: str) -> str:
    days, texts = (last - today).days, TEXTS[language]
    near = {0: texts["today"], 1: texts["tomorrow"]}
    return near.get(days) or texts["in_days"].format(days=days)


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
