"""What is done with each entity type. A type that nobody named is masked: the safe side is the default side."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from redaction.errors import BadInput
from redaction.model import Finding, InSound, SoundFinding

Chosen = TypeVar("Chosen", bound=StrEnum)


class Action(StrEnum):
    """What happens to a finding."""

    MASK = "mask"
    KEEP = "keep"


class Profile(StrEnum):
    """How much is masked whatever the rules say. Each masks all that the one before it masks."""

    STANDARD = "standard"
    STRICT = "strict"
    NON_DISCLOSURE = "non-disclosure"

    @property
    def rank(self) -> int:
        """Place in the order of strictness, from 0."""
        return list(Profile).index(self)


class InWords(StrEnum):
    """What stands in the place of a finding's words (`redaction.labels`)."""

    TAG = "tag"
    PARTIAL = "partial"
    PSEUDONYM = "pseudonym"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is done with one type.

    `threshold`: a finding with a lower score is left as it is; 0 leaves nothing. `review`: one that is cut with a score
    of at most this makes a person look; 0 asks nobody.
    """

    action: Action = Action.MASK
    threshold: float = 0.0
    words: InWords = InWords.TAG
    sound: InSound = InSound.TONE
    review: float = 0.0


ENTITY_TYPES = (
    "FI_PERSONAL_IDENTITY_CODE",
    "IBAN_CODE",
    "FI_ACCOUNT_NUMBER",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "PERSON",
    "AGENT_NAME",
    "CREDIT_CARD",
    "IP_ADDRESS",
    "FI_BUSINESS_ID",
    "VAT_ID",
    "METERING_POINT_ID",
    "CUSTOMER_NUMBER",
    "CONTRACT_NUMBER",
    "CONNECTION_NUMBER",
    "REFERENCE_NUMBER",
    "RF_REFERENCE",
    "STREET_ADDRESS",
    "POSTAL_CODE",
    "COORDINATES",
    "LOCATION",
    "DATE_OF_BIRTH",
    "AGE",
    "FI_PROPERTY_ID",
    "LICENSE_PLATE",
    "PASSPORT",
    "FI_IDENTITY_CARD",
    "DRIVING_LICENCE",
    "ARCHIVE_ID",
    "USERNAME",
    "SECRET",
    "LONG_NUMBER",
    "KEYPAD",
    "CONSUMPTION_TALK",
    "HOUSEHOLD_TALK",
    "PAYMENT_TALK",
)
# The closed list of design.md, keys heard as tones (ADR 0013), places and talk (ADR 0014). A user's own recognizer may
# return others, which `Policy` masks.


PARTIAL_TYPES = frozenset(
    {"IBAN_CODE", "FI_ACCOUNT_NUMBER", "CREDIT_CARD", "METERING_POINT_ID", "PHONE_NUMBER", "RF_REFERENCE"}
)
# Long, and with a check of their own: only what passes it shows its last digits. No name, secret or identity code.
NEVER_NAMED = frozenset({"SECRET", "KEYPAD"})
# Even a pseudonym tells that two people have the same PIN.
_TYPE = re.compile(r"[A-Z][A-Z0-9_]*")
_KEYS = frozenset(field.name for field in fields(Rule))

Namer = Callable[[str, str], str]
"""Type and value to a keyed hash, hexadecimal, the same for the same value within one controller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Rules by entity type; `other` is for types that are not named. Without a `namer` a pseudonym is a plain tag.

    `classes` are the entity types of talk that is masked too (`redaction.talk`); `profile` is set by
    `redaction.profiles.tighten`.
    """

    rules: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    other: Rule = field(default_factory=Rule)
    namer: Namer | None = None
    profile: Profile = Profile.STANDARD
    classes: frozenset[str] = frozenset()

    def rule(self, kind: str) -> Rule:
        """Return the rule of a type."""
        return self.rules.get(kind, self.other)

    def masks(self, finding: Finding | SoundFinding) -> bool:
        """Tell whether this finding is cut."""
        rule = self.rule(finding.type)
        return rule.action is Action.MASK and finding.score >= rule.threshold

    def doubts(self, finding: Finding | SoundFinding) -> bool:
        """Tell whether a person has to look at this finding."""
        rule = self.rule(finding.type)
        return self.masks(finding) and rule.review > 0 and finding.score <= rule.review


def default_policy() -> Policy:
    """Mask every type of design.md and every type that is not in it."""
    return Policy(rules=MappingProxyType(dict.fromkeys(ENTITY_TYPES, Rule())))


def policy_from_mapping(data: Mapping[str, Any], base: Policy | None = None) -> Policy:
    """Read `{type: {"action", "threshold", "words", "sound", "review"}}` over `base` (the default policy).

    A rule that is named replaces the whole rule of its type. Raises BadInput, with a slug for what is wrong.
    """
    base = base or default_policy()
    rules = {name: _rule(name, value) for name, value in data.items()}
    return replace(base, rules=MappingProxyType({**base.rules, **rules}))


def strictest(policies: Sequence[Policy]) -> Policy:
    """Return one policy that masks, of each type, all that any of them masks, and shows no more of it than each."""
    names = {name for policy in policies for name in policy.rules}
    rules = {name: _strictest([policy.rule(name) for policy in policies]) for name in sorted(names)}
    other = _strictest([policy.other for policy in policies])
    return replace(policies[0], rules=MappingProxyType(rules), other=other)


def _strictest(rules: Sequence[Rule]) -> Rule:
    masking = [rule for rule in rules if rule.action is Action.MASK]
    if not masking:
        return rules[0]
    words, sounds = {rule.words for rule in masking}, {rule.sound for rule in masking}
    return Rule(
        threshold=min(rule.threshold for rule in masking),
        words=words.pop() if len(words) == 1 else InWords.TAG,
        sound=sounds.pop() if len(sounds) == 1 else InSound.TONE,
        review=max(rule.review for rule in rules),
    )


def _rule(name: str, value: object) -> Rule:
    if not _TYPE.fullmatch(name) or not isinstance(value, Mapping) or value.keys() - _KEYS:
        raise BadInput("policy-rule")
    rule = Rule(
        action=_choice(Action, value.get("action", Action.MASK), "policy-action"),
        threshold=_share(value.get("threshold", 0.0), "policy-threshold"),
        words=_choice(InWords, value.get("words", InWords.TAG), "policy-words"),
        sound=_choice(InSound, value.get("sound", InSound.TONE), "policy-sound"),
        review=_share(value.get("review", 0.0), "policy-review"),
    )
    if rule.words is InWords.PARTIAL and name not in PARTIAL_TYPES:
        raise BadInput("policy-partial")
    if rule.words is InWords.PSEUDONYM and name in NEVER_NAMED:
        raise BadInput("policy-pseudonym")
    return rule


def _choice(kind: type[Chosen], value: object, slug: str) -> Chosen:
    try:
        return kind(str(value))
    except ValueError:
        raise BadInput(slug) from None


def _share(value: object, slug: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise BadInput(slug)
    return float(value)
