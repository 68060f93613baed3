"""Accounts are made and ended, roles given and taken back, calls given to a case.

Reads: accounts, roles. Writes: accounts, roles, sessions, the audit log, the journal. Next: signing in.

The audit log names a person by her account's id; her name is in no entry.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from recordings import passwords, second_factor
from recordings.accounts import normal_name
from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.journal import KeepJournal
from recordings.people_errors import (
    NameInvalid,
    NameTaken,
    OwnRole,
    RoleTermsWrong,
    SignsInElsewhere,
    UnknownAccount,
    UnknownPartner,
    UnknownRole,
    WorksElsewhere,
)
from recordings.permissions import ROLES, Role
from storage.errors import Conflict, NotFound
from storage.people import Account, AccountId, People, RoleHeld, RoleId, SignIns
from storage.records import AuditEntry, RecordingId, Scope
from storage.saved_searches import SavedSearches

CODE_LASTS: Final = timedelta(days=3)
# How long a one-time code is good: long enough for a letter within the house.


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An account, and the one-time code that is shown once; None where the password was set at once."""

    account: Account
    code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRole:
    """A role to give. `until` is its end, `partner` and `case` what it is narrowed to."""

    role: Role
    controller: str
    partner: str | None = None
    case: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPeople:
    """Lets people in and out. `within` is what the one who acts answers for: all registers on this machine itself."""

    people: People
    sign_ins: SignIns
    searches: SavedSearches
    controllers: Controllers
    journal: KeepJournal
    clock: Clock

    def create(self, name: str, *, actor: str, password: str | None = None) -> Invited:
        """Make an account; without a password it opens by a one-time code first. Raises NameInvalid, NameTaken."""
        now, named = self.clock.now(), normal_name(name)
        if password is not None:
            passwords.check(password, name=named)
        code = None if password is not None else second_factor.new_code()
        account = Account(
            id=AccountId(secrets.token_hex(6)),
            name=named,
            created_at=now,
            created_by=actor,
            secrets_at=now,
            password=passwords.keep(password) if password is not None else None,
            code=second_factor.digest_of(code) if code else None,
            code_until=now + CODE_LASTS if code else None,
        )
        try:
            self.people.add(account, audit=self._entry(account, "account.created", actor))
        except Conflict:
            raise NameTaken from None
        self.journal.note()
        return Invited(account=account, code=code)

    def find(self, named: str) -> Account:
        """Return the account of this name or id. Raises UnknownAccount."""
        found = self.people.find(AccountId(named))
        if found is None:
            try:
                found = self.people.find_named(normal_name(named))
            except NameInvalid:
                found = None
        if found is None:
            raise UnknownAccount
        return found

    def grant(self, account: Account, new: NewRole, *, actor: str) -> RoleHeld:
        """Give a role; the person signs in again to have it. Raises RoleTermsWrong, UnknownPartner, OwnRole."""
        now = self.clock.now()
        self.controllers.get(new.controller)
        self._check_terms(new, now)
        if actor == account.actor:
            raise OwnRole
        held = RoleHeld(
            id=RoleId(uuid4().hex),
            account=account.id,
            controller=new.controller,
            role=new.role.value,
            granted_at=now,
            granted_by=actor,
            partner=new.partner,
            case=new.case,
            until=new.until,
        )
        self.people.grant(held, audit=self._role_entry(held, "role.granted", actor))
        self.journal.note()
        return held

    def revoke(self, within: Scope, role: RoleId, *, actor: str) -> RoleHeld:
        """Take a role back, and end the person's sessions. Raises UnknownRole, OwnRole."""
        mine = [each for each in self.people.roles(within) if each.id == role and each.revoked_at is None]
        if not mine:
            raise UnknownRole
        if actor == f"user-{mine[0].account}":
            raise OwnRole
        try:
            entry = self._role_entry(mine[0], "role.revoked", actor)
            ended = self.people.revoke(within, role, at=self.clock.now(), by=actor, audit=entry)
        except (NotFound, Conflict):
            raise UnknownRole from None
        self.journal.note()
        return ended

    def disable(self, within: Scope, account: Account, *, actor: str) -> Account:
        """End an account for ever, its sessions at once, and its saved searches. Raises WorksElsewhere, OwnRole."""
        self._check_whole(within, account, actor)
        changes = {"disabled_at": account.disabled_at or self.clock.now(), "disabled_by": account.disabled_by or actor}
        ended = self._change(account, changes, "account.disabled", actor)
        self.searches.remove_all(account.actor)  # they may name a person; done again where a crash came in between
        return ended

    def settle(self) -> int:
        """Forget who was put out long enough ago, as the registers say in which she had roles: the clock's duty.

        Returns how many. Where one of these says nothing, the account stays.
        """
        now, forgotten = self.clock.now(), 0
        for account in self.people.list():
            if account.disabled_at is not None and self._is_over(account, account.disabled_at, now):
                with suppress(NotFound):
                    self.people.forget(account.id, audit=self._entry(account, "account.forgotten", "clock"))
                    forgotten += 1
        if forgotten:
            self.journal.note()
        return forgotten

    def _is_over(self, account: Account, disabled_at: datetime, now: datetime) -> bool:
        of_roles = {each.controller for each in self.people.roles_of(account.id)}
        known = {each.slug: each for each in self.controllers.list()}
        asked = [known[slug] for slug in of_roles if slug in known] or list(known.values())
        return all(
            each.accounts is not None and each.accounts.after(disabled_at.astimezone(each.zone_info)) <= now
            for each in asked
        )

    def reset(self, within: Scope, account: Account, *, actor: str, factor: bool = False) -> Invited:
        """Forget a password, and the second factor with `factor`; a one-time code opens instead. Ends sessions."""
        self._check_whole(within, account, actor)
        if account.subject is not None:
            raise SignsInElsewhere
        now, code = self.clock.now(), second_factor.new_code()
        changes: dict[str, object] = {
            "password": None,
            "code": second_factor.digest_of(code),
            "code_until": now + CODE_LASTS,
            "secrets_at": now,
        }
        if factor:
            changes |= {"factor": None, "factor_on": False, "recovery": ()}
        action = "account.reset-with-factor" if factor else "account.reset"
        return Invited(account=self._change(account, changes, action, actor), code=code)

    def end_sessions(self, within: Scope, account: Account, *, actor: str, but: str | None = None) -> int:
        """End an account's sessions; returns how many. `but` is the digest of the one to leave."""
        if actor != account.actor:
            self._check_whole(within, account, actor)
        entry = self._entry(account, "account.sessions-ended", actor)
        return self.sign_ins.close_all(account.id, but=but, audit=entry)

    def give(self, within: Scope, recording: RecordingId, case: str, *, actor: str) -> None:
        """Let those who work on a case hear a call. Raises NotFound."""
        self.people.give(within, recording, case, audit=self._call_entry("given-call.given", recording, case, actor))
        self.journal.note()

    def take(self, within: Scope, recording: RecordingId, case: str, *, actor: str) -> None:
        """Take a call back from a case. Raises NotFound."""
        self.people.take(within, recording, case, audit=self._call_entry("given-call.taken", recording, case, actor))
        self.journal.note()

    def _check_terms(self, new: NewRole, now: datetime) -> None:
        terms = ROLES[new.role]
        if terms.named_calls != (new.case is not None) or (new.partner is not None and not terms.partners):
            raise RoleTermsWrong
        if terms.longest is not None and (new.until is None or new.until > now + terms.longest):
            raise RoleTermsWrong
        if new.until is not None and new.until <= now:
            raise RoleTermsWrong
        if new.partner is not None and self.controllers.partner_at(new.controller, new.partner, now) is None:
            raise UnknownPartner

    def _check_whole(self, within: Scope, account: Account, actor: str) -> None:
        """Raise UnknownAccount for who has nothing to do with these registers, WorksElsewhere for who has more."""
        if actor == account.actor:
            raise OwnRole
        if within.controllers is None:
            return
        theirs = {each.controller for each in self.people.roles_of(account.id) if each.revoked_at is None}
        if not any(within.allows(each) for each in theirs):
            raise UnknownAccount
        if not all(within.allows(each) for each in theirs):
            raise WorksElsewhere

    def _change(self, account: Account, changes: Mapping[str, object], action: str, actor: str) -> Account:
        changed = self.people.change(account.id, changes, audit=self._entry(account, action, actor), end=True)
        self.journal.note()
        return changed

    def _entry(self, account: Account, action: str, actor: str) -> AuditEntry:
        return AuditEntry(at=self.clock.now(), actor=actor, action=action, detail={"account": account.id})

    def _role_entry(self, held: RoleHeld, action: str, actor: str) -> AuditEntry:
        detail = {"account": held.account, "role": held.role, "held": held.id}
        if held.partner:
            detail["partner"] = held.partner
        if held.until:
            detail["until"] = held.until.isoformat()
        return AuditEntry(
            at=self.clock.now(), actor=actor, action=action, controller=held.controller, case=held.case, detail=detail
        )

    def _call_entry(self, action: str, recording: RecordingId, case: str, actor: str) -> AuditEntry:
        return AuditEntry(at=self.clock.now(), actor=actor, action=action, recording=recording, case=case)
