"""Numbers in English as they are dictated in Finland, what sounds like them, and Finnish talk that must not change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.numbers.en_words import ENGLISH as WORDS
from redaction.numbers.kinds import Kind
from redaction.numbers.lexicon import KNOWN, look_up
from redaction.numbers.misheard import may_be_digit
from redaction.numbers.runs import Run, find_runs
from redaction.numbers.sv_words import SWEDISH
from redaction.recognizers.registry import PresidioDetector
from tests.builders import a_transcript, covered, found_in, said
from tests.unit.redaction.germanic_speech import ENGLISH, STYLES, cardinal, code, one_by_one

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
VECTORS = json.loads((CORPUS / "en_number_words.json").read_text(encoding="utf-8"))
FAINT = {"one", "oh"}  # "one" alone is no number but a pronoun


def runs(text: str) -> tuple[Run, ...]:
    return find_runs(a_transcript(text).words)


def texts(text: str) -> list[str]:
    """Return all readings of the only run."""
    (run,) = runs(text)
    return [reading.text for reading in run.readings]


def test_the_cardinals_of_the_corpus_are_read() -> None:
    table = VECTORS["cardinals"]["standard"]
    assert [word for word, value in table.items() if word not in FAINT and texts(word)[0] != str(value)] == []


@pytest.mark.parametrize("style", sorted(STYLES))
def test_the_codes_of_the_corpus_are_read_in_every_style(style: str) -> None:
    chosen = [each for each in VECTORS["codes"] if each["style"] == f"standard, {style}"]
    assert len(chosen) > 30
    assert [each["said"] for each in chosen if each["normal"] not in texts(each["said"])] == []


@given(st.integers(2, 999_999))
def test_every_number_is_read_back(number: int) -> None:
    words = cardinal(ENGLISH, number)
    assert texts(words)[0] == str(number)
    assert str(number) in texts(words.replace(" and ", " ").replace("-", " "))


@given(st.text("0123456789", min_size=4, max_size=18))
def test_digits_one_by_one_are_read_whatever_they_are(digits: str) -> None:
    assert texts(one_by_one(ENGLISH, "9" + digits))[0] == "9" + digits


@given(st.text("0123456789", min_size=6, max_size=14), st.sampled_from(sorted(STYLES)))
def test_every_style_is_one_run_over_all_its_words(digits: str, style: str) -> None:
    words = code(ENGLISH, style, "7" + digits)
    (run,) = runs(words)
    assert (run.first, run.last) == (0, len(words.split()) - 1)


@pytest.mark.parametrize(
    ("spoken", "reading"),
    [
        ("twenty-five", "25"), ("twenty five", "25"), ("twentyfive", "25"), ("nineteen eighty-five", "1985"),
        ("twenty-one", "21"), ("one hundred and five", "105"), ("two thousand and one", "2001"), ("a hundred", "A100"),
        ("nineteen hundred and eighty five", "1985"), ("oh four oh", "040"), ("o four o five", "0405"),
        ("double four", "44"), ("triple seven double oh", "77700"), ("five zeros", "00000"), ("two fives", "55"),
        ("four times one", "1111"), ("one one two", "112"), ("nine hundred and ninety one hundred", "990100"),
        ("thirteen ten fifty-two dash nine three zero V as in Victor", "131052-930V"),
        ("nine three zero V for Victor", "930V"), ("nine three zero Victor", "930V"), ("nine double u one", "9W1"),
        ("foxtrot india twenty one", "FI21"), ("alpha kilo november 12", "AKN12"), ("four five no sorry six", "46"),
        ("plus three five eight", "+358"), ("seven point two five", "7.25"), ("five slash two", "5/2"),
        ("oh four oh one to three for five six seven", "0401234567"), ("capital A nine zero two E", "A902E"),
    ],
)  # fmt: skip
def test_what_people_say_is_read(spoken: str, reading: str) -> None:
    assert texts(spoken)[0] == reading


@pytest.mark.parametrize(
    ("spoken", "reading"),
    [
        ("the fifth of March nineteen eighty", "05.03.1980"), ("March fifth nineteen eighty-five", "05.03.1985"),
        ("March 5th, 1980", "05.03.1980"), ("March 5 1980", "05.03.1980"), ("the 1st of february 90", "01.02.90"),
        ("the twenty fifth of march two thousand and five", "25.03.2005"), ("May the twenty-first", "21.05"),
        ("march twenty fifth nineteen oh five", "25.03.1905"), ("5 March 1980", "05.03.1980"),
        ("third of the fifth eighty five", "03.05.85"), ("twenty march eighty", "20.03.80"),
    ],
)  # fmt: skip
def test_dates_are_read(spoken: str, reading: str) -> None:
    assert texts(spoken)[0] == reading


@pytest.mark.parametrize("spoken", ["march 5 euros", "may five people", "March", "december 40"])
def test_a_month_before_an_amount_is_no_date(spoken: str) -> None:
    assert [run.readings[0].text for run in runs(spoken) if "." in run.readings[0].text] == []


@pytest.mark.parametrize(
    "spoken",
    [
        "one", "to", "for", "no one", "this one or that one", "I see a man", "oh", "hotel golf", "a kilo", "mike",
        "to be or not to be", "so it is in the right",
    ],
)  # fmt: skip
def test_everyday_words_are_no_numbers(spoken: str) -> None:
    assert runs(spoken) == ()


def test_a_word_that_sounds_like_a_digit_needs_many_around_it() -> None:
    assert [run.readings[0].text for run in runs("from two to five")] == ["2", "5"]


def test_no_word_of_the_new_languages_hides_a_finnish_one() -> None:
    """What Finnish gives a word stays, but for the words that ask for company: those keep it in `other`."""
    changed = {
        word
        for language in (SWEDISH, WORDS)
        for word in language.morphs
        if word in KNOWN and KNOWN[word].kind is Kind.NUMBER and KNOWN[word].morphs[0].kind not in {"Z", "NAME"}
        if KNOWN[word].morphs[0] != language.morphs[word]
    }
    assert changed == set()
    weak = look_up("en")
    assert weak is not None
    assert weak.other is not None
    assert weak.other.text == "N"


def test_mishearings_count_in_the_languages_of_the_number_only() -> None:
    assert may_be_digit("sevven", foreign=True)
    assert not may_be_digit("sevven", foreign=False)
    assert not may_be_digit("then", foreign=True)


@pytest.mark.parametrize(
    ("dialogue", "kind", "span"),
    [
        ("C: my social security number is thirteen ten fifty two minus nine three oh V", "FI_PERSONAL_IDENTITY_CODE",
         "thirteen ten fifty two minus nine three oh V"),
        ("A: what is your customer number? C: yes it's one two three double four", "CUSTOMER_NUMBER",
         "one two three double four"),
        ("C: my account number is F I two one one two three four five six five zeros seven eight five", "IBAN_CODE",
         "F I two one one two three four five six five zeros seven eight five"),
        ("C: card number four one one one, double one double one, double one double one, double one double one",
         "CREDIT_CARD", "four one one one, double one double one, double one double one, double one double one"),
        ("C: my phone number is plus three five eight forty one two three four five six seven", "PHONE_NUMBER",
         "plus three five eight forty one two three four five six seven"),
        ("C: I was born on the fifth of March nineteen eighty", "DATE_OF_BIRTH", "fifth of March nineteen eighty"),
        ("C: my name is John Smith", "PERSON", "John Smith"),
        ("C: email is maija dot meikalainen at example dot fi", "EMAIL_ADDRESS",
         "maija dot meikalainen at example dot fi"),
        ("A: what is the password? C: bluebell", "SECRET", "bluebell"),
        ("C: my address is Harjukuja five", "STREET_ADDRESS", "Harjukuja five"),
    ],
)  # fmt: skip
def test_english_cues_name_what_follows(detector: PresidioDetector, dialogue: str, kind: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    findings = detector.detect(transcript)
    assert found_in(transcript, findings, span)
    assert {each.type for each in findings} == {kind}


@pytest.mark.parametrize(
    "talk",
    [
        "C: the price is seven point two five cents and I used two thousand three hundred kilowatt hours",
        "A: we are open from eight to four on weekdays, and one of the two invoices is due on the fifth of May",
        "C: I have a question about my contract, can you see if it is still on or not? A: yes I see it, one moment",
        "C: my address is a new one and the number of people is five",
    ],
)
def test_harmless_english_stays(detector: PresidioDetector, talk: str) -> None:
    transcript = a_transcript(talk)
    assert said(transcript, detector.detect(transcript)) == []


# Finnish words that are number words, articles or letters in the other two languages, in company that does not dictate.
LOOK_ALIKES = "en on sen ni to no tie ett ku jo de i hotel kilo tango mars juli ja se niin ei kun mä oon sitä to"


@given(st.lists(st.sampled_from(LOOK_ALIKES.split()), min_size=2, max_size=25))
def test_finnish_words_that_look_foreign_hold_no_number(words: list[str]) -> None:
    found = runs(" ".join(words))
    assert not any(run.digits for run in found if "ett ett ett ett" not in " ".join(words))


@pytest.mark.parametrize(
    "talk",
    [
        "C: mä en on siis sen takia soitin ni to on no sen verran etten oo varma, en sex enkä juli",
        "A: joo en mä nyt ett sen niin ku tie on poikki ja hotel kilo meni jo",
        "C: asiakasnumeroa en muista ni en voi sanoa ett mikä se on",
        "A: puhelinnumero on siis sama ku ennen? C: joo en oo vaihtanu to on sama",
    ],
)
def test_harmless_finnish_gets_no_findings(detector: PresidioDetector, talk: str) -> None:
    assert detector.detect(a_transcript(talk)) == ()


def test_the_harmless_utterances_and_phrases_of_the_corpus_get_what_they_got(detector: PresidioDetector) -> None:
    """Before the two languages came, none of these had a finding in a number, and none has one now."""
    utterances = json.loads((CORPUS / "utterances.json").read_text(encoding="utf-8"))
    phrases = json.loads((CORPUS / "context_vectors.json").read_text(encoding="utf-8"))["negative"]
    harmless = [each["text"] for each in utterances if not each["entities"]]
    harmless += [f"C: {phrase}" for group in phrases.values() for phrase in group]
    assert len(harmless) > 30
    numbered = [text for text in harmless if covered(detector.detect(a_transcript(text)))]
    assert numbered == []
