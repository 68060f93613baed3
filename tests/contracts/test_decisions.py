"""What every Catalog must do with a person's decisions: keep them with the move they make, and let them go."""

from dataclasses import replace

import pytest

from storage.errors import IllegalMove, LostClaim
from storage.ports import AuditLog, Catalog
from storage.records import Decision, DecisionAction, Recording, Scope, Stage
from tests.contracts.builders import ETELA, KESKI, NOW, WAY_TO_PUBLISHED, added, an_entry, moved, purged

SYSTEM = Scope.system()


def a_decision(recording: Recording) -> Decision:
    return Decision(
        recording=recording.id,
        controller=recording.controller,
        at=NOW,
        actor="officer-1",
        action=DecisionAction.CLEAR,
        type="PERSON",
        channel=1,
        first=4,
        last=5,
        start=1.5,
        end=2.25,
        shape=("name", "name"),
        why=("first-name", "surname"),
    )


def waiting(catalog: Catalog) -> Recording:
    return moved(catalog, added(catalog), Stage.TRANSCRIBED, Stage.QUARANTINED)


def test_a_decision_is_kept_as_it_was_given_with_the_move_and_its_entries(catalog: Catalog, audit: AuditLog) -> None:
    recording = waiting(catalog)
    given = [a_decision(recording), replace(a_decision(recording), action=DecisionAction.MASK, first=None, last=None)]
    entries = [an_entry(recording, "review.decided"), an_entry(recording, "review.decided")]
    after = catalog.decide(recording, given, to=Stage.TRANSCRIBED, audit=entries)
    assert (after.stage, after.slug, after.attempts) == (Stage.TRANSCRIBED, None, 0)
    assert catalog.decisions(SYSTEM, recording.id) == given
    assert [entry.action for entry in audit.list(SYSTEM, limit=2)] == ["review.decided"] * 2


def test_a_decision_about_what_changed_meanwhile_is_not_kept(catalog: Catalog, audit: AuditLog) -> None:
    recording = waiting(catalog)
    catalog.decide(recording, [], to=Stage.TRANSCRIBED, audit=[an_entry(recording)])
    before = audit.verify()
    with pytest.raises(LostClaim):
        catalog.decide(recording, [a_decision(recording)], to=Stage.TRANSCRIBED, audit=[an_entry(recording)])
    assert catalog.decisions(SYSTEM, recording.id) == []
    assert audit.verify() == before


def test_a_decision_makes_no_move_that_the_table_does_not_have(catalog: Catalog) -> None:
    recording = waiting(catalog)
    with pytest.raises(IllegalMove):
        catalog.decide(recording, [a_decision(recording)], to=Stage.PUBLISHED, audit=[])
    assert catalog.decisions(SYSTEM, recording.id) == []


def test_decisions_are_kept_apart_by_controller(catalog: Catalog) -> None:
    recording = waiting(catalog)
    catalog.decide(recording, [a_decision(recording)], to=Stage.TRANSCRIBED, audit=[an_entry(recording)])
    assert catalog.decisions(Scope.of(ETELA), recording.id) == []
    assert len(catalog.decisions(Scope.of(KESKI), recording.id)) == 1


def test_decisions_go_with_their_recording(catalog: Catalog) -> None:
    recording = waiting(catalog)
    known = catalog.knows(recording.id)
    catalog.decide(recording, [a_decision(recording)], to=Stage.TRANSCRIBED, audit=[an_entry(recording)])
    assert catalog.knows(recording.id) == known + 1
    purged(catalog, catalog.get(SYSTEM, recording.id))
    assert catalog.knows(recording.id) == 0


def test_a_note_changes_columns_and_neither_stage_nor_token(catalog: Catalog, audit: AuditLog) -> None:
    recording = moved(catalog, added(catalog), *WAY_TO_PUBLISHED)
    noted = catalog.note(recording, changes={"rules": "abc"}, audit=an_entry(recording, "recording.looked-through"))
    assert noted == replace(recording, rules="abc")
    assert catalog.get(SYSTEM, recording.id) == noted
    assert audit.list(SYSTEM, limit=1)[0].action == "recording.looked-through"
    with pytest.raises(LostClaim):
        catalog.note(replace(recording, token=7), changes={"rules": "x"}, audit=an_entry(recording))
    with pytest.raises(ValueError, match="stage"):
        catalog.note(recording, changes={"stage": Stage.FAILED}, audit=an_entry(recording))


def test_a_published_recording_can_be_planned_again(catalog: Catalog) -> None:
    recording = moved(catalog, added(catalog), *WAY_TO_PUBLISHED)
    assert moved(catalog, recording, Stage.TRANSCRIBED, *WAY_TO_PUBLISHED[1:]).stage is Stage.PUBLISHED
