"""Profiles and classes of talk: what they add, that they only add, and what a call's words flag."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.model import Channel, InSound, Transcript, Word
from redaction.municipalities import NAMES, is_municipality
from redaction.plan import make_plan
from redaction.policy import (
    Action,
    InWords,
    Policy,
    Profile,
    Rule,
    default_policy,
    policy_from_mapping,
    strictest,
)
from redaction.profiles import complete, tighten
from redaction.stretches import answer, rest, sentence
from redaction.talk import Talk, Topic, find_topics
from tests.builders import a_finding, a_transcript, covered

STANDARD = default_policy()
STRICT = tighten(STANDARD, Profile.STRICT)
HIDDEN = tighten(STANDARD, Profile.NON_DISCLOSURE)


def masked(call: Transcript, policy: Policy, *found: object) -> str:
    plan = make_plan(call, complete(call, found, policy), policy=policy)  # type: ignore[arg-type]
    return " ".join(word.text for word in plan.masked_words if word.text)


def switched(*classes: Talk) -> Policy:
    return replace(STANDARD, classes=frozenset(classes))


@pytest.mark.parametrize(
    "said",
    ["1500 euroa", "tuhat viisisataa euroa", "14.30", "3.4.2026", "kolmesataa kilowattituntia", "020 520 01", "A123B"],
)
def test_strict_masks_every_number_of_three_digits(said: str) -> None:
    number = a_transcript(f"C: hinta on {said} vuodessa")
    assert not any(character.isdigit() for character in masked(number, STRICT))
    assert "[LONG_NUMBER]" in masked(number, STRICT)
    assert complete(number, (), STANDARD) == ()


def test_strict_leaves_small_numbers_and_keeps_what_the_detector_called_them() -> None:
    call = a_transcript("C: kaksi kertaa 25 ampeeria ja numero 040 123 4567")
    found = a_finding(6, 8)
    assert masked(call, STRICT, found) == "kaksi kertaa 25 ampeeria ja numero [PHONE_NUMBER]"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("muutin juuri Kuopioon", "muutin [LOCATION]"),
        ("se on tampereella", "se on [LOCATION]"),
        ("helsingissä ja turussa", "[LOCATION] ja [LOCATION]"),
        ("tää on koivukujalla", "tää on [STREET_ADDRESS]"),
        ("olen nyt Karttulassa mökillä", "olen nyt [LOCATION] mökillä"),
        ("hinta on 1500 euroa", "hinta on [LONG_NUMBER] euroa"),
        ("kiitos hei", "kiitos hei"),
    ],
)
def test_non_disclosure_masks_every_place_and_all_that_strict_does(said: str, left: str) -> None:
    assert masked(a_transcript(f"C: {said}"), HIDDEN) == left


def test_non_disclosure_leaves_labels_of_an_earlier_run_as_they_are() -> None:
    assert masked(a_transcript("C: täällä [LOCATION] puhun"), HIDDEN) == "täällä [LOCATION] puhun"


def test_non_disclosure_masks_the_answer_to_where() -> None:
    call = a_transcript("A: Missä kaupungissa asutte? C: tuolla Taka-Mäen puolella A: Selvä.")
    assert masked(call, HIDDEN) == "Missä kaupungissa [LOCATION] [LOCATION] Selvä."


@pytest.mark.parametrize(
    "form",
    "helsingissä turkuun turussa lahdesta tampereelle vantaalta oulusta jyväskylään kemissä riihimäellä kauniaisissa "
    "sastamalan kuopiosta seinäjoelta iissä mikkelistä rovaniemellä kangasniemeltä pietarsaaressa uudessakaupungissa "
    "åbo kuopiolainen".split(),
)
def test_municipalities_are_known_in_their_cases(form: str) -> None:
    assert is_municipality(form)


def test_every_municipality_is_known_as_it_is_written() -> None:
    assert all(is_municipality(name) for name in NAMES)
    assert not is_municipality("sopimus")


def test_a_stricter_profile_knows_no_keep_no_threshold_and_shows_no_part() -> None:
    loose = policy_from_mapping(
        {"AGENT_NAME": {"action": "keep"}, "PERSON": {"threshold": 0.9, "words": "pseudonym", "review": 0.4}}
    )
    loose = replace(loose, other=Rule(action=Action.KEEP))
    strict = tighten(loose, Profile.STRICT)
    assert all(strict.masks(a_finding(0, 0, type=kind, score=0.1)) for kind in ("AGENT_NAME", "PERSON", "WHATEVER"))
    assert strict.rule("PERSON") == Rule(words=InWords.TAG, review=0.4)
    assert tighten(strict, Profile.STANDARD) is strict
    assert tighten(strict, Profile.NON_DISCLOSURE).profile is Profile.NON_DISCLOSURE
    assert [each.rank for each in Profile] == [0, 1, 2]


@pytest.mark.parametrize(
    ("kind", "said", "left"),
    [
        (
            Talk.CONSUMPTION,
            "C: Kyllä. Meillä on ilmalämpöpumppu ja takka. Kiitos.",
            "Kyllä. [CONSUMPTION_TALK] Kiitos.",
        ),
        (
            Talk.CONSUMPTION,
            "A: Paljonko kulutus on vuodessa? C: noin viisitoista tuhatta. C: Kiitos.",
            "[CONSUMPTION_TALK] [CONSUMPTION_TALK] Kiitos.",
        ),
        (Talk.HOUSEHOLD, "C: Vi har två barn hemma. Tack.", "[HOUSEHOLD_TALK] Tack."),
        (Talk.PAYMENT, "C: Minulla on maksuhäiriö. Hei.", "[PAYMENT_TALK] Hei."),
        (Talk.PAYMENT, "C: I need a payment plan. Bye.", "[PAYMENT_TALK] Bye."),
        (Talk.PAYMENT, "C: eräänä päivänä kuluttaja soitti", "eräänä päivänä kuluttaja soitti"),
    ],
)
def test_a_class_of_talk_is_masked_where_it_is_switched_on(kind: Talk, said: str, left: str) -> None:
    call = a_transcript(said)
    assert masked(call, switched(kind)) == left
    assert complete(call, (), STANDARD) == ()


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("C: Mieheni on sairaalassa ja tarvitsee hengityskonetta", (Topic.HEALTH,)),
        ("C: saan toimeentulotukea", (Topic.SOCIAL,)),
        ("C: minä en A: joo C: jaksa enää", (Topic.CRISIS,)),
        ("C: jag är sjukskriven och arbetslös", (Topic.HEALTH, Topic.SOCIAL)),
        ("C: I have a restraining order", (Topic.CRISIS,)),
        ("C: hän sai turvakiellon", (Topic.CRISIS,)),
        ("C: sosiaaliturvatunnus on 131052 A: Kiitos, laskun hinta on 45 euroa", ()),
        ("C: [PERSON] on täällä", ()),
    ],
)
def test_sensitive_topics_are_told_and_nothing_of_their_words(said: str, topics: tuple[Topic, ...]) -> None:
    assert find_topics(a_transcript(said).words) == topics


def test_a_sentence_ends_at_a_stop_a_pause_the_other_speaker_and_its_length() -> None:
    words = a_transcript("C: yksi kaksi. kolme neljä A: joo C: viisi").words
    assert sentence(words, 3) == (2, 3)
    assert answer(words, 3) == (4, 4)
    assert answer(words, 5) is None
    apart = (words[0], replace(words[1], start=5.0, end=5.1))
    assert rest(apart, 0, 9) == 0
    assert sentence(a_transcript("C: " + "sana " * 60).words, 30) == (15, 45)


texts = st.sampled_from(
    "hei kolme sata tuhat neljä 12 1234 040 A12B3 14.30 euroa asun Kuopiossa katu joo lääkäri [PERSON] velka?".split()
)


@given(st.lists(st.tuples(texts, st.integers(0, 1)), max_size=25), st.sampled_from(Profile))
def test_profiles_and_classes_only_add_and_never_outside_the_words(
    said: list[tuple[str, int]], profile: Profile
) -> None:
    words = tuple(Word(text=text, start=n * 0.4, end=n * 0.4 + 0.3, channel=to) for n, (text, to) in enumerate(said))
    call = Transcript(language="fi", channels=(Channel(), Channel()), words=words)
    found = [a_finding(n, n, channel=word.channel, datum=n) for n, word in enumerate(words) if word.text == "hei"]
    policy = replace(tighten(STANDARD, profile), classes=frozenset(each.value for each in Talk))
    more = complete(call, found, policy)
    assert covered(found) <= covered(more) <= set(range(len(words)))
    assert all(words[index].channel == each.channel for each in more for index in range(each.first, each.last + 1))
    if profile is not Profile.STANDARD:
        long = {n for n, word in enumerate(words) if sum(map(str.isdigit, word.text)) >= 3}
        assert long <= covered(more)


def test_the_strictest_of_policies_masks_what_any_masks_and_shows_no_more_than_each() -> None:
    keeps = Rule(action=Action.KEEP)
    mild = Policy(rules={"AGE": keeps, "PERSON": Rule(words=InWords.PARTIAL, threshold=0.8), "X": keeps})
    strict = Policy(
        rules={"AGE": Rule(threshold=0.3, review=0.6, sound=InSound.SILENCE), "PERSON": Rule(threshold=0.2)}
    )
    both = strictest([mild, strict])
    assert (both.rule("AGE").action, both.rule("AGE").threshold, both.rule("AGE").review) == (Action.MASK, 0.3, 0.6)
    assert both.rule("AGE").sound is InSound.SILENCE
    assert (both.rule("PERSON").words, both.rule("PERSON").threshold) == (InWords.TAG, 0.2)
    assert strictest([mild, mild]).rule("X").action is Action.KEEP
