"""`vaiti purge` as it is typed, and on a demo's folder with its clock moved by a year."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from recordings.errors import PurgeHalted
from recordings.factory import Vaiti
from tests.contracts.builders import added
from workers.cli.common import Exit
from workers.clock import SystemClock
from workers.demo.folder import CONTROLLER, make_folder
from workers.main import app
from workers.place import demo_settings
from workers.purging import purge_due

YEAR = timedelta(days=366)


@pytest.fixture
def folder(home: Path) -> Path:
    make_folder(home / "demo")
    return home / "demo"


@pytest.fixture
def served(folder: Path) -> Iterator[Vaiti]:
    """A demo's service that has swept at the true time, and one call."""
    vaiti = Vaiti.open(demo_settings(folder), clock=SystemClock())
    added(vaiti.catalog, controller=CONTROLLER, delete_at=vaiti.clock.now() + timedelta(days=365))
    assert vaiti.purge_due(vaiti.clock.now()) == []
    yield vaiti
    vaiti.close()


def test_a_demo_confirms_as_a_person_would_and_its_service_goes_on_in_true_time(served: Vaiti, folder: Path) -> None:
    as_of = (served.clock.now() + YEAR).date().isoformat()
    with pytest.raises(PurgeHalted, match="1 of 1 calls are due"):
        purge_due(folder, as_of=as_of)
    (receipt,) = purge_due(folder, as_of=as_of, confirmed_by="demo")
    assert receipt["number"] == 1
    assert served.purge_due(served.clock.now()) == []  # another clock is not remembered


def test_a_word_needs_a_name(served: Vaiti, folder: Path) -> None:
    assert CliRunner().invoke(app, ["purge", "--data", str(folder), "--confirm"]).exit_code == Exit.USAGE
    wrong = CliRunner().invoke(app, ["purge", "--data", str(folder), "--confirm", "--as", "Anna Virtanen"])
    assert wrong.exit_code == Exit.USAGE
    done = CliRunner().invoke(app, ["purge", "--data", str(folder), "--confirm", "--as", "anna"])
    assert (done.exit_code, done.stdout.strip()) == (0, "0 purged")
    assert served.audit.verify() == 1  # nothing was halted, so there was nothing to say a word about
