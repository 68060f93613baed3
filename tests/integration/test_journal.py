"""The journal beside the service: behind when it cannot be written, never a reason to stop a purge, and made up for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from recordings.errors import RestoreNeeded
from recordings.factory import Vaiti
from recordings.settings import Settings
from storage.records import Recording, Scope
from tests.integration.fakes import MovedClock

Push = Callable[..., Recording]


def take_away(settings: Settings) -> Path:
    """Put a file where the journal's folder was: its mount is gone."""
    away = settings.journal_folder.with_name("away")
    settings.journal_folder.rename(away)
    settings.journal_folder.write_text("")
    return away


def test_a_purge_goes_on_without_its_journal_and_the_next_start_makes_up_for_it(
    push: Push, vaiti: Vaiti, clock: MovedClock, settings: Settings
) -> None:
    recording = push()
    vaiti.journal.catch_up()
    away = take_away(settings)
    clock.at = recording.delete_at
    assert len(vaiti.purge_due(clock.now())) == 1
    fault = vaiti.journal.find_fault()
    assert fault is not None
    assert "VAITI_JOURNAL" in fault
    settings.journal_folder.unlink()
    away.rename(settings.journal_folder)
    Vaiti.open(settings, clock=clock).close()
    assert [act.entry["recording"] for act in vaiti.journal.journal.acts() if act.kind == "purged"] == [recording.id]


def test_a_lost_journal_is_written_anew_whole(push: Push, vaiti: Vaiti, settings: Settings, clock: MovedClock) -> None:
    push()
    vaiti.journal.catch_up()
    before = vaiti.journal.journal.path.read_bytes()
    vaiti.journal.journal.path.unlink()
    Vaiti.open(settings, clock=clock).close()
    assert vaiti.journal.journal.path.read_bytes() == before


def test_the_journal_of_another_installation_is_refused(vaiti: Vaiti, push: Push, home: Path) -> None:
    push()
    vaiti.journal.catch_up()
    other = Settings(data=home / "other", controllers=vaiti.settings.controllers, journal=vaiti.settings.journal_folder)
    with pytest.raises(RestoreNeeded):
        Vaiti.open(other, clock=vaiti.clock)


def test_a_hold_is_in_the_journal_when_it_is_placed(push: Push, vaiti: Vaiti) -> None:
    from tests.integration.test_holds import held  # noqa: PLC0415

    recording = push()
    hold = held(vaiti, recording)
    *_, last = vaiti.journal.journal.acts()
    assert (last.kind, last.body["id"], last.body["recordings"]) == ("hold", hold.id, [recording.id])
    assert vaiti.holds.list(Scope.system()) == [hold]
