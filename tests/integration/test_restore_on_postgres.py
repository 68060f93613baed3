"""Backup and restore with the catalog on PostgreSQL: pg_dump sees every register, and nobody comes back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from recordings.factory import Vaiti
from recordings.restoring import backing_up, restore
from recordings.settings import Settings
from storage.errors import NotFound
from storage.records import Recording, Scope, Stage
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_holds import held

SYSTEM = Scope.system()


@pytest.fixture
def settings(postgres_settings: Settings) -> Settings:
    return postgres_settings


def test_yesterday_is_restored_and_nobody_comes_back(
    push: Callable[..., Recording], vaiti: Vaiti, clock: MovedClock, settings: Settings, home: Path
) -> None:
    erased, kept = push(call_id="erased"), push(a_call(seed=2), call_id="kept")
    backup = backing_up(vaiti)(home / "backups", actor="operator")
    assert {path.name for path in backup.path.iterdir()} == {"catalog.dump", "objects", "backup.json", "restored.json"}
    clock.at += timedelta(hours=24)
    pushed = push(a_call(seed=3), call_id="pushed")
    hold = held(vaiti, kept)
    receipt = vaiti.purge(erased.id, reason="erasure-request")
    vaiti.journal.catch_up()
    vaiti.close()
    restore(settings, backup.path, clock=clock, actor="operator")
    done = restore(settings, backup.path, clock=clock, actor="operator")  # once more, as after a kill
    assert (done.buried, done.adopted, done.holds) == (1, 1, 1)
    again = Vaiti.open(settings, clock=clock, engines=vaiti.given)
    with pytest.raises(NotFound):
        again.catalog.get(SYSTEM, erased.id)
    assert again.catalog.knows(erased.id) == again.index.knows(erased.id) == 0
    assert [*again.catalog.receipts(SYSTEM)] == [receipt]
    assert again.holds.list(SYSTEM) == [hold]
    assert again.catalog.get(SYSTEM, kept.id).held
    (hit,) = again.search(SYSTEM, "energiayhtiöstä", actor="agent-1")
    assert hit.recording.id == kept.id
    assert again.catalog.list(Scope.of("lahti")) == []
    found = again.catalog.get(SYSTEM, pushed.id)
    while found.stage is not Stage.PUBLISHED:
        found = again.advance(found)
    assert again.audit.verify() > 0
    assert again.journal.find_fault() is None
    again.close()
