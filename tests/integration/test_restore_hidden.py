"""Yesterday's backup is put back after people hid more and showed more: nobody sees for a moment what was hidden."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from recordings.audit import about
from recordings.doubts import Doubt, DoubtfulPlace
from recordings.errors import NotPublished, RestoreNeeded, Withheld
from recordings.factory import Vaiti
from recordings.facts import CustomerReference
from recordings.restoring import backing_up, restore
from recordings.settings import Settings
from recordings.steps.remask import FOUND_MORE
from recordings.steps.replay import Replayed
from recordings.steps.review import Choice, Reviewer, Verb
from redaction.policy import Profile
from redaction.talk import Topic
from storage.records import Clearance, DecisionAction, Recording, Scope, Stage
from tests.crashes import KILLED, points_of, run_until
from tests.integration.fakes import MovedClock, Playback, a_call, said
from tests.integration.test_review import texts, work

Push = Callable[..., Recording]
SYSTEM = Scope.system()
TALK = said("Energiayhtiöstä hei Aino")
ILL = [*said("Energiayhtiöstä hei"), *said("mieheni on sairaalassa", start=2.5, channel=1)]
PERSONS = iter(range(1_000_000, 2_000_000))


@pytest.fixture(params=["sqlite", "postgres"])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return settings if request.param == "sqlite" else request.getfixturevalue("postgres_settings")


class Story:
    """A backup is made; then officers ask for more masking of some calls, and show others."""

    def __init__(self, vaiti: Vaiti, push: Push, clock: MovedClock, home: Path, playback: Playback) -> None:
        self.settings, self.clock = vaiti.settings, clock
        self.persons: dict[str, CustomerReference] = {}

        def pushed(name: str, *, ill: bool = False, **facts: Any) -> Recording:
            playback.words = ILL if ill else TALK
            self.persons[name] = CustomerReference(type="phone", value=f"040 {next(PERSONS)}")
            customer = [{"type": "phone", "value": self.persons[name].value}]
            return push(a_call(seed=len(self.persons)), call_id=name, customer=customer, **facts)

        self.person, self.relaxed, self.plain = pushed("person"), pushed("relaxed"), pushed("plain")
        self.flagged, self.marked, self.found = pushed("flagged"), pushed("marked"), pushed("found")
        self.refused, self.granted = pushed("refused", ill=True), pushed("granted", ill=True)
        vaiti.clear.decide(SYSTEM, self.refused.id, Clearance.GRANTED, actor="officer-1")
        self.ask(vaiti, "relaxed", Profile.STRICT)
        work(vaiti, vaiti.catalog.get(SYSTEM, self.relaxed.id))
        self.backup = backing_up(vaiti)(home / "backups", actor="operator").path

        clock.at += timedelta(hours=2)
        self.later = pushed("later", ill=True)
        self.ask(vaiti, "person", Profile.NON_DISCLOSURE)
        self.ask(vaiti, "relaxed", Profile.STANDARD)
        vaiti.clear.flag(SYSTEM, self.flagged.id, Topic.CRISIS, actor="agent-1")
        vaiti.clear.decide(SYSTEM, self.refused.id, Clearance.REFUSED, actor="officer-1")
        vaiti.clear.decide(SYSTEM, self.later.id, Clearance.REFUSED, actor="officer-1")
        vaiti.clear.decide(SYSTEM, self.granted.id, Clearance.GRANTED, actor="officer-1")
        more = about(self.found, FOUND_MORE, at=clock.now(), words=1, seconds=0.5)
        vaiti.catalog.move(self.found, to=Stage.TRANSCRIBED, audit=more)
        place = DoubtfulPlace(doubt=Doubt.MASKED, type="PERSON", channel=0, first=2, last=2, why=("review",))
        vaiti.review.decide(SYSTEM, self.marked.id, Choice(verb=Verb.MASK, places=(place,)), Reviewer(actor="staff-1"))
        self.decisions = vaiti.catalog.decisions(SYSTEM, self.marked.id)
        self.head = vaiti.audit.head()  # the last act was written into the journal as it was done, and all before it
        vaiti.close()

    def ask(self, vaiti: Vaiti, name: str, profile: Profile) -> None:
        vaiti.set_profile("kuopio", self.persons[name], profile, actor="officer-1")

    def restore(self) -> Replayed:
        return restore(self.settings, self.backup, clock=self.clock, actor="operator")

    def open(self, vaiti: Vaiti) -> Vaiti:
        return Vaiti.open(self.settings, clock=self.clock, engines=vaiti.given)


@pytest.fixture
def story(vaiti: Vaiti, push: Push, clock: MovedClock, home: Path, playback: Playback) -> Story:
    return Story(vaiti, push, clock, home, playback)


def check_all_is_hidden(again: Vaiti, story: Story) -> None:
    for call in (story.person, story.marked, story.found, story.later):
        assert again.catalog.get(SYSTEM, call.id).stage is Stage.TRANSCRIBED
        assert again.index.knows(call.id) == 0
        with pytest.raises(NotPublished):
            again.view.open_sound(SYSTEM, call.id, actor="agent-1")
    for call, clearance in (
        (story.flagged, Clearance.WAITING),
        (story.refused, Clearance.REFUSED),
        (story.granted, Clearance.WAITING),  # shown after the backup: the officer is asked again
    ):
        assert again.catalog.get(SYSTEM, call.id).clearance is clearance
        with pytest.raises(Withheld):
            again.view.read_words(SYSTEM, call.id, actor="agent-1")
    assert again.catalog.get(SYSTEM, story.later.id).clearance is Clearance.REFUSED
    assert again.catalog.decisions(SYSTEM, story.marked.id) == story.decisions
    assert list(again.catalog.profiles_of(SYSTEM, story.person.id)) == ["non-disclosure"]
    assert list(again.catalog.profiles_of(SYSTEM, story.relaxed.id)) == ["strict"]  # set back after the backup
    assert {hit.recording.id for hit in again.search(SYSTEM, "energiayhtiöstä", actor="agent-1")} == {
        story.plain.id,
        story.relaxed.id,
    }
    assert again.audit.hash_of(story.head[0]) == story.head[1]
    assert again.audit.verify() > story.head[0]
    assert again.journal.find_fault() is None


def test_what_was_hidden_is_hidden_before_anyone_looks(story: Story, vaiti: Vaiti) -> None:
    done = story.restore()
    assert (done.hidden, done.asked_again) == (6, 2)
    again = story.open(vaiti)
    check_all_is_hidden(again, story)
    again.close()


def test_what_is_masked_again_is_masked_by_what_was_asked_and_decided(
    story: Story, vaiti: Vaiti, playback: Playback
) -> None:
    story.restore()
    again = story.open(vaiti)
    for call in (story.person, story.marked, story.found):
        assert work(again, again.catalog.get(SYSTEM, call.id)).stage is Stage.PUBLISHED
    assert texts(again, story.marked) == ["Energiayhtiöstä", "hei", "[PERSON]"]
    assert texts(again, story.found) == ["Energiayhtiöstä", "hei", "Aino"]
    (decision,) = again.catalog.decisions(SYSTEM, story.marked.id)
    assert decision.action is DecisionAction.MASK
    later = work(again, again.catalog.get(SYSTEM, story.later.id))
    assert later.clearance is Clearance.WAITING  # its topics are in no journal: whoever finds them anew asks anew
    again.close()


def test_the_next_restore_of_an_older_backup_hides_it_all_again(story: Story, vaiti: Vaiti) -> None:
    story.restore()
    again = story.open(vaiti)
    for call in (story.person, story.marked, story.found, story.later):
        work(again, again.catalog.get(SYSTEM, call.id))
    again.journal.catch_up()
    story.head = again.audit.head()
    again.close()
    story.restore()
    again = story.open(vaiti)
    check_all_is_hidden(again, story)
    again.close()


_RESTORE = """
from datetime import datetime
from pathlib import Path
from recordings.restoring import restore
from recordings.settings import load_settings
from tests.integration.fakes import MovedClock
settings = load_settings(data=Path({data!r}), controllers=Path({controllers!r}), database_url={url!r})
restore(settings, Path({backup!r}), clock=MovedClock(datetime.fromisoformat({now!r})), actor="operator")
"""
POINTS = ["replay.audit-goes-on", *points_of("recordings/hidden.py")]


@pytest.mark.parametrize("point", POINTS)
def test_killed_on_its_way_it_hides_the_same_when_it_is_begun_again(story: Story, vaiti: Vaiti, point: str) -> None:
    address = story.settings.database_url
    code = _RESTORE.format(
        data=str(story.settings.data),
        controllers=str(story.settings.controllers),
        url=address.get_secret_value() if address else None,
        backup=str(story.backup),
        now=story.clock.at.isoformat(),
    )
    assert run_until(point, code) == KILLED
    with pytest.raises(RestoreNeeded):
        story.open(vaiti)
    restore(story.settings, None, clock=story.clock, actor="operator")  # what is put back already is replayed again
    again = story.open(vaiti)
    check_all_is_hidden(again, story)
    again.close()


def test_the_journal_tells_no_number_topic_or_word(story: Story) -> None:
    text = story.settings.journal_folder.joinpath("journal.jsonl").read_text(encoding="utf-8")
    numbers = [person.value for person in story.persons.values()]
    for told in (*numbers, *(each.replace(" ", "") for each in numbers), "health", "crisis", "Aino", "sairaala"):
        assert told not in text
