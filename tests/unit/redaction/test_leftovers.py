"""What is said apart from the number that it belongs to; and words of nobody, by what the dictionary says."""

from __future__ import annotations

import pytest

from redaction.dictionary import is_compound_of, is_form, is_of_another, is_verb
from redaction.model import Word
from redaction.name_speech import Kind, kind_of
from redaction.recognizers.registry import PresidioDetector
from redaction.secrets import may_be_secret
from tests.unit.redaction.detected import masked


@pytest.mark.parametrize(
    ("talk", "found"),
    [
        ("C: hetu on 131052 viiva 9 3 0 joo ja viimeinen on kirjain vee", "vee"),
        ("C: hetu on 131052 viiva 9 3 0 A: niin C: ja viimeinen on kirjain vee", "vee"),
        ("C: hetu on 131052-930V A: 131052-930 C: ei vaan neljä nolla siinä lopussa", "neljä"),
        ("A: hetu 131052-930V menikö C: ei vaan kuusi yksi siinä vuosiluvussa", "kuusi"),
        ("C: syntymäaika on 98 maaliskuuta 61", "maaliskuuta"),
        ("C: hän on syntynyt vuonna neljäkymmentäkahdeksan tammikuun kuudes", "tammikuun"),
        ("C: kortti menee umpeen helmikuussa kakskytkaheksan", "helmikuussa"),
        ("A: voimassaolo? C: joulukuu kolmekymmentä", "joulukuu"),
        ("C: hetu on nollaysi kymmenen viiskutonen viivaysinollaseiska äs", "viivaysinollaseiska"),
        ("C: tilinumero on efii kakskytyks nolla neljä viisi yhdeksän yheksän", "efii"),
        ("A: slutet på beteckningen C: nio sju fyra gee", "sju"),
        ("A: voimassaoloaika C: kaksituhattakaksikymmentäyhdeksän huhtikuun loppuun", "huhtikuun"),
        ("A: sanotaanko ääneen vaan C: sinikello ja nyt mua nolottaa", "sinikello"),
        ("A: sanoitteko äsken sinikello vai jotain muuta", "sinikello"),
        ("C: mie oon syntyny yheksästoista viietta viiskytseittemän", "yheksästoista"),
        ("A: sotu? C: nolla kasi nolla kolme viisseiska viiva ysi kaks kuus peetä", "peetä"),
        ("A: ja se loppu? C: loppu on yhdeksän neljä kuusta ärrä", "ärrä"),
        ("A: no niin annappas tulla C: joo yhdeksän kaks yks jii", "jii"),
        ("C: visan numero on 4242 4242 4242 4242 A: ja vielä ne kolme C: kuus viis kaks", "kuus"),
        ("C: postinumero on 82500 Puhosjärvi", "Puhosjärvi"),
        ("C: mökillä kalevantorilla on vanha mittari", "kalevantorilla"),
        ("A: otatko vielä lopun C: 929 J", "929"),
        ("C: syntymäaika on 131052 A: joo C: ja siihen 45 K", "45"),
        ("C: sähköposti on marita alaviiva sillanpää ät example fi", "fi"),
        ("C: postit tulee peelokero kuusikymmentäkaksi", "kuusikymmentäkaksi"),
        ("C: asun Torpanrinteellä ja numero on yks kirjain cee", "cee"),
        ("C: asun savelantiellä siinä numerossa kolmekymmentäviisi", "kolmekymmentäviisi"),
        ("A: mikä on vastaussana C: kastanja", "kastanja"),
        ("C: naapuri eli lepistön kalevi soitti jo", "lepistön"),
        ("C: sinne meni Päiville kirje", "Päiville"),
    ],
)
def test_what_was_said_apart_from_its_number_is_found(detector: PresidioDetector, talk: str, found: str) -> None:
    assert found in masked(detector, talk)


@pytest.mark.parametrize(
    "talk",
    [
        "A: lisämaksu on vyöhykkeellä kaksi noin tuhatneljäsataa",
        "A: aikasähkössä yö on kello kahdestakymmenestäkahdesta seitsemään",
        "A: tuulisina päivinä hinta on matalampi",
        "A: ilmoitus kaatuneesta aidasta",
        "C: se nauhote pyys painamaan ykköstä",
        "C: mulla on vaan nappulapuhelin",
        "A: minkä merkkinen pumppu teillä on C: en muista",
        "C: eka auto sit jääkaappi nyt pesukone",
        "C: se nimi kyllä vaihtuu joka toinen vuosi A: fuusioita on ollut muutama",
        "A: osoite? C: ei oo oikein tiedossa",
        "C: laite on kolmesataa vee ja se on ollut tässä jo kauan eikä siitä ole mitään iloa",
        "C: exam is 5. marraskuuta and i cannot be home",
        "A: näen että eka soitto oli viime viikolla",
        "A: ei se mikään pikkusumma ole",
        "C: auto on moottorilla varustettu",
        "C: siellä mallinpuistossa on pimeää",
        "A: koko postilokero on täynnä 123456 kilowattia",
        "A: mistä numerosta tavoittaa C: viikolla neljäkymmentäkahdeksan olen poissa",
        "A: numeronne? C: kaapelointi tehdään vuodelle kaksituhattakolmekymmentä",
        "A: numeronne? C: siinä lukee virhe 1 0 4 0",
        "A: tunniste joka on kahdeksantoistanumeroinen",
        "A: lasku tulee kuun viidestoista päivä.",
        "A: mihin numeroon C: palvellaan arkisin 8:sta 16:een",
        "A: mihin numeroon C: asentaja tulee yheksän viiva viistoista välillä",
        "A: sopimus umpeutuu ensi vuonna C: takuuta on kakskyt viikkoa",
        "A: energiaosuus on seittemänkytkaheksan ja vero kakskytkolme",
        "C: muista se ät merkki Mulla on kiire",
    ],
)
def test_talk_of_nobody_stays(detector: PresidioDetector, talk: str) -> None:
    assert masked(detector, talk) == []


@pytest.mark.parametrize("end", ["9 0 2 vee", "ysi kolme nolla äf", "yheksänsataakaksi tee", "912N", "miinus 934 koo"])
def test_three_digits_and_a_letter_are_an_end_wherever_they_are_said(detector: PresidioDetector, end: str) -> None:
    talk = f"C: tässä mulla on tämä paperi ja siinä lukee että {end} eikä mitään muuta siis yhtään mitään"
    assert set(end.split()) - {"miinus"} <= set(masked(detector, talk))


@pytest.mark.parametrize(
    ("talk", "found"),
    [
        ("A: mitä tulee väliviivan perään C: 9316", "9316"),
        ("A: tarkistan vielä ne loppunumerot C: yhdeksänsataakaksitoista kolme", "kolme"),
        ("A: slutsiffrorna C: niohundratolv fem", "fem"),
        ("A: millä sanalla teidät tunnistetaan C: nallekarhu", "nallekarhu"),
        ("A: se kolminumeroinen vielä C: ysi nolla kahdeksan", "kahdeksan"),
        ("A: minkä ikänen rouva on C: seitkytkolme tulee keväällä täyteen", "seitkytkolme"),
        ("C: mä oon 62 ja vieläkin kiipeen katolle", "62"),
        ("C: mä oon 62.", "62"),
    ],
)
def test_a_question_put_in_other_words_opens_the_slot_too(detector: PresidioDetector, talk: str, found: str) -> None:
    assert found in masked(detector, talk)


def test_a_year_long_after_a_number_is_no_part_of_it(detector: PresidioDetector) -> None:
    talk = (
        "A: mikä numero C: 050 1234567 A: kiitos C: mä tein sen sopimuksen silloin joskus vuosia sitten 2022 keväällä"
    )
    assert masked(detector, talk) == ["050", "1234567"]


def test_a_thing_named_between_two_numbers_is_part_of_neither(detector: PresidioDetector) -> None:
    found = masked(detector, "C: se on 0501234567 käyttöpaikka on 64 39 9999 56 30 85 62 16")
    assert "0501234567" in found
    assert "käyttöpaikka" not in found


def test_what_a_listener_says_within_a_number_stays(detector: PresidioDetector) -> None:
    found = masked(detector, "C: numero on nolla neljä nolla joo yksi kaksi kolme okei neljä viisi kuusi seitsemän")
    assert "seitsemän" in found
    assert not {"joo", "okei"} & set(found)


@pytest.mark.parametrize("count", ["yhdestä numerosta", "kahdella numerolla"])
def test_what_is_counted_before_a_number_is_no_part_of_it(detector: PresidioDetector, count: str) -> None:
    found = masked(detector, f"C: asiat hoidetaan {count} se on nolla neljä nolla yksi kaksi kolme neljä viisi kuusi")
    assert "nolla" in found
    assert count.split(maxsplit=1)[0] not in found


def test_the_last_letter_is_looked_for_on_its_own_channel_only(detector: PresidioDetector) -> None:
    assert "dee" not in masked(detector, "C: hetu on 131052 viiva 9 3 0 ja viimeinen on A: siis se on rappu dee")


def test_a_birthday_at_a_calls_very_beginning_has_nothing_beside_it(detector: PresidioDetector) -> None:
    assert masked(detector, "C: 131052-930V") == ["131052-930V"]


@pytest.mark.parametrize(
    ("talk", "stays"),
    [
        ("C: Tulkaa Mallimäentie yhteentoista", "Tulkaa"),
        ("C: Osoitteessa Mallimäentie 5", "Osoitteessa"),
        ("C: Lasketaan Mallimäentie 5", "Lasketaan"),
    ],
)
def test_the_capital_of_a_sentences_first_word_is_no_streets(detector: PresidioDetector, talk: str, stays: str) -> None:
    assert stays not in masked(detector, talk)


@pytest.mark.parametrize("word", ["kesti", "lasketaan", "kirjottaa", "tarvinnu"])
def test_a_verb_in_a_form_is_told_by_its_basic_one(word: str) -> None:
    assert is_verb(word)


@pytest.mark.parametrize("word", ["sinikello", "koira", "laskun", "tuntematonsana"])
def test_nouns_and_what_no_dictionary_has_are_no_verbs(word: str) -> None:
    assert not is_verb(word)


@pytest.mark.parametrize("word", ["viikolla", "epäselväksi", "neljännen", "kesti"])
def test_a_word_that_tells_where_when_or_which_is_no_password(word: str) -> None:
    assert not may_be_secret(Word(text=word, start=None, end=None, channel=0))


def test_compounds_are_two_words_or_three() -> None:
    assert is_compound_of("pyöristysero")
    assert is_compound_of("lämminvesivaraaja")
    assert is_compound_of("kokonaiskustannus")
    assert not is_compound_of("rimpivaarala")


def test_a_borrowed_word_is_one_whether_a_dictionary_has_it_or_not() -> None:
    assert kind_of("kompensaattori") is Kind.NONE


def test_a_form_that_another_word_has_is_no_sign_of_a_name() -> None:
    assert is_of_another("aidasta", "aida")
    assert not is_of_another("aida", "aida")
    assert kind_of("aidasta") is Kind.DOUBLE
    assert kind_of("partion") is Kind.DOUBLE


def test_a_form_is_another_than_the_basic_one() -> None:
    assert is_form("viikolla")
    assert not is_form("viikko")


def test_two_parts_of_a_number_with_much_of_the_others_talk_between_are_two(detector: PresidioDetector) -> None:
    talk = " ".join(["joo"] * 20)
    assert "kaksi" not in masked(detector, f"C: laita kaksi A: {talk} C: kolme neljä viisi kuusi seitsemän kahdeksan")
