"""What a portal signs for a customer who has signed in there: who she is to the company, and what she asks for.

A JWT (RFC 7519) that is good for some minutes and for this register alone. It carries the company's own references and
never an identity code: one that holds something like it is refused whole, and kept nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from recordings.beside import without_codes
from recordings.case_errors import AssertionRefused, IdentityCodeSent
from recordings.facts import CustomerReference
from recordings.portals import Portal
from storage.cases import CaseKind

ALGORITHMS: Final = ("EdDSA", "Ed25519", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256")
LONGEST: Final = 600
# Seconds from `iat` to `exp` at most: a word that lies about is worth nothing.
LEEWAY: Final = 30
# Seconds that two clocks may differ.
STRONG: Final = frozenset({"strong", "http://ftn.ficora.fi/2017/loa2", "http://ftn.ficora.fi/2017/loa3"})
# What `acr` says of a strong identification: plainly, or as the Finnish Trust Network does (Traficom M72).


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    kind: CaseKind
    references: tuple[CustomerReference, ...] = Field(min_length=1, max_length=20)
    jti: str = Field(min_length=16, max_length=128, pattern=r"^[A-Za-z0-9._~-]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What was signed: which request (`jti`), what is asked for, and how the company names who asks."""

    jti: str
    kind: CaseKind
    references: tuple[CustomerReference, ...]


def read_assertion(token: str, portal: Portal, *, controller: str, now: datetime) -> Assertion:
    """Return what a portal has signed for this register. Raises AssertionRefused, IdentityCodeSent."""
    try:
        claims = jwt.decode(token, portal.key_set(), algorithms=[*ALGORITHMS]).claims
        _rules(portal, controller, now).validate(dict(claims))
    except (JoseError, ValueError, KeyError, TypeError):
        raise AssertionRefused from None
    if claims["exp"] - claims["iat"] > LONGEST or claims.get("acr") not in STRONG:
        raise AssertionRefused
    _refuse_codes(claims)
    try:
        asked = _Asked.model_validate_json(json.dumps({name: claims.get(name) for name in _Asked.model_fields}))
    except (ValidationError, TypeError):
        raise AssertionRefused from None
    return Assertion(jti=asked.jti, kind=asked.kind, references=asked.references)


def _rules(portal: Portal, controller: str, now: datetime) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": portal.issuer},
        aud={"essential": True, "value": f"vaiti:{controller}"},
        exp={"essential": True},
        iat={"essential": True},
        jti={"essential": True},
    )


def _refuse_codes(claims: Mapping[str, Any]) -> None:
    text = json.dumps(claims, ensure_ascii=False)
    if without_codes(text) != text.strip():
        raise IdentityCodeSent
