"""The company's own sign-in, as its file (`VAITI_COMPANY_SIGN_IN`) says: who vouches, and which group has which role.

It fails closed: a group that stands here with no role has none, one that does not stand here is as if it were not
there, and a file with a mistake stops the start.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from recordings.accounts import normal_name
from recordings.controllers import Controllers, Slug
from recordings.errors import SettingsWrong
from recordings.objects_url import is_loopback
from recordings.permissions import ROLES, Role

Text = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
# Signed with a private key: with `HS256` whoever has the public key could sign, with `none` everybody.
BACK = "/sign-in/back"


def safe_address(address: str) -> str:
    """Return an address that nobody on the way can read or change; plain HTTP is for this machine itself."""
    scheme, _, rest = address.partition("://")
    host = rest.partition("/")[0]
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    if "@" in host or not name or not (scheme == "https" or (scheme == "http" and is_loopback(name))):
        raise ValueError("is an https:// address (http:// on this machine only)")
    return address


SafeAddress = Annotated[str, AfterValidator(safe_address)]


class GroupRole(BaseModel):
    """What a group of the provider is here: a role in one register, perhaps with a partner's calls only."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    group: Text
    controller: Slug
    role: Role
    partner: Slug | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        terms = ROLES[self.role]
        if terms.named_calls or terms.longest is not None:
            raise ValueError("this role is given for a case or for some days, by a person, and not by a group")
        if self.partner is not None and not terms.partners:
            raise ValueError("a partner's people are QA, trainer or supervisor")
        return self


class Company(BaseModel):
    """The provider, this service at the provider, and the roles. `address`: under which browsers reach the pages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text
    issuer: SafeAddress
    client_id: Text
    address: SafeAddress
    client_secret_file: Path | None = None
    ca_file: Path | None = None
    algorithms: Annotated[tuple[Algorithm, ...], Field(min_length=1)] = ("RS256", "PS256", "ES256", "EdDSA")
    scopes: tuple[Text, ...] = ("openid", "profile")
    groups_claim: Text = "groups"
    name_claim: Text = "preferred_username"
    local_accounts: bool = True
    break_glass: Annotated[str, AfterValidator(normal_name)] | None = None
    roles: Annotated[tuple[GroupRole, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        if "openid" not in self.scopes:
            raise ValueError("scopes have openid")
        if self.address.count("/") != 2:
            raise ValueError("address is without a path")
        if self.local_accounts == (self.break_glass is not None):
            raise ValueError("break_glass is the one local account that is left, where local_accounts is false")
        return self

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends browsers back to: never what a request says."""
        return self.address + BACK

    def lets_in(self, name: str) -> bool:
        """Tell whether the local account of this name may sign in with a password."""
        return self.local_accounts or name == self.break_glass

    def roles_of(self, groups: Collection[str]) -> frozenset[GroupRole]:
        """Return what somebody in these groups is; nothing for groups that the file does not name."""
        return frozenset(each for each in self.roles if each.group in groups)


def read_company(path: Path, controllers: Controllers) -> Company:
    """Read the file. Raises SettingsWrong with the place and the rule, and no value."""
    try:
        company = Company.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        raise SettingsWrong("The file of the company's sign-in (VAITI_COMPANY_SIGN_IN) cannot be read.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong(f"The file of the company's sign-in is not TOML: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SettingsWrong(f"The file of the company's sign-in, {place}: {first['msg']}") from None
    for each in company.roles:
        known = {one.slug: one for one in controllers.list()}
        if each.controller not in known or (each.partner and each.partner not in known[each.controller].partners):
            raise SettingsWrong("The file of the company's sign-in names a controller or partner that there is not.")
    return company
