"""What a policy may show in place of a value: never more than a third of a number, never the value, always the same."""

from __future__ import annotations

import hashlib
import hmac
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.errors import BadInput
from redaction.interchange import plan_from_dict, plan_to_dict
from redaction.labels import LABEL, label_words, last_digits, normal_value
from redaction.mask_samples import mask_block
from redaction.model import InSound, Plan, Transcript, Verdict, Window
from redaction.plan import REVIEW, make_plan, merge_windows
from redaction.policy import PARTIAL_TYPES, InWords, Policy, Rule, default_policy, policy_from_mapping
from redaction.sounds import cut_keypad
from tests.builders import CUSTOMER, a_finding, a_transcript

KEY = b"a controller's own"


def name(kind: str, value: str) -> str:
    return hmac.new(KEY, f"{kind}/{value}".encode(), hashlib.sha256).hexdigest()


def labels(call: Transcript, policy: Policy, *findings: object) -> list[str]:
    plan = make_plan(call, findings, policy=policy)  # type: ignore[arg-type]
    assert all(not word.text or word.text in {"hei", "joo"} or re.fullmatch(r"\[[A-Z_]+\]", word.text)
               for word in plan.masked_words)  # fmt: skip
    return [word.text for word in label_words(call.words, plan, policy) if word.text]


def only(kind: str, words: InWords) -> Policy:
    return Policy(rules={kind: Rule(words=words)}, namer=name)


@pytest.mark.parametrize(
    ("kind", "said", "label"),
    [
        ("PHONE_NUMBER", "040 123 4567", "[PHONE_NUMBER*67]"),
        ("PHONE_NUMBER", "nolla neljäkymmentä yksi kaksi kolme neljä viisi kuusi seitsemän", "[PHONE_NUMBER*67]"),
        ("PHONE_NUMBER", "040 123 4567 ja koodi 9876", "[PHONE_NUMBER]"),
        ("PHONE_NUMBER", "0401234567 9876", "[PHONE_NUMBER]"),
        ("PHONE_NUMBER", "112", "[PHONE_NUMBER]"),
        ("IBAN_CODE", "FI21 1234 5600 0007 85", "[IBAN_CODE*0785]"),
        ("IBAN_CODE", "FI21 1234 5600 0007 86", "[IBAN_CODE]"),
        ("CREDIT_CARD", "4111 1111 1111 1111", "[CREDIT_CARD*1111]"),
        ("CREDIT_CARD", "4111 1111 1111 1111 123", "[CREDIT_CARD]"),
        ("FI_PERSONAL_IDENTITY_CODE", "131052-308T", "[FI_PERSONAL_IDENTITY_CODE]"),
        ("SECRET", "123456", "[SECRET]"),
    ],
)
def test_last_digits_are_shown_only_of_a_number_that_passes_its_own_check(kind: str, said: str, label: str) -> None:
    call = a_transcript(f"C: {said}")
    policy = only(kind, InWords.PARTIAL)
    assert labels(call, policy, a_finding(0, len(call.words) - 1, type=kind)) == [label]


def test_a_number_in_pieces_shows_no_digits() -> None:
    call = a_transcript("C: 040 123 A: joo C: 4567")
    runs = (a_finding(0, 1), a_finding(3, 3))
    assert labels(call, only("PHONE_NUMBER", InWords.PARTIAL), *runs) == ["[PHONE_NUMBER]", "joo", "[PHONE_NUMBER]"]


@given(st.sampled_from(sorted(PARTIAL_TYPES)), st.text("0123456789", min_size=1, max_size=22))
def test_never_more_than_a_third_of_a_number_is_shown(kind: str, number: str) -> None:
    shown = last_digits(kind, a_transcript(f"C: {number}").words)
    assert len(shown) * 3 <= len(number)
    assert number.endswith(shown)


def test_a_pseudonym_is_the_same_however_a_number_was_said() -> None:
    policy = only("PHONE_NUMBER", InWords.PSEUDONYM)
    ways = ("040 123 4567", "+358401234567", "nolla neljä nolla yksi kaksi kolme neljä viisi kuusi seitsemän")
    found = set()
    for way in ways:
        call = a_transcript(f"C: {way}")
        found.update(labels(call, policy, a_finding(0, len(call.words) - 1)))
    (label,) = found
    assert LABEL.fullmatch(label)
    assert label == f"[PHONE_NUMBER-{name('PHONE_NUMBER', '+358401234567')[:6].upper()}]"


def test_a_read_back_has_the_name_of_what_it_repeats() -> None:
    call = a_transcript("C: 040 123 4567 A: 45 67 joo")
    echo = a_finding(3, 4, channel=0, why=("echo",))
    said = labels(call, only("PHONE_NUMBER", InWords.PSEUDONYM), a_finding(0, 2), echo)
    assert said[0] == said[1] != "[PHONE_NUMBER]"


def test_names_and_addresses_are_compared_without_case_stops_or_spelling_of_numbers() -> None:
    def value(kind: str, said: str) -> str:
        return normal_value(kind, a_transcript(f"C: {said}").words)

    assert value("PERSON", "Aino Virtanen,") == value("PERSON", "aino virtanen")
    assert value("STREET_ADDRESS", "Koivukuja viisi") == value("STREET_ADDRESS", "koivukuja 5.")
    assert value("CUSTOMER_NUMBER", "numero 44 55 667") == value("CUSTOMER_NUMBER", "4455667")
    assert value("PHONE_NUMBER", "ei muista") == "ei muista"
    assert value("STREET_ADDRESS", "Koivukuja kaksikymmentä viisi bee 7") == "koivukuja 25B7"
    assert value("SECRET", "Sinikello, kaksi. kolme!") == "sinikello 23"
    assert value("SECRET", "\"Musti\" ja 'Mirri'") == "musti ja mirri"
    assert value("CUSTOMER_NUMBER", "asiakas 445") == "asiakas 445"
    assert value("CUSTOMER_NUMBER", "asiakas 4455") == "4455"
    assert value("PERSON", "Aino 4455667") == "aino 4455667"


@pytest.mark.parametrize(
    ("kind", "said", "shown"),
    [
        ("PHONE_NUMBER", "+358 40 123 4567", "4567"),
        ("PHONE_NUMBER", "040 123 4567", "67"),
        ("PHONE_NUMBER", "", ""),
        ("PERSON", "040 123 4567", ""),
    ],
)
def test_twelve_digits_show_four_and_six_show_two(kind: str, said: str, shown: str) -> None:
    assert last_digits(kind, a_transcript(f"C: {said}").words) == shown


def test_without_a_namer_a_pseudonym_is_the_type() -> None:
    call = a_transcript("C: aino hei")
    policy = Policy(rules={"PERSON": Rule(words=InWords.PSEUDONYM)})
    assert labels(call, policy, a_finding(0, 0, type="PERSON")) == ["[PERSON]", "hei"]


@pytest.mark.parametrize(
    ("kind", "rule", "slug"),
    [
        ("PERSON", {"words": "partial"}, "policy-partial"),
        ("SECRET", {"words": "partial"}, "policy-partial"),
        ("FI_PERSONAL_IDENTITY_CODE", {"words": "partial"}, "policy-partial"),
        ("SOMETHING_ELSE", {"words": "partial"}, "policy-partial"),
        ("SECRET", {"words": "pseudonym"}, "policy-pseudonym"),
        ("PERSON", {"words": "whole"}, "policy-words"),
        ("PERSON", {"sound": "music"}, "policy-sound"),
        ("PERSON", {"review": 2}, "policy-review"),
        ("PERSON", {"word": "tag"}, "policy-rule"),
        ("person", {"action": "keep"}, "policy-rule"),
    ],
)
def test_what_would_show_too_much_is_refused_when_it_is_read(kind: str, rule: object, slug: str) -> None:
    with pytest.raises(BadInput, match=slug):
        policy_from_mapping({kind: rule})


def test_silence_is_cut_as_silence_and_a_tone_beside_it_wins() -> None:
    silent = Window(start=0.0, end=2.0, channels=(0,), sound=InSound.SILENCE)
    block = np.full((4, 1), 7, dtype=np.int16)
    tone = np.array([1], np.int16)
    assert mask_block(block, first_frame=0, rate=1, windows=[silent], tone=tone)[:, 0].tolist() == [0, 0, 7, 7]
    both = merge_windows([silent, Window(start=2.0, end=3.0, channels=(0,))])
    assert both == (Window(start=0.0, end=3.0, channels=(0,)),)
    plan = Plan(verdict=Verdict.MASKED, findings=(), windows=(silent,), masked_words=())
    assert plan_from_dict(plan_to_dict(plan)) == plan
    with pytest.raises(BadInput, match="plan-windows"):
        plan_from_dict({**plan_to_dict(plan), "windows": [{"start": 0, "end": 1, "channels": [0], "sound": "jazz"}]})


def test_a_rule_says_what_takes_the_place_of_words_sound_and_keys() -> None:
    call = a_transcript("C: aino hei")
    policy = policy_from_mapping({"PERSON": {"sound": "silence"}, "KEYPAD": {"sound": "silence", "review": 1}})
    plan = make_plan(call, [a_finding(0, 0, type="PERSON")], policy=policy)
    assert [window.sound for window in plan.windows] == [InSound.SILENCE]
    keyed = cut_keypad(plan, ((), ((5.0, 6.0),)), policy=policy, channels=2)
    assert {window.sound for window in keyed.windows} == {InSound.SILENCE}
    assert (keyed.verdict, keyed.reasons) == (Verdict.QUARANTINE, (REVIEW,))


@pytest.mark.parametrize(("score", "verdict"), [(0.5, Verdict.QUARANTINE), (0.51, Verdict.MASKED)])
def test_a_person_looks_at_what_the_policy_doubts(score: float, verdict: Verdict) -> None:
    call = a_transcript("C: aino hei")
    policy = policy_from_mapping({"PERSON": {"review": 0.5}})
    plan = make_plan(call, [a_finding(0, 0, type="PERSON", score=score, channel=CUSTOMER)], policy=policy)
    assert plan.verdict is verdict
    assert not default_policy().doubts(plan.findings[0])
