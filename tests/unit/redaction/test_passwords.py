"""Secrets in words: said late, said first, hinted at, repeated; and talk about secrets that says none."""

from __future__ import annotations

import pytest

from redaction.recognizers.registry import PresidioDetector
from redaction.spoken_words import is_inflected, is_spoken, is_thing
from tests.builders import a_transcript, covered, found_in


def _secrets(detector: PresidioDetector, dialogue: str) -> set[int]:
    """Return the words that are masked as the answer to a question for words."""
    return covered(each for each in detector.detect(a_transcript(dialogue)) if each.why == ("answer",))


@pytest.mark.parametrize(
    ("dialogue", "span"),
    [
        ("A: vahvistaisitteko asiointisanan C: miks mun pitää A: ilman sitä en voi C: no sinikello", "sinikello"),
        ("C: mä en muista sanaa A: salainen sana jonka keksitte C: joo se no tuulimylly", "tuulimylly"),
        ("A: väärä sana valitettavasti C: no sitten se on sinikello A: nyt täsmäsi", "sinikello"),
        ("A: äitinne tyttönimi vielä C: äidin se oli tuulimylly", "tuulimylly"),
        ("A: minkä merkkinen oli ensimmäinen autonne C: no sehän oli kuplavolkkari", "kuplavolkkari"),
        ("C: vaihtakaa se koodisana siihen tulis sinikello A: vaihdettu on", "sinikello"),
        ("A: ja salasana tuttuun tapaan? C: tuttuun tapaan sinikello kolkytkuus ja pakkasta", "sinikello kolkytkuus"),
        ("C: tuulimylly se oli A: mikä oli? C: no se salasana mitä kysyit", "tuulimylly"),
        ("C: ei saa nauraa mut se on sinikello A: ei naureta", "sinikello"),
        ("C: mulla on se vihossa ylhäällä oota tuulimylly lukee täs", "tuulimylly"),
        ("C: oliko se sinikello A: kyllä se on juuri se sana", "sinikello"),
        ("A: onko sovittu tunnussana? C: no koira", "koira"),
        ("C: salasana on kesä mutta en mä muista onko se vielä voimassa", "kesä"),
        ("A: tunnussana? C: joulu", "joulu"),
        ("A: tunnussana? C: hetki oota se on kellon heiluri A: mikä", "kellon heiluri"),
        ("A: missä kaupungissa tapasitte puolisonne C: ihan Kuvitelmajärvellä", "Kuvitelmajärvellä"),
        ("C: kirjauduin tunnuksella velho77 ja sitten se pysähtyi", "velho77"),
        ("A: ja turvasana C: se lukee lapussa sinikello", "sinikello"),
        ("A: lapsuuden lempinimi kysytään C: ei herranjumala no tuulimylly älä naura", "tuulimylly"),
        ("A: what is the secret word? C: wait my wife set it up it's windmill", "windmill"),
        ("A: vad är lösenordet? C: jo de va blåklocka om ja minns rätt", "blåklocka"),
    ],
)
def test_a_secret_is_found_wherever_it_is_said(detector: PresidioDetector, dialogue: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    assert found_in(transcript, detector.detect(transcript), span)


@pytest.mark.parametrize("timed", [True, False])
def test_a_secret_that_was_said_once_is_masked_again(detector: PresidioDetector, *, timed: bool) -> None:
    talk = "kaikki sopimukset on nyt kunnossa ja lasku lähtee huomenna " * 12
    transcript = a_transcript(f"A: tunnussana? C: sinikello A: {talk} niin se sinikellolla ja sinikello", timed=timed)
    inside = covered(detector.detect(transcript))
    assert {len(transcript.words) - 1, len(transcript.words) - 3} <= inside


@pytest.mark.parametrize(
    ("dialogue", "span"),
    [
        ("C: paina kaksi neljä kuusi kahdeksan ja ovi aukee", "kaksi neljä kuusi kahdeksan"),
        ("C: huoltomies on lomalla mutta 9924 sillä pääsee", "9924"),
        ("A: näettekö kertakäyttökoodin C: näkee siinä 3412", "3412"),
        ("C: varaston munalukossa on numerot 8980 ja mittari on perällä", "8980"),
        ("A: lähetin koodin mitä siinä on oota mä katon se lukee täällä siinä on 4126", "4126"),
        ("C: ovessa on koodilukko 1984", "1984"),
        ("C: talon yleiskoodi on 9108 ja b rapussa sama", "9108"),
    ],
)
def test_a_code_is_found_by_what_it_opens(detector: PresidioDetector, dialogue: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    assert found_in(transcript, detector.detect(transcript), span)


@pytest.mark.parametrize(
    "dialogue",
    [
        "C: mikä mun salasana on en muista yhtään A: me ei sitä nähdä mutta voitte vaihtaa sen itse sivulla",
        "C: vaihda se salasana sanoo mulle joka kerta kun menen sinne A: se on turvallisuuden vuoksi",
        "C: kauanko teillä menee kun vastaatte sähköpostiin? A: tällä hetkellä noin 24 tuntia on vähän ruuhkaa",
        "A: laitan siitä vahvistuksen sähköpostiin C: laita laita jos ei tuu niin mä soitan perään",
        "C: saanko mä käyttäjätunnuksen uudestaan ku se jäi A: saatte linkin kautta siitä lukee unohditko",
        "C: riittääkö pelkkä nimi? A: tässä asiassa ei tarvita kumpaakaan",
        "A: anteeks nimi jäi epäselväks C: ei se mitään en mä ollu sitä vielä sanonukaan",
        "A: pukukaapin koodi löytyy tekstiviestistä C: joo mä katon sieltä",
    ],
)
def test_talk_about_a_secret_says_none(detector: PresidioDetector, dialogue: str) -> None:
    assert _secrets(detector, dialogue) == set()


@pytest.mark.parametrize(
    ("dialogue", "harmless"),
    [
        ("A: tunnussana? C: sinikello A: kiitos mikä asiakasnumero C: puutarhakeinu", {8}),
        ("A: tunnussana? C: sinikello A: kiitos C: joo A: hyvä C: meille tuli pakettiautolla traktorimönkijä", {9, 10}),
        ("A: sähköposti? C: mä luulen että se on posti ät example piste fi", {2, 3, 4, 5}),
        ("C: koodi on 7881 ja suojavarusteet löytyy", {4, 5}),
    ],
)
def test_what_stands_around_a_secret_stays(detector: PresidioDetector, dialogue: str, harmless: set[int]) -> None:
    assert not _secrets(detector, dialogue) & harmless


def test_a_masked_secret_opens_no_more(detector: PresidioDetector) -> None:
    assert _secrets(detector, "A: tunnussana? C: joo [SECRET] A: kiitos traktorimönkijä") == set()


@pytest.mark.parametrize(
    "word", ["vaihdoin", "lapussa", "muistatko", "tällä", "hetkellä", "wait", "säger", "sopimuksen"]
)
def test_talk_is_told_from_what_can_be_a_secret(word: str) -> None:
    assert is_spoken(word)


@pytest.mark.parametrize("word", ["sinikello", "puusilta", "lumikettu", "rekku", "stella", "virtanen"])
def test_a_bare_noun_can_be_a_secret(word: str) -> None:
    assert not is_spoken(word)
    assert not is_thing(word)
    assert not is_inflected(word)
