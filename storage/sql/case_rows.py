"""The tables of cases."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.sql.tables import ScopedRow


class CaseRow(ScopedRow):
    """The columns of `storage.cases.Case`. It outlives the calls that it is about."""

    __tablename__ = "cases"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    about: Mapped[str | None] = mapped_column(String(32))
    way: Mapped[str] = mapped_column(String(24))
    asker: Mapped[str] = mapped_column(String(24))
    received_on: Mapped[date] = mapped_column(Date)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(String(128))
    due_on: Mapped[date] = mapped_column(Date, index=True)
    state: Mapped[str] = mapped_column(String(24))
    customer: Mapped[str | None] = mapped_column(String(32))
    identified_by: Mapped[str | None] = mapped_column(String(24))
    identified_at: Mapped[datetime | None]
    extended_for: Mapped[str | None] = mapped_column(String(32))
    extended_at: Mapped[datetime | None]
    hold: Mapped[str | None] = mapped_column(String(32))
    intake: Mapped[str | None] = mapped_column(String(64), unique=True, index=True)
    released_at: Mapped[datetime | None]
    packed_at: Mapped[datetime | None]
    linked_at: Mapped[datetime | None]
    ground: Mapped[str | None] = mapped_column(String(32))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(128))
    forget_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (UniqueConstraint("controller", "number"),)


class CaseNumberRow(ScopedRow):
    """The last number that a register has given."""

    __tablename__ = "case_numbers"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)
    last: Mapped[int]


class PackLinkRow(ScopedRow):
    """The columns of `storage.pack_links.PackLink`."""

    __tablename__ = "pack_links"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), unique=True)
    controller: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(128))
    language: Mapped[str | None] = mapped_column(String(2))
    confirmed: Mapped[list[str]] = mapped_column(JSON)
    left_out: Mapped[list[str]] = mapped_column(JSON)
    ends_at: Mapped[datetime]
    tries: Mapped[int]
