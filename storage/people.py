"""Who may come in: accounts, the roles that they hold in registers, their sessions; values, and the ports.

A person stands in the audit log as `user-<id>`; the name by which she signs in is in the accounts alone. Of passwords
an argon2id hash is kept, of codes and sessions a SHA-256 of their random bytes, of a second factor a number from which
a key outside this database makes its secret (docs/adr/0039).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NewType, Protocol

from storage.records import AuditEntry, RecordingId, Scope, Tag

AccountId = NewType("AccountId", str)  # 12 hexadecimal digits: it stands in the audit log
RoleId = NewType("RoleId", str)  # uuid4, hexadecimal, 32 characters
SessionId = NewType("SessionId", str)  # 12 hexadecimal digits: what a list of sessions and the audit log call it


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person's way in. `secrets_at`: when password or second factor changed last."""

    id: AccountId
    name: str  # normalised; nobody else has it, nor had it before the account was forgotten
    created_at: datetime
    created_by: str
    secrets_at: datetime
    password: str | None = field(default=None, repr=False)  # None: a code has to be used first
    code: str | None = field(default=None, repr=False)  # SHA-256 of a one-time code
    code_until: datetime | None = None
    factor: str | None = field(default=None, repr=False)  # what the second factor's secret is made from
    factor_on: bool = False
    factor_step: int = 0  # the last step of time whose code was used: none is good twice
    recovery: tuple[str, ...] = field(default=(), repr=False)  # SHA-256 each
    disabled_at: datetime | None = None
    disabled_by: str | None = None
    subject: str | None = field(
        default=None, repr=False
    )  # keyed hash of whom the company vouches for; no password then

    @property
    def actor(self) -> str:
        """The name in the audit log."""
        return f"user-{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """One role of one person in one register; narrowed to a partner's calls, or to those given to a case."""

    id: RoleId
    account: AccountId
    controller: str
    role: str
    granted_at: datetime
    granted_by: str
    partner: str | None = None
    case: str | None = None
    until: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser that is signed in. `complete` is False while the second factor is waited for."""

    id: SessionId
    digest: str = field(repr=False)  # SHA-256 of what the cookie holds
    account: AccountId
    opened_at: datetime
    seen_at: datetime
    ends_at: datetime
    controller: str | None = None  # the one on screen
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A person has promised to keep to herself what she sees and hears."""

    account: AccountId
    version: str
    language: str
    accepted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """All that a request with a session needs to know, read at one moment."""

    session: Session
    account: Account
    roles: tuple[RoleHeld, ...]
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountThen:
    """What the journal says of an account: a restored database may not let in again who was put out."""

    disabled_at: datetime | None
    disabled_by: str | None
    secrets_at: datetime
    roles: Mapping[str, Mapping[str, str | None]]  # by id: `revoked_at`, `revoked_by`


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many attempts are free; then each waits twice as long as the one before. One in each `heals` is forgotten."""

    free: int
    pause: timedelta
    longest: timedelta
    heals: timedelta


class People(Protocol):
    """Accounts and roles of all registers, in the catalog. Each act is one transaction with its audit entry."""

    def add(self, account: Account, *, audit: AuditEntry) -> None:
        """Keep a new account. Raises Conflict where its name is taken."""

    def find(self, account: AccountId) -> Account | None:
        """Return an account as it is now."""

    def find_named(self, name: str) -> Account | None:
        """Return the account with this name, normalised."""

    def find_subject(self, subject: Tag) -> Account | None:
        """Return the account of whom the company's sign-in vouches for."""

    def list(self) -> Sequence[Account]:
        """Return all accounts in order of name, disabled ones too."""

    def change(
        self, account: AccountId, changes: Mapping[str, Any], *, audit: AuditEntry, end: bool = False
    ) -> Account:
        """Change these fields; `end` ends all the account's sessions in the same transaction. Raises NotFound."""

    def forget(self, account: AccountId, *, audit: AuditEntry) -> None:
        """Remove a disabled account with the roles that it had. Raises NotFound, Conflict for one in use."""

    def use_step(self, account: AccountId, step: int) -> bool:
        """Keep that the second factor's code of this step of time was used; False where it, or a later one, was."""

    def use_recovery(self, account: AccountId, digest: str, *, audit: AuditEntry) -> bool:
        """Take a recovery code away; False where it is not there."""

    def use_code(self, account: AccountId, digest: str, *, now: datetime, password: str, audit: AuditEntry) -> bool:
        """Set the password by the one-time code, which is gone then; False where it is another or too old."""

    def roles_of(self, account: AccountId) -> Sequence[RoleHeld]:
        """Return all roles that an account has had, oldest first, in all registers."""

    def roles(self, scope: Scope) -> Sequence[RoleHeld]:
        """Return the roles held in these registers, revoked ones too, oldest first."""

    def grant(self, held: RoleHeld, *, audit: AuditEntry) -> None:
        """Give a role and end the account's sessions. Raises NotFound without such an account."""

    def revoke(self, scope: Scope, role: RoleId, *, at: datetime, by: str, audit: AuditEntry) -> RoleHeld:
        """End a role, and the account's sessions. Raises NotFound, Conflict where it has ended."""

    def accept(self, commitment: Commitment, *, audit: AuditEntry) -> None:
        """Keep a commitment; the same version twice is kept once."""

    def give(self, scope: Scope, recording: RecordingId, case: str, *, audit: AuditEntry) -> None:
        """Give a call to a case. Raises NotFound."""

    def take(self, scope: Scope, recording: RecordingId, case: str, *, audit: AuditEntry) -> None:
        """Take a call back. Raises NotFound where it was not given."""

    def given(self, scope: Scope, case: str) -> Sequence[RecordingId]:
        """Return the calls that are given to a case."""

    def replay(
        self,
        accounts: Mapping[AccountId, AccountThen],
        cases: Mapping[tuple[str, str], frozenset[RecordingId]],
    ) -> int:
        """End in a restored database what was ended since; returns how many accounts and calls that changed.

        Who has a new password or second factor since has no password here: what was known before opens nothing. Every
        session ends. `cases` are the calls that cases have, by controller and case.
        """


class SignIns(Protocol):
    """Sessions, and how often somebody has tried. No audit entry is lost: opening and closing have theirs."""

    def open(self, session: Session, *, instead_of: str | None = None, audit: AuditEntry | None = None) -> None:
        """Keep a session; `instead_of` is the digest of the one that it follows, which ends."""

    def find(self, digest: str) -> Visit | None:
        """Return a session with whose it is, however old."""

    def touch(self, digest: str, *, at: datetime) -> None:
        """Keep when a session was used last."""

    def of(self, account: AccountId) -> Sequence[Session]:
        """Return an account's sessions, newest first."""

    def close(self, digest: str, *, audit: AuditEntry | None = None) -> bool:
        """End a session; False where there is none."""

    def close_all(self, account: AccountId, *, but: str | None = None, audit: AuditEntry) -> int:
        """End an account's sessions, all but the one with this digest; returns how many."""

    def sweep(self, *, now: datetime, idle: timedelta) -> int:
        """Remove what has ended by itself; returns how many sessions."""

    def attempt(self, key: Tag, patience: Patience, *, now: datetime) -> datetime | None:
        """Count an attempt before its secret is looked at; returns until when none is taken, or None."""

    def forgive(self, key: Tag, *, wholly: bool) -> None:
        """Count one attempt, or all, as not made: the secret was right."""
