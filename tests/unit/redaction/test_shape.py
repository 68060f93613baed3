"""A place's shape tells what kind of words were there, and none of them."""

from __future__ import annotations

import pytest

from redaction.shape import classify
from tests.builders import a_transcript


@pytest.mark.parametrize(
    ("said", "shape"),
    [
        ("olen Aino Virtanen", "other name name"),
        ("nolla neljä nolla yks kaks", "number number number number number"),
        ("131052-308T kiitos", "number other"),
        ("A B.", "letter letter"),
        ("Novosiltsinen tuli", "name other"),
    ],
)
def test_words_are_classed(said: str, shape: str) -> None:
    words = [word.strip() for word in said.split()]
    call = a_transcript("C: " + " ".join(f"{word}" for word in words))
    assert " ".join(classify(call.words)) == shape
