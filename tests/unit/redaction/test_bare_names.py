"""Names that nothing introduces, names by the words beside them, and the talk around them that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redaction.common_words import is_listed_name, is_ordinary
from redaction.everyday import is_compound, is_everyday
from redaction.name_speech import Kind, kind_of
from redaction.names import first_name, surname
from redaction.surname_shapes import has_surname_shape
from tests.unit.redaction.detected import masked

if TYPE_CHECKING:
    from redaction.recognizers.registry import PresidioDetector


@pytest.mark.parametrize(
    ("talk", "names"),
    [
        ("C: se koskee sitä edellistä eli zenobia hirsisalo joka muutti", "zenobia hirsisalo"),
        ("C: lasku tuli kumminkin kuikkavaaralle vaikka muutettiin", "kuikkavaaralle"),
        ("C: se lasku meni sitten Tapiiri Huhtavirralle", "Tapiiri Huhtavirralle"),
        ("C: talossa asuu nykyään maija zorbel ja koira", "maija zorbel"),
        ("C: nimittäin zenobia zorbel sen maksoi", "zenobia zorbel"),
        ("C: nykyään myrsky huuhkaniemi maksaa", "myrsky huuhkaniemi"),
        ("C: maksu tuli kyllä Korhoselta viime viikolla", "Korhoselta"),
        ("C: lasku on sitten wallqvistin maksettava", "wallqvistin"),
        ("C: siellä asuu teemut teikäläinen kai", "teemut teikäläinen"),
        ("C: siellä asuu teemut, teikäläinen kai", "teikäläinen"),
        ("C: siitä maksan teikäläisen laskun", "teikäläisen"),
        ("C: nyt pitää maija uuret ehrot tuoda kun huuhkaniemi maksaa", "maija huuhkaniemi"),
        ("C: onko minut wallqvistin", "wallqvistin"),
    ],
)
def test_a_name_needs_no_cue_where_its_words_can_be_nothing_else(
    detector: PresidioDetector, talk: str, names: str
) -> None:
    assert masked(detector, talk) == names.split()


@pytest.mark.parametrize(
    ("talk", "names"),
    [
        ("A: vikapäivystys zenobia päivää C: moi", "zenobia"),
        ("A: avtal och flytt Tuuva hej C: hej", "Tuuva"),
        ("A: hyvää iltaa zenobia sopimuksista C: no iltaa", "zenobia"),
        ("A: sähköyhtiö myrsky hei C: hei vaan", "myrsky"),
        ("C: ja kysykää siellä sitten kysykää zorbelia", "zorbelia"),
        ("C: en oo mikään zorbel vaan zumbel kuunteleeko kukaan", "zorbel zumbel"),
        ("A: siellä meillä vastaa zenobia", "zenobia"),
        ("C: soitti joku zorbel eilen", "zorbel"),
        ("A: kiva myrsky nyt on kaikki valmista", "myrsky"),
        ("C: mua palveli kyllä hyvin se zenobia täällä", "zenobia"),
        ("C: saitko ylös se on zenobia jos tulee kysyttävää", "zenobia"),
    ],
)
def test_the_words_beside_tell_a_name(detector: PresidioDetector, talk: str, names: str) -> None:
    assert masked(detector, talk) == names.split()


def test_an_adjective_in_nen_stays_and_a_surname_does_not(detector: PresidioDetector) -> None:
    assert masked(detector, "C: sillä oli savolainen murre kuule") == []
    assert masked(detector, "C: no moi A: no hei C: sitten sen maksaa semmonen savolainen kuule") == []
    assert masked(detector, "C: sen maksaa sitten savolainen kuule") == ["savolainen"]
    assert masked(detector, "C: sen maksaa sitten Virtanen murre") == ["Virtanen"]
    assert masked(detector, "C: tarkistetaan tilausvesivirran mukainen maksu") == []


@pytest.mark.parametrize(
    "talk",
    [
        "A: tässä asiassa ei tarvita kumpaakaan",
        "C: kettu vei kanat viime yönä",
        "C: meillä on uimaranta ihan vieressä",
        "C: punainen valo palaa ja semmonen vihreä",
        "C: jag vill ha en ny faktura till våren tack",
        "C: the technician said monday is okay for us",
        "A: hyvää iltaa",
        "C: kotivirta nosti hintaa",
        "C: onks se lappeenrannassa vai imatralla",
        "C: nuohooja kävi ja sitten soitin maahantuojalta",
        "C: semmonen nelikymppinen ylipainonen koira haukkui pikkunen naapuri",
        "C: maksoin arvion mukaan ja laitoin kuitin jonnekin",
        "A: hyvää iltapäivää",
        "C: se peli kesti eilen ihan liian kauan ja lopulta siinä kävi niin että mä zorbelsin",
    ],
)
def test_everyday_talk_stays(detector: PresidioDetector, talk: str) -> None:
    assert masked(detector, talk) == []


@pytest.mark.parametrize(
    "word", ["asiakkaalta", "laitteeseen", "kysymykset", "punanen", "tarvitaan", "kuunnellaan", "mennään", "haluttiin"]
)
def test_an_inflected_word_of_everyday_talk_is_known(word: str) -> None:
    assert is_everyday(word)


def test_a_compound_of_everyday_words_is_known() -> None:
    assert is_compound("mittarinvaihto")
    assert is_ordinary("sähkökaapinavain")
    assert not is_compound("zenobia")


@pytest.mark.parametrize(
    "word",
    [
        "myllyoja",
        "joutsenlampi",
        "varpunen",
        "hirsikorpi",
        "kuikkaniemelle",
        "pihkasen",
        "wallqvist",
        "petkovenko",
        "yli-hokkala",
    ],
)
def test_a_surname_is_known_by_its_shape(word: str) -> None:
    assert has_surname_shape(word)


@pytest.mark.parametrize(
    "word",
    [
        "nuohooja",
        "maahantuojalta",
        "nelikymppinen",
        "huonokuulonen",
        "lappeenranta",
        "uimaranta",
        "punainen",
        "sellaisen",
        "salo",
        "kotivirta",
        "maksaminen",
        "vika-aho",
    ],
)
def test_a_town_or_an_adjective_has_no_surnames_shape(word: str) -> None:
    assert not has_surname_shape(word)


@pytest.mark.parametrize(
    ("word", "kind"),
    [("myrsky", Kind.DOUBLE), ("zorbel", Kind.UNKNOWN), ("maija", Kind.FIRST), ("korhosen", Kind.SURNAME),
     ("kanssa", Kind.NONE), ("laskusta", Kind.NONE), ("a1", Kind.NONE), ("maija-zoe", Kind.FIRST)],
)  # fmt: skip
def test_a_word_has_the_kind_of_what_it_can_be(word: str, kind: Kind) -> None:
    assert kind_of(word) is kind


def test_a_listed_name_is_known_in_its_cases() -> None:
    assert first_name("hanneksen") == "hannes"
    assert first_name("ahmedille") == "ahmed"
    assert surname("korhosta") == "korhonen"
    assert surname("hirvikosken") == "hirvikoski"
    assert not is_listed_name("pilviin")


def test_an_everyday_word_that_a_listed_name_has_as_a_form_is_both() -> None:
    assert first_name("arvion") == "arvi"
    assert not is_listed_name("arvion")
    assert kind_of("arvion") is Kind.DOUBLE
    assert kind_of("jannelle") is Kind.FIRST
