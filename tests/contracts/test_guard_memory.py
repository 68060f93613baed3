"""What every GuardMemory must do."""

from datetime import timedelta

import pytest

from storage.ports import AuditLog, Catalog
from storage.records import GuardState, Scope
from storage.sql import SqlGuardMemory
from tests.contracts.builders import ETELA, NOW, added, an_entry
from tests.contracts.conftest import Books

DAY = timedelta(days=1)


@pytest.fixture
def memory(books: Books) -> SqlGuardMemory:
    return books.guard


def test_nothing_is_remembered_at_first(memory: SqlGuardMemory) -> None:
    assert memory.read() == GuardState()


def test_what_is_kept_last_is_read_back(memory: SqlGuardMemory, audit: AuditLog) -> None:
    memory.keep(GuardState(seen_at=NOW, boot="a", uptime=7.5))
    halted = GuardState(seen_at=NOW, halted_at=NOW + DAY, reason="clock-jumped", due=3, kept=4, allowed_until=NOW)
    memory.keep(halted, audit=[an_entry(action="purge.halted")])
    assert memory.read() == halted
    assert [entry.action for entry in audit.list(Scope.system())] == ["purge.halted"]


def test_what_is_due_is_counted_over_all_registers(memory: SqlGuardMemory, catalog: Catalog) -> None:
    added(catalog, delete_at=NOW - 2 * DAY)
    added(catalog, delete_at=NOW, controller=ETELA)
    added(catalog, delete_at=NOW + DAY)
    found = memory.count(now=NOW, after=NOW - DAY)
    assert (found.due, found.fresh, found.kept, found.oldest) == (2, 1, 3, NOW - 2 * DAY)
    assert memory.count(now=NOW, after=None).fresh == 2


def test_what_is_half_purged_was_let_through_before(memory: SqlGuardMemory, catalog: Catalog) -> None:
    begun = added(catalog, delete_at=NOW - DAY)
    catalog.begin_purge(begun.id, reason="period-ended", audit=an_entry(begun))
    found = memory.count(now=NOW, after=None)
    assert (found.due, found.kept, found.oldest) == (0, 0, None)
