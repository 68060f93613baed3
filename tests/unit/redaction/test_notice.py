"""Was the caller told? A notice is a sentence of the first minute that says of calls that they are recorded."""

import pytest

from redaction.model import Role, Word
from redaction.notice import FIRST, find_notice

AGENT, CUSTOMER, UNKNOWN = Role.AGENT, Role.CUSTOMER, Role.UNKNOWN


def said(text: str, *, start: float = 2.0, channel: int = 0) -> list[Word]:
    return [
        Word(text=word, start=start + 0.4 * at, end=start + 0.4 * at + 0.3, channel=channel)
        for at, word in enumerate(text.split())
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tervetuloa Kuopion Energiaan, puhelu tallennetaan.",
        "kaikki puhelut nauhoitetaan palvelun laadun varmistamiseksi",
        "Huomioithan, että nauhoitamme puhelut.",
        "tää puhelu nauhotetaa sit",
        "asiakaspuhelut tallentuvat koulutusta varten",
        "tämä keskustelu äänitetään",
        "Puhelut palvelun kehittämiseksi ja henkilökunnan kouluttamiseksi tallennetaan",
        "Samtalet spelas in för att utveckla vår service.",
        "vi spelar in alla samtal",
        "telefonsamtalet bandas",
        "This call may be recorded for training purposes.",
        "please note that calls are recorded",
    ],
)
def test_a_notice_is_heard_in_three_languages(text: str) -> None:
    assert find_notice(said(text), [UNKNOWN]) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Nauhoitetaanko tämä puhelu?",
        "Puhelu tallennetaan?",
        "tätä puhelua ei nauhoiteta",
        "puhelua emme tallenna",
        "Samtalet spelas inte in.",
        "this call is not recorded",
        "tallennan puhelinnumerosi tietoihin",
        "tiedot tallennetaan järjestelmään",
        "puhelu katkesi äsken",
        "olen tallentanut sen",
        "",
    ],
)
def test_other_talk_of_calls_and_of_keeping_is_no_notice(text: str) -> None:
    assert find_notice(said(text), [UNKNOWN]) is None


def test_it_is_told_when_it_began() -> None:
    words = [*said("Kuopion Energia, hei.", start=0.5), *said("Tämä puhelu tallennetaan.", start=3.0)]
    assert find_notice(words, [AGENT]) == pytest.approx(3.4)


def test_what_is_said_after_the_first_minute_is_no_notice() -> None:
    words = said("Tämä puhelu muuten tallennetaan.", start=FIRST + 1)
    assert find_notice(words, [AGENT]) is None


def test_the_customers_words_are_no_notice_where_it_is_known_who_speaks() -> None:
    words = said("kai tämä puhelu tallennetaan", channel=1)
    assert find_notice(words, [AGENT, CUSTOMER]) is None
    assert find_notice(words, [UNKNOWN, UNKNOWN]) is not None


def test_a_channel_that_is_the_customers_alone_may_hold_the_recorded_voice() -> None:
    assert find_notice(said("tämä puhelu tallennetaan"), [CUSTOMER]) is not None


def test_the_earliest_of_several_counts() -> None:
    words = said("puhelut tallennetaan", start=20.0) + said("puhelut tallennetaan", start=4.0, channel=1)
    assert find_notice(words, [UNKNOWN, UNKNOWN]) == pytest.approx(4.0)


def test_words_without_a_believable_time_are_left_out() -> None:
    words = [
        Word(text=text, start=start, end=None, channel=0) for text, start in (("puhelu", None), ("tallennetaan", -1))
    ]
    assert find_notice(words, [AGENT]) is None
