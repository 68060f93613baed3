"""What the company already knows of the caller: a certain match in any spelling, fuzzy and inflected (design.md 11).

The values are used here and nowhere kept: a candidate says where, never what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from redaction.candidates import CERTAIN, STRONG, Candidate
from redaction.edits import edits
from redaction.model import Word
from redaction.numbers.render import Reading
from redaction.numbers.runs import Run

TYPES = {
    "identity_code": "FI_PERSONAL_IDENTITY_CODE",
    "phone": "PHONE_NUMBER",
    "account": "IBAN_CODE",
    "iban": "IBAN_CODE",
    "customer_number": "CUSTOMER_NUMBER",
    "contract_number": "CONTRACT_NUMBER",
    "metering_point": "METERING_POINT_ID",
    "email": "EMAIL_ADDRESS",
    "name": "PERSON",
    "names": "PERSON",
    "address": "STREET_ADDRESS",
    "birth_date": "DATE_OF_BIRTH",
}
# A key that is not here is masked as LONG_NUMBER (digits) or SECRET (words).
FUZZY_FROM = 6
# Characters; shorter values match only exactly, or every amount would.
PART_FROM = 4
# Characters of a known number that count when said alone: the last four of a code.


def match_known(words: Sequence[Word], runs: Sequence[Run], known: Mapping[str, Any]) -> list[Candidate]:
    """Return the places where known values are said."""
    found: list[Candidate] = []
    for key, given in known.items():
        for value in given if isinstance(given, list | tuple) else (given,):
            text = str(value) if isinstance(value, str | int) else ""
            if sum(character.isdecimal() for character in text) >= PART_FROM and key != "address":
                found.extend(_numbers(runs, text, TYPES.get(key, "LONG_NUMBER")))
            elif text:
                found.extend(_phrases(words, text, TYPES.get(key, "SECRET")))
    return found


def _numbers(runs: Sequence[Run], value: str, kind: str) -> Iterator[Candidate]:
    wanted = _spellings(value)
    for run in runs:
        for reading in run.readings:
            place = _place(reading, wanted)
            if place is not None:
                first, last, score = place
                yield Candidate(
                    type=kind, channel=run.channel, first=first, last=last, score=score, why=("known-answer",)
                )
                break


def _spellings(value: str) -> list[str]:
    """Return the value as letters and digits only; a phone also without its country, as it is dialled at home."""
    plain = re.sub(r"[^0-9A-Z]", "", value.upper())
    found = [plain]
    if plain.startswith("358"):
        found.append(f"0{plain[3:]}")
    if re.match(r"FI\d{16}$", plain):
        found.append(plain[2:])
    if re.match(r"\d{6}[A-Y]\d{3}[0-9A-Y]$", plain):
        found.append(plain[:6] + plain[7:])
    return found


def _place(reading: Reading, wanted: Sequence[str]) -> tuple[int, int, float] | None:
    """Return the first and last word where the reading says a wanted value or a good part of it, and the score."""
    kept = [at for at, character in enumerate(reading.text) if character.isalnum()]
    said = "".join(reading.text[at] for at in kept)
    for value in wanted:
        at = said.find(value)
        if at >= 0:
            return reading.first[kept[at]], reading.last[kept[at + len(value) - 1]], CERTAIN
    if len(said) >= PART_FROM and any(said in value for value in wanted):
        return reading.first[kept[0]], reading.last[kept[-1]], STRONG
    for value in wanted:
        if len(value) >= FUZZY_FROM and abs(len(said) - len(value)) <= 2 and edits(said, value, 2) <= 2:
            return reading.first[kept[0]], reading.last[kept[-1]], STRONG
    return None


def _phrases(words: Sequence[Word], value: str, kind: str) -> Iterator[Candidate]:
    """Yield the words of a name or an address, each also inflected or with a wrong letter; long words count alone."""
    parts = [part for part in re.split(r"[\W_]+", value.lower()) if len(part) >= 3]
    by_channel: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        by_channel.setdefault(word.channel, []).append(index)
    for channel, mine in by_channel.items():
        for index in mine:
            bare = words[index].text.strip(".,!?:;").lower()
            if any(_same(bare, part) for part in parts):
                yield Candidate(
                    type=kind, channel=channel, first=index, last=index, score=STRONG, why=("known-answer",)
                )


def _same(word: str, part: str) -> bool:
    """Tell whether a word is `part`, an inflected form of it, or a near miss of a long one."""
    if word == part:
        return True
    stem = part[: max(3, len(part) - (3 if part.endswith("nen") else 1))]
    if word.startswith(stem) and len(word) <= len(part) + 5:
        return True
    if len(stem) >= FUZZY_FROM and len(word) <= len(part) + 5 and edits(word[: len(stem)], stem, 1) <= 1:
        return True
    return (
        len(part) >= FUZZY_FROM
        and abs(len(word) - len(part)) <= 2
        and edits(word, part, 2) <= (2 if len(part) > 8 else 1)
    )
