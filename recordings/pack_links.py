"""A link that works once: the person fetches her copies herself, with a code that she is told by another way.

The link's secret stands behind the `#` of an address, which browsers keep to themselves, so it is in no log. Nothing is
prepared: the copies are made while she fetches them, from the calls that her case holds, and are not encrypted again
inside the connection, because what Windows opens by itself is no AES. Whoever has the link and not the code has five
tries. A transfer that breaks off is one of them; one that ends, ends the link.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import BinaryIO, Final

from recordings import passwords
from recordings.case_errors import CaseDiffers, CodeWrong, ConfirmationNeeded, LinkEnded
from recordings.engines import Clock
from recordings.errors import NothingToGive
from recordings.identity import digest, new_secret
from recordings.packs import PackOrder, WritePack
from storage.cases import Case
from storage.errors import NotFound
from storage.pack_links import PackLink, PackLinks
from storage.ports import AuditLog
from storage.records import AuditEntry, Scope

LASTS: Final = timedelta(days=7)
TRIES: Final = 5
PAGE: Final = "/copies"
ACTOR: Final = "link"
_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
# Without 0 and O, 1 and I: the code is read aloud and typed. Twelve of them are 60 bits.
_GROUPS, _LONG = 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """What the officer is shown once: the address on this service, the code, and until when they work."""

    address: str = field(repr=False)
    code: str = field(repr=False)
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PackByLink:
    """Makes links and gives what they lead to."""

    links: PackLinks
    write: WritePack
    audit: AuditLog
    clock: Clock

    def make(self, order: PackOrder) -> NewLink:
        """Make a link to the copies of a case, in place of an earlier one. Raises as `WritePack.check`."""
        case, token, code = self.write.check(order), new_secret(), _new_code()
        ends_at = self.clock.now() + LASTS
        self.links.put(
            PackLink(
                case=case.id,
                controller=case.controller,
                digest=digest(token),
                code=passwords.keep(_normal(code)),
                language=order.language,
                confirmed=order.confirmed,
                left_out=order.left_out,
                ends_at=ends_at,
            )
        )
        self.write.cases.linked(order.scope, case.id, ends_at=ends_at, actor=order.actor)
        return NewLink(address=f"{PAGE}#{token}", code=code, ends_at=ends_at)

    def open(self, token: str, code: str) -> tuple[PackLink, PackOrder, Case]:
        """Return what a link gives, whose code is right. Raises LinkEnded, CodeWrong, Unavailable."""
        link = self.links.find(digest(token))
        if link is None or link.ends_at <= self.clock.now() or not self.links.count(link.digest, most=TRIES):
            raise LinkEnded
        order = PackOrder(
            scope=Scope.of(link.controller),
            case=link.case,
            actor=ACTOR,
            passphrase=None,
            language=link.language,
            confirmed=link.confirmed,
            left_out=link.left_out,
        )
        if not passwords.is_right(link.code, _normal(code)):
            self.audit.append(self._entry(link, "pack-link.refused"))
            raise CodeWrong
        try:
            return link, order, self.write.check(order)
        except (CaseDiffers, ConfirmationNeeded, NothingToGive, NotFound):
            raise LinkEnded from None

    def give(self, link: PackLink, order: PackOrder, out: BinaryIO) -> None:
        """Write the copies to `out`; written to their end, they end the link. Raises as `WritePack`."""
        self.write(order, out)
        self.links.end(link.digest, audit=self._entry(link, "pack-link.used"))

    def _entry(self, link: PackLink, action: str) -> AuditEntry:
        now = self.clock.now()
        return AuditEntry(at=now, actor=ACTOR, action=action, controller=link.controller, detail={"case": link.case})


def _new_code() -> str:
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_LONG)) for _ in range(_GROUPS))


def _normal(code: str) -> str:
    return "".join(each for each in code.upper() if each.isalnum())
