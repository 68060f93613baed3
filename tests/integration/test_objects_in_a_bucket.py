"""The service with its objects in a bucket: the same life of a call, and what `vaiti doctor` says of the bucket."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from recordings.factory import Vaiti
from recordings.settings import Settings
from storage.records import Recording, Scope, Stage
from storage.s3.client import Client
from tests.integration.conftest import in_a_bucket
from tests.integration.fakes import MovedClock
from tests.s3_server import S3Server
from workers.main import app

Push = Callable[..., Recording]


@pytest.fixture(params=["plain", "versioned"])
def settings(settings: Settings, s3_server: S3Server, request: pytest.FixtureRequest) -> Settings:
    return in_a_bucket(settings, s3_server, versioned=request.param == "versioned")


def test_a_call_lives_and_ends_in_a_bucket_as_in_a_folder(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    recording = push()
    assert recording.stage is Stage.PUBLISHED
    with vaiti.view.open_sound(Scope.system(), recording.id, actor="test") as masked:
        assert masked.read(4) == b"RIFF"  # as the played codec writes it
    assert not (vaiti.settings.data / "objects").exists()
    clock.at = recording.delete_at
    (receipt,) = vaiti.purge_due(clock.now())
    assert receipt["stores"]["objects"] == {"before": 7, "after": 0}
    assert vaiti.vault.inventory(recording.id) == []


def tell(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> tuple[int, dict[str, Any]]:
    """Run `vaiti doctor` on these settings; its exit code and what it says of the objects."""
    for name in ("data", "controllers", "objects_url", "objects_secret_key_file"):
        monkeypatch.setenv(f"VAITI_{name.upper()}", str(getattr(settings, name)))
    assert settings.objects_access_key is not None
    monkeypatch.setenv("VAITI_OBJECTS_ACCESS_KEY", settings.objects_access_key.get_secret_value())
    done = CliRunner().invoke(app, ["doctor", "--json"])
    (found,) = [each for each in json.loads(done.output)["checks"] if each["check"] == "objects"]
    return done.exit_code, found


def test_the_doctor_says_that_a_bucket_keeps_its_promises(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _, found = tell(settings, monkeypatch)
    assert found["ok"]
    assert "versions are kept" in found["detail"]


def test_the_doctor_says_in_words_what_a_bucket_lacks(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Client, "locks_by_default", lambda _: True)
    code, found = tell(settings, monkeypatch)
    assert (code != 0, found["ok"]) == (True, False)
    assert "locks new objects" in found["detail"]


def test_the_doctor_names_no_key_of_a_store_that_refuses(
    settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "objects.secret").write_text("hunter2-hunter2", encoding="ascii")
    code, found = tell(settings, monkeypatch)
    assert (code != 0, found["ok"]) == (True, False)
    assert "SignatureDoesNotMatch" in found["detail"]
    assert "hunter2" not in found["detail"]
