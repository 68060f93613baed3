"""Ordinary words as people say them, which no list of ours holds."""

from __future__ import annotations

import pytest

from redaction.dictionary import is_basic, is_word, may_be_word
from redaction.name_speech import Kind, kind_of


@pytest.mark.parametrize(
    "word", ["huuhkaja", "huuhkajien", "huuhkajaks", "maksoinks", "hirvee", "punanen", "ikävöiny", "fjällen"]
)
def test_a_word_of_the_dictionary_is_known_as_written_and_as_said(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["hilpatti", "xyzzyx", "rimpivaara", "ng"])
def test_what_is_no_word_is_not_known(word: str) -> None:
    assert not is_word(word)
    assert not may_be_word(word)


@pytest.mark.parametrize("word", ["huuhkajal", "huuhkajist", "meijän", "tieän", "vanaha", "kolome", "kaekki"])
def test_clipped_and_dialect_forms_may_be_words(word: str) -> None:
    assert may_be_word(word)


def test_short_words_are_no_clipped_ones() -> None:
    assert not may_be_word("aal")


def test_a_known_word_is_no_name_by_itself_and_its_basic_form_may_be_part_of_one() -> None:
    assert is_basic("tapiiri")
    assert not is_basic("tapiirien")
    assert kind_of("tapiiri") is Kind.WORD
    assert kind_of("tapiirien") is Kind.NONE


def test_an_unknown_word_can_be_a_name() -> None:
    assert kind_of("hilpatti") is Kind.UNKNOWN
