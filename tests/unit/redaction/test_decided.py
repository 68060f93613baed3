"""Later plans only add; what a privacy officer cleared is the one thing that leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from redaction.decided import BY_A_PERSON, Decided, Place, Planner, fits_words
from redaction.mask_words import covered_words
from redaction.model import Finding, Plan, SoundFinding, Verdict, Window
from redaction.plan import PADDING, REVIEW, make_plan
from redaction.policy import Action, Policy, Rule, default_policy
from tests.builders import a_finding, a_transcript

CALL = a_transcript("C: nimi on aino virtanen ja numero nolla neljä A: hei C: nolla yks kiitos")
NAME = a_finding(2, 3, type="PERSON", start=1.1, end=1.85)
NUMBER = a_finding(6, 7, datum=1)
KEEPS = Policy(rules={"PERSON": Rule(action=Action.KEEP)})


def plan_of(
    found: Sequence[Finding], before: Plan | None = None, decided: Decided | None = None, policy: Policy | None = None
) -> Plan:
    planner = Planner(
        transcript=CALL, policy=policy or default_policy(), duration=CALL.duration, decided=decided or Decided()
    )
    return planner.without_review(planner(found, before))


def hidden(plan: Plan) -> set[int]:
    return {index for each in plan.findings for index in covered_words(CALL.words, each)}


def cuts(plan: Plan, start: float, end: float) -> bool:
    return any(window.start <= start and window.end >= end for window in plan.windows)


def test_a_first_plan_is_what_the_rules_find() -> None:
    assert plan_of([NAME, NUMBER]) == make_plan(CALL, [NAME, NUMBER], policy=default_policy(), duration=CALL.duration)


def test_what_was_masked_stays_masked_when_the_rules_find_less_or_the_policy_keeps_more() -> None:
    before = plan_of([NAME, NUMBER])
    for after in (plan_of([], before), plan_of([NAME], before, policy=KEEPS)):
        assert hidden(after) == {2, 3, 6, 7}
        assert after.windows == before.windows
        assert after.verdict is Verdict.MASKED


def test_what_is_found_besides_is_added_and_words_are_never_counted_twice() -> None:
    before = plan_of([NAME])
    after = plan_of([a_finding(3, 6, datum=4), NUMBER], before)
    assert [(each.type, each.first, each.last) for each in after.findings] == [
        ("PERSON", 2, 3),
        ("PHONE_NUMBER", 4, 6),
        ("PHONE_NUMBER", 7, 7),
    ]
    assert len({each.datum for each in after.findings}) == 3
    assert [word.text for word in after.masked_words[2:8]] == [
        "[PERSON]",
        "",
        "[PHONE_NUMBER]",
        "",
        "",
        "[PHONE_NUMBER]",
    ]


def test_a_window_without_words_is_kept() -> None:
    wide = Window(start=4.0, end=5.0, channels=(0, 1))
    before = replace(make_plan(CALL, [], policy=default_policy()), windows=(wide,), verdict=Verdict.MASKED)
    after = plan_of([], before)
    assert (after.windows, after.verdict) == ((wide,), Verdict.MASKED)


def test_of_a_plan_of_other_words_only_the_sound_is_kept() -> None:
    before = plan_of([NAME])
    other = replace(before, masked_words=before.masked_words[1:])
    moved = replace(before, masked_words=(replace(before.masked_words[0], start=9.0), *before.masked_words[1:]))
    assert not fits_words(other, CALL.words)
    assert not fits_words(moved, CALL.words)
    after = plan_of([], other)
    assert (after.findings, after.windows) == ((), before.windows)


def test_what_was_cleared_leaves_the_plan_and_its_sound() -> None:
    before = plan_of([NAME, NUMBER])
    clear = Decided(clears=(Place(type="PERSON", channel=1, first=2, last=3, start=1.1, end=1.85),))
    for found in ([NAME, NUMBER], []):
        after = plan_of(found, before, clear)
        assert hidden(after) == {6, 7}
        assert not any(window.start < 1.8 for window in after.windows)
    assert hidden(plan_of([NAME, NUMBER], None, clear)) == {6, 7}


def test_a_finding_that_is_more_than_what_was_cleared_stays() -> None:
    clear = Decided(clears=(Place(type="PERSON", channel=1, first=2, last=2),))
    assert hidden(plan_of([NAME], plan_of([NAME]), clear)) == {2, 3}


def test_what_was_cleared_by_time_may_be_heard_in_the_middle_of_a_cut() -> None:
    wide = Window(start=4.0, end=6.0, channels=(0, 1))
    before = replace(plan_of([]), windows=(wide,))
    after = plan_of([], before, Decided(clears=(Place(type="X", start=4.5, end=5.0), Place(type="X", start=7, end=8))))
    assert [(each.start, each.end) for each in after.windows] == [(4.0, 4.5), (5.0, 6.0)]
    none = plan_of([], before, Decided(clears=(Place(type="X", start=3.0, end=6.5),)))
    assert none.windows == ()


def test_what_a_person_masks_is_masked_whatever_the_policy_says() -> None:
    place = Place(type="PERSON", channel=1, first=6, last=9)  # words of the agent lie between
    after = plan_of([], None, Decided(masks=(place,)), KEEPS)
    assert [(each.first, each.last, each.why) for each in after.findings] == [
        (6, 7, (BY_A_PERSON,)),
        (9, 9, (BY_A_PERSON,)),
    ]
    assert after.verdict is Verdict.MASKED
    assert plan_of([NUMBER], None, Decided(masks=(place,))).findings[0].type == "PERSON"


def test_a_stretch_that_a_person_masks_is_padded_and_ends_with_the_call() -> None:
    assert CALL.duration is not None
    place = Place(type="SECRET", start=CALL.duration - 0.5, end=CALL.duration + 3)
    after = plan_of([], None, Decided(masks=(place,)))
    assert (after.verdict, after.findings) == (Verdict.MASKED, ())
    assert after.windows[0].start == CALL.duration - 0.75
    assert after.windows[0].end == CALL.duration
    open_end = Planner(transcript=CALL, policy=Policy(), decided=Decided(masks=(place,)))([])
    assert open_end.windows[0].end == CALL.duration + 3.25


def test_a_time_that_a_person_gives_places_words_that_have_none() -> None:
    words = tuple(replace(word, start=None, end=None) for word in CALL.words)
    call = replace(CALL, words=words, duration=None)
    waits = Planner(transcript=call, policy=default_policy())([NUMBER])
    assert waits.reasons == ("finding-without-time",)
    decided = Decided(masks=(Place(type="PHONE_NUMBER", channel=1, first=6, last=7, start=2.0, end=3.0),))
    after = Planner(transcript=call, policy=default_policy(), decided=decided)([NUMBER], waits)
    assert (after.verdict, after.reasons) == (Verdict.MASKED, ())
    assert cuts(after, 1.75, 3.25)
    assert (after.findings[0].start, after.findings[0].end) == (2.0, 3.0)


def test_what_the_policy_wants_looked_at_waits_until_a_person_has() -> None:
    asks = Policy(rules={"PERSON": Rule(review=1.0)})
    waits = plan_of([NAME], policy=asks)
    assert waits.reasons == (REVIEW,)
    assert plan_of([NAME], waits, policy=asks).reasons == (REVIEW,)
    mine = Place(type="PERSON", channel=1, first=2, last=3)
    assert plan_of([NAME], waits, Decided(masks=(mine,)), asks).verdict is Verdict.MASKED
    assert plan_of([NAME], waits, Decided(clears=(mine,)), asks).verdict is Verdict.CLEAN


def test_keys_that_the_policy_wants_looked_at_are_looked_at_by_their_time() -> None:
    asks = Policy(rules={"KEYPAD": Rule(review=1.0)})
    keys = SoundFinding(type="KEYPAD", channel=0, start=2.0, end=2.5)
    plan = Plan(
        verdict=Verdict.QUARANTINE, findings=(), windows=(), masked_words=CALL.words, reasons=(REVIEW,), sounds=(keys,)
    )
    unseen = Planner(transcript=CALL, policy=asks)
    seen = replace(unseen, decided=Decided(masks=(Place(type="KEYPAD", start=2.0, end=2.5),)))
    assert unseen.without_review(plan) == plan
    assert seen.without_review(plan).verdict is Verdict.MASKED
    more = seen.without_review(replace(plan, reasons=("finding-without-time", REVIEW)))
    assert (more.verdict, more.reasons) == (Verdict.QUARANTINE, ("finding-without-time",))


def test_what_was_cleared_is_no_residue() -> None:
    plan = plan_of([NAME])
    decided = Decided(clears=(Place(type="X", channel=1, first=4, last=4), Place(type="X", start=3.0, end=3.5)))
    assert decided.spares_rest(plan, a_finding(2, 4))
    assert not decided.spares_rest(plan, a_finding(2, 5))
    assert decided.spares_sound(a_finding(0, 0, start=2.9, end=3.9))
    assert not decided.spares_sound(a_finding(0, 0, start=2.9, end=4.9))
    assert not decided.spares_sound(a_finding(0, 0))


SPANS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 3), st.sampled_from(["PERSON", "SECRET"])), max_size=6)


def spans(rows: list[tuple[int, int, str]]) -> list[Finding]:
    """Findings as detectors give them: unbroken runs of one channel."""
    found = []
    for datum, (first, more, kind) in enumerate(rows):
        channel = CALL.words[first].channel
        run = [first]
        while len(run) <= more and run[-1] + 1 < len(CALL.words) and CALL.words[run[-1] + 1].channel == channel:
            run.append(run[-1] + 1)
        found.append(a_finding(run[0], run[-1], channel=channel, datum=datum, type=kind))
    return found


@given(SPANS, SPANS, SPANS, st.sampled_from([default_policy(), KEEPS]))
@settings(max_examples=200, deadline=None)
def test_a_later_plan_masks_all_that_an_earlier_one_did(
    old: list[tuple[int, int, str]], new: list[tuple[int, int, str]], marked: list[tuple[int, int, str]], policy: Policy
) -> None:
    before = plan_of(spans(old))
    places = tuple(Place(type=e.type, channel=e.channel, first=e.first, last=e.last) for e in spans(marked))
    after = plan_of(spans(new), before, Decided(masks=places), policy)
    wanted = [each for each in spans(new) if policy.masks(each)]
    assert hidden(after) == hidden(before) | {
        index for each in (*wanted, *spans(marked)) for index in covered_words(CALL.words, each)
    }
    assert all(cuts(after, window.start, window.end) for window in before.windows)
    shown = [index for index, word in enumerate(after.masked_words) if word == CALL.words[index]]
    assert set(shown).isdisjoint(hidden(after))
    covered = [index for each in after.findings for index in covered_words(CALL.words, each)]
    assert len(covered) == len(set(covered))
    assert plan_of(spans(new), after, Decided(masks=places), policy).windows == after.windows


def test_what_a_person_marks_is_cut_with_a_margin_on_both_sides() -> None:
    plan = plan_of([], decided=Decided(masks=(Place(type="PERSON", start=2.0, end=2.4),)))
    assert [(window.start, window.end) for window in plan.windows] == [(2.0 - PADDING, 2.4 + PADDING)]
