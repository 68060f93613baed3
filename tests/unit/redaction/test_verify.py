"""The other look: what still shows is cut as well, what cannot be mended waits for a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redaction.model import Plan, Verdict, Window
from redaction.plan import make_plan
from redaction.policy import default_policy
from redaction.recognizers.registry import PresidioDetector
from redaction.verify import Residue, audible, beside_masks, mend, residue
from tests.builders import a_finding, a_transcript

CALL = a_transcript("C: numero on nolla neljä nolla yks kaks kolme kiitos")


def a_plan(*windows: Window) -> Plan:
    made = make_plan(CALL, [a_finding(2, 5)], policy=default_policy())
    return Plan(
        verdict=made.verdict,
        findings=made.findings,
        windows=windows or made.windows,
        masked_words=made.masked_words,
        reasons=(),
    )


def test_nothing_left_is_clean() -> None:
    assert residue(a_plan()) == Residue()
    assert residue(a_plan()).clean


def test_words_that_still_show_are_masked_as_well() -> None:
    left = residue(a_plan(), on_words=[a_finding(6, 7)])
    added = make_plan(CALL, left.findings, policy=default_policy())
    mended = mend(a_plan(), left, transcript=CALL, added=added)
    assert not left.clean
    assert mended.verdict is Verdict.MASKED
    assert [word.text for word in mended.masked_words[2:]] == [
        "[PHONE_NUMBER]",
        "",
        "",
        "",
        "[PHONE_NUMBER]",
        "",
        "kiitos",
    ]
    assert mended.windows[0].end >= added.windows[0].end


def test_a_finding_on_what_is_already_masked_is_no_residue() -> None:
    assert residue(a_plan(), on_words=[a_finding(2, 5)]).clean


def test_what_is_heard_at_a_cut_widens_it() -> None:
    plan = a_plan(Window(start=2.0, end=3.0, channels=(0, 1)))
    left = residue(plan, on_sound=[a_finding(0, 0, start=3.1, end=3.6)])
    assert left.windows == (Window(start=1.5, end=4.1, channels=(0, 1)),)
    assert mend(plan, left, transcript=CALL).windows[0].end >= 4.1 - 1e-9 or CALL.duration is not None


def test_windows_never_pass_the_end_of_the_call() -> None:
    plan = a_plan(Window(start=2.0, end=4.0, channels=(0, 1)))
    left = residue(plan, on_sound=[a_finding(0, 0, start=4.0, end=4.6)])
    mended = mend(plan, left, transcript=CALL)
    assert CALL.duration is not None
    assert mended.windows[-1].end <= CALL.duration


def test_what_has_no_place_or_is_far_from_every_cut_waits_for_a_person() -> None:
    plan = a_plan(Window(start=2.0, end=3.0, channels=(0, 1)))
    left = residue(plan, on_sound=[a_finding(0, 0), a_finding(0, 0, start=90.0, end=91.0)])
    assert left.stuck == ("residue-far-from-cuts", "residue-without-time")
    mended = mend(plan, left, transcript=CALL)
    assert (mended.verdict, mended.reasons) == (Verdict.QUARANTINE, left.stuck)


BOTH = (0, 1)


def test_what_is_heard_between_two_cuts_widens_the_nearer_one() -> None:
    plan = a_plan(Window(start=2.0, end=3.0, channels=BOTH), Window(start=5.0, end=6.0, channels=BOTH))
    heard = a_finding(0, 0, start=4.6, end=4.9)
    assert residue(plan, on_sound=[heard]).windows == (Window(start=4.1, end=6.5, channels=BOTH),)


def test_what_is_heard_at_the_very_beginning_is_cut_from_there() -> None:
    plan = a_plan(Window(start=0.4, end=1.0, channels=BOTH))
    assert residue(plan, on_sound=[a_finding(0, 0, start=0.2, end=0.3)]).windows[0].start == 0.0


@pytest.mark.parametrize("times", [(None, 3.2), (3.1, None), (3.4, 3.2)])
def test_what_has_half_a_time_is_stuck_and_the_next_is_mended_all_the_same(
    times: tuple[float | None, float | None],
) -> None:
    plan = a_plan(Window(start=2.0, end=3.0, channels=BOTH))
    half = a_finding(0, 0, start=times[0], end=times[1])
    left = residue(plan, on_sound=[half, a_finding(0, 0, start=3.2, end=3.4)])
    assert left.stuck == ("residue-without-time",)
    assert left.windows == (Window(start=1.5, end=3.9, channels=BOTH),)
    assert left.heard == (Window(start=3.2, end=3.4, channels=BOTH),)


def test_a_click_without_length_three_seconds_from_a_cut_still_widens_it() -> None:
    plan = a_plan(Window(start=2.0, end=3.0, channels=BOTH))
    far = residue(plan, on_sound=[a_finding(0, 0, start=90.0, end=90.0), a_finding(0, 0, start=6.0, end=6.0)])
    assert far.stuck == ("residue-far-from-cuts",)
    assert far.windows == (Window(start=1.5, end=6.5, channels=BOTH),)
    assert [window.start for window in far.heard] == [6.0, 90.0]


def test_a_plan_that_nothing_was_added_to_keeps_its_verdict() -> None:
    clean = Plan(verdict=Verdict.CLEAN, findings=(), windows=(), masked_words=CALL.words)
    assert mend(clean, Residue(), transcript=CALL).verdict is Verdict.CLEAN
    assert mend(clean, Residue(findings=(a_finding(2, 5),)), transcript=CALL).verdict is Verdict.MASKED


def test_what_is_still_heard_of_a_finding_has_the_times_of_its_words_or_none() -> None:
    call = a_transcript("C: [PHONE_NUMBER] viis kuus kiitos")
    (left,) = audible(call, [a_finding(0, 2)])
    assert (left.start, left.end) == (call.words[1].start, call.words[2].end)
    untimed = replace(call, words=(*call.words[:2], replace(call.words[2], end=None), *call.words[3:]))
    (left,) = audible(untimed, [a_finding(0, 2)])
    assert (left.start, left.end) == (None, None)


def test_masking_twice_finds_nothing_more(detector: PresidioDetector) -> None:
    call = a_transcript(
        "A: Saisinko henkilötunnuksen? C: joo se on 131052 miinus 930 V A: ja tunnussana? C: sinikello "
        "A: ja puhelinnumero? C: nolla neljäkymmentä A: joo C: yks kaks kolme neljä viis kuus seittemän A: kiitos"
    )
    plan = make_plan(call, detector.detect(call), policy=default_policy())
    masked = a_transcript("C: x")
    again = detector.detect(type(masked)(language="fi", channels=call.channels, words=plan.masked_words))
    assert residue(plan, on_words=again).clean


def test_a_question_whose_answer_is_masked_does_not_take_the_next_words_for_it(detector: PresidioDetector) -> None:
    call = a_transcript(
        "A: sanoisitko puhelinnumeron C: nolla neljä nolla yks kaks kolme neljä viis kuus seittemän C: kiitos"
    )
    plan = make_plan(call, detector.detect(call), policy=default_policy())
    heard = replace(
        call, words=tuple(word for word in plan.masked_words if word.text and not word.text.startswith("["))
    )
    between = beside_masks(plan, heard)
    assert [word.text for word in between.words] == ["sanoisitko", "puhelinnumeron", "[PHONE_NUMBER]", "kiitos"]
    assert audible(between, detector.detect(between)) == ()


def test_a_finding_of_masks_alone_is_heard_nowhere() -> None:
    call = a_transcript("A: numero? C: [PHONE_NUMBER] kiitos")
    assert audible(call, [a_finding(1, 1)]) == ()
    assert len(audible(call, [a_finding(1, 2)])) == 1


def test_a_number_beside_a_mask_is_found_with_the_times_of_what_was_heard(detector: PresidioDetector) -> None:
    call = a_transcript("C: numero on nolla neljä nolla yks kaks kolme neljä viis kuus seittemän kiitos")
    plan = make_plan(call, [a_finding(2, 5)], policy=default_policy())
    heard = replace(call, words=call.words[6:])
    left = audible(beside_masks(plan, heard), detector.detect(beside_masks(plan, heard)))
    assert left
    assert min(found.start or 0.0 for found in left) >= (call.words[6].start or 0.0)
