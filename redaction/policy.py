"""What is done with each entity type. A type that nobody named is masked: the safe side is the default side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from redaction.errors import BadInput
from redaction.model import Finding, SoundFinding


class Action(StrEnum):
    """What happens to a finding."""

    MASK = "mask"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`threshold`: a finding with a lower score is left as it is. 0 leaves nothing."""

    action: Action = Action.MASK
    threshold: float = 0.0


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
)
# The closed list of design.md, and keys heard as tones (ADR 0013); a user's own recognizer may return others, which
# `Policy` masks.


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Rules by entity type; `other` is for types that are not named."""

    rules: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    other: Rule = field(default_factory=Rule)

    def masks(self, finding: Finding | SoundFinding) -> bool:
        """Tell whether this finding is cut."""
        rule = self.rules.get(finding.type, self.other)
        return rule.action is Action.MASK and finding.score >= rule.threshold


def default_policy() -> Policy:
    """Mask every type of design.md and every type that is not in it."""
    return Policy(rules=MappingProxyType(dict.fromkeys(ENTITY_TYPES, Rule())))


def policy_from_mapping(data: Mapping[str, Any]) -> Policy:
    """Read `{type: {"action": "mask"|"keep", "threshold": 0..1}}` over the default. Raises BadInput on others."""
    rules = dict(default_policy().rules)
    for name, value in data.items():
        if not isinstance(value, Mapping):
            raise BadInput("policy-rule")
        threshold = value.get("threshold", 0.0)
        if not isinstance(threshold, int | float) or isinstance(threshold, bool) or not 0 <= threshold <= 1:
            raise BadInput("policy-threshold")
        try:
            action = Action(value.get("action", Action.MASK))
        except ValueError:
            raise BadInput("policy-action") from None
        rules[name] = Rule(action=action, threshold=float(threshold))
    return Policy(rules=MappingProxyType(rules))
