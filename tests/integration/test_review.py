"""What waits for a person: only its doubtful places are shown, and what is decided is applied, verified and kept."""

from collections.abc import Callable
from typing import Any

import pytest

from recordings.doubts import Doubt, DoubtfulPlace
from recordings.errors import NotForReview, OfficerNeeded, PlaceUnknown
from recordings.factory import Vaiti
from recordings.steps.review import Choice, Reviewer, Verb
from redaction.errors import DetectionFailed
from redaction.interchange import plan_from_dict
from redaction.model import Finding
from storage.errors import NotFound
from storage.records import Item, Recording, RecordingId, Scope, Stage
from tests.integration.fakes import DigitDetector, MovedClock, Playback, said
from tests.integration.test_pipeline import use

Push = Callable[..., Recording]
SYSTEM = Scope.system()
STAFF, OFFICER = Reviewer(actor="staff-1"), Reviewer(actor="officer-1", officer=True, case="T-7")


def work(vaiti: Vaiti, recording: Recording) -> Recording:
    while recording.stage in {Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED}:
        recording = vaiti.advance(recording)
    return recording


def decide(vaiti: Vaiti, recording: Recording, who: Reviewer, verb: Verb, *numbers: int, **named: Any) -> Recording:
    places = (DoubtfulPlace(doubt=Doubt.MASKED, type="SECRET", why=("review",), **named),) if named else ()
    choice = Choice(verb=verb, numbers=numbers, places=places)
    return work(vaiti, vaiti.review.decide(SYSTEM, recording.id, choice, who))


def texts(vaiti: Vaiti, recording: Recording) -> list[str]:
    return [word["text"] for word in vaiti.view.read_words(SYSTEM, recording.id, actor="test")["words"]]


@pytest.fixture
def heard(vaiti: Vaiti, push: Push, playback: Playback) -> Recording:
    """A call in which a number is heard in the masked sound, whatever is cut."""
    playback.again = said("308", start=2.9)
    recording = push()
    assert (recording.stage, recording.slug) == (Stage.QUARANTINED, "residue-after-masking")
    return recording


def test_the_list_shows_doubtful_places_and_no_words(vaiti: Vaiti, push: Push, heard: Recording) -> None:
    push(call_id="other")
    (first, second) = vaiti.review.list(SYSTEM)
    (place,) = next(each for each in (first, second) if each.recording.id == heard.id).places
    assert (place.doubt, place.start, place.why) == (Doubt.HEARD, 2.9, ("heard-again",))
    assert place.end == pytest.approx(3.2)
    assert set(place.shape) <= {"number", "letter", "name", "other"}
    assert first.texts == second.texts == ()


def test_words_are_shown_after_the_audit_log_says_so(vaiti: Vaiti, heard: Recording) -> None:
    assert vaiti.review.show(SYSTEM, heard.id, STAFF).texts == ()
    assert vaiti.audit.list(SYSTEM, recording=heard.id)[0].action == "recording.quarantined"
    shown = vaiti.review.show(SYSTEM, heard.id, STAFF, words=True)
    assert shown.texts == ("kiitos",)  # of the place alone: what lies beside it stays in the vault
    entry = vaiti.audit.list(SYSTEM, recording=heard.id)[0]
    assert (entry.action, entry.purpose, entry.actor) == ("raw.opened", "review", "staff-1")


def test_only_the_privacy_officer_may_clear(vaiti: Vaiti, heard: Recording) -> None:
    for verb in (Verb.CLEAR, Verb.RELEASE):
        with pytest.raises(OfficerNeeded):
            decide(vaiti, heard, STAFF, verb, 1)
    assert vaiti.catalog.get(SYSTEM, heard.id).stage is Stage.QUARANTINED
    assert vaiti.catalog.decisions(SYSTEM, heard.id) == []


def test_what_is_released_is_masked_again_and_what_was_heard_doubts_nobody(vaiti: Vaiti, heard: Recording) -> None:
    after = decide(vaiti, heard, OFFICER, Verb.RELEASE)
    assert (after.stage, after.slug) == (Stage.PUBLISHED, None)
    (kept,) = vaiti.catalog.decisions(SYSTEM, heard.id)
    assert (kept.actor, kept.action.value, kept.shape, kept.why) == ("officer-1", "clear", ("other",), ("heard-again",))
    entries = {entry.action: entry for entry in vaiti.audit.list(SYSTEM, recording=heard.id)}
    decided = entries["review.decided"]
    assert (decided.case, decided.purpose) == ("T-7", "review")
    assert decided.detail == {
        "decision": "release",
        "type": "DOUBTFUL",
        "shape": "other",
        "rules": "heard-again",
        "role": "privacy-officer",
    }


def test_what_is_masked_by_a_person_is_masked_and_stays_so(vaiti: Vaiti, push: Push) -> None:
    recording = push()
    assert "hei" in texts(vaiti, recording)
    with pytest.raises(OfficerNeeded):
        decide(vaiti, recording, STAFF, Verb.CLEAR, 1)
    after = decide(vaiti, recording, STAFF, Verb.MASK, channel=0, first=1, last=1)
    assert after.stage is Stage.PUBLISHED
    assert "hei" not in texts(vaiti, after)
    assert after.findings == {"SECRET": 2}
    assert (after.seconds_masked or 0) > (recording.seconds_masked or 0)
    (kept,) = vaiti.catalog.decisions(SYSTEM, recording.id)
    assert (kept.shape, kept.first, kept.start) == (("other",), 1, None)
    again = work(vaiti, vaiti.catalog.plan_again(after.id, audit=vaiti.audit.list(SYSTEM)[0]) or after)
    assert "hei" not in texts(vaiti, again)


def test_a_stretch_of_sound_can_be_masked(vaiti: Vaiti, push: Push) -> None:
    recording = decide(vaiti, push(), STAFF, Verb.MASK, start=4.0, end=5.0)
    windows = plan_from_dict(vaiti.view.read_plan(SYSTEM, recording.id)).windows
    assert any(window.start <= 4.0 and window.end >= 5.0 for window in windows)


def test_what_the_officer_clears_is_seen_and_heard_and_no_later_run_takes_it_back(
    vaiti: Vaiti, push: Push, playback: Playback
) -> None:
    recording = push()
    place = vaiti.review.show(SYSTEM, recording.id, OFFICER).places[0]
    assert (place.doubt, place.type, place.why, place.shape) == (Doubt.MASKED, "SECRET", ("test",), ("number",))
    playback.again = said("131052-308T", start=2.6)  # it may be heard now
    after = decide(vaiti, recording, OFFICER, Verb.CLEAR, 1)
    assert (after.stage, after.findings) == (Stage.PUBLISHED, {})
    assert "131052-308T" in texts(vaiti, after)
    assert plan_from_dict(vaiti.view.read_plan(SYSTEM, after.id)).windows == ()
    again = work(vaiti, vaiti.catalog.plan_again(after.id, audit=vaiti.audit.list(SYSTEM)[0]) or after)
    assert "131052-308T" in texts(vaiti, again)
    playback.again = ()
    back = decide(vaiti, again, STAFF, Verb.MASK, channel=place.channel, first=place.first, last=place.last)
    assert "131052-308T" not in texts(vaiti, back)


class Broken(DigitDetector):
    def detect(self, *_: Any, **__: Any) -> tuple[Finding, ...]:
        raise DetectionFailed("recognizer-timeout")


def test_a_recording_that_detection_failed_on_has_no_places_and_is_tried_again(vaiti: Vaiti, push: Push) -> None:
    use(vaiti, detector=Broken)
    recording = push()
    assert recording.slug == "recognizer-timeout"
    assert vaiti.review.show(SYSTEM, recording.id, STAFF).places == ()
    with pytest.raises(PlaceUnknown):
        decide(vaiti, recording, OFFICER, Verb.RELEASE)
    use(vaiti, detector=DigitDetector)
    assert decide(vaiti, recording, STAFF, Verb.RETRY).stage is Stage.PUBLISHED


def test_a_call_that_failed_before_it_was_heard_is_tried_again_from_the_start(
    vaiti: Vaiti, push: Push, playback: Playback
) -> None:
    words, playback.words = playback.words, ()
    recording = push()
    assert recording.stage is Stage.FAILED
    playback.words = words
    with pytest.raises(NotForReview):
        vaiti.review.show(SYSTEM, recording.id, STAFF, words=True)
    assert decide(vaiti, recording, STAFF, Verb.RETRY).stage is Stage.PUBLISHED


def test_what_is_not_there_cannot_be_decided_about(vaiti: Vaiti, push: Push, clock: MovedClock) -> None:
    recording = push()
    for named in ({"channel": 1, "first": 50, "last": 51}, {"start": 90.0, "end": 91.0}, {"start": 2.0, "end": 1.0}):
        with pytest.raises(PlaceUnknown):
            decide(vaiti, recording, STAFF, Verb.MASK, **named)
    with pytest.raises(PlaceUnknown):
        decide(vaiti, recording, STAFF, Verb.MASK, 7)
    with pytest.raises(PlaceUnknown):
        decide(vaiti, recording, OFFICER, Verb.RELEASE)
    with pytest.raises(NotForReview):
        decide(vaiti, recording, STAFF, Verb.RETRY)
    with pytest.raises(NotForReview):
        decide(vaiti, push(call_id="new", work=False), STAFF, Verb.MASK, 1)
    with pytest.raises(NotFound):
        vaiti.review.show(SYSTEM, RecordingId("0" * 32), STAFF)
    clock.at = recording.delete_at
    with pytest.raises(NotFound):
        vaiti.review.show(SYSTEM, recording.id, STAFF)


def test_a_quarantined_recording_keeps_nothing_masked(vaiti: Vaiti, push: Push) -> None:
    recording = push()
    use(vaiti, detector=Broken)
    again = work(vaiti, vaiti.catalog.plan_again(recording.id, audit=vaiti.audit.list(SYSTEM)[0]) or recording)
    assert again.stage is Stage.QUARANTINED
    names = [stored.name for stored in vaiti.vault.inventory(recording.id)]
    assert not [name for name in names if Item.MASKED_AUDIO in name or Item.MASKED_WORDS in name]
