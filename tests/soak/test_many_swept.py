"""A sweep of many calls: linear in time, and it remembers what is wrong and not what is kept; QUICK=1 tries few."""

import os
import secrets
import tracemalloc
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from time import monotonic, process_time
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from recordings.factory import Vaiti
from recordings.settings import Settings, load_settings
from storage.folder import FolderObjects
from storage.key_tables import DataKeyRow
from storage.records import Item, Scope, Stage
from storage.sql.forms import forms_of
from storage.sql.tables import RecordingRow, TranscriptRow, TranscriptTurnsRow
from tests.contracts.builders import a_recording, a_turn, an_entry
from tests.integration.conftest import in_a_bucket
from tests.integration.fakes import NOW, MovedClock

QUICK = bool(os.environ.get("QUICK"))
SIZES = {
    "embedded": [100, 1_000] if QUICK else [1_000, 10_000, 50_000],
    "servers": [30, 100] if QUICK else [300, 3_000],
}
MOST_REMEMBERED = 16 * 2**20
# Bytes. The listing of 50,000 calls alone took 100 MB when it was made at once.
CONTROLLERS = '[controllers.kuopio]\nname = "Kuopion Energia Oy"\n[controllers.kuopio.periods]\nservice = "P1Y"\n'
TEXT = "siirretään laskun eräpäivää"
ITEMS = (Item.RAW_AUDIO, Item.RAW_FACTS, Item.RAW_WORDS, Item.PLAN, Item.MASKED_AUDIO, Item.MASKED_WORDS)


@pytest.fixture(params=["embedded", "servers"])
def vaiti(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Vaiti]:
    (tmp_path / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    settings = Settings(data=tmp_path / "data", controllers=tmp_path / "controllers.toml")
    if request.param == "servers":
        url = request.getfixturevalue("postgres_url")
        settings = load_settings(data=settings.data, controllers=settings.controllers, database_url=url)
        settings = in_a_bucket(settings, request.getfixturevalue("s3_server"))
    service = Vaiti.open(settings, clock=MovedClock())
    yield service
    service.close()


def copied(session: Session, row: Any, ids: Sequence[str], **changes: Any) -> list[dict[str, Any]]:
    names = [each.key for each in type(row).__mapper__.column_attrs]
    plain = {name: getattr(row, name) for name in names} | changes
    return [plain | {"recording" if "recording" in plain else "id": each} for each in ids]


def keep(vaiti: Vaiti, count: int) -> None:
    """Published calls with a key, a row, a turn and all their objects, as cheaply as they can be had."""
    first = a_recording(controller="kuopio", delete_at=NOW + timedelta(days=30), stage=Stage.PUBLISHED)
    vaiti.keys.create(first.id, controller="kuopio", delete_on=date(2026, 4, 1))
    vaiti.catalog.add(first, references=[], audit=an_entry(first))
    vaiti.index.put(first, [a_turn(TEXT)])
    ids = [secrets.token_hex(16) for _ in range(count - 1)]
    with vaiti.keys.database.writing() as session:
        key = session.scalars(select(DataKeyRow).where(DataKeyRow.recording == first.id)).one()
        session.execute(insert(DataKeyRow), copied(session, key, ids))
    with vaiti.database.writing(Scope.system()) as session:
        row = session.scalars(select(RecordingRow).where(RecordingRow.id == first.id)).one()
        rows = [each | {"call_tag": secrets.token_hex(32)} for each in copied(session, row, ids)]
        session.execute(insert(RecordingRow), rows)
        transcript = session.scalars(select(TranscriptRow).where(TranscriptRow.recording == first.id)).one()
        said = session.get_one(TranscriptTurnsRow, transcript.number)
        forms = forms_of([TEXT])
        for number, each in enumerate(copied(session, transcript, ids), start=transcript.number + 1):
            session.add(TranscriptRow(**each | {"number": number}))
            session.add(TranscriptTurnsRow(number=number, controller="kuopio", turns=said.turns))
            session.flush()
            vaiti.database.words.keep(session, number, "kuopio", forms)
    names = [f"{each[:2]}/{each}/{item}.00000000-0000" for each in (first.id, *ids) for item in ITEMS]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: put(vaiti, name), names))


def put(vaiti: Vaiti, name: str) -> None:
    if isinstance(vaiti.objects, FolderObjects):  # nobody waits for a disk here
        path = vaiti.settings.data / "objects" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        return
    with vaiti.objects.write(name) as out:
        out.write(b"x")


@pytest.mark.soak
def test_a_sweep_is_linear_and_remembers_little(vaiti: Vaiti, request: pytest.FixtureRequest) -> None:
    each_took, kept = list[float](), 0
    for size in SIZES[request.node.callspec.params["vaiti"]]:
        keep(vaiti, size - kept)
        kept = size
        began, busy = monotonic(), process_time()
        found = vaiti.reconcile()
        seconds, cpu = monotonic() - began, process_time() - busy
        tracemalloc.start()
        vaiti.reconcile()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"{size} swept in {seconds:.1f} s ({cpu:.1f} s of CPU), {peak / 2**20:.1f} MB at most")  # noqa: T201
        assert not any(found.left.values())
        assert peak < MOST_REMEMBERED
        each_took.append(cpu / size)
    assert each_took[-1] < 2 * each_took[-2]
