"""How a recording is masked: by its controller's rules, its kind's over them, and the strictest profile asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from recordings.controllers import READ_BY_THE_RULES, Controllers
from recordings.engines import Detector
from recordings.masking_rules import Masking
from redaction.model import Finding, Transcript
from redaction.policy import Policy, Profile, default_policy, policy_from_mapping, strictest
from redaction.profiles import complete, tighten
from storage.ports import Catalog, KeyStore
from storage.records import Recording, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one recording is masked by. `known` are the pushed answers, dropped once they were used.

    A call in which another language is spoken than `languages` waits for a person.
    """

    policy: Policy
    own_numbers: tuple[str, ...]
    known: Mapping[str, Any] | None
    languages: frozenset[str] = frozenset(READ_BY_THE_RULES)

    def find(self, detector: Detector, transcript: Transcript) -> tuple[Finding, ...]:
        """Return what the detector finds and what the policy adds to it. Raises DetectionFailed."""
        found = detector.detect(transcript, known=self.known, own_numbers=self.own_numbers)
        return complete(transcript, found, self.policy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """Asked once for each recording that is planned or masked."""

    controllers: Controllers
    keys: KeyStore
    catalog: Catalog

    def __call__(self, recording: Recording, facts: Mapping[str, Any]) -> Terms:
        """Return the terms; `facts` are those of the push. A rule of the kind replaces the controller's for its type.

        Of several kinds the strictest rule counts.

        For a controller that left the file nobody's rules are known, so everything is masked that can be.
        """
        kinds = [self.controllers.masking(recording.controller, kind) for kind in recording.all_kinds]
        tables = [table for each in kinds for table in each]
        policy = strictest([_policy_of(each) for each in kinds])
        asked = [table.profile for table in tables] or [Profile.NON_DISCLOSURE]
        asked.append(Profile(facts.get("profile") or Profile.STANDARD))
        scope = Scope.of(recording.controller)
        asked.extend(Profile(each) for each in self.catalog.profiles_of(scope, recording.id))
        classes = frozenset(kind.entity_type for table in tables for kind in table.also_mask)

        def name(kind: str, value: str) -> str:
            return self.keys.tag(recording.controller, f"pseudonym:{kind}", value)

        policy = replace(policy, namer=name, classes=classes)
        policy = tighten(policy, max(asked, key=lambda each: each.rank))
        is_standard = policy.profile is Profile.STANDARD
        return Terms(
            policy=policy,
            # under a stricter profile no number is too well known to be masked
            own_numbers=self.controllers.own_numbers(recording.controller) if is_standard else (),
            known=facts.get("known"),
            languages=self.controllers.languages(recording.controller),
        )


def _policy_of(tables: Sequence[Masking]) -> Policy:
    policy = default_policy()
    for table in tables:
        policy = policy_from_mapping(table.policy, policy)
    return policy
