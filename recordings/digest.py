"""What waits for people today, in words without personal data: for the daily mail. Pure.

Counts, slugs and the numbers of cases; no call, no person. Three languages; a text that is missing is a KeyError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from recordings.deadlines import working_days_until
from recordings.status import Status
from storage.cases import Case
from storage.records import Stage

SOON: Final = 5
# Working days before a case is due from which it is named each day.

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "fi": {
        "subject": "Vaiti: {count} asiaa odottaa",
        "calm": "Vaiti: kaikki kunnossa",
        "calm_body": "Mikään ei odota. Tämä viesti tulee maanantaisin, jotta hiljaisuus ei jää huomaamatta.",
        "halted": "POISTOT ON PYSÄYTETTY ({reason}): `vaiti purge` kertoo miksi",
        "overdue": "MYÖHÄSSÄ: {count} puhelua yli säilytysajan eikä poistettu",
        "held_overdue": "{count} puhelua pidetään hallussa yli säilytysajan",
        "case_overdue": "MYÖHÄSSÄ: pyyntö {name}, vastaus oli annettava {day}",
        "case_due": "pyyntö {name}: vastaus viimeistään {day} ({left} työpäivää)",
        "quarantined": "{count} puhelua odottaa tarkastusta",
        "failed": "{count} puhelun käsittely epäonnistui: `vaiti failed`",
        "sweep": "vertailu löysi korjattavaa: `vaiti doctor`",
        "shortened": "{count} säilytysaikaa on tiedostossa lyhyempi kuin voimassa: `vaiti periods`",
        "recipients": "{count} luovutuksen saajalle on kerrottava muutoksesta: `vaiti disclosure list`",
    },
    "sv": {
        "subject": "Vaiti: {count} ärenden väntar",
        "calm": "Vaiti: allt är i ordning",
        "calm_body": "Ingenting väntar. Detta meddelande kommer på måndagar, så att tystnad märks.",
        "halted": "GALLRINGEN ÄR STOPPAD ({reason}): `vaiti purge` säger varför",
        "overdue": "FÖRSENAT: {count} samtal över sin tid som inte har gallrats",
        "held_overdue": "{count} samtal hålls kvar över sin tid",
        "case_overdue": "FÖRSENAT: begäran {name}, svaret skulle ha getts {day}",
        "case_due": "begäran {name}: svar senast {day} ({left} arbetsdagar)",
        "quarantined": "{count} samtal väntar på granskning",
        "failed": "{count} samtal kunde inte behandlas: `vaiti failed`",
        "sweep": "jämförelsen fann något att rätta: `vaiti doctor`",
        "shortened": "{count} gallringstider är kortare i filen än i kraft: `vaiti periods`",
        "recipients": "{count} mottagare ska få veta om en ändring: `vaiti disclosure list`",
    },
    "en": {
        "subject": "Vaiti: {count} things wait",
        "calm": "Vaiti: all is well",
        "calm_body": "Nothing waits. This mail comes on Mondays, so that silence is noticed.",
        "halted": "THE PURGE IS HALTED ({reason}): `vaiti purge` says why",
        "overdue": "OVERDUE: {count} calls past their time and not deleted",
        "held_overdue": "{count} calls are held past their time",
        "case_overdue": "OVERDUE: case {name} had to be answered by {day}",
        "case_due": "case {name}: answer by {day} ({left} working days)",
        "quarantined": "{count} calls wait for review",
        "failed": "{count} calls failed: `vaiti failed`",
        "sweep": "the daily comparison found something to mend: `vaiti doctor`",
        "shortened": "{count} periods are shorter in the file than in force: `vaiti periods`",
        "recipients": "{count} recipients have to be told of a change: `vaiti disclosure list`",
    },
}
_MONDAY: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A mail's subject and lines."""

    subject: str
    lines: tuple[str, ...]


def write_digest(  # noqa: PLR0913 - what waits, and how it is said
    status: Status, cases: Sequence[Case], *, today: date, country: str, language: str, recipients: int = 0
) -> Digest | None:
    """Return the mail of this day, the most urgent first; None where there is nothing to say and it is no Monday.

    `recipients` are how many have to be told of what happened to calls that they were given.
    """
    texts = TEXTS[language]
    lines = [*_of_status(status, texts), *_of_cases(cases, texts, today=today, country=country)]
    if recipients:
        lines.append(texts["recipients"].format(count=recipients))
    lines.sort(key=lambda line: not line[:4].isupper())
    if lines:
        return Digest(subject=texts["subject"].format(count=len(lines)), lines=tuple(lines))
    if today.weekday() == _MONDAY:
        return Digest(subject=texts["calm"], lines=(texts["calm_body"],))
    return None


def _of_status(status: Status, texts: Mapping[str, str]) -> Iterable[str]:
    if status.halted is not None:
        yield texts["halted"].format(reason=status.halted)
    counts = {
        "overdue": status.overdue,
        "held_overdue": status.held_overdue,
        "quarantined": status.stages.get(Stage.QUARANTINED, 0),
        "failed": status.stages.get(Stage.FAILED, 0),
        "shortened": status.shortened,
    }
    yield from (texts[name].format(count=count) for name, count in counts.items() if count)
    if status.complaints():
        yield texts["sweep"]


def _of_cases(cases: Sequence[Case], texts: Mapping[str, str], *, today: date, country: str) -> Iterable[str]:
    for case in cases:
        left = working_days_until(case.due_on, today, country=country)
        if today > case.due_on:
            yield texts["case_overdue"].format(name=case.name, day=case.due_on)
        elif left <= SOON:
            yield texts["case_due"].format(name=case.name, day=case.due_on, left=left)
