"""Plans: doubtful times are cut wide, windows reach pauses, and what cannot be placed waits for a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.believe import Clockwork
from redaction.errors import BadInput
from redaction.model import Channel, Transcript, Verdict, Window, Word
from redaction.plan import make_plan, merge_windows, widen
from redaction.policy import Action, Policy, Rule, default_policy, policy_from_mapping
from tests.builders import a_finding, a_transcript

POLICY = default_policy()


def words_at(*times: tuple[float | None, float | None], channel: int = 1, text: str = "sana") -> tuple[Word, ...]:
    return tuple(Word(text=text, start=start, end=end, channel=channel) for start, end in times)


def a_call(words: tuple[Word, ...], duration: float | None = 20.0) -> Transcript:
    return Transcript(language="fi", channels=(Channel(), Channel()), words=words, duration=duration)


def test_nothing_found_is_clean_and_says_so() -> None:
    plan = make_plan(a_transcript("C: hei"), (), policy=POLICY)
    assert (plan.verdict, plan.windows, plan.reasons) == (Verdict.CLEAN, (), ())


def test_a_finding_cuts_all_channels_padded() -> None:
    call = a_call(words_at((1, 1.5), (2, 2.5), (3, 3.5)))
    plan = make_plan(call, [a_finding(1, 1)], policy=POLICY)
    assert plan.verdict is Verdict.MASKED
    assert plan.windows == (Window(start=1.75, end=2.75, channels=(0, 1)),)
    assert [word.text for word in plan.masked_words] == ["sana", "[PHONE_NUMBER]", "sana"]


def test_a_window_reaches_the_pauses_around_it() -> None:
    assert widen(2.0, 2.5, [(1.4, 1.6), (3.0, 3.4)]) == (1.6, 3.0)


def test_a_window_grows_by_its_whole_reach_where_no_pause_is_near() -> None:
    assert widen(2.0, 2.5, []) == pytest.approx((1.3, 3.2))
    assert widen(2.0, 2.5, [(0.1, 0.2), (9.0, 9.9)]) == pytest.approx((1.3, 3.2))
    assert widen(0.2, 0.5, []) == pytest.approx((0.0, 1.2))


def test_a_window_that_ends_in_a_pause_is_padded_and_no_more() -> None:
    assert widen(2.0, 2.5, [(1.5, 2.0), (2.5, 3.0)]) == pytest.approx((1.75, 2.75))


def test_the_pauses_are_those_of_the_findings_own_channel() -> None:
    call = a_call(words_at((2, 2.5)))
    plan = make_plan(call, [a_finding(0, 0)], policy=POLICY, quiet=(((0.0, 20.0),), ((1.4, 1.6), (3.0, 3.4))))
    assert plan.windows == (Window(start=1.6, end=3.0, channels=(0, 1)),)


@pytest.mark.parametrize(
    "doubtful", [(None, None), (None, 2.5), (-1.0, 2.5), (2.0, 2.0), (2.5, 2.0), (2.0, 4.5), (19.0, 30.0), (0.5, 1.0)]
)
def test_a_time_that_is_not_believed_is_bounded_by_its_neighbours(doubtful: tuple[Any, Any]) -> None:
    call = a_call(words_at((1, 1.5), doubtful, (6, 6.5)))
    (window,) = make_plan(call, [a_finding(1, 1)], policy=POLICY).windows
    assert window.start <= 1.5
    assert window.end >= 6.0


def test_a_written_number_squeezed_into_an_instant_is_not_believed() -> None:
    words = (*words_at((1, 1.5)), *words_at((2, 2.3), text="0401234567"), *words_at((6, 6.5)))
    assert Clockwork(words, 20.0).sound == [True, False, True]


@pytest.mark.parametrize(
    ("text", "seconds", "believed"),
    [
        ("04571234567", 6.0, True),  # eleven digits are eleven words
        ("mikko55@esimerkki.example.fi", 4.0, True),
        ("7", 2.1, False),  # a first digit that begins seconds early
        ("04571234567", 9.0, False),
        ("käyttöpaikkatunnusta", 2.1, False),
    ],
)
def test_what_is_written_as_one_word_and_said_as_many_may_take_as_long_as_many(
    text: str, seconds: float, *, believed: bool
) -> None:
    words = (*words_at((1, 1.5)), *words_at((2, 2 + seconds), text=text), *words_at((14, 14.5)))
    assert Clockwork(words, 20.0).sound == [True, believed, True]


def test_a_whole_call_without_times_is_cut_from_end_to_end() -> None:
    (window,) = make_plan(a_call(words_at((None, None))), [a_finding(0, 0)], policy=POLICY).windows
    assert (window.start, window.end) == (0.0, 20.0)


def test_what_cannot_be_placed_waits_for_a_person() -> None:
    plan = make_plan(a_call(words_at((None, None)), None), [a_finding(0, 0)], policy=POLICY)
    assert plan.verdict is Verdict.QUARANTINE
    assert plan.reasons == ("finding-without-time",)
    assert plan.masked_words[0].text == "[PHONE_NUMBER]"


def test_the_sounds_own_length_wins_over_the_transcripts() -> None:
    (window,) = make_plan(a_call(words_at((None, None))), [a_finding(0, 0)], policy=POLICY, duration=30.0).windows
    assert window.end == 30.0
    (cut,) = make_plan(a_call(words_at((19.0, 19.9))), [a_finding(0, 0)], policy=POLICY).windows
    assert cut.end == 20.0


def test_windows_that_nearly_touch_are_one() -> None:
    windows = [Window(start=3.0, end=4.0, channels=(1,)), Window(start=1.0, end=2.9, channels=(0,))]
    assert merge_windows(windows) == (Window(start=1.0, end=4.0, channels=(0, 1)),)


def test_an_unknown_type_is_masked_and_a_kept_one_is_not() -> None:
    call = a_transcript("C: yksi kaksi")
    odd = make_plan(call, [a_finding(0, 0, type="NEVER_HEARD_OF")], policy=POLICY)
    assert odd.masked_words[0].text == "[NEVER_HEARD_OF]"
    keep = policy_from_mapping({"PHONE_NUMBER": {"action": "keep"}, "PERSON": {"threshold": 0.8}})
    plan = make_plan(call, [a_finding(0, 0), a_finding(1, 1, type="PERSON", score=0.5)], policy=keep)
    assert (plan.verdict, plan.findings) == (Verdict.CLEAN, ())
    assert Policy(other=Rule(action=Action.KEEP)).masks(a_finding(0, 0)) is False


@pytest.mark.parametrize(
    ("rule", "slug"),
    [(5, "policy-rule"), ({"action": "burn"}, "policy-action"), ({"threshold": 2}, "policy-threshold"),
     ({"threshold": True}, "policy-threshold"), ({"threshold": "x"}, "policy-threshold")],
)  # fmt: skip
def test_a_policy_that_cannot_be_read_is_refused(rule: object, slug: str) -> None:
    with pytest.raises(BadInput, match=slug):
        policy_from_mapping({"PERSON": rule})


times = st.one_of(st.none(), st.floats(-5, 40))


@given(st.lists(st.tuples(times, times, st.integers(0, 1)), min_size=1, max_size=12), st.data())
def test_a_plan_never_cuts_outside_the_call_nor_less_than_believed_words(
    rows: list[tuple[float | None, float | None, int]], data: st.DataObject
) -> None:
    words = tuple(Word(text="sana", start=start, end=end, channel=channel) for start, end, channel in rows)
    first = data.draw(st.integers(0, len(words) - 1))
    finding = a_finding(first, first, channel=words[first].channel)
    plan = make_plan(a_call(words, 30.0), [finding], policy=POLICY)
    (window,) = plan.windows
    assert 0.0 <= window.start <= window.end <= 30.0
    if Clockwork(words, 30.0).sound[first]:
        assert window.start <= (words[first].start or 0)
        assert window.end >= min(words[first].end or 0, 30.0)
    assert [replace(each, text="") for each in plan.masked_words] == [replace(each, text="") for each in words]
