"""OpenID Connect: leads a browser to the provider, and checks what comes back. Authorization code with PKCE.

Nothing is kept between the two here: state, nonce and verifier are made from the secret in one cookie, each by its own
label, so an answer counts only in the browser that asked. Errors say that it failed, never what a token holds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Final
from urllib.parse import quote, urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from recordings.company import Company, safe_address
from recordings.people_errors import CompanyAway, CompanyRefused
from recordings.settings import read_secret

LEEWAY: Final = 60
# Seconds that the clocks of two machines may differ.
OLDEST: Final = 600
# Seconds: an ID token is made for this sign-in, and not kept for later.
PATIENCE: Final = httpx.Timeout(5.0)
MOST: Final = 256 * 1024
# Bytes of an answer; a discovery document and a key set have some thousand.
LONGEST: Final = 4096
# Characters of a code; a longer one is not sent on.


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """Whom the provider vouches for: `subject` is hers for ever, `name` may change and is personal data."""

    subject: str = field(repr=False)
    name: str = field(repr=False)
    groups: frozenset[str]


def _derived(secret: str, label: str) -> str:
    return hmac.new(secret.encode(), label.encode(), hashlib.sha256).hexdigest()


class Provider:
    """The company's provider. What it says of itself is asked at the first use; safe to use from several threads."""

    def __init__(self, company: Company) -> None:
        """Ask nothing yet: this service starts without its provider."""
        self.company = company
        self._lock = Lock()
        self._about: Mapping[str, Any] | None = None
        self._keys: KeySet | None = None

    def leave(self, secret: str) -> str:
        """Return the provider's address to send a browser to. Raises CompanyAway."""
        challenge = hashlib.sha256(_derived(secret, "verifier").encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.company.client_id,
            "redirect_uri": self.company.redirect_uri,
            "scope": " ".join(self.company.scopes),
            "state": _derived(secret, "state"),
            "nonce": _derived(secret, "nonce"),
            "code_challenge": _base64(challenge),
            "code_challenge_method": "S256",
        }
        return _with(self._endpoint("authorization_endpoint"), asked)

    def end(self) -> str | None:
        """Return the provider's address to sign out at, or None where it has none. Raises CompanyAway."""
        if "end_session_endpoint" not in self._discover():
            return None
        asked = {"client_id": self.company.client_id, "post_logout_redirect_uri": f"{self.company.address}/sign-in"}
        return _with(self._endpoint("end_session_endpoint"), asked)

    def come_back(self, secret: str, answer: Mapping[str, str], now: datetime) -> Vouched:
        """Return whom the provider vouches for. Raises CompanyRefused, CompanyAway."""
        state, code = answer.get("state", ""), answer.get("code", "")
        if not hmac.compare_digest(state.encode(), _derived(secret, "state").encode()):
            raise CompanyRefused
        if answer.get("iss", self.company.issuer) != self.company.issuer or not 0 < len(code) <= LONGEST:
            raise CompanyRefused
        return self._vouched(self._claims(self._redeem(code, _derived(secret, "verifier"))), secret, now)

    def _redeem(self, code: str, verifier: str) -> str:
        """Return the ID token that a code is good for, once."""
        company = self.company
        body = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": company.redirect_uri,
            "code_verifier": verifier,
        }
        endpoint = self._endpoint("token_endpoint")
        if company.client_secret_file is None:
            answer = self._ask("POST", endpoint, data={**body, "client_id": company.client_id})
        else:  # RFC 6749, 2.3.1: both are written as in a form
            secret = read_secret(company.client_secret_file)
            answer = self._ask("POST", endpoint, data=body, auth=(quote(company.client_id, ""), quote(secret, "")))
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise CompanyRefused
        return token

    def _claims(self, token: str) -> Mapping[str, Any]:
        """Return a token's claims, when a key of the provider's has signed them by an algorithm that is allowed."""
        for fresh in (False, True):  # a key that is not known yet: the provider may have changed them
            try:
                return jwt.decode(token, self._key_set(fresh=fresh), algorithms=[*self.company.algorithms]).claims
            except (JoseError, ValueError, KeyError, TypeError):
                continue
        raise CompanyRefused

    def _vouched(self, claims: Mapping[str, Any], secret: str, now: datetime) -> Vouched:
        company, at = self.company, int(now.timestamp())
        rules = jwt.JWTClaimsRegistry(
            now=at,
            leeway=LEEWAY,
            iss={"essential": True, "value": company.issuer},
            aud={"essential": True, "value": company.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": _derived(secret, "nonce")},
        )
        try:
            rules.validate(dict(claims))
        except (JoseError, ValueError, TypeError):
            raise CompanyRefused from None
        audience, issued = claims["aud"], claims["iat"]
        azp = claims.get("azp", company.client_id if isinstance(audience, str) or len(audience) == 1 else None)
        subject = claims["sub"]
        if azp != company.client_id or issued < at - OLDEST or not isinstance(subject, str) or not subject:
            raise CompanyRefused
        named, groups = claims.get(company.name_claim), claims.get(company.groups_claim)
        return Vouched(
            subject=f"{company.issuer} {subject}",
            name=named if isinstance(named, str) and named else subject,
            groups=frozenset(each for each in groups if isinstance(each, str))
            if isinstance(groups, list)
            else frozenset(),
        )

    def _discover(self) -> Mapping[str, Any]:
        with self._lock:
            if self._about is None:
                about = self._ask("GET", self.company.issuer.rstrip("/") + "/.well-known/openid-configuration")
                if about.get("issuer") != self.company.issuer:
                    raise CompanyAway
                self._about = about
            return self._about

    def _endpoint(self, name: str) -> str:
        """Return an address of the provider's. Raises CompanyAway for one that others could read."""
        said = self._discover().get(name)
        try:
            return safe_address(said if isinstance(said, str) else "")
        except ValueError:
            raise CompanyAway from None

    def _key_set(self, *, fresh: bool) -> KeySet:
        with self._lock:
            known = None if fresh else self._keys
        if known is None:
            known = KeySet.import_key_set(self._ask("GET", self._endpoint("jwks_uri")))  # type: ignore[arg-type]
            with self._lock:
                self._keys = known
        return known

    def _ask(self, method: str, address: str, **more: Any) -> Mapping[str, Any]:
        """Ask the provider, following nothing. Raises CompanyRefused where it says no, CompanyAway otherwise."""
        company = self.company
        trusted = ssl.create_default_context(cafile=company.ca_file) if company.ca_file else True
        try:
            with httpx.Client(verify=trusted, timeout=PATIENCE, follow_redirects=False) as client:
                answer = client.request(method, address, headers={"Accept": "application/json"}, **more)
            said = answer.json() if len(answer.content) <= MOST else None
        except (httpx.HTTPError, ValueError, OSError):
            raise CompanyAway from None
        if method == "POST" and httpx.codes.is_client_error(answer.status_code):
            raise CompanyRefused
        if not answer.is_success or not isinstance(said, dict):
            raise CompanyAway
        return said


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
