"""How accounts and roles are named. Pure."""

from __future__ import annotations

import unicodedata

from recordings.people_errors import NameInvalid, UnknownRole
from recordings.permissions import Role, role_of


def normal_name(name: str) -> str:
    """Return a name as it is kept and compared. Raises NameInvalid."""
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    if not 1 <= len(plain) <= 128 or not plain.isprintable():
        raise NameInvalid
    return plain


def known_role(name: str) -> Role:
    """Return a role by its name. Raises UnknownRole."""
    role = role_of(name)
    if role is None:
        raise UnknownRole
    return role
