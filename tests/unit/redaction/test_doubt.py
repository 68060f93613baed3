"""What no widening clears goes by whole turns; what that does not clear waits for a person, with its places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from redaction.doubt import DOUBTFUL, ROUNDS, Settled, Settler
from redaction.mask_words import covered_words
from redaction.model import Plan, Verdict, Window
from redaction.plan import make_plan
from redaction.policy import Action, Policy, Rule, default_policy
from redaction.turns import turn_runs, turn_times
from redaction.verify import Residue
from tests.builders import a_finding, a_transcript

CALL = a_transcript("A: hei mikä numero C: no numero on nolla neljä kiitos A: selvä hei hei")
PLAN = make_plan(CALL, [a_finding(6, 7)], policy=default_policy())
WORDS = Residue(findings=(a_finding(4, 4),))
SPOT = Window(start=2.4, end=2.9, channels=(0, 1))  # within the customer's turn
HEARD = Residue(windows=(Window(start=1.0, end=4.5, channels=(0, 1)),), heard=(SPOT,))


def settle(look: Callable[[Plan], Residue], plan: Plan = PLAN, policy: Policy | None = None) -> Settled:
    return Settler(transcript=CALL, policy=policy or default_policy(), duration=CALL.duration)(plan, look)


def texts(plan: Plan) -> list[str]:
    return [word.text for word in plan.masked_words]


def masks_turn(plan: Plan) -> bool:
    return any(finding.type == DOUBTFUL for finding in plan.findings)


def test_a_plan_that_holds_is_kept_as_it_is() -> None:
    assert settle(lambda _: Residue()) == Settled(plan=PLAN)


def test_a_plan_in_quarantine_is_not_looked_at() -> None:
    waiting = replace(PLAN, verdict=Verdict.QUARANTINE, reasons=("finding-without-time",))
    assert settle(lambda _: WORDS, waiting) == Settled(plan=waiting)


def test_what_two_widenings_do_not_clear_is_masked_by_the_whole_turn() -> None:
    looked: list[Plan] = []

    def look(plan: Plan) -> Residue:
        looked.append(plan)
        return Residue() if masks_turn(plan) else HEARD

    settled = settle(look)
    assert (settled.plan.verdict, settled.left.clean, len(looked)) == (Verdict.MASKED, True, ROUNDS + 1)
    assert texts(settled.plan)[3:9] == [f"[{DOUBTFUL}]", "", "", "[PHONE_NUMBER]", "", f"[{DOUBTFUL}]"]
    assert texts(settled.plan)[:3] == ["hei", "mikä", "numero"]
    times = turn_times(CALL.words, range(3, 9))
    assert times is not None
    assert any(window.start <= times[0] and times[1] <= window.end for window in settled.plan.windows)
    whole = [finding for finding in settled.plan.findings if finding.type == DOUBTFUL]
    assert {(each.datum, each.why) for each in whole} == {(1, ("whole-turn",))}


def test_a_turn_is_doubtful_by_its_words_too() -> None:
    settled = settle(lambda plan: Residue() if masks_turn(plan) else Residue(findings=(a_finding(8, 8),)))
    assert texts(settled.plan)[3:9] == [f"[{DOUBTFUL}]", "", "", "[PHONE_NUMBER]", "", "[PHONE_NUMBER]"]


def test_what_a_policy_keeps_is_no_reason_to_show_a_doubtful_turn() -> None:
    keeps = Policy(rules={DOUBTFUL: Rule(action=Action.KEEP)})
    assert masks_turn(settle(lambda plan: Residue() if masks_turn(plan) else HEARD, policy=keeps).plan)


def test_residue_in_a_whole_turn_waits_for_a_person_with_its_place() -> None:
    settled = settle(lambda _: HEARD)
    assert (settled.plan.verdict, settled.plan.reasons) == (Verdict.QUARANTINE, ("residue-after-masking",))
    assert settled.left == HEARD


def test_what_is_stuck_waits_at_once() -> None:
    far = Window(start=50.0, end=51.0, channels=(0, 1))
    stuck = Residue(stuck=("residue-far-from-cuts",), heard=(far,))
    settled = settle(lambda _: stuck)
    assert (settled.plan.reasons, settled.left.heard) == (("residue-far-from-cuts",), (far,))


def test_what_is_heard_between_turns_takes_the_one_next_to_it() -> None:
    late = Residue(
        windows=(Window(start=5.2, end=6.0, channels=(0, 1)),), heard=(Window(start=99, end=99, channels=(0,)),)
    )
    settled = settle(lambda plan: Residue() if masks_turn(plan) else late)
    assert texts(settled.plan)[9:] == [f"[{DOUBTFUL}]", "", ""]


def test_a_turn_without_times_waits_for_a_person() -> None:
    call = a_transcript("C: no numero on nolla neljä kiitos", timed=False)
    plan = Plan(verdict=Verdict.MASKED, findings=(), windows=(), masked_words=call.words)
    looks: list[Plan] = []

    def look(plan: Plan) -> Residue:
        looks.append(plan)
        return HEARD

    settled = Settler(transcript=call, policy=default_policy())(plan, look)
    assert settled.plan.reasons == ("residue-after-masking",)  # by time no turn is found
    assert settled.left == HEARD
    shown = Settler(transcript=call, policy=default_policy())(
        replace(plan, findings=(a_finding(1, 1),)), lambda _: Residue(findings=(a_finding(2, 2),))
    )
    assert shown.plan.reasons == ("finding-without-time",)


def test_one_place_shown_in_an_untimed_turn_takes_the_turn() -> None:
    half = a_transcript("C: no numero on nolla")
    call = replace(half, words=tuple(replace(word, start=None, end=None) for word in half.words), duration=4.0)
    plan = make_plan(call, [a_finding(1, 1)], policy=default_policy(), duration=4.0)
    settled = Settler(transcript=call, policy=default_policy(), duration=4.0)(
        plan, lambda plan: Residue() if masks_turn(plan) else Residue(findings=(a_finding(2, 2),))
    )
    assert settled.plan.verdict is Verdict.MASKED
    assert {i for each in settled.plan.findings for i in covered_words(call.words, each)} == {0, 1, 2, 3}


def test_a_turn_whose_end_nobody_knows_waits_for_a_person() -> None:
    half = a_transcript("C: no numero on nolla")
    call = replace(half, words=(*half.words[:3], replace(half.words[3], start=None, end=None)), duration=None)
    plan = make_plan(call, [a_finding(0, 0)], policy=default_policy())
    settled = Settler(transcript=call, policy=default_policy())(plan, lambda _: Residue(findings=(a_finding(1, 1),)))
    assert settled.plan.reasons == ("finding-without-time", "residue-after-masking")
    assert settled.left.findings == (a_finding(1, 1),)


def test_a_turn_that_is_masked_already_gets_no_finding_more() -> None:
    plan = make_plan(CALL, [a_finding(3, 8)], policy=default_policy())
    settled = settle(lambda _: HEARD, plan)
    assert settled.plan.findings == plan.findings
    assert settled.plan.reasons == ("residue-after-masking",)


def test_turns_split_at_long_gaps_and_untimed_words_stay_where_they_are() -> None:
    words = CALL.words
    assert turn_runs(words) == ((0, 1, 2), (3, 4, 5, 6, 7, 8), (9, 10, 11)) or len(turn_runs(words)) == 3
    untimed = (words[0], replace(words[1], start=None, end=None), replace(words[2], start=99.0, end=99.3))
    assert turn_runs(untimed) == ((0, 1), (2,))
    assert turn_times(untimed, (1,)) is None
