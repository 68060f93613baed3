"""Small pure rules: life cycle, pipeline, turns, receipts' words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from recordings.lifecycle import MOVES, flag, is_reachable, is_visible
from recordings.pipeline import PIPELINE, WORKING
from recordings.receipts import Inventory, key_backups, purge_body, refusal_body
from recordings.turns import split_turns
from redaction.model import Word
from storage.records import Clearance, Kind, Recording, RecordingId, Stage, Tag

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CALL = Recording(
    id=RecordingId("a" * 32),
    controller="kuopio",
    kind=Kind.SERVICE,
    call_tag=Tag("b" * 64),
    content_tag=Tag("c" * 64),
    started_at=NOW - timedelta(days=1),
    zone_offset=7200,
    received_at=NOW,
    delete_at=NOW + timedelta(days=364),
    language="fi",
    roles=(),
    stage=Stage.PUBLISHED,
)


def test_the_pipeline_makes_only_moves_that_the_life_cycle_has() -> None:
    assert all(arrow.leaves_in in MOVES[arrow.waits_in] for arrow in PIPELINE)
    assert [arrow.leaves_in for arrow in PIPELINE[:-1]] == list(WORKING[1:])
    assert PIPELINE[-1].leaves_in is Stage.PUBLISHED


def test_every_stage_reaches_its_purge_and_none_comes_back_from_it() -> None:
    assert all(Stage.PURGING in MOVES[stage] for stage in Stage if stage not in {Stage.PURGING, Stage.PURGED})
    assert MOVES[Stage.PURGING] == {Stage.PURGED}
    assert MOVES[Stage.PURGED] == frozenset()


@pytest.mark.parametrize("stage", Stage)
def test_only_published_recordings_are_visible(stage: Stage) -> None:
    assert is_visible(replace(CALL, stage=stage), NOW) is (stage is Stage.PUBLISHED)


@pytest.mark.parametrize("clearance", [None, *Clearance])
def test_a_flagged_call_is_visible_when_it_is_cleared(clearance: Clearance | None) -> None:
    assert is_visible(replace(CALL, clearance=clearance), NOW) is (clearance in {None, Clearance.GRANTED})


def test_only_a_new_topic_asks_again() -> None:
    waiting = {"topics": ("health", "social"), "clearance": Clearance.WAITING}
    granted = replace(CALL, topics=("health",), clearance=Clearance.GRANTED)
    assert flag(granted, ["social"]) == flag(replace(CALL, topics=("social",)), ["health"]) == waiting
    assert flag(granted, ["health"]) == flag(CALL, []) == flag(CALL, [], again=True) == {}
    assert flag(granted, ["health"], again=True) == {"topics": ("health",), "clearance": Clearance.WAITING}


def test_from_delete_at_on_nothing_is_reachable() -> None:
    last = CALL.delete_at - timedelta(microseconds=1)
    assert is_reachable(CALL, last)
    assert not is_reachable(CALL, CALL.delete_at)
    assert not is_reachable(replace(CALL, stage=Stage.PURGING), NOW)


def word(text: str, start: float | None, end: float | None, channel: int = 0) -> Word:
    return Word(text=text, start=start, end=end, channel=channel)


def test_a_turn_ends_at_a_gap_of_its_own_channel() -> None:
    words = [
        word("hei", 0.0, 0.3),
        word("joo", 0.2, 0.4, channel=1),
        word("kuulla", 1.0, 1.4),
        word("soittelen", 2.2, 2.6),
    ]
    turns = split_turns(words)
    assert [(turn.channel, turn.start, turn.end, turn.text) for turn in turns] == [
        (0, 0.0, 1.4, "hei kuulla"),
        (1, 0.2, 0.4, "joo"),
        (0, 2.2, 2.6, "soittelen"),
    ]


def test_words_without_times_stay_with_their_turn_and_masks_leave_no_gap() -> None:
    words = [word("on", 0.0, 0.2), word("[SECRET]", None, None), word("", None, None), word("kiitos", 0.6, 0.9)]
    (turn,) = split_turns(words)
    assert (turn.text, turn.end) == ("on [SECRET] kiitos", 0.9)
    (alone,) = split_turns([word("hei", None, None)])
    assert (alone.start, alone.end) == (0.0, 0.0)


NOTHING = Inventory(keys=0, objects=0, versions=0, rows=0, index=0)


def test_a_receipt_holds_our_own_words_and_counts_and_nothing_else() -> None:
    before, after = Inventory(keys=1, objects=6, versions=7, rows=4, index=2), NOTHING
    body = purge_body(CALL, reason="period-ended", at=NOW, before=before, after=after)
    assert after.empty
    assert not before.empty
    assert {name: value for name, value in body.items() if name != "id"} == {
        "format": "vaiti-receipt/1",
        "event": "purged",
        "recording": "a" * 32,
        "controller": "kuopio",
        "kind": "service",
        "delete_at": "2027-03-01T09:00:00Z",
        "purged_at": "2026-03-02T09:00:00Z",
        "reason": "period-ended",
        "stores": {
            "keys": {"before": 1, "after": 0},
            "objects": {"before": 6, "after": 0},
            "versions": {"before": 7, "after": 0},
            "rows": {"before": 4, "after": 0},
            "index": {"before": 2, "after": 0},
        },
        "probes": {"keys": "gone", "objects": "gone", "versions": "gone", "rows": "gone", "index": "gone"},
        "policy": None,
        "key_backups_end_within_days": 7,
        "last_key_backup_ends_at": None,
        "software": "vaiti 0.1.0",
    }


def test_a_receipt_says_when_the_last_backup_of_the_keys_dies() -> None:
    assert key_backups(NOW)["last_key_backup_ends_at"] == "2026-03-02T09:00:00Z"
    assert key_backups(None) == {"key_backups_end_within_days": 7, "last_key_backup_ends_at": None}


def test_a_receipt_says_found_where_something_was_found() -> None:
    one = replace(NOTHING, objects=1)
    body = purge_body(CALL, reason="period-ended", at=NOW, before=one, after=one)
    assert body["probes"]["objects"] == "found"


def test_a_refusal_names_no_recording() -> None:
    body = refusal_body("kuopio", Kind.SERVICE, delete_at=NOW, at=NOW)
    assert "recording" not in body
    assert (body["event"], body["reason"]) == ("refused", "past-retention")
