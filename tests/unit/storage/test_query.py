"""What a person types becomes conditions of the index, and nothing of its language gets through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.sql.query import parse
from storage.sql.sqlite import fts5


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("lasku", ('"lasku"*',), ()),
        ("  lasku   eräpäivä ", ('"lasku"*', '"eräpäivä"*'), ()),
        ('"laskun eräpäivä"', ('"laskun eräpäivä"',), ()),
        ('lasku -"uusi sopimus" -muutto', ('"lasku"*',), ('"uusi sopimus"', '"muutto"*')),
        ("040-123 4567", ('"040 123"*', '"4567"*'), ()),
        ('lasku "auki', ('"lasku"*', '"auki"'), ()),
        ("va\u0308li", ('"väli"*',), ()),
        ("lasku!! --- ...", ('"lasku"*',), ()),
        ("--muutto lasku", ('"lasku"*',), ('"muutto"*',)),
        ("a:b NOT c*", ('"a b"*', '"NOT"*', '"c"*'), ()),
    ],
)
def test_words_phrases_and_exclusions_are_told_apart(
    typed: str, wanted: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    query = parse(typed)
    assert (tuple(map(fts5, query.wanted)), tuple(map(fts5, query.unwanted))) == (wanted, unwanted)


@given(st.text(max_size=80))
def test_only_quoted_words_come_out(typed: str) -> None:
    try:
        query = parse(typed)
    except ValueError:
        return
    for term in query.wanted + query.unwanted:
        inside = re.fullmatch(r'"([^"]+)"\*?', fts5(term))
        assert inside
        assert inside[1].isprintable()
        assert inside[1].encode()


def test_the_error_does_not_repeat_what_was_typed() -> None:
    with pytest.raises(ValueError, match="no words") as raised:
        parse("-010190-123A")
    assert "010190" not in str(raised.value)
