"""The same service on PostgreSQL: a call the whole way, and no keys of one installation beside rows of another."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from recordings.errors import SettingsWrong
from recordings.factory import Vaiti
from recordings.settings import Settings, load_settings
from recordings.stores import CATALOG
from storage import receipts
from storage.errors import NotFound
from storage.records import Recording, Scope, Stage
from tests.integration.fakes import MovedClock
from tests.postgres import PostgresServer


@pytest.fixture
def settings(postgres_settings: Settings) -> Settings:
    return postgres_settings


def test_a_call_is_pushed_found_heard_and_purged(
    push: Callable[..., Recording], vaiti: Vaiti, api: TestClient, clock: MovedClock, settings: Settings
) -> None:
    recording = push()
    assert recording.stage is Stage.PUBLISHED
    (hit,) = api.post("/api/v1/search", json={"query": "energiayhtiö"}).json()["hits"]
    assert hit["recording"]["id"] == recording.id
    assert api.get(f"/api/v1/recordings/{recording.id}/audio").status_code == 200
    again = Vaiti.open(settings, clock=clock, engines=vaiti.given)  # what is there is found by the next start
    assert again.catalog.get(Scope.system(), recording.id) == recording
    again.close()
    clock.at = recording.delete_at
    (receipt,) = vaiti.purge_due(clock.now())
    receipts.verify(receipt, vaiti.signer.public_key())
    counts = {store: (each["before"], each["after"]) for store, each in receipt["stores"].items()}
    assert counts == {"keys": (1, 0), "objects": (7, 0), "versions": (7, 0), "rows": (3, 0), "index": (2, 0)}
    assert api.post("/api/v1/search", json={"query": "energiayhtiö"}).json()["hits"] == []
    with pytest.raises(NotFound):
        vaiti.catalog.get(Scope.system(), recording.id)
    assert vaiti.audit.verify() > 0
    assert not (settings.data / CATALOG).exists()


def test_keys_are_not_swept_because_another_database_was_named(
    push: Callable[..., Recording], vaiti: Vaiti, settings: Settings, postgres_server: PostgresServer
) -> None:
    """To a sweep, keys without rows are what a crash left: it would end every call."""
    push()
    with postgres_server.database() as other:
        for wrong in (other, "embedded"):
            mixed = load_settings(data=settings.data, controllers=settings.controllers, database_url=wrong)
            with pytest.raises(SettingsWrong, match="has keys"):
                Vaiti.open(mixed, clock=vaiti.clock)
    assert not (settings.data / CATALOG).exists()
    Vaiti.open(settings, clock=vaiti.clock).close()


def test_a_folder_with_its_own_catalog_is_not_opened_on_a_server(settings: Settings, clock: MovedClock) -> None:
    embedded = Settings(data=settings.data, controllers=settings.controllers)
    Vaiti.open(embedded, clock=clock).close()
    with pytest.raises(SettingsWrong, match="catalog of its own"):
        Vaiti.open(settings, clock=clock)
