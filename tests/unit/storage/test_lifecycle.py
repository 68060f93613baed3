"""The move table (design.md, States)."""

import pytest

from storage.errors import IllegalMove
from storage.lifecycle import MOVES, check_move, may_move
from storage.records import Stage

STRAIGHT = [Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED, Stage.PUBLISHED]


def test_every_stage_has_its_moves() -> None:
    assert set(MOVES) == set(Stage)


def test_the_straight_way_is_one_step_at_a_time() -> None:
    for place, stage in enumerate(STRAIGHT):
        ahead = {after for after in STRAIGHT[place + 1 :] if may_move(stage, after)}
        assert ahead == set(STRAIGHT[place + 1 : place + 2])


def test_only_what_was_masked_is_published() -> None:
    assert {stage for stage in Stage if may_move(stage, Stage.PUBLISHED)} == {Stage.MASKED}
    assert {stage for stage in Stage if may_move(stage, Stage.MASKED)} == {Stage.PLANNED}


def test_every_stage_but_the_last_two_reaches_purging_and_purging_ends_in_purged() -> None:
    assert {stage for stage in Stage if may_move(stage, Stage.PURGING)} == set(Stage) - {Stage.PURGING, Stage.PURGED}
    assert MOVES[Stage.PURGING] == {Stage.PURGED}
    assert MOVES[Stage.PURGED] == set()


@pytest.mark.parametrize("stage", sorted(Stage))
def test_no_stage_follows_itself(stage: Stage) -> None:
    with pytest.raises(IllegalMove):
        check_move(stage, stage)


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        MOVES[Stage.PURGED] = frozenset(Stage)  # type: ignore[index]
