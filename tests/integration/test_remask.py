"""Today's rules over what is published: they only add, go on where they were stopped, and say who had opened it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from recordings.errors import Withheld
from recordings.factory import Vaiti
from recordings.steps.remask import Looked
from redaction.errors import DetectionFailed
from redaction.model import Finding, Transcript
from redaction.talk import Topic
from storage.records import Clearance, Recording, RecordingId, Scope, SearchFilter, Stage
from tests.integration.fakes import DigitDetector, MovedClock, Playback, said
from tests.integration.test_pipeline import use
from workers.remasking import Range, remask

Push = Callable[..., Recording]
SYSTEM = Scope.system()


class Keener(DigitDetector):
    """Today's rules: greetings too. It knows no digits any more, which takes nothing out of any plan."""

    def detect(self, transcript: Transcript, **known: Any) -> tuple[Finding, ...]:
        return tuple(
            Finding(
                type="PERSON",
                channel=word.channel,
                first=index,
                last=index,
                datum=index,
                start=word.start,
                end=word.end,
                score=0.9,
                why=("greeting",),
            )
            for index, word in enumerate(transcript.words)
            if word.text == "hei"
        )


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The digest of the rules, as a test sets it."""
    now = ["old"]
    for module in ("recordings.steps.detect", "recordings.steps.remask"):
        monkeypatch.setattr(f"{module}.digest_rules", lambda _: now[0])
    return now


def texts(vaiti: Vaiti, recording: RecordingId) -> list[str]:
    return [word["text"] for word in vaiti.view.read_words(SYSTEM, recording, actor="test")["words"]]


def everything(vaiti: Vaiti) -> Range:
    return Range(scope=vaiti.controllers.scope, only=SearchFilter())


def test_a_fresh_recording_is_current(vaiti: Vaiti, push: Push) -> None:
    recording = push()
    assert recording.rules
    assert vaiti.remask(SYSTEM, recording.id) is Looked.CURRENT


def test_what_more_is_found_is_masked_and_nothing_is_shown_again(
    vaiti: Vaiti, push: Push, rules: list[str], clock: MovedClock
) -> None:
    recording = push()
    other = push(call_id="b", started_at="2026-02-01T10:00:00+02:00")
    before = texts(vaiti, recording.id)
    vaiti.view.open_sound(SYSTEM, recording.id, actor="qa-7").close()
    clock.at += timedelta(hours=1)
    rules[0] = "new"
    use(vaiti, detector=Keener)
    wanted = Range(scope=SYSTEM, only=SearchFilter(since=recording.started_at))
    done = remask(vaiti, wanted, actor="ops-1")
    assert (done.looked["more"], done.looked["same"], done.unfinished) == (1, 0, {})
    after = vaiti.catalog.get(SYSTEM, recording.id)
    assert (after.stage, after.rules, after.findings) == (Stage.PUBLISHED, "new", {"PERSON": 1, "SECRET": 1})
    expected = ["[PERSON]" if text == "hei" else text for text in before]
    assert texts(vaiti, recording.id) == expected
    (newly,) = done.newly
    assert (newly.recording, newly.words) == (recording.id, 1)
    assert newly.seconds > 0.3
    assert [(each.actor, each.audio, each.words) for each in newly.openers] == [("qa-7", 1, 0), ("test", 0, 1)]
    hits = vaiti.search(vaiti.controllers.scope, "energiayhtiöstä", actor="test")
    assert {hit.turn.text for hit in hits} >= {"Energiayhtiöstä [PERSON]"}
    assert vaiti.catalog.get(SYSTEM, other.id).rules == "old"


def test_what_nothing_more_is_found_in_stays_seen_and_is_not_looked_through_twice(
    vaiti: Vaiti, push: Push, rules: list[str]
) -> None:
    recording = push()
    rules[0] = "new"
    assert vaiti.remask(SYSTEM, recording.id) is Looked.SAME
    assert vaiti.catalog.get(SYSTEM, recording.id).stage is Stage.PUBLISHED
    assert vaiti.remask(SYSTEM, recording.id) is Looked.CURRENT
    assert remask(vaiti, everything(vaiti), actor="ops-1").newly == []


def test_a_topic_that_the_rules_know_by_now_takes_a_call_from_staff_until_it_is_cleared(
    vaiti: Vaiti, push: Push, rules: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = push()
    rules[0] = "new"
    monkeypatch.setattr("recordings.steps.remask.find_topics", lambda _: (Topic.HEALTH,))
    assert vaiti.remask(SYSTEM, recording.id) is Looked.SAME
    after = vaiti.catalog.get(SYSTEM, recording.id)
    assert (after.stage, after.clearance, after.topics) == (Stage.PUBLISHED, Clearance.WAITING, ("health",))
    assert vaiti.audit.list(SYSTEM, recording=recording.id)[0].action == "recording.flagged"
    with pytest.raises(Withheld):
        texts(vaiti, recording.id)


def test_a_call_in_which_more_is_found_is_out_of_reach_at_once(vaiti: Vaiti, push: Push, rules: list[str]) -> None:
    recording = push()
    rules[0] = "new"
    use(vaiti, detector=Keener)
    assert vaiti.remask(SYSTEM, recording.id) is Looked.MORE
    assert vaiti.catalog.get(SYSTEM, recording.id).stage is Stage.TRANSCRIBED
    assert vaiti.remask(SYSTEM, recording.id) is Looked.GONE
    assert vaiti.search(vaiti.controllers.scope, "energiayhtiöstä", actor="test") == []
    assert vaiti.index.knows(recording.id) == 0


def test_a_run_that_was_stopped_goes_on_and_lists_what_it_had_found(
    vaiti: Vaiti, push: Push, rules: list[str], clock: MovedClock
) -> None:
    calls = [push(call_id=name) for name in "abc"]
    rules[0] = "new"
    use(vaiti, detector=Keener)

    class Killed(BaseException):
        pass

    def stop_after_one(done: int, _: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        remask(vaiti, everything(vaiti), actor="ops-1", progress=stop_after_one)
    done = remask(vaiti, everything(vaiti), actor="ops-1")
    assert done.looked["current"] + done.looked["more"] == 3
    assert {each.recording for each in done.newly} == {each.id for each in calls}
    clock.at += timedelta(minutes=1)
    assert remask(vaiti, everything(vaiti), actor="ops-1").newly == []  # that run had ended


def test_live_work_goes_first(vaiti: Vaiti, push: Push, rules: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    old = push()
    rules[0] = "new"
    live = push(call_id="live", work=False)
    stages: list[Stage] = []
    look = type(vaiti.remask).__call__

    def watch(self: Any, scope: Scope, recording: RecordingId) -> Looked:
        stages.append(vaiti.catalog.get(SYSTEM, live.id).stage)
        return look(self, scope, recording)

    monkeypatch.setattr(type(vaiti.remask), "__call__", watch)
    remask(vaiti, Range(scope=SYSTEM, only=SearchFilter(), recording=old.id), actor="ops-1")
    assert stages == [Stage.PUBLISHED]


def test_rules_that_do_not_finish_leave_a_recording_as_it_is(vaiti: Vaiti, push: Push, rules: list[str]) -> None:
    class Broken(DigitDetector):
        def detect(self, *_: Any, **__: Any) -> tuple[Finding, ...]:
            raise DetectionFailed("recognizer-timeout")

    recording = push()
    rules[0] = "new"
    use(vaiti, detector=Broken)
    done = remask(vaiti, everything(vaiti), actor="ops-1")
    assert done.unfinished == {"recognizer-timeout": 1}
    found = vaiti.catalog.get(SYSTEM, recording.id)
    assert (found.stage, found.rules) == (Stage.PUBLISHED, "old")


def test_a_copy_that_cannot_be_verified_waits_for_a_person(
    vaiti: Vaiti, push: Push, rules: list[str], playback: Playback
) -> None:
    recording = push()
    rules[0] = "new"

    class Both(Keener):
        def detect(self, transcript: Transcript, **known: Any) -> tuple[Finding, ...]:
            return (*super().detect(transcript, **known), *DigitDetector().detect(transcript, **known))

    use(vaiti, detector=Both)
    playback.again = said("308", start=2.9)
    remask(vaiti, everything(vaiti), actor="ops-1")
    found = vaiti.catalog.get(SYSTEM, recording.id)
    assert (found.stage, found.slug) == (Stage.QUARANTINED, "residue-after-masking")


def test_a_recording_whose_time_has_come_is_left_to_its_purge(
    vaiti: Vaiti, push: Push, rules: list[str], clock: MovedClock
) -> None:
    recording, waiting = push(), push(call_id="waits", work=False)
    rules[0] = "new"
    clock.at = max(recording.delete_at, waiting.delete_at)
    done = remask(vaiti, everything(vaiti), actor="ops-1")
    assert done.looked["gone"] == 1
    assert vaiti.remask(SYSTEM, RecordingId("0" * 32)) is Looked.GONE
