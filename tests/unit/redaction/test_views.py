"""Long talk is read in pieces that end at a sentence where one ends in time; every word is in one of them."""

from __future__ import annotations

import pytest

from redaction.model import Word
from redaction.numbers.runs import find_runs
from redaction.views import LONGEST_TEXT, View, make_views


def views(texts: list[str], kind: str) -> list[View]:
    words = [Word(text=text, start=None, end=None, channel=0) for text in texts]
    return [view for view in make_views(words, find_runs(words)) if view.kind == kind]


@pytest.mark.parametrize("kind", ["as-written", "spoken"])
def test_a_piece_that_ends_with_the_call_leaves_no_empty_one(kind: str) -> None:
    found = views([*["sähkölasku"] * (LONGEST_TEXT // 11 + 1), "loppu."], kind)
    assert [view.text.rstrip()[-6:] for view in found] == ["loppu."]


@pytest.mark.parametrize("kind", ["as-written", "spoken"])
def test_talk_without_a_full_stop_is_cut_at_twice_the_length(kind: str) -> None:
    found = views(["sähkölasku"] * (LONGEST_TEXT // 4), kind)
    assert len(found) > 1
    assert all(len(view.text) < 2 * LONGEST_TEXT + 20 for view in found)
    assert sum(view.text.count("sähkölasku") for view in found) == LONGEST_TEXT // 4


def test_many_other_readings_stand_in_several_views() -> None:
    found = views(["numero", "on", "kaksikymmentä", "viisi", "kolmekymmentä", "neljä", "joo"] * 200, "reading")
    assert len(found) > 1
