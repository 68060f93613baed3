"""Candidates to findings: overlaps settled, runs kept whole, pieces split by the other speaker's words.

Wherever candidates overlap, their words are united and the best label wins: a doubt about the kind never lets a
word through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from redaction.bare import bare
from redaction.candidates import Candidate
from redaction.cues import NUMERIC
from redaction.model import Finding, Word
from redaction.wordlist import word_list, word_set

_RANK = {
    name: rank
    for rank, name in enumerate(
        word_list(
            "FI_PERSONAL_IDENTITY_CODE IBAN_CODE METERING_POINT_ID CREDIT_CARD RF_REFERENCE FI_PROPERTY_ID "
            "PHONE_NUMBER FI_ACCOUNT_NUMBER EMAIL_ADDRESS FI_BUSINESS_ID VAT_ID REFERENCE_NUMBER CUSTOMER_NUMBER "
            "CONTRACT_NUMBER SECRET DATE_OF_BIRTH STREET_ADDRESS PERSON AGENT_NAME LONG_NUMBER"
        )
    )
}
# Between equal scores the more sensitive kind, and the one with more shape, gives the name.
_IN_NUMBERS = (NUMERIC - {"SECRET", "USERNAME", "STREET_ADDRESS"}) | {"EMAIL_ADDRESS", "LONG_NUMBER"}
_HEARD = word_set("joo juu jep jees mm mhm hmm okei ookoo kyllä aha ahaa just justiin selvä yeah okay right")
# What a listener says between two parts of a number ("nolla neljä nolla" - "joo" - "yksi kaksi"): nothing of it.


def settle(words: Sequence[Word], candidates: Iterable[Candidate]) -> tuple[Finding, ...]:
    """Return the findings, in order of their first word."""
    clusters: list[list[Candidate]] = []
    reach = -1
    for candidate in sorted(candidates, key=lambda each: (each.channel, each.first, each.last)):
        if clusters and clusters[-1][0].channel == candidate.channel and candidate.first <= reach:
            clusters[-1].append(candidate)
            reach = max(reach, candidate.last)
        else:
            clusters.append([candidate])
            reach = candidate.last
    data = _data(clusters)
    findings = [
        finding
        for cluster, datum in zip(clusters, data, strict=True)
        for finding in _split(words, _best(cluster), min(c.first for c in cluster), max(c.last for c in cluster), datum)
    ]
    return tuple(sorted(findings, key=lambda each: (each.first, each.last)))


def _best(cluster: Sequence[Candidate]) -> Candidate:
    return min(cluster, key=lambda each: (-each.score, _RANK.get(each.type, len(_RANK)), each.first - each.last))


def _data(clusters: Sequence[Sequence[Candidate]]) -> list[int]:
    """Return a datum for each cluster; clusters that share a group share it."""
    known: dict[int, int] = {}
    numbers: list[int] = []
    for at, cluster in enumerate(clusters):
        groups = [each.group for each in cluster if each.group is not None]
        datum = next((known[group] for group in groups if group in known), at)
        for group in groups:
            known.setdefault(group, datum)
        numbers.append(datum)
    order = {datum: rank for rank, datum in enumerate(dict.fromkeys(numbers))}
    return [order[datum] for datum in numbers]


def _split(words: Sequence[Word], best: Candidate, first: int, last: int, datum: int) -> list[Finding]:
    """Return one finding for each stretch without another channel's word, or a number's "joo", in it."""
    pieces: list[tuple[int, int]] = []
    begin: int | None = None
    for index in range(first, last + 2):
        mine = index <= last and words[index].channel == best.channel and not _is_heard(words, index, best)
        if mine and begin is None:
            begin = index
        elif not mine and begin is not None:
            pieces.append((begin, index - 1))
            begin = None
    return [
        Finding(
            type=best.type,
            channel=best.channel,
            first=begin,
            last=end,
            datum=datum,
            start=_least(words[index].start for index in range(begin, end + 1)),
            end=_most(words[index].end for index in range(begin, end + 1)),
            score=best.score,
            checksum=best.checksum,
            why=best.why,
        )
        for begin, end in pieces
    ]


def _is_heard(words: Sequence[Word], index: int, best: Candidate) -> bool:
    """Tell whether a word only says that the part of a number before it was heard."""
    return best.type in _IN_NUMBERS and bare(words[index]) in _HEARD


def _least(times: Iterable[float | None]) -> float | None:
    known = [time for time in times if time is not None]
    return min(known) if known else None


def _most(times: Iterable[float | None]) -> float | None:
    known = [time for time in times if time is not None]
    return max(known) if known else None
