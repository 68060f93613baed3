"""The service and its root key: what stops the start, and the commands that keep the key store."""

import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from recordings.errors import SettingsWrong, VaitiError
from recordings.factory import Vaiti
from recordings.settings import Settings, load_settings, write_secret
from storage.errors import KeysUnusable
from storage.records import Recording, Scope
from tests.integration.fakes import MovedClock
from workers.doctor import _check_keys
from workers.main import app

Push = Callable[..., Recording]


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def heard(vaiti: Vaiti, recording: Recording) -> bytes:
    with vaiti.view.open_sound(Scope.system(), recording.id, actor="test") as sound:
        return sound.read()


@pytest.fixture
def used(push: Push, vaiti: Vaiti, settings: Settings) -> Settings:
    """A data folder in which a call lies, closed."""
    push()
    vaiti.close()
    return settings


def test_a_wrong_root_key_stops_the_start_and_writes_nothing(used: Settings, clock: MovedClock) -> None:
    used.key_path.unlink()
    write_secret(used.key_path, secrets.token_hex(32))
    before = everything(used.data.parent)
    with pytest.raises(KeysUnusable, match="give the key that made it"):
        Vaiti.open(used, clock=clock)
    assert everything(used.data.parent) == before


def test_a_lost_root_key_stops_the_start_and_makes_no_other(used: Settings, clock: MovedClock) -> None:
    used.key_path.unlink()
    before = everything(used.data.parent)
    with pytest.raises(SettingsWrong, match="its root key is not there"):
        Vaiti.open(used, clock=clock)
    assert everything(used.data.parent) == before


def test_a_lost_token_stops_the_start_and_writes_nothing(used: Settings, clock: MovedClock) -> None:
    lost = used.model_copy(update={"pkcs11_module": Path("/nowhere/library.so"), "pkcs11_token": "vaiti"})
    before = everything(used.data.parent)
    with pytest.raises(SettingsWrong, match="secret file"):
        Vaiti.open(lost, clock=clock)
    assert everything(used.data.parent) == before


def test_a_rotation_touches_no_object_and_the_service_that_runs_plays_on(
    push: Push, vaiti: Vaiti, settings: Settings, home: Path
) -> None:
    recording = push()
    objects, sound = everything(settings.data / "objects"), heard(vaiti, recording)
    done = vaiti.keep_keys.rotate(home / "backups", actor="test")
    assert done.rewrapped == 3  # the day, the controller, the receipts
    assert everything(settings.data / "objects") == objects
    assert heard(vaiti, recording) == sound
    acts = [entry.action for entry in vaiti.audit.list(Scope.system()) if entry.action.startswith("keys.")]
    assert acts == ["keys.rotated", "keys.backed-up", "keys.rotating"]


def test_a_rotation_has_to_know_where_its_backup_goes(vaiti: Vaiti) -> None:
    with pytest.raises(SettingsWrong, match="VAITI_KEY_BACKUPS"):
        vaiti.keep_keys.rotate(actor="test")
    assert vaiti.audit.list(Scope.system()) == []


def test_the_key_store_wants_a_fresh_backup_that_is_still_there(vaiti: Vaiti, clock: MovedClock, home: Path) -> None:
    keep = vaiti.keep_keys
    assert "no backup" in (keep.find_fault() or "")
    made = keep.back_up(home / "backups", actor="test")
    assert keep.find_fault() is None
    clock.at += timedelta(hours=27)
    assert "27 hours old" in (keep.find_fault() or "")
    clock.at += timedelta(days=6)
    second = keep.back_up(home / "backups", actor="test")
    assert (made.path.exists(), keep.find_fault()) == (False, None)
    second.path.rename(home / "elsewhere")
    assert "not where it was made" in (keep.find_fault() or "")


def test_the_doctor_fails_without_a_backup_of_the_keys(used: Settings) -> None:
    with pytest.raises(VaitiError, match="VAITI_KEY_BACKUPS"):
        _check_keys(used)


def test_the_commands_rotate_back_up_and_list(used: Settings, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAITI_DATA", str(used.data))
    monkeypatch.setenv("VAITI_CONTROLLERS", str(used.controllers))
    monkeypatch.setenv("VAITI_KEY_BACKUPS", str(home / "backups"))

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["keys", *words])
        assert done.exit_code == 0, done.output
        return done.output

    assert "3 keys are under the new root key" in run("rotate")
    made = json.loads(run("backup", "--json"))
    listed = json.loads(run("backups", "--json").splitlines()[-1])["backups"]
    assert [each["whole"] for each in listed] == [True, True]
    assert listed[-1]["file"] == made["file"]
    assert "2 backups" in run("backups")
    assert _check_keys(load_settings()) == "2 backups, the newest is fresh"


def test_backups_of_the_keys_may_not_lie_in_the_data_folder(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="VAITI_KEY_BACKUPS"):
        load_settings(data=tmp_path / "data", key_backups=tmp_path / "data" / "backups")


@pytest.mark.parametrize("given", [{"pkcs11_module": "/usr/lib/x.so"}, {"pkcs11_token": "vaiti"}])
def test_a_token_needs_its_library_and_its_label(given: dict[str, str]) -> None:
    with pytest.raises(SettingsWrong, match="both"):
        load_settings(**given)
