"""What a profile and the switched classes of talk add to what the detector found. They only ever add.

`strict` masks every number of three digits or more, prices and the company's own too; `non-disclosure` masks every
place as well. Rules that would let a finding through, or show a part of one, do not count under either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from redaction.candidates import WEAK, Candidate
from redaction.labels import LABEL
from redaction.merge import settle
from redaction.model import Finding, Transcript, Word
from redaction.numbers.runs import find_runs
from redaction.policy import Action, InWords, Policy, Profile, Rule
from redaction.talk import find_talk
from redaction.whereabouts import find_whereabouts

DIGITS = 3
# From here on a number is masked under `strict`.


def tighten(policy: Policy, profile: Profile) -> Policy:
    """Return the policy under a profile, if that is stricter than the one it has."""
    if profile.rank <= policy.profile.rank:
        return policy
    rules = {name: _tight(rule) for name, rule in policy.rules.items()}
    return replace(policy, rules=MappingProxyType(rules), other=_tight(policy.other), profile=profile)


def complete(transcript: Transcript, found: Sequence[Finding], policy: Policy) -> tuple[Finding, ...]:
    """Return the findings with what the policy's profile and classes add, overlaps settled."""
    words = transcript.words
    added: list[Candidate] = [*find_talk(words, policy.classes)]
    if policy.profile.rank >= Profile.STRICT.rank:
        added.extend(_numbers(words))
    if policy.profile is Profile.NON_DISCLOSURE:
        added.extend(find_whereabouts(words))
    return settle(words, (*map(_candidate, found), *added)) if added else tuple(found)


def _tight(rule: Rule) -> Rule:
    return replace(rule, action=Action.MASK, threshold=0.0, words=InWords.TAG)


def _numbers(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield everything that says a number of three digits or more, whatever it counts."""
    for run in find_runs(words):
        if max((_digits(reading.text) for reading in run.readings), default=run.digits) >= DIGITS:
            yield _number(run.channel, run.first, run.last)
    for index, word in enumerate(words):
        if _digits(word.text) >= DIGITS and not LABEL.fullmatch(word.text):
            yield _number(word.channel, index, index)


def _digits(text: str) -> int:
    return sum(character.isdecimal() for character in text)


def _number(channel: int, first: int, last: int) -> Candidate:
    return Candidate(type="LONG_NUMBER", channel=channel, first=first, last=last, score=WEAK, why=("every-number",))


def _candidate(finding: Finding) -> Candidate:
    return Candidate(
        type=finding.type,
        channel=finding.channel,
        first=finding.first,
        last=finding.last,
        score=finding.score,
        checksum=finding.checksum,
        why=finding.why,
        group=finding.datum,
    )
