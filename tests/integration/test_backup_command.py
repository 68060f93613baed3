"""`vaiti backup`, `vaiti restore` and what `vaiti doctor` says of journal and backups."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from recordings.factory import Vaiti
from recordings.restoring import backing_up
from storage.records import Recording
from tests.crashes import KILLED, points_of, run_until
from tests.integration.fakes import MovedClock
from workers.main import app

Push = Callable[..., Recording]


@pytest.fixture
def run(vaiti: Vaiti, home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, Any]]:
    """Run a command on the service's folder; its exit code and what it printed as JSON."""
    given = {"DATA": vaiti.settings.data, "CONTROLLERS": vaiti.settings.controllers, "PORT": 0}
    for name, value in {**given, "BACKUPS": home / "backups"}.items():
        monkeypatch.setenv(f"VAITI_{name}", str(value))

    def run_command(*words: str) -> tuple[int, Any]:
        done = CliRunner().invoke(app, [*words, "--json"])
        return done.exit_code, json.loads(done.stdout) if done.stdout else None

    return run_command


def test_a_backup_is_made_and_put_back(push: Push, vaiti: Vaiti, run: Callable[..., tuple[int, Any]]) -> None:
    push()
    code, made = run("backup")
    assert (code, made["objects"]) == (0, 7)
    vaiti.close()
    code, done = run("restore", made["folder"])
    assert (code, done["buried"], done["adopted"]) == (0, 0, 0)


def checks(told: Any) -> dict[str, tuple[bool, str]]:
    return {each["check"]: (each["ok"], each["detail"]) for each in told["checks"]}


def test_the_doctor_tells_of_the_journal_and_of_the_backups(
    push: Push, vaiti: Vaiti, run: Callable[..., tuple[int, Any]]
) -> None:
    push()
    run("backup")
    found = checks(run("doctor")[1])
    assert (found["journal"][0], found["backups"][0]) == (True, True)
    assert "VAITI_JOURNAL" in found["journal"][1]  # it lies on the data's own disk
    vaiti.settings.journal_folder.rename(vaiti.settings.journal_folder.with_name("away"))
    vaiti.settings.journal_folder.write_text("")
    code, told = run("doctor")
    assert (code != 0, checks(told)["journal"][0]) == (True, False)


def test_backups_die_and_an_old_one_is_told(vaiti: Vaiti, clock: MovedClock, home: Path) -> None:
    back_up = backing_up(vaiti)
    for _ in range(2):
        back_up(home / "backups", actor="operator")
        clock.at += timedelta(days=20)
    back_up(home / "backups", actor="operator")
    assert len([*(home / "backups").iterdir()]) == 2  # one was 40 days old


_BACK_UP = """
from pathlib import Path
from recordings.factory import Vaiti
from recordings.restoring import backing_up
from recordings.settings import Settings
from tests.integration.fakes import MovedClock
vaiti = Vaiti.open(Settings(data=Path({data!r}), controllers=Path({controllers!r})), clock=MovedClock())
backing_up(vaiti)(Path({to!r}), actor="operator")
"""


@pytest.mark.parametrize("point", points_of("recordings/steps/backup.py"))
def test_a_backup_that_was_killed_is_none_and_the_next_removes_it(
    push: Push, vaiti: Vaiti, home: Path, point: str
) -> None:
    push()
    place = {"data": str(vaiti.settings.data), "controllers": str(vaiti.settings.controllers)}
    assert run_until(point, _BACK_UP.format(**place, to=str(home / "backups"))) == KILLED
    back_up = backing_up(vaiti)
    made = back_up(home / "backups", actor="operator")
    assert [*(home / "backups").iterdir()] == [made.path]
