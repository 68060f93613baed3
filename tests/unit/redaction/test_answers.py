"""Questions and the answers that close them; numbers that only look personal; names said around signs and fillers."""

from __future__ import annotations

import pytest

from redaction.recognizers.registry import PresidioDetector
from tests.builders import a_transcript, covered, found_in


@pytest.mark.parametrize(
    ("dialogue", "span"),
    [
        ("A: ja tunnuksen loppu oli C: yhdeksänsataaneljäkymmentä dee", "yhdeksänsataaneljäkymmentä dee"),
        ("A: ja tunnuksen. loppu oli C: 930V", "930V"),
        ("C: tili on äffä niin kuin Faarao ii 21 1234 5600 0007 85", "äffä niin kuin Faarao ii 21 1234 5600 0007 85"),
        ("C: se on maija piste meikäläinen ja sitten ät example piste fi", "maija piste meikäläinen"),
        ("C: se on maija piste... meikäläinen öö ät... example piste fi", "maija piste... meikäläinen"),
        ("C: osoite on maija seitkytkaks ät example piste fi", "maija seitkytkaks ät example piste fi"),
        ("C: osoite on maija 81 A: joo C: ät-merkki example piste fi", "maija 81"),
        ("C: osoite on maija 81 A: maija 81 C: ät-merkki example piste fi", "maija 81 maija 81 ät-merkki"),
        ("C: osoite on mallilainen A: mallilainen C: ät example piste fi", "mallilainen mallilainen ät"),
        ("C: se on maija 82 kyllä kissanhäntä example piste com", "maija 82"),
        ("C: se on maija 82 maija 82 ät example piste com", "maija 82 maija 82"),
        ("C: se on mallilainen ja vielä ät example piste com", "mallilainen"),
        ("A: eli maija piste meikäläinen.", "maija piste meikäläinen."),
        ("A: eli maija alaviiva meikäläinen C: joo", "maija alaviiva meikäläinen"),
        ("C: osoite on Pikkukatu viisi rappu bee ja kiitos", "Pikkukatu viisi rappu bee"),
        ("C: osoite on Pikkukatu 5 asunto 28 kiitos", "Pikkukatu 5 asunto 28"),
        ("C: se on Pikkukatu... neljä", "Pikkukatu... neljä"),
        ("A: millä koodilla sinne pääsee C: 8 6 3 3", "8 6 3 3"),
        ("A: millä tunnuksella kirjaudut C: vee piste meikäläinen", "vee piste meikäläinen"),
        ("A: tunnussana? C: mitä se tarkoittaa A: sana jonka tiedätte C: laitetaan sinikello", "sinikello"),
        ("A: turvasana? C: hetki katon A: joo C: mustikkasoppa", "mustikkasoppa"),
    ],
)
def test_an_answer_is_found(detector: PresidioDetector, dialogue: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    assert found_in(transcript, detector.detect(transcript), span)


@pytest.mark.parametrize(
    "dialogue",
    [
        "C: mittari näytti 26437. A: Kiitos. C: No niin",
        "A: edellinen lukema on 90095 ja uusi 30367 C: okei",
        "A: paljonko mittari nyt näyttää C: 26437",
        "A: asentaja tulee 24. heinäkuuta 8:sta 16:een",
        "A: asentaja tulee kahdeksastoista maaliskuuta kahdeksasta kuuteentoista",
        "A: asentaja tulee 26. elokuuta 9 viiva 17",
        "A: asentaja tulee 26. elokuuta 10 viiva 18",
        "A: soittakaa numeroon 02052001 ja valitkaa 3",
        "A: numeromme on 020 520 01 arkisin 9 viiva 15",
        "C: talo on rakennettu 80 luvulla ja kulutus on 14000 kilovattia",
        "C: näin on piste ja sillä siisti",
        "A: tiedot löytyy kuntaenergia piste fi sivulta",
    ],
)
def test_what_only_looks_personal_stays(detector: PresidioDetector, dialogue: str) -> None:
    assert detector.detect(a_transcript(dialogue)) == ()


@pytest.mark.parametrize(
    ("dialogue", "harmless"),
    [
        ("C: avainsäilön koodi 2795 A: hyvä mihin se lasku lähetetään", {5, 6, 7, 8, 9}),
        ("A: entä turvakoodi takaa? C: 445 meillä on talo ja sähkölämmitys", {0, 1, 2, 4, 5, 6, 7, 8}),
        ("A: onko osoite sama Pikkukatu 48 C: on eiku oota mun koira haukkuu", {5, 6, 7, 8, 9, 10}),
        ("C: koodi on 7881 A: joo laitan asentajalle", {3, 4, 5}),
    ],
)
def test_an_answered_question_takes_no_more(detector: PresidioDetector, dialogue: str, harmless: set[int]) -> None:
    assert not covered(detector.detect(a_transcript(dialogue))) & harmless


def test_a_long_number_after_a_reading_is_no_reading(detector: PresidioDetector) -> None:
    transcript = a_transcript("A: mittarilukema? C: 64399999 0000 0000 15")
    assert found_in(transcript, detector.detect(transcript), "64399999 0000 0000 15")
