"""Somebody comes back from the company's sign-in: her account is made, and her roles are what her groups are now.

Reads: accounts, roles, what the provider vouches for. Writes: accounts, roles, the audit log, the journal. Next: a
session (`sign_in`).

Who was found in the audit log under `company` as the actor got or lost a role by a group. No claim is in it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from recordings.accounts import normal_name
from recordings.company import GroupRole
from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.journal import KeepJournal
from recordings.openid import Provider, Vouched
from recordings.people_errors import CompanyGivesNothing, CompanyRefused, NameInvalid, NameTaken, SignInRefused
from storage.errors import Conflict
from storage.people import Account, AccountId, People, RoleHeld, RoleId
from storage.ports import AuditLog, KeyStore
from storage.records import AuditEntry, Scope

COMPANY: Final = "company"
# The actor of what follows from the company's groups.
PEOPLE: Final = ":people"
# Whose key makes the hashes here, as in `sign_in`.


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanySignIn:
    """Turns what the provider vouches for into an account with roles."""

    provider: Provider
    people: People
    keys: KeyStore
    audit: AuditLog
    controllers: Controllers
    journal: KeepJournal
    clock: Clock

    def __call__(self, secret: str, answer: Mapping[str, str]) -> Account:
        """Return the account of who has come back, with the roles that her groups have now.

        Raises CompanyRefused, CompanyAway, CompanyGivesNothing, SignInRefused for a closed account, NameTaken.
        """
        try:
            vouched = self.provider.come_back(secret, answer, self.clock.now())
        except CompanyRefused:
            self._note("company-sign-in.refused")
            raise
        subject = self.keys.tag(PEOPLE, "subject", vouched.subject)
        account, roles = self.people.find_subject(subject), self._roles(vouched)
        if account is not None and account.disabled_at is not None:
            self._note("company-sign-in.refused", account=account.id)
            raise SignInRefused
        if account is None and roles:
            account = self._make(vouched, subject)
        if account is not None:
            self._settle(account, roles)
        if account is None or not roles:
            self._note("company-sign-in.without-role", **({"account": account.id} if account else {}))
            raise CompanyGivesNothing
        return account

    def _roles(self, vouched: Vouched) -> frozenset[GroupRole]:
        """Return what her groups are here now; a partner's role ends with its agreement."""
        now = self.clock.now()
        return frozenset(
            each
            for each in self.provider.company.roles_of(vouched.groups)
            if each.partner is None or self.controllers.partner_at(each.controller, each.partner, now) is not None
        )

    def _make(self, vouched: Vouched, subject: str) -> Account:
        """Make an account without a password. Raises NameTaken: a local account of this name is somebody else's."""
        try:
            name = normal_name(vouched.name)
        except NameInvalid:
            raise CompanyRefused from None
        now = self.clock.now()
        account = Account(
            id=AccountId(secrets.token_hex(6)),
            name=name,
            created_at=now,
            created_by=COMPANY,
            secrets_at=now,
            subject=subject,
        )
        try:
            self.people.add(account, audit=self._entry("account.created", account=account.id))
        except Conflict:
            raise NameTaken from None
        self.journal.note()
        return account

    def _settle(self, account: Account, roles: frozenset[GroupRole]) -> None:
        """Give what her groups are and she has not, and take back what they were; what a person gave her stays."""
        theirs = [each for each in self.people.roles_of(account.id) if each.revoked_at is None]
        held = {(each.controller, each.role, each.partner): each for each in theirs if each.granted_by == COMPANY}
        wanted = {(each.controller, each.role.value, each.partner) for each in roles}
        now = self.clock.now()
        for key in sorted(held.keys() - wanted, key=str):
            entry = self._role_entry("role.revoked", held[key])
            self.people.revoke(Scope.of(key[0]), held[key].id, at=now, by=COMPANY, audit=entry)
        for controller, role, partner in sorted(wanted - held.keys(), key=str):
            new = RoleHeld(
                id=RoleId(uuid4().hex),
                account=account.id,
                controller=controller,
                role=role,
                granted_at=now,
                granted_by=COMPANY,
                partner=partner,
            )
            self.people.grant(new, audit=self._role_entry("role.granted", new))
        if held.keys() != wanted:
            self.journal.note()

    def _role_entry(self, action: str, held: RoleHeld) -> AuditEntry:
        detail = {"account": held.account, "role": held.role, "held": held.id}
        if held.partner:
            detail["partner"] = held.partner
        return AuditEntry(at=self.clock.now(), actor=COMPANY, action=action, controller=held.controller, detail=detail)

    def _note(self, action: str, **detail: str) -> None:
        self.audit.append(self._entry(action, **detail))

    def _entry(self, action: str, **detail: str) -> AuditEntry:
        return AuditEntry(at=self.clock.now(), actor=COMPANY, action=action, detail=detail)
