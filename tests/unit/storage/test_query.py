"""What a person types becomes conditions of the index, and nothing of its language gets through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.sql.postgres_words import tsquery
from storage.sql.query import Term, parse, words_at
from storage.sql.sqlite import fts5


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("lasku", "lasku", ""),
        ("  Lasku   eräpäivä ", "lasku, eräpäivä", ""),
        ('"laskun eräpäivä"', "laskun eräpäivä", ""),
        ('lasku -"uusi sopimus" -muutto', "lasku", "uusi sopimus, muutto"),
        ("040-123 4567", "040 123, 4567*", ""),
        ('lasku "auki', "lasku, auki", ""),
        ("va\u0308li", "väli", ""),
        ("lasku!! --- ...", "lasku", ""),
        ("--muutto lasku", "lasku", "muutto"),
        ("a:b NOT c*", "a b, not, c", ""),
        ("lask* zyxwv la*", "lask*, zyxwv*, la", ""),
        ("hinta/maksu/ -euro/sentti", "hinta|maksu", "euro, sentti"),
    ],
)
def test_words_phrases_and_exclusions_are_told_apart(typed: str, wanted: str, unwanted: str) -> None:
    query = parse(typed)
    assert ", ".join("|".join(map(shown, group)) for group in query.wanted) == wanted
    assert ", ".join(map(shown, query.unwanted)) == unwanted


def shown(term: Term) -> str:
    return " ".join(term.words) + "*" * term.begins


@given(st.text(max_size=80))
def test_only_quoted_words_come_out(typed: str) -> None:
    try:
        query = parse(typed)
    except ValueError:
        return
    said = fts5(query)
    inside = re.findall(r'"([^"]+)"\*?', said)
    assert all(each.encode() and not set(each) & {"\x00", "\n"} for each in inside)
    outside = re.sub(r'"[^"]+"\*?', "", said)
    assert set(re.findall(r"[a-zA-Z]+", outside)) <= {"AND", "OR", "NOT", "lemmas"}
    assert set(outside) <= set("ANDORTlemas: ()")
    for words in re.findall(r"'([^']*)'", tsquery(query)):
        assert all(each not in words for each in "\\'&|!():*<>")


@pytest.mark.parametrize("text", ["Straße [PERSON] ja İstanbul", "LASKUN eräpäivä", "[X] a\u0308iti", "x" * 300])
def test_a_word_is_where_it_stands_in_the_text(text: str) -> None:
    for word, start, end in words_at(text):
        assert text[start:end].casefold()[:200] == word
    assert len(list(words_at(text))) in {1, 2, 3}


def test_without_its_rows_a_query_asks_for_all_that_may_say_it() -> None:
    query = parse('"kaksi laskua" -"uusi sopimus" -maksaa hinta')
    assert query.has_rows
    assert tsquery(query, rows=False) == "(('kaksi' & 'lasku')) & (('hinta')) & !('maksaa')"
    assert not parse("kaksi -laskua").has_rows


def test_the_error_does_not_repeat_what_was_typed() -> None:
    with pytest.raises(ValueError, match="no words") as raised:
        parse("-010190-123A")
    assert "010190" not in str(raised.value)
