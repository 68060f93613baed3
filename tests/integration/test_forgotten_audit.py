"""What the audit log says of calls that are gone goes in its time; that there was something can still be checked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from recordings.controllers import Controllers
from recordings.factory import Vaiti
from storage import audit_chain
from storage.records import Recording, Scope
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock
from workers.auditing import export_audit

Push = Callable[..., Recording]
SYSTEM = Scope.system()
ONE = CONTROLLERS.replace('cases = "P2Y"\n', 'cases = "P2Y"\naudit = "P6Y"\n')
BOTH = ONE.replace("end_of_day = true\n", 'end_of_day = true\naudit = "P3Y"\n')
YEARS = timedelta(days=6 * 366)


@pytest.fixture
def gone(push: Push, vaiti: Vaiti, clock: MovedClock) -> Recording:
    """A call that was opened and has ended."""
    call = push()
    vaiti.view.read_words(SYSTEM, call.id, actor="user-aino")
    vaiti.purge(call.id, reason="period-ended", actor="clock")
    vaiti.journal.note()
    return call


def stating(vaiti: Vaiti, lines: str) -> Vaiti:
    return replace(vaiti, controllers=Controllers.parse(lines))


def said(vaiti: Vaiti, call: Recording) -> set[str]:
    return {each.action for each in vaiti.audit.list(SYSTEM, recording=call.id)}


def journal_of(vaiti: Vaiti) -> str:
    return (vaiti.journal.journal.path).read_text()


def test_after_the_period_nothing_says_who_opened_a_call_that_is_gone(
    vaiti: Vaiti, gone: Recording, clock: MovedClock, tmp_path: Path
) -> None:
    vaiti = stating(vaiti, BOTH)
    assert vaiti.forget_audit() == 0
    before = vaiti.audit.head()
    clock.at += YEARS
    assert vaiti.forget_audit() > 3
    assert vaiti.forget_audit() == 0
    assert said(vaiti, gone) == set()
    assert gone.id not in journal_of(vaiti)
    assert vaiti.audit.verify() > before[0]
    assert vaiti.audit.hash_of(before[0]) == before[1]
    assert vaiti.catalog.receipts(SYSTEM, recording=gone.id)  # the receipt outlives it
    checked = export_audit(vaiti, tmp_path / "audit.jsonl")
    with (tmp_path / "audit.jsonl").open() as lines:
        assert audit_chain.verify(lines, vaiti.signer.public_key()) == checked
    assert 0 < checked.shown < checked.entries


def test_what_a_register_says_nothing_of_stays_and_so_does_the_journal(
    vaiti: Vaiti, gone: Recording, clock: MovedClock
) -> None:
    vaiti = stating(vaiti, ONE)
    clock.at += YEARS
    lines = journal_of(vaiti)
    assert vaiti.forget_audit() > 0
    assert said(vaiti, gone) == set()
    assert journal_of(vaiti).startswith(lines)


def test_a_day_before_nothing_is_forgotten(vaiti: Vaiti, gone: Recording, clock: MovedClock) -> None:
    vaiti = stating(vaiti, BOTH)
    clock.at += timedelta(days=3 * 365 - 1)
    assert vaiti.forget_audit() == 0
    assert "masked-words.opened" in said(vaiti, gone)


def test_the_journal_goes_on_where_it_was_begun_anew(vaiti: Vaiti, gone: Recording, clock: MovedClock) -> None:
    vaiti = stating(vaiti, BOTH)
    clock.at += YEARS
    vaiti.forget_audit()
    vaiti.journal.note()
    assert vaiti.journal.find_fault() is None
    acts = [act.entry.get("action") for act in vaiti.journal.journal.acts()]
    assert acts[-1] == "audit.forgotten"
