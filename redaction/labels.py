"""What stands in the place of a finding's words: its type, its last digits, or a pseudonym. Never more of the value.

- `[PHONE_NUMBER]`, the rule unless another is set
- `[PHONE_NUMBER*67]`: the last two digits, or four of twelve and more. Only of a number that stands alone in its
  finding and passes its own check: what was run together with it, a PIN perhaps, would otherwise be what is shown.
- `[PERSON-7F3A09]`: a keyed hash of the value as it is normally written, the same in all calls of one controller
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from redaction.formats import bban, card, gsrn, iban, phone, rf
from redaction.mask_words import covered_words
from redaction.model import Finding, Plan, Word
from redaction.numbers.runs import find_runs
from redaction.policy import InWords, Policy

LABEL = re.compile(r"\[(?P<type>[A-Z][A-Z0-9_]*)(?:\*(?P<digits>[0-9]{2,4})|-(?P<name>[0-9A-F]{6}))?\]")
NAME_LENGTH = 6
# Hexadecimal digits: with four, two of the first 300 people would probably share a name.
SHORT, LONG = 6, 12
# Digits from which the last two and the last four may be shown: at most a third.
NUMBER = 4
# Digits that make a finding a number, of which only the number is named.
ECHO = "echo"
_CHECKS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "IBAN_CODE": iban.is_valid,
        "FI_ACCOUNT_NUMBER": bban.is_valid,
        "CREDIT_CARD": card.is_valid,
        "METERING_POINT_ID": gsrn.is_valid,
        "PHONE_NUMBER": phone.is_valid,
        "RF_REFERENCE": rf.is_valid,
    }
)


def label_words(words: Sequence[Word], plan: Plan, policy: Policy) -> tuple[Word, ...]:
    """Return the plan's masked words with the labels that the policy asks for.

    Done once, when a plan has held: the plan itself and every second look know types only.
    """
    data: dict[tuple[str, int], list[Finding]] = {}
    for finding in plan.findings:
        data.setdefault((finding.type, finding.datum), []).append(finding)
    masked = list(plan.masked_words)
    for (kind, _), runs in data.items():
        ending = _ending(words, runs, policy)
        for index in {index for each in runs for index in covered_words(words, each)} if ending else ():
            if masked[index].text == f"[{kind}]":
                masked[index] = replace(masked[index], text=f"[{kind}{ending}]")
    return tuple(masked)


def _ending(words: Sequence[Word], runs: Sequence[Finding], policy: Policy) -> str:
    """Return what follows the type in the label of one datum, said in these findings."""
    kind, wanted = runs[0].type, policy.rule(runs[0].type).words
    said = [each for each in runs if ECHO not in each.why] or list(runs)
    covered = [words[index] for each in said for index in covered_words(words, each)]
    if wanted is InWords.PARTIAL and len(said) == 1:
        digits = last_digits(kind, covered)
        return f"*{digits}" if digits else ""
    if wanted is InWords.PSEUDONYM and policy.namer is not None:
        return f"-{policy.namer(kind, normal_value(kind, covered))[:NAME_LENGTH].upper()}"
    return ""


def last_digits(kind: str, words: Sequence[Word]) -> str:
    """Return the digits of a number that may be shown, or nothing."""
    check, runs = _CHECKS.get(kind), find_runs(words)
    if check is None or len(runs) != 1 or "?" in runs[0].readings[0].text:
        return ""
    text = runs[0].readings[0].text
    digits = re.sub(r"\D", "", text)
    shown = 4 if len(digits) >= LONG else 2 if len(digits) >= SHORT else 0
    return digits[-shown:] if shown and check(text) else ""


def normal_value(kind: str, words: Sequence[Word]) -> str:
    """Return what was said as it is compared: numbers as digits however they were said, words without case or stops."""
    runs = find_runs(words)
    number = "".join(
        character for run in runs for character in run.readings[0].text if character.isalnum() or character == "+"
    )
    if kind == "PHONE_NUMBER" and number:
        return phone.compact(number)
    if kind not in {"PERSON", "AGENT_NAME", "STREET_ADDRESS"} and sum(map(str.isdecimal, number)) >= NUMBER:
        return number
    begins = {run.first: run for run in runs if run.digits}
    inside = {index for run in begins.values() for index in range(run.first + 1, run.last + 1)}
    parts = [
        begins[index].readings[0].text if index in begins else word.text.strip(".,!?:;\"'").casefold()
        for index, word in enumerate(words)
        if index not in inside
    ]
    return " ".join(part for part in parts if part)
