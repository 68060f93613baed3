"""The journal beside the service: behind when it cannot be written, never a reason to stop a purge, and made up for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from recordings.errors import RestoreNeeded
from recordings.factory import Vaiti
from recordings.facts import CustomerReference
from recordings.settings import Settings
from recordings.steps.review import Choice, Reviewer, Verb
from redaction.policy import Profile
from redaction.talk import Topic
from storage.records import Clearance, Recording, Scope
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


def test_what_an_officer_decides_is_in_the_journal_when_it_is_decided(push: Push, vaiti: Vaiti) -> None:
    scope, recording = Scope.system(), push()
    phone = CustomerReference(type="phone", value="040 999 9999")
    review = Choice(verb=Verb.MASK, numbers=(1,))
    for decide in (
        lambda: vaiti.clear.flag(scope, recording.id, Topic.CRISIS, actor="agent-1"),
        lambda: vaiti.clear.decide(scope, recording.id, Clearance.REFUSED, actor="officer-1"),
        lambda: vaiti.review.decide(scope, recording.id, review, Reviewer(actor="staff-1")),
        lambda: vaiti.set_profile("kuopio", phone, Profile.STRICT, actor="officer-1"),
    ):
        decide()
        last = vaiti.journal.journal.last()
        assert last is not None
        assert (last.number, last.hash) == vaiti.audit.head()
    *_, act = vaiti.journal.journal.acts()
    assert (act.kind, act.body["controller"], act.body["profile"]) == ("profile", "kuopio", "strict")
    assert "0409999999" not in str(act)
