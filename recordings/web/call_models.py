"""What the page of one call is given beside its row and words: what it is kept for, and where it is masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recordings.controllers import Controller
from recordings.web.texts import BASES, KINDS, TEXTS, name_language, name_type, write_length, write_number
from redaction.interchange import plan_from_dict
from redaction.model import Finding, Plan, SoundFinding, Window
from storage.records import Recording


@dataclass(frozen=True, slots=True)
class MaskView:
    """A stretch of sound that was cut: seconds, on which channels, and what kinds of data were there. Never what."""

    start: float
    end: float
    clock: str
    length: str
    channels: tuple[int, ...]
    name: str


@dataclass(frozen=True, slots=True)
class PurposeView:
    """What a kind of call is kept for, as its controller states it; both empty where it states nothing."""

    kind: str
    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class AboutView:
    """The facts beside a call: label and value, in order, and its purposes."""

    facts: tuple[tuple[str, str], ...]
    purposes: tuple[PurposeView, ...]
    masked_share: str
    seconds: float
    language: str


def view_about(recording: Recording, controller: Controller, *, language: str) -> AboutView:
    """Return what the page tells about a call."""
    texts = TEXTS[language]
    facts = (
        (texts["controller"], controller.name),
        (texts["queue"], recording.queue),
        (texts["agent"], recording.agent),
        (texts["direction"], texts[f"direction_{recording.direction}"] if recording.direction else None),
        (texts["spoken"], name_language(recording.language, language)),
        (texts["told"], _told(recording, texts)),
    )
    seconds, masked = recording.seconds or 0.0, recording.seconds_masked or 0.0
    return AboutView(
        facts=tuple((label, value) for label, value in facts if value),
        purposes=tuple(_purpose(recording, controller, language)),
        masked_share=texts["masked_share"].format(
            seconds=write_number(masked, language),
            share=write_number(100 * masked / seconds if seconds else 0, language),
        ),
        seconds=seconds,
        language=recording.language,
    )


def view_masks(document: Mapping[str, Any], language: str) -> tuple[MaskView, ...]:
    """Return the cuts of a plan, in order of time."""
    plan = plan_from_dict(document)
    return tuple(
        MaskView(
            start=round(window.start, 3),
            end=round(window.end, 3),
            clock=write_length(int(round(window.start, 3))),
            length=write_number(window.end - window.start, language),
            channels=window.channels,
            name=", ".join(_names(window, plan, language)) or TEXTS[language]["personal_data"],
        )
        for window in sorted(plan.windows, key=lambda each: each.start)
    )


def _names(window: Window, plan: Plan, language: str) -> list[str]:
    """The kinds whose findings lie in a window, by their times; one without a time lies in some window."""
    found: list[Finding | SoundFinding] = [*plan.findings, *plan.sounds]
    inside = [
        each.type
        for each in found
        if each.start is not None and each.end is not None and each.start < window.end and window.start < each.end
    ]
    return list(dict.fromkeys(name_type(each, language) for each in inside))


def _purpose(recording: Recording, controller: Controller, language: str) -> list[PurposeView]:
    views = []
    for kind in dict.fromkeys(recording.all_kinds):
        stated = controller.purposes.get(kind)
        basis = BASES[language][stated.basis] if stated else ""
        views.append(PurposeView(KINDS[language][kind], stated.in_language(language) if stated else "", basis))
    return views


def _told(recording: Recording, texts: Mapping[str, str]) -> str | None:
    if recording.told is None:
        return None
    if not recording.told:
        return texts["told_no"]
    at = recording.told_at
    return texts["told_yes"] if at is None else texts["told_at"].format(clock=write_length(int(at)))
