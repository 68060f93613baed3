"""Portals of a controller: web services where customers have signed in, whose signed word opens a case.

A portal stands in the controllers file with its public keys; a file with a private key, or with one that is too short,
stops the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Self

from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(min_length=1, max_length=300)]
SHORTEST_RSA: Final = 2048
# Bits (BSI TR-02102-1, NIST SP 800-131A).


class Portal(BaseModel):
    """A portal. `issuer` is how it names itself in what it signs; `keys` are its public keys as JWK (RFC 7517)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text
    issuer: Text
    keys: Annotated[tuple[Mapping[str, str], ...], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        try:
            found = self.key_set().keys
        except (JoseError, ValueError, KeyError, TypeError):
            raise ValueError("keys are public keys as JWK, such as kty, crv, x") from None
        for plain, key in zip(self.keys, found, strict=True):
            if plain.get("kty") not in {"RSA", "EC", "OKP"} or "d" in plain:
                raise ValueError("keys are the public halves of RSA, EC or OKP keys")
            if plain["kty"] == "RSA" and _bits(key.raw_value) < SHORTEST_RSA:
                raise ValueError("RSA keys have 2048 bits or more")
        return self

    def key_set(self) -> KeySet:
        """Return its keys."""
        return KeySet.import_key_set({"keys": [dict(each) for each in self.keys]})


def _bits(key: Any) -> int:
    return int(getattr(key, "key_size", 0))
