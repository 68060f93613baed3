"""Speech without words is cut: where it begins and ends, and when it is too short to be anything."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordings.documents import RawWords
from recordings.unheard import LEAST, NEAR, cut_unheard, find_beside, find_unheard
from redaction.model import Channel, Finding, Plan, Transcript, Verdict, Window, Word

Spans = list[tuple[float, float]]


def words(*times: tuple[float | None, float | None], channel: int = 0) -> list[Word]:
    return [Word(text="hei", start=start, end=end, channel=channel) for start, end in times]


@pytest.mark.parametrize(
    ("heard", "speech", "unheard"),
    [
        ([], [(1.0, 4.0)], [(1.0, 4.0)]),
        ([], [(1.0, 1.9)], []),
        ([(1.2, 1.5)], [(1.0, 1.9)], []),
        ([(1.2, 1.5)], [(1.0, 4.0)], [(1.9, 4.0)]),
        ([(3.0, 3.5)], [(1.0, 4.0)], [(1.0, 2.6)]),
        ([(2.4, 2.6)], [(0.0, 5.0)], [(0.0, 2.0), (3.0, 5.0)]),
        ([(0.0, 9.0)], [(1.0, 4.0)], []),
        ([(None, None), (1.0, None)], [(1.0, 4.0)], [(1.0, 4.0)]),
        ([(8.0, 8.5)], [(1.0, 4.0), (8.0, 8.6)], [(1.0, 4.0)]),
    ],
)
def test_speech_minus_words(heard: list[tuple[float | None, float | None]], speech: Spans, unheard: Spans) -> None:
    found = [(round(start, 6), round(end, 6)) for start, end in find_unheard(words(*heard), speech)]
    assert found == unheard


def raw(heard: list[Word], speech: tuple[Spans, ...]) -> RawWords:
    transcript = Transcript(language="fi", channels=(Channel(), Channel()), words=tuple(heard), duration=10.0)
    spans = tuple(tuple(each) for each in speech)
    return RawWords(transcript=transcript, model="m", for_trying_only=False, quiet=(), speech=spans)


def plan(verdict: Verdict, *windows: Window) -> Plan:
    return Plan(verdict=verdict, findings=(), windows=windows, masked_words=())


def test_a_clean_plan_with_unheard_speech_is_no_longer_clean() -> None:
    cut = cut_unheard(plan(Verdict.CLEAN), raw([], ([], [(8.0, 12.0)])), duration=10.0)
    assert (cut.verdict, cut.windows) == (Verdict.MASKED, (Window(start=8.0, end=10.0, channels=(0, 1)),))


def test_a_plan_without_unheard_speech_stays_as_it_is() -> None:
    before = plan(Verdict.CLEAN)
    assert cut_unheard(before, raw(words((1.0, 2.0)), ([(0.9, 2.1)], [])), duration=10.0) is before


def test_cuts_join_the_windows_that_are_there_and_a_quarantine_stays_one() -> None:
    before = plan(Verdict.QUARANTINE, Window(start=1.0, end=2.0, channels=(0, 1)))
    cut = cut_unheard(before, raw([], ([(2.05, 4.0)], [])), duration=None)
    assert cut.verdict is Verdict.QUARANTINE
    assert cut.windows == (Window(start=1.0, end=4.0, channels=(0, 1)),)


times = st.floats(0, 60, allow_nan=False)


@given(st.lists(st.tuples(times, times).map(sorted)), st.lists(st.tuples(times, times).map(sorted)))
def test_what_is_cut_is_speech_and_holds_no_word(heard: list[list[float]], speech: list[list[float]]) -> None:
    spans = [(start, end) for start, end in speech]
    for start, end in find_unheard(words(*((first, last) for first, last in heard)), spans):
        assert end - start >= LEAST
        assert any(first <= start and end <= last for first, last in spans)
        assert not any(start < last + NEAR and first - NEAR < end for first, last in heard)


def a_finding(first: int, last: int) -> Finding:
    return Finding(
        type="CREDIT_CARD", channel=0, first=first, last=last, datum=0, start=None, end=None, score=1.0, why=("card",)
    )


@pytest.mark.parametrize(
    ("heard", "speech", "beside"),
    [
        ([(2.0, 2.2), (2.2, 2.4)], [(1.7, 3.1)], [(1.7, 2.0), (2.4, 3.1)]),  # the last word was heard too early
        ([(2.0, 2.2), (2.2, 2.4), (2.5, 3.0)], [(1.7, 3.1)], [(1.7, 2.0), (2.4, 2.5)]),  # up to the next word
        ([(2.0, 2.2), (2.2, 2.4)], [(0.0, 9.0)], [(0.5, 2.0), (2.4, 3.9)]),  # at most so much
        ([(2.0, 2.2), (2.2, 2.4)], [(4.0, 9.0)], []),
        ([(None, None), (None, None)], [(1.7, 3.1)], []),
    ],
)
def test_voice_next_to_a_finding_goes_with_it(
    heard: list[tuple[float | None, float | None]], speech: Spans, beside: Spans
) -> None:
    said = raw(words(*heard), (speech, []))
    found = find_beside(said.transcript, [a_finding(0, 1)], said.speech)
    assert [(round(start, 6), round(end, 6)) for start, end in found if end > start] == beside


def test_the_cut_reaches_the_end_of_what_a_finding_said() -> None:
    said = raw(words((2.0, 2.2), (2.2, 2.4)), ([(1.7, 3.1)], []))
    found = replace(plan(Verdict.MASKED, Window(start=1.9, end=2.7, channels=(0, 1))), findings=(a_finding(0, 1),))
    assert cut_unheard(found, said, duration=10.0).windows == (Window(start=1.7, end=3.1, channels=(0, 1)),)
