"""What the letter tells: GDPR Art. 15(1) (a) to (h), point by point, and when the calls were opened. Pure.

Log data of consultations belong to access, employees' identity normally not (CJEU C-579/21).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil, floor
from typing import Any, Final

from recordings.beside import Correction, Cut
from recordings.controllers import Controller
from recordings.disclosures import MADE
from recordings.letter.texts import LANGUAGES, TEXTS
from recordings.opened_as import role_then
from recordings.retention import local_date
from recordings.statements import Basis
from recordings.turns import split_turns
from redaction.model import Transcript
from storage.people import RoleHeld
from storage.records import AuditEntry, Kind, Recording

OPENED: Final = frozenset({"masked-audio.opened", "masked-words.opened", "raw-audio.opened", "raw.opened"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCall:
    """A call as it is given: its row, its words where there are any, and the audit log's entries about it."""

    recording: Recording
    transcript: Transcript | None
    entries: Sequence[AuditEntry] = field(default=())
    corrections: Sequence[Correction] = field(default=())
    cuts: Sequence[Cut] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer that a letter goes with: its case, its moment (UTC), and how long the calls are held after it."""

    case: str
    at: datetime
    hold_days: int
    language: str
    roles: Sequence[RoleHeld] = ()  # of the register, ended ones too


def letter_language(asked: str | None, controller: Controller) -> str:
    """Return the language of a letter: the one that is asked for, or the controller's, or English."""
    return next(each for each in (asked, controller.language, "en") if each in LANGUAGES)


def write_content(calls: Sequence[GivenCall], controller: Controller, answer: Answer) -> dict[str, Any]:
    """Return what the letter says, as `letter.typ` takes it."""
    language = answer.language
    t, today = TEXTS[language], local_date(answer.at, controller.zone_info)
    cut, table = any(each.cuts for each in calls), _calls_table(calls, controller, t, language)
    return {
        "lang": language,
        "title": t["title"],
        "page": t["page"],
        "meta": [[t["from"], controller.name], [t["case"], answer.case], [t["date"], day_of(today, language)]],
        "sections": [
            section(t["calls_head"], t["calls_cut" if cut else "calls"], table=table),
            *([_cuts(calls, t)] if cut else []),
            section(t["purposes_head"], *_purposes(calls, controller, t, language)),
            section(t["categories_head"], t["categories"]),
            _recipients(calls, controller, t, language),
            section(t["source_head"], controller.source or t["source"], *_sources(calls, t)),
            section(t["retention_head"], t["retention"].format(days=answer.hold_days)),
            _openings(calls, controller, t, answer),
            section(t["rights_head"], t["rights"], t["complaint"]),
            section(t["officer_head"], *officer_lines(controller, t, language)),
        ],
        "words_head": t["words_head"],
        "words": [_words(number, each, controller, t, language) for number, each in enumerate(calls, start=1)],
    }


def section(head: str, *paragraphs: str, table: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return one section of a letter."""
    return {"head": head, "paragraphs": [*paragraphs], "table": table}


def _calls_table(
    calls: Sequence[GivenCall], controller: Controller, t: Mapping[str, str], language: str
) -> dict[str, Any]:
    versions = bool(controller.earlier_notices)
    rows = [
        [
            f"{number:03d}",
            _moment(each.recording.started_at, controller, language),
            _length(each.recording.seconds),
            ", ".join(t[kind.value] for kind in each.recording.all_kinds),
            _moment(each.recording.delete_at, controller, language),
            *([_notice(each.recording, controller, language)] if versions else []),
        ]
        for number, each in enumerate(calls, start=1)
    ]
    head = ["", t["when"], t["length"], t["kind"], t["until"], *([t["notice_then"]] if versions else [])]
    return {"head": head, "rows": rows}


def _notice(recording: Recording, controller: Controller, language: str) -> str:
    """Name the version of the privacy notice that counted when the call began, by its day."""
    found = controller.notice_on(local_date(recording.started_at, controller.zone_info))
    return day_of(found, language) if found is not None else "-"


def _cuts(calls: Sequence[GivenCall], t: Mapping[str, str]) -> dict[str, Any]:
    """Say what is not in the copy, and why (GDPR Art. 15(4))."""
    rows = [
        [f"{number:03d}", _length(floor(cut.start)), _length(ceil(cut.end)), t[cut.reason.value]]
        for number, each in enumerate(calls, start=1)
        for cut in sorted(each.cuts, key=lambda cut: cut.start)
    ]
    table = {"head": ["", t["cut_from"], t["cut_to"], t["why"]], "rows": rows}
    return section(t["cuts_head"], t["cuts"], table=table)


def _sources(calls: Sequence[GivenCall], t: Mapping[str, str]) -> Iterable[str]:
    """Name the list or system that a call came from, where its push did (Art. 14(2)(f))."""
    numbered = [(number, each.recording.source) for number, each in enumerate(calls, start=1)]
    for source in sorted({source for _, source in numbered if source}):
        theirs = ", ".join(f"{number:03d}" for number, of_it in numbered if of_it == source)
        yield t["source_of"].format(calls=theirs, source=source)


def _corrections(call: GivenCall, t: Mapping[str, str]) -> Iterable[list[str]]:
    for each in call.corrections:
        if each.text is not None:
            yield [_length(each.at) if each.at is not None else "", t["note"], each.text]
        else:
            yield [
                "",
                t["corrected"].format(field=t["agent-field" if each.field == "agent" else str(each.field)]),
                f"{each.before} → {each.after}",
            ]


def _purposes(calls: Sequence[GivenCall], controller: Controller, t: Mapping[str, str], language: str) -> Iterable[str]:
    kinds = sorted({kind for each in calls for kind in each.recording.all_kinds}, key=list(Kind).index)
    stated = {kind: controller.purposes[kind] for kind in kinds if kind in controller.purposes}
    for kind, purpose in stated.items():
        basis = t["contract-basis" if purpose.basis is Basis.CONTRACT else purpose.basis.value]
        yield f"{t[kind.value].capitalize()}: {purpose.in_language(language)} ({basis})"
    if len(stated) < len(kinds):
        yield t["no_purpose"]


def _recipients(
    calls: Sequence[GivenCall], controller: Controller, t: Mapping[str, str], language: str
) -> dict[str, Any]:
    """Say who receives data, and to whom these calls were given, but for what a recorded ground keeps back."""
    rows = [
        [
            f"{number:03d}",
            _moment(entry.at, controller, language),
            t[f"to-{entry.detail['recipient']}"],
            t[entry.purpose or ""],
        ]
        for number, each in enumerate(calls, start=1)
        for entry in sorted(each.entries, key=lambda entry: entry.at)
        if entry.action == MADE and "untold" not in entry.detail
    ]
    table = {"head": ["", t["when"], t["to-whom"], t["why"]], "rows": rows} if rows else None
    return section(t["recipients_head"], *(receivers(controller, t, language) or (t["no_recipients"],)), table=table)


def _openings(
    calls: Sequence[GivenCall], controller: Controller, t: Mapping[str, str], answer: Answer
) -> dict[str, Any]:
    numbered = [(number, entry) for number, each in enumerate(calls, start=1) for entry in each.entries]
    untold = {entry.detail["disclosure"] for _, entry in numbered if "untold" in entry.detail}
    numbered = [each for each in numbered if each[1].detail.get("disclosure") not in untold]
    opened = sorted((each for each in numbered if each[1].action in OPENED), key=lambda each: (each[1].at, each[0]))
    rows = [
        [
            f"{number:03d}",
            _moment(entry.at, controller, answer.language),
            t[entry.action],
            t.get(entry.purpose or "quality", t["quality"]),
            t[f"as-{role_then(entry, answer.roles) or 'service'}"],
        ]
        for number, entry in opened
    ]
    if not rows:
        return section(t["openings_head"], t["no_openings"])
    table = {"head": ["", t["when"], t["what"], t["why"], t["as-what"]], "rows": rows}
    return section(t["openings_head"], t["openings"], table=table)


def receivers(controller: Controller, t: Mapping[str, str], language: str) -> tuple[str, ...]:
    """Say who receives data: the stated recipients, and those who work for the controller, with what they do."""
    working = (
        t["processor"].format(name=each.name, task=each.in_language(language), country=each.country)
        for each in controller.processors.values()
    )
    return (*controller.recipients, *working)


def officer_lines(controller: Controller, t: Mapping[str, str], language: str) -> Iterable[str]:
    """Say whom to ask, and which privacy notice the letter rests on."""
    yield t["officer"].format(officer=controller.officer or controller.name)
    if controller.notice is not None:
        yield t["notice"].format(day=day_of(controller.notice, language))


def _words(number: int, call: GivenCall, controller: Controller, t: Mapping[str, str], language: str) -> dict[str, Any]:
    head = f"{t['call'].format(number=f'{number:03d}')}, {_moment(call.recording.started_at, controller, language)}"
    beside = [*_corrections(call, t)]
    if call.transcript is None:
        return {"head": head, "lang": language, "turns": beside, "none": t["no_words"]}
    turns = []
    for turn in split_turns(call.transcript.words):
        role = call.transcript.channels[turn.channel].role.value
        who = t[role].format(number=turn.channel + 1)
        turns.append([_length(turn.start), who, turn.text])
    return {"head": head, "lang": call.recording.language, "turns": [*turns, *beside], "none": t["no_words"]}


def day_of(day: date, language: str) -> str:
    """Return a day as a letter in this language writes it."""
    return f"{day.day}.{day.month}.{day.year}" if language != "en" else f"{day.day} {day:%B %Y}"


def _moment(moment: datetime, controller: Controller, language: str) -> str:
    local = moment.astimezone(controller.zone_info)
    clock = {"fi": f"klo {local.hour}.{local.minute:02d}", "sv": f"kl. {local.hour}.{local.minute:02d}"}
    return f"{day_of(local.date(), language)} {clock.get(language, f'{local:%H:%M}')}"


def _length(seconds: float | None) -> str:
    minutes, rest = divmod(round(seconds or 0), 60)
    return f"{minutes}:{rest:02d}"
