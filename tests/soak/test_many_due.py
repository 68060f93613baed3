"""A hundred thousand calls due on one day go, while the service takes new ones; QUICK=1 tries a thousand."""

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from recordings.errors import PurgeHalted
from recordings.factory import Vaiti
from recordings.settings import Settings
from storage.records import Item, Scope, Stage
from tests.contracts.builders import a_recording, a_turn, an_entry
from tests.integration.fakes import NOW, MovedClock

MANY = 1_000 if os.environ.get("QUICK") else 100_000
LONGEST_PUSH = 20.0
# Seconds; a writer that waits longer for SQLite's lock is refused.
CONTROLLERS = '[controllers.kuopio]\nname = "Kuopion Energia Oy"\n[controllers.kuopio.periods]\nservice = "P1Y"\n'


@pytest.fixture
def vaiti(tmp_path: Path) -> Iterator[Vaiti]:
    (tmp_path / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    settings = Settings(data=tmp_path / "data", controllers=tmp_path / "controllers.toml")
    service = Vaiti.open(settings, clock=MovedClock())
    yield service
    service.close()


def keep(vaiti: Vaiti, *, due: timedelta, published: bool = True) -> None:
    stage = Stage.PUBLISHED if published else Stage.RECEIVED
    recording = a_recording(controller="kuopio", delete_at=NOW + due, stage=stage)
    vaiti.keys.create(recording.id, controller="kuopio", delete_on=date(2026, 3, 2))
    with vaiti.vault.write(recording.id, Item.RAW_AUDIO) as out:
        out.write(bytes(1000))
    vaiti.catalog.add(recording, references=[], audit=an_entry(recording))
    if published:
        vaiti.index.put(recording, [a_turn("siirretään laskun eräpäivää")])


@pytest.mark.soak
def test_many_due_on_one_day_go_in_batches_and_block_nobody(vaiti: Vaiti) -> None:
    for _ in range(MANY):
        keep(vaiti, due=-timedelta(hours=1))
    with pytest.raises(PurgeHalted):
        vaiti.purge_due(NOW)
    slowest, done = 0.0, Event()

    def push() -> None:
        nonlocal slowest
        while not done.wait(0.5):
            began = time.monotonic()
            keep(vaiti, due=timedelta(days=1), published=False)
            slowest = max(slowest, time.monotonic() - began)

    pushing = Thread(target=push)
    pushing.start()
    began, busy, told = time.monotonic(), time.process_time(), list[tuple[int, int]]()
    purged = vaiti.purge_all_due(NOW, lambda gone, found: told.append((gone, found)), confirmed_by="anna")
    seconds = time.monotonic() - began
    done.set()
    pushing.join()
    cpu = time.process_time() - busy
    print(f"{MANY} purged in {seconds:.0f} s ({cpu:.0f} s of CPU), slowest push meanwhile {slowest:.1f} s")  # noqa: T201
    assert (purged, told[-1]) == (MANY, (MANY, MANY))
    assert vaiti.catalog.count(Scope.system()).keys() == {Stage.RECEIVED}
    assert slowest < LONGEST_PUSH
