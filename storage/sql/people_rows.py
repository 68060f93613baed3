"""The tables of accounts, roles, sessions and what belongs to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.sql.tables import Base, ScopedRow


class AccountRow(Base):
    """The columns of `storage.people.Account`. A person may work in several registers: no one controller's row."""

    __tablename__ = "accounts"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(128), unique=True)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(128))
    secrets_at: Mapped[datetime]
    password: Mapped[str | None] = mapped_column(String(256))
    code: Mapped[str | None] = mapped_column(String(64))
    code_until: Mapped[datetime | None]
    factor: Mapped[str | None] = mapped_column(String(64))
    factor_on: Mapped[bool] = mapped_column(server_default=false())
    factor_step: Mapped[int]
    recovery: Mapped[list[str]]
    disabled_at: Mapped[datetime | None]
    disabled_by: Mapped[str | None] = mapped_column(String(128))
    subject: Mapped[str | None] = mapped_column(String(64))
    __table_args__ = (Index("ix_accounts_subject", "subject", unique=True),)


class RoleRow(ScopedRow):
    """The columns of `storage.people.RoleHeld`. It stays when it has ended."""

    __tablename__ = "roles_held"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    controller: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(32))
    granted_at: Mapped[datetime]
    granted_by: Mapped[str] = mapped_column(String(128))
    partner: Mapped[str | None] = mapped_column(String(64))
    case: Mapped[str | None] = mapped_column(String(64))
    until: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(128))


class GivenCallRow(ScopedRow):
    """A call that was given to a case: who works on the case may hear it. It goes with the call."""

    __tablename__ = "given_calls"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)
    case: Mapped[str] = mapped_column(String(64), primary_key=True)
    recording: Mapped[str] = mapped_column(ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = (Index("ix_given_calls_recording", "recording"),)


class CommitmentRow(Base):
    """The columns of `storage.people.Commitment`."""

    __tablename__ = "commitments"
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    version: Mapped[str] = mapped_column(String(32), primary_key=True)
    language: Mapped[str] = mapped_column(String(16))
    accepted_at: Mapped[datetime]


class SessionRow(Base):
    """The columns of `storage.people.Session`; `on_screen` is its controller."""

    __tablename__ = "sessions"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(12))
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    on_screen: Mapped[str | None] = mapped_column(String(64))
    complete: Mapped[bool]


class AttemptRow(Base):
    """How often somebody tried to sign in: by the keyed hash of a name or of an address."""

    __tablename__ = "sign_in_attempts"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime]
    until: Mapped[datetime | None]
