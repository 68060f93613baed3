"""Doubtful places: where, of what kind and by which rules, and never a word."""

from dataclasses import replace

from recordings.doubts import (
    Doubt,
    doubts_of_plan,
    doubts_of_residue,
    masked_places,
    read_doubts,
    with_doubts,
    words_at,
)
from redaction.model import SoundFinding, Window
from redaction.plan import make_plan
from redaction.policy import Policy, Rule
from redaction.verify import Residue
from tests.builders import a_finding, a_transcript

CALL = a_transcript("C: nimi on Aino Virtanen A: joo C: nolla neljä")
UNTIMED = replace(CALL, words=tuple(replace(word, start=None, end=None) for word in CALL.words), duration=None)
NAME = a_finding(2, 3, type="PERSON", start=1.1, end=1.85, score=0.4, why=("surname",))


def test_what_has_no_time_and_what_a_policy_asks_about_are_doubtful() -> None:
    asks = Policy(rules={"PERSON": Rule(review=0.5), "KEYPAD": Rule(review=1.0)})
    plan = make_plan(UNTIMED, [replace(NAME, start=None, end=None), a_finding(5, 6)], policy=asks)
    keys = SoundFinding(type="KEYPAD", channel=0, start=1.0, end=2.0, why=("tone-pairs",))
    found = doubts_of_plan(replace(plan, sounds=(keys,)), UNTIMED, asks)
    assert [(each.doubt, each.type, each.shape) for each in found] == [
        (Doubt.UNTIMED, "PERSON", ("name", "name")),
        (Doubt.UNTIMED, "PHONE_NUMBER", ("number", "number")),
        (Doubt.UNSURE, "PERSON", ("name", "name")),
        (Doubt.UNSURE, "KEYPAD", ()),
    ]
    assert found[0].why == ("surname",)


def test_residue_is_doubtful_by_its_words_and_by_its_time() -> None:
    left = Residue(findings=(a_finding(5, 6),), heard=(Window(start=1.2, end=1.6, channels=(0, 1)),))
    read, heard = doubts_of_residue(left, CALL)
    assert (read.doubt, read.first, read.last, read.shape) == (Doubt.READ, 5, 6, ("number", "number"))
    assert (heard.doubt, heard.first, heard.start, heard.shape) == (Doubt.HEARD, None, 1.2, ("name", "name"))
    assert [CALL.words[index].text for index in words_at(CALL, heard)] == ["Aino", "Virtanen"]


def test_places_lie_beside_the_plan_and_hold_no_word() -> None:
    places = masked_places(make_plan(CALL, [NAME], policy=Policy()), CALL)
    document = with_doubts({"format": "vaiti-plan/1"}, places)
    assert read_doubts(document) == places
    assert read_doubts({"format": "vaiti-plan/1"}) == ()
    assert "Virtanen" not in str(document)
