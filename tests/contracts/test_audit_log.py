"""What every AuditLog must do."""

from concurrent.futures import ThreadPoolExecutor

from storage.ports import AuditLog, Catalog
from storage.records import Scope
from tests.contracts.builders import ETELA, KESKI, added, an_entry

SYSTEM = Scope.system()


def test_an_entry_is_kept_as_it_was_given(audit: AuditLog) -> None:
    entry = an_entry(action="raw.opened", controller=KESKI, case="case-7", purpose="access-request")
    audit.append(entry)
    assert audit.list(SYSTEM) == [entry]


def test_entries_come_newest_first_and_by_recording(audit: AuditLog, catalog: Catalog) -> None:
    first, second = added(catalog), added(catalog)
    audit.append(an_entry(first, "raw.opened"))
    assert [entry.action for entry in audit.list(SYSTEM, recording=first.id)] == ["raw.opened", "recording.received"]
    assert [entry.recording for entry in audit.list(SYSTEM, limit=2)] == [first.id, second.id]


def test_a_person_sees_the_entries_of_the_own_register_only(audit: AuditLog) -> None:
    for controller in (KESKI, ETELA, None):
        audit.append(an_entry(controller=controller))
    assert [entry.controller for entry in audit.list(Scope.of(KESKI))] == [KESKI]
    assert len(audit.list(SYSTEM)) == 3


def test_an_empty_chain_holds(audit: AuditLog) -> None:
    assert audit.verify() == 0


def test_the_chain_holds_when_many_write_at_once(audit: AuditLog) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: audit.append(an_entry(action=f"act.{n}")), range(40)))
    assert audit.verify() == 40
