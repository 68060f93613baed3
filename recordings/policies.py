"""Which policy a recording is masked by: its controller's, its kind's over it, and the names that its words get."""

from __future__ import annotations

from dataclasses import dataclass, replace

from recordings.controllers import Controllers
from redaction.policy import Policy, default_policy, policy_from_mapping
from storage.ports import KeyStore
from storage.records import Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """Asked once for each recording that is planned or masked."""

    controllers: Controllers
    keys: KeyStore

    def __call__(self, recording: Recording) -> Policy:
        """Return the policy. A rule of the kind replaces the controller's for the same type."""
        policy = default_policy()
        for table in self.controllers.masking(recording.controller, recording.kind):
            policy = policy_from_mapping(table.policy, policy)

        def name(kind: str, value: str) -> str:
            return self.keys.tag(recording.controller, f"pseudonym:{kind}", value)

        return replace(policy, namer=name)
