"""What every HoldStore must do: stop purge and use in the transaction of the act, and let go of all at the end."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from storage.errors import Held, LostClaim, NotFound
from storage.holds import Hold, HoldKind, HoldStore
from storage.ports import AuditLog, Catalog, SearchIndex
from storage.records import Recording, Scope, SearchFilter, Stage
from tests.contracts.builders import ETELA, KESKI, NOW, a_hold, added, an_entry, moved, published, purged

SYSTEM = Scope.system()
LATER = NOW + timedelta(days=400)


def placed(holds: HoldStore, *recordings: Recording, **changes: Any) -> Hold:
    hold = a_hold(**changes)
    audit = [an_entry(each, "hold.placed") for each in recordings]
    holds.place(hold, [each.id for each in recordings], now=NOW, audit=audit)
    return hold


def ended(holds: HoldStore, hold: Hold) -> list[Recording]:
    return [*holds.end(hold, at=NOW, by="officer-2", audit=[an_entry(action="hold.released")])]


def test_what_is_held_is_not_due_and_no_purge_of_it_begins(catalog: Catalog, holds: HoldStore) -> None:
    held, free = added(catalog), added(catalog)
    hold = placed(holds, held)
    assert [each.id for each in catalog.due(now=LATER, limit=9)] == [free.id]
    assert [each.id for each in holds.overdue(SYSTEM, now=LATER)] == [held.id]
    assert holds.overdue(SYSTEM, now=NOW) == []
    with pytest.raises(Held):
        catalog.begin_purge(held.id, reason="erasure-request", audit=an_entry(held))
    (after,) = ended(holds, hold)
    assert (after.held, after.restricted) == (False, False)
    assert {each.id for each in catalog.due(now=LATER, limit=9)} == {held.id, free.id}


def test_a_hold_is_read_back_as_it_was_given_and_stays_when_it_has_ended(catalog: Catalog, holds: HoldStore) -> None:
    recording = added(catalog)
    hold = placed(holds, recording, until=LATER)
    assert holds.get(SYSTEM, hold.id) == hold
    assert holds.recordings(SYSTEM, hold.id) == [catalog.get(SYSTEM, recording.id)]
    changed = replace(hold, until=None, release_asked_by="officer-1", notified_on=date(2026, 11, 22))
    assert holds.change(changed, audit=an_entry(action="hold.changed")) == changed
    ended(holds, changed)
    assert holds.list(SYSTEM) == []
    assert holds.list(SYSTEM, ended=True) == [replace(changed, ended_at=NOW, ended_by="officer-2")]
    assert holds.recordings(SYSTEM, hold.id) == []
    for act in (lambda: ended(holds, hold), lambda: [holds.change(hold, audit=an_entry())]):
        with pytest.raises(NotFound):
            act()


def test_the_last_of_several_holds_lets_go(catalog: Catalog, holds: HoldStore) -> None:
    recording = added(catalog)
    first = placed(holds, recording)
    second = placed(holds, recording, kind=HoldKind.RESTRICTION, placed_at=NOW + timedelta(hours=1))
    assert holds.owners() == {recording.id: first.id}
    (kept,) = ended(holds, first)
    assert (kept.held, kept.restricted) == (True, True)
    assert holds.owners() == {recording.id: second.id}
    assert [each.id for each in holds.list(SYSTEM, kinds=[HoldKind.LEGAL])] == []
    (free,) = ended(holds, second)
    assert (free.held, free.restricted, holds.owners()) == (False, False, {})


def test_work_goes_on_under_a_hold_and_dies_under_a_restriction(catalog: Catalog, holds: HoldStore) -> None:
    recording = added(catalog)
    working = catalog.claim(worker="w", now=NOW, lease=60.0, stages=[Stage.RECEIVED])
    assert working is not None
    placed(holds, recording)
    catalog.renew(working, now=NOW, lease=60.0)
    hold = placed(holds, recording, kind=HoldKind.RESTRICTION)
    with pytest.raises(LostClaim):
        catalog.move(working, to=Stage.TRANSCRIBED, audit=an_entry(recording))
    assert catalog.claim(worker="w", now=LATER - timedelta(days=100), lease=60.0, stages=[Stage.RECEIVED]) is None
    ended(holds, hold)
    assert catalog.claim(worker="w", now=NOW, lease=60.0, stages=[Stage.RECEIVED]) is not None


def test_what_is_restricted_is_not_found_and_what_is_held_is(
    catalog: Catalog, index: SearchIndex, holds: HoldStore
) -> None:
    call = published(catalog, index, "laskusta asiaa")
    placed(holds, call)
    assert index.search(SYSTEM, "lasku", only=SearchFilter(), now=NOW)
    hold = placed(holds, call, kind=HoldKind.RESTRICTION)
    assert index.search(SYSTEM, "lasku", only=SearchFilter(), now=NOW) == []
    ended(holds, hold)
    assert index.search(SYSTEM, "lasku", only=SearchFilter(), now=NOW)


def test_nothing_is_held_when_one_call_is_gone_going_late_or_anothers(
    catalog: Catalog, holds: HoldStore, audit: AuditLog
) -> None:
    fine = added(catalog)
    going = added(catalog)
    catalog.begin_purge(going.id, reason="erasure-request", audit=an_entry(going))
    gone = purged(catalog, added(catalog))
    late, theirs = added(catalog, delete_at=NOW), added(catalog, controller=ETELA)
    entries = audit.verify()
    for wrong in (going, gone, late, theirs):
        with pytest.raises(NotFound):
            placed(holds, fine, wrong)
    with pytest.raises(NotFound):
        placed(holds)
    assert (holds.list(SYSTEM), holds.owners(), catalog.get(SYSTEM, fine.id).held) == ([], {}, False)
    assert audit.verify() == entries


def test_holds_are_kept_apart_by_controller(catalog: Catalog, holds: HoldStore) -> None:
    hold = placed(holds, added(catalog))
    assert holds.list(Scope.of(ETELA)) == []
    assert holds.recordings(Scope.of(ETELA), hold.id) == []
    assert holds.overdue(Scope.of(ETELA), now=LATER) == []
    with pytest.raises(NotFound):
        holds.get(Scope.of(ETELA), hold.id)
    assert holds.list(Scope.of(KESKI)) == [hold]


def test_no_row_of_a_purged_recording_is_left_by_its_hold(catalog: Catalog, holds: HoldStore) -> None:
    recording = moved(catalog, added(catalog), Stage.TRANSCRIBED)
    known = catalog.knows(recording.id)
    hold = placed(holds, recording)
    assert catalog.knows(recording.id) == known + 1
    ended(holds, hold)
    purged(catalog, catalog.get(SYSTEM, recording.id))
    assert catalog.knows(recording.id) == 0


def test_no_step_changes_what_holds_say(catalog: Catalog) -> None:
    recording = added(catalog)
    for flag in ("held", "restricted"):
        with pytest.raises(ValueError, match=flag):
            catalog.note(recording, changes={flag: True}, audit=an_entry(recording))
