"""Yesterday's masked copy is put back into the object store: nobody is served from it, and the sweep tells."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.restoring import backing_up, restore
from recordings.settings import Settings
from recordings.steps.remask import Looked
from storage.errors import Tampered
from storage.generations import Floors
from storage.key_tables import DataKeyRow
from storage.keyring import Keyring
from storage.records import Item, Recording, RecordingId, Scope, Stage
from storage.sweeps import Mismatch
from tests.integration.conftest import in_a_bucket
from tests.integration.fakes import MovedClock
from tests.integration.test_pipeline import use
from tests.integration.test_remask import Keener

Push = Callable[..., Recording]
SYSTEM = Scope.system()
MASKED = (Item.MASKED_AUDIO, Item.MASKED_WORDS, Item.PLAN, Item.RAW_FACTS)
# What masking anew writes; raw sound and words stay.


@pytest.fixture(params=["folder", "bucket"])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return settings if request.param == "folder" else in_a_bucket(settings, request.getfixturevalue("s3_server"))


def copy_of(vaiti: Vaiti, recording: RecordingId) -> dict[str, bytes]:
    kept = {}
    for stored in vaiti.vault.inventory(recording):
        with vaiti.objects.open(stored.name) as source:
            kept[stored.name] = source.read()
    return kept


def put_back(vaiti: Vaiti, recording: RecordingId, kept: dict[str, bytes]) -> None:
    vaiti.vault.destroy(recording)
    for name, content in kept.items():
        with vaiti.objects.write(name) as out:
            out.write(content)


@pytest.fixture
def twice(vaiti: Vaiti, push: Push, monkeypatch: pytest.MonkeyPatch) -> tuple[RecordingId, dict[str, bytes]]:
    """A call that was masked, and with today's rules once more; and what the store held before."""
    recording = push(work=False).id
    work(vaiti, recording)
    kept = copy_of(vaiti, recording)
    mask_anew(vaiti, recording, monkeypatch)
    return recording, kept


def mask_anew(vaiti: Vaiti, recording: RecordingId, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("recordings.steps.detect", "recordings.steps.remask"):
        monkeypatch.setattr(f"{module}.digest_rules", lambda _: "new")
    use(vaiti, detector=Keener)
    assert vaiti.remask(SYSTEM, recording) is Looked.MORE
    work(vaiti, recording)


def work(vaiti: Vaiti, recording: RecordingId) -> None:
    """As a worker does: every step has a claim, and so a token, of its own."""
    stages = [Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED]
    while vaiti.catalog.get(SYSTEM, recording).stage is not Stage.PUBLISHED:
        claimed = vaiti.catalog.claim(worker="w", now=vaiti.clock.now(), lease=60.0, stages=stages)
        assert claimed is not None
        vaiti.advance(claimed)


def swept(vaiti: Vaiti) -> dict[str, int]:
    return {kind: number for kind, number in vaiti.reconcile().left.items() if number}


def test_an_older_masked_copy_is_neither_played_nor_read_and_the_sweep_tells(
    vaiti: Vaiti, api: TestClient, twice: tuple[RecordingId, dict[str, bytes]]
) -> None:
    recording, kept = twice
    assert swept(vaiti) == {}
    newest = copy_of(vaiti, recording)
    put_back(vaiti, recording, kept)
    for path in ("audio", "transcript"):
        answer = api.get(f"/api/v1/recordings/{recording}/{path}")
        assert answer.status_code == 500, path
    for item in MASKED:
        with pytest.raises(Tampered):
            vaiti.vault.open(recording, item)
    vaiti.vault.open(recording, Item.RAW_WORDS).close()
    assert swept(vaiti) == {Mismatch.TAMPERED: len(MASKED)}
    (told,) = vaiti.status(SYSTEM).complaints()
    assert told.startswith("4 objects are older")
    put_back(vaiti, recording, newest)
    assert swept(vaiti) == {}
    assert api.get(f"/api/v1/recordings/{recording}/audio").status_code == 200


def test_a_store_from_before_there_were_floors_gets_them_at_the_next_sweep(
    vaiti: Vaiti, twice: tuple[RecordingId, dict[str, bytes]]
) -> None:
    recording, kept = twice
    assert isinstance(vaiti.keys, Keyring)
    raised = vaiti.keys.floors(recording)
    with vaiti.keys.database.writing() as session:
        session.get_one(DataKeyRow, recording).floors = b""
    assert swept(vaiti) == {}
    assert vaiti.keys.floors(recording) == raised != Floors()
    put_back(vaiti, recording, kept)
    assert swept(vaiti) == {Mismatch.TAMPERED: len(MASKED)}


def test_a_restore_takes_older_objects_back_and_masks_them_anew(
    vaiti: Vaiti, push: Push, monkeypatch: pytest.MonkeyPatch, home: Path, clock: MovedClock
) -> None:
    """The objects' disk is lost; the key store lay on another, and its floors are of today."""
    recording = push(work=False).id
    work(vaiti, recording)
    backing_up(vaiti)(home / "backups", actor="operator")
    (backup,) = (home / "backups").iterdir()
    kept = copy_of(vaiti, recording)
    mask_anew(vaiti, recording, monkeypatch)
    newest = vaiti.catalog.get(SYSTEM, recording).token
    words = vaiti.view.read_words(SYSTEM, recording, actor="test")
    put_back(vaiti, recording, kept)
    vaiti.journal.catch_up()
    vaiti.close()
    assert restore(vaiti.settings, backup, clock=clock, actor="operator").set_back == 1
    again = Vaiti.open(vaiti.settings, clock=clock, engines=vaiti.given)
    row = again.catalog.get(SYSTEM, recording)
    assert (row.stage, row.token) == (Stage.TRANSCRIBED, newest)
    use(again, detector=Keener)
    work(again, recording)
    assert again.view.read_words(SYSTEM, recording, actor="test")["words"] == words["words"]
    assert swept(again) == {}
    put_back(again, recording, kept)
    assert swept(again) == {Mismatch.TAMPERED: len(MASKED)}
    again.close()
