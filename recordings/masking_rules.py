"""What a controller asks of masking, as the controllers file writes it; checked when the file is read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from redaction.errors import BadInput
from redaction.policy import NEVER_NAMED, PARTIAL_TYPES, Profile, policy_from_mapping
from redaction.talk import Talk

_WHAT_TO_DO = MappingProxyType(
    {
        "policy-rule": "is TYPE = a table of action, threshold, words, sound, review; TYPE as plans write it",
        "policy-action": "action is mask or keep",
        "policy-threshold": "threshold is a number from 0 to 1",
        "policy-words": "words is tag, partial or pseudonym",
        "policy-sound": "sound is tone or silence",
        "policy-review": "review is a number from 0 to 1",
        "policy-partial": f"words = partial is possible for {', '.join(sorted(PARTIAL_TYPES))} only",
        "policy-pseudonym": f"words = pseudonym is not possible for {', '.join(sorted(NEVER_NAMED))}",
    }
)


def _readable(rules: Mapping[str, Any]) -> Mapping[str, Any]:
    for name, rule in rules.items():
        try:
            policy_from_mapping({name: rule})
        except BadInput as wrong:
            raise ValueError(f"{name}: {_WHAT_TO_DO[wrong.slug]}") from None
    return rules


class AlsoMask(StrEnum):
    """Classes of talk that a controller may switch on."""

    CONSUMPTION = "consumption"
    HOUSEHOLD = "household"
    PAYMENT = "payment"

    @property
    def entity_type(self) -> str:
        """How plans write it."""
        return Talk[self.name].value


class Masking(BaseModel):
    """A table of the controllers file that says how calls are masked: a controller's own, or one of its kinds'."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: Profile = Profile.STANDARD
    also_mask: tuple[AlsoMask, ...] = ()
    policy: Annotated[Mapping[str, Any], AfterValidator(_readable)] = Field(default_factory=dict)
