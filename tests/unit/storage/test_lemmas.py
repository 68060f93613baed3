"""Every form of a word leads to its basic form; compounds are found by their parts, with and without Voikko."""

import os
from collections.abc import Iterator

import pytest

from storage.sql import lemmas
from storage.sql.forms import best_turn, forms_of
from storage.sql.lemmas import asked, edition, is_known, lemma, related
from storage.sql.query import parse
from tests.contracts.builders import a_turn

CACHED = (lemma, related, asked, is_known, lemmas._parts)


@pytest.fixture
def without_voikko(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(lemmas, "_voikko", lambda: None)
    for each in CACHED:
        each.cache_clear()
    yield
    for each in CACHED:
        each.cache_clear()


def finds(query: str, word: str) -> bool:
    return not asked(query).isdisjoint({lemma(word), *related(word)})


@pytest.mark.parametrize(
    ("basic", "forms"),
    [
        ("asiakas", "asiakkaan asiakasta asiakkaalle asiakkaita asiakkaani"),
        ("puhelin", "puhelimen puhelinta puhelimesta puhelimeni"),
        ("tilaus", "tilauksen tilausta tilauksia tilaukseni"),
        ("lasku", "laskun laskua laskut laskuista laskuni laskujanne laskuunsa laskukin"),
        ("hinta", "hinnan hintaa hinnoista hintakaan"),
        ("maksaa", "maksan maksoin maksettiin maksoinks"),
        ("kaksi", "kaks kahden kahdet"),
        ("sähkösopimus", "sähkösopimuksen sähkösopimuksia sähkösopimuksestani"),
        ("avtal", "avtalet avtalets"),
        ("faktura", "fakturan fakturor fakturorna"),
        ("contract", "contracts"),
        ("price", "prices"),
    ],
)
@pytest.mark.usefixtures("without_voikko")
def test_each_form_finds_every_other(basic: str, forms: str) -> None:
    every = [basic, *forms.split()]
    assert [(query, word) for query in every for word in every if not finds(query, word)] == []


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("laskunmaksu", "lasku maksu"),
        ("sähkölaskussa", "sähkö lasku"),
        ("asiakasnumeroni", "asiakas numero"),
        ("määräaikaisen", "määräaikainen"),
        ("perusmaksuista", "maksu"),
        ("prisuppgiften", "prisuppgift"),
        ("avtalsvillkoren", "avtal villkor"),
    ],
)
@pytest.mark.usefixtures("without_voikko")
def test_a_compound_is_found_by_its_parts(word: str, parts: str) -> None:
    assert [part for part in parts.split() if not finds(part, word)] == []


@pytest.mark.parametrize("word", ["puhelin", "sopimus", "tarjous", "kaupunki", "kuluttaja", "irtisanoa", "alennus"])
@pytest.mark.usefixtures("without_voikko")
def test_what_is_no_compound_is_not_taken_apart(word: str) -> None:
    assert related(word) == frozenset()


@pytest.mark.usefixtures("without_voikko")
def test_a_word_that_nobody_knows_is_its_own_form_and_may_have_endings() -> None:
    assert (lemma("zyxwv"), is_known("zyxwv")) == ("zyxwv", False)
    assert parse("zyxwv").terms[0].begins
    assert not parse("lasku").terms[0].begins
    assert lemma("x" * 200) == "x" * 200


def test_voikko_is_asked_where_it_is_installed() -> None:
    if lemmas._voikko() is None:
        if os.environ.get("CI"):
            raise AssertionError
        pytest.skip("needs Voikko: sudo apt-get install libvoikko1 voikko-fi")
    assert edition().endswith("v")
    assert "mittauslaite" in {lemma("mittauslaitteiden"), *related("mittauslaitteiden")}
    assert finds("kolmekymmentä", "kolmellekymmenelle")


@pytest.mark.usefixtures("without_voikko")
def test_another_set_of_dictionaries_is_another_edition() -> None:
    assert not edition().endswith("v")


def test_the_same_word_is_listed_once_a_call() -> None:
    forms = forms_of(["laskun lasku", "laskua [PERSON] sähkölasku"])
    assert forms.turns == (("lasku", "lasku"), ("lasku", "sähkölasku"))
    assert set(forms.also) == {"laskun", "laskua", "sähkö"}


def test_the_turn_that_says_most_is_shown() -> None:
    turns = [a_turn(text, start=float(n)) for n, text in enumerate(("hei", "laskusta", "laskun hinta", "hinta, lasku"))]
    best = best_turn(parse("hinnat laskut"))(turns)
    assert best
    assert (best[0].start, [best[0].text[a:b] for a, b in best[1]]) == (2.0, ["laskun", "hinta"])
    nothing = best_turn(parse("muutto"))(turns)
    assert nothing
    assert (nothing[0].start, nothing[1]) == (0.0, ())
    assert best_turn(parse("muutto"))([]) is None
