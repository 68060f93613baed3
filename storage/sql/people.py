"""Accounts and roles on SQL, in the catalog's database."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from storage.errors import Conflict, NotFound
from storage.people import Account, AccountId, AccountThen, Commitment, RoleHeld, RoleId
from storage.records import AuditEntry, RecordingId, Scope, Tag
from storage.sql import audit as chain
from storage.sql.people_rows import AccountRow, CommitmentRow, GivenCallRow, RoleRow, SessionRow
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import RecordingRow

_ACCOUNT: Final = tuple(field.name for field in fields(Account))
_ROLE: Final = tuple(field.name for field in fields(RoleHeld))
_COMMITMENT: Final = tuple(field.name for field in fields(Commitment))


class SqlPeople:
    """People in the catalog's database. Accounts are of no one register, so they are read past any scope."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: Account, *, audit: AuditEntry) -> None:
        """Keep a new account. Raises Conflict where its name is taken."""
        try:
            with self._database.writing(Scope.system()) as session:
                session.add(AccountRow(**{**asdict(account), "recovery": [*account.recovery]}))
                session.flush()
                chain.record(session, audit)
        except IntegrityError:
            raise Conflict from None  # its text shows the row

    def find(self, account: AccountId) -> Account | None:
        """Return an account as it is now."""
        with self._database.reading(Scope.system()) as session:
            row = session.get(AccountRow, account)
            return None if row is None else account_of(row)

    def find_named(self, name: str) -> Account | None:
        """Return the account with this name, normalised."""
        with self._database.reading(Scope.system()) as session:
            row = session.scalars(select(AccountRow).where(AccountRow.name == name)).first()
            return None if row is None else account_of(row)

    def find_subject(self, subject: Tag) -> Account | None:
        """Return the account of whom the company's sign-in vouches for."""
        with self._database.reading(Scope.system()) as session:
            row = session.scalars(select(AccountRow).where(AccountRow.subject == subject)).first()
            return None if row is None else account_of(row)

    def list(self) -> Sequence[Account]:
        """Return all accounts in order of name, disabled ones too."""
        with self._database.reading(Scope.system()) as session:
            found = [account_of(row) for row in session.scalars(select(AccountRow))]
        return sorted(found, key=lambda each: each.name)

    def change(
        self, account: AccountId, changes: Mapping[str, Any], *, audit: AuditEntry, end: bool = False
    ) -> Account:
        """Change these fields; `end` ends all the account's sessions in the same transaction. Raises NotFound."""
        with self._database.writing(Scope.system()) as session:
            row = _locked(session, account)
            _write(row, changes)
            if end:
                end_sessions(session, account)
            chain.record(session, audit)
            return account_of(row)

    def forget(self, account: AccountId, *, audit: AuditEntry) -> None:
        """Remove a disabled account with the roles that it had. Raises NotFound, Conflict for one in use."""
        with self._database.writing(Scope.system()) as session:
            row = _locked(session, account)
            if row.disabled_at is None:
                raise Conflict
            end_sessions(session, account)
            session.execute(delete(CommitmentRow).where(CommitmentRow.account == account))
            session.execute(delete(RoleRow).where(RoleRow.account == account))
            session.delete(row)
            session.flush()
            chain.record(session, audit)

    def use_step(self, account: AccountId, step: int) -> bool:
        """Keep that the second factor's code of this step of time was used; False where it, or a later one, was."""
        with self._database.writing(Scope.system()) as session:
            row = _locked(session, account)
            if step <= row.factor_step:
                return False
            row.factor_step = step
            return True

    def use_recovery(self, account: AccountId, digest: str, *, audit: AuditEntry) -> bool:
        """Take a recovery code away; False where it is not there."""
        with self._database.writing(Scope.system()) as session:
            row = _locked(session, account)
            left = [each for each in row.recovery if not hmac.compare_digest(each, digest)]
            if len(left) == len(row.recovery):
                return False
            row.recovery = left
            chain.record(session, audit)
            return True

    def use_code(self, account: AccountId, digest: str, *, now: datetime, password: str, audit: AuditEntry) -> bool:
        """Set the password by the one-time code, which is gone then; False where it is another or too old."""
        with self._database.writing(Scope.system()) as session:
            row = _locked(session, account)
            right = row.code is not None and hmac.compare_digest(row.code, digest)
            if not right or row.code_until is None or row.code_until <= now or row.disabled_at is not None:
                return False
            _write(row, {"password": password, "code": None, "code_until": None, "secrets_at": now})
            end_sessions(session, account)
            chain.record(session, audit)
            return True

    def roles_of(self, account: AccountId) -> Sequence[RoleHeld]:
        """Return all roles that an account has had, oldest first, in all registers."""
        with self._database.reading(Scope.system()) as session:
            return roles_of(session, account)

    def roles(self, scope: Scope) -> Sequence[RoleHeld]:
        """Return the roles held in these registers, revoked ones too, oldest first."""
        with self._database.reading(scope) as session:
            rows = session.scalars(select(RoleRow).order_by(RoleRow.granted_at, RoleRow.id))
            return [role_of(row) for row in rows]

    def grant(self, held: RoleHeld, *, audit: AuditEntry) -> None:
        """Give a role and end the account's sessions. Raises NotFound without such an account."""
        with self._database.writing(Scope.system()) as session:
            _locked(session, held.account)
            session.add(RoleRow(**asdict(held)))
            session.flush()
            end_sessions(session, held.account)
            chain.record(session, audit)

    def revoke(self, scope: Scope, role: RoleId, *, at: datetime, by: str, audit: AuditEntry) -> RoleHeld:
        """End a role, and the account's sessions. Raises NotFound, Conflict where it has ended."""
        with self._database.writing(scope) as session:
            row = session.scalars(select(RoleRow).where(RoleRow.id == role).with_for_update()).first()
            if row is None:
                raise NotFound
            if row.revoked_at is not None:
                raise Conflict
            row.revoked_at, row.revoked_by = at, by
            end_sessions(session, AccountId(row.account))
            chain.record(session, audit)
            return role_of(row)

    def accept(self, commitment: Commitment, *, audit: AuditEntry) -> None:
        """Keep a commitment; the same version twice is kept once."""
        with self._database.writing(Scope.system()) as session:
            _locked(session, commitment.account)
            if session.get(CommitmentRow, (commitment.account, commitment.version)) is None:
                session.add(CommitmentRow(**asdict(commitment)))
                session.flush()
                chain.record(session, audit)

    def give(self, scope: Scope, recording: RecordingId, case: str, *, audit: AuditEntry) -> None:
        """Give a call to a case. Raises NotFound."""
        with self._database.writing(scope) as session:
            row = session.scalars(select(RecordingRow).where(RecordingRow.id == recording).with_for_update()).first()
            if row is None:
                raise NotFound
            if _given(session, recording, case) is None:
                session.add(GivenCallRow(controller=row.controller, case=case, recording=recording))
                session.flush()
                chain.record(session, replace(audit, controller=row.controller))

    def take(self, scope: Scope, recording: RecordingId, case: str, *, audit: AuditEntry) -> None:
        """Take a call back. Raises NotFound where it was not given."""
        with self._database.writing(scope) as session:
            row = _given(session, recording, case)
            if row is None:
                raise NotFound
            session.delete(row)
            session.flush()
            chain.record(session, replace(audit, controller=row.controller))

    def given(self, scope: Scope, case: str) -> Sequence[RecordingId]:
        """Return the calls that are given to a case."""
        with self._database.reading(scope) as session:
            rows = session.scalars(select(GivenCallRow.recording).where(GivenCallRow.case == case))
            return sorted(RecordingId(each) for each in rows)

    def replay(
        self,
        accounts: Mapping[AccountId, AccountThen],
        cases: Mapping[tuple[str, str], frozenset[RecordingId]],
    ) -> int:
        """End in a restored database what was ended since; returns how many accounts and calls that changed."""
        changed = 0
        with self._database.writing(Scope.system()) as session:
            session.execute(delete(SessionRow))
            for account, then in accounts.items():
                row = session.get(AccountRow, account)
                changed += row is not None and _end(session, row, then)
            for (controller, case), left in cases.items():
                mine = select(GivenCallRow).where(GivenCallRow.controller == controller, GivenCallRow.case == case)
                for given in session.scalars(mine).all():
                    if given.recording not in left:
                        session.delete(given)
                        changed += 1
        return changed


def _end(session: ScopedSession, row: AccountRow, then: AccountThen) -> bool:
    """Let an account be no more than it was last; tells if that changed it."""
    before = (account_of(row), roles_of(session, AccountId(row.id)))
    if row.disabled_at is None:
        row.disabled_at, row.disabled_by = then.disabled_at, then.disabled_by
    if then.secrets_at != row.secrets_at:
        _write(row, {"password": None, "code": None, "code_until": None, "secrets_at": then.secrets_at})
    for held in session.scalars(select(RoleRow).where(RoleRow.account == row.id)):
        told = then.roles.get(held.id, {})
        if held.revoked_at is None and told.get("revoked_at"):
            held.revoked_at = datetime.fromisoformat(str(told["revoked_at"]))
            held.revoked_by = told.get("revoked_by")
    session.flush()
    return (account_of(row), roles_of(session, AccountId(row.id))) != before


def end_sessions(session: ScopedSession, account: AccountId) -> None:
    """End all sessions of an account."""
    session.execute(delete(SessionRow).where(SessionRow.account == account))


def roles_of(session: ScopedSession, account: AccountId) -> Sequence[RoleHeld]:
    """Return the roles that an account has had."""
    theirs = select(RoleRow).where(RoleRow.account == account).order_by(RoleRow.granted_at, RoleRow.id)
    return [role_of(row) for row in session.scalars(theirs)]


def account_of(row: AccountRow) -> Account:
    """Return a row as a value."""
    return Account(**{**{name: getattr(row, name) for name in _ACCOUNT}, "recovery": tuple(row.recovery)})


def role_of(row: RoleRow) -> RoleHeld:
    """Return a row as a value."""
    return RoleHeld(**{name: getattr(row, name) for name in _ROLE})


def commitment_of(row: CommitmentRow) -> Commitment:
    """Return a row as a value."""
    return Commitment(**{name: getattr(row, name) for name in _COMMITMENT})


def _locked(session: ScopedSession, account: AccountId) -> AccountRow:
    row = session.scalars(select(AccountRow).where(AccountRow.id == account).with_for_update()).first()
    if row is None:
        raise NotFound
    return row


def _write(row: AccountRow, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, [*value] if name == "recovery" else value)


def _given(session: ScopedSession, recording: RecordingId, case: str) -> GivenCallRow | None:
    mine = select(GivenCallRow).where(GivenCallRow.recording == recording, GivenCallRow.case == case)
    return session.scalars(mine).first()
