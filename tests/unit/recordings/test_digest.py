"""The daily mail's words: what is late comes first, what is well is said on Mondays, in three languages."""

import string
from dataclasses import replace
from datetime import date, timedelta

import pytest

from recordings.digest import SOON, TEXTS, Digest, write_digest
from recordings.status import Status
from storage.cases import Case
from storage.records import Stage
from storage.sweeps import Mismatch, SweepState
from tests.contracts.builders import NOW, a_case

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
CALM = Status(
    at=NOW,
    stages={Stage.PUBLISHED: 7},
    overdue=0,
    oldest_overdue=None,
    held=0,
    held_overdue=0,
    halted=None,
    sweep=SweepState(),
    shortened=0,
)


def mailed(status: Status = CALM, *cases: Case, today: date = TUESDAY, language: str = "en") -> Digest | None:
    return write_digest(status, cases, today=today, country="FI", language=language)


def test_nothing_is_mailed_where_nothing_waits_but_on_mondays() -> None:
    assert mailed() is None
    calm = mailed(today=MONDAY)
    assert calm is not None
    assert calm.subject == "Vaiti: all is well"


def test_what_is_late_comes_first() -> None:
    status = replace(CALM, overdue=3, stages={Stage.FAILED: 2, Stage.QUARANTINED: 4}, halted="clock-jumped")
    late = a_case(number=12, received_on=date(2026, 10, 1), due_on=date(2026, 11, 2))
    found = mailed(status, late)
    assert found is not None
    assert found.subject == "Vaiti: 5 things wait"
    assert [line.split()[0] for line in found.lines] == ["THE", "OVERDUE:", "OVERDUE:", "4", "2"]
    assert "OVERDUE: case 2026-12 had to be answered by 2026-11-02" in found.lines


def test_a_case_is_named_from_five_working_days_before() -> None:
    assert mailed(CALM, a_case(due_on=date(2026, 12, 2))) is None
    found = mailed(CALM, a_case(number=3, received_on=date(2026, 11, 1), due_on=date(2026, 12, 1)))
    assert found is not None
    assert found.lines == (f"case 2026-3: answer by 2026-12-01 ({SOON} working days)",)


def test_what_a_sweep_left_is_told() -> None:
    found = mailed(replace(CALM, sweep=SweepState(left={Mismatch.TAMPERED: 1}), held_overdue=1, shortened=2))
    assert found is not None
    assert len(found.lines) == 3


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_language_says_the_same_with_the_same_places(language: str) -> None:
    def places(text: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(text)}

    assert TEXTS[language].keys() == TEXTS["en"].keys()
    assert {key: places(text) for key, text in TEXTS[language].items()} == {
        key: places(text) for key, text in TEXTS["en"].items()
    }
    status = replace(CALM, overdue=1, halted="clock-jumped", stages={Stage.FAILED: 1})
    found = mailed(status, a_case(due_on=NOW.date() - timedelta(days=9)), language=language)
    assert found is not None
    assert [line[:4].isupper() for line in found.lines] == [True, True, True, False]
