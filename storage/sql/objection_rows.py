"""The tables of objections."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.sql.tables import ScopedRow


class ObjectionRow(ScopedRow):
    """The columns of `storage.objections.Objection`. It outlives the calls that it is about."""

    __tablename__ = "objections"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    stops: Mapped[list[str]]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(128))
    forget_on: Mapped[date] = mapped_column(Date)
    case: Mapped[str | None] = mapped_column(String(128))
    customer: Mapped[str | None] = mapped_column(String(32))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(128))
    __table_args__ = (Index("ix_objections_feed", "controller", "number", unique=True),)


class ObjectionReferenceRow(ScopedRow):
    """A keyed hash that names who objected. No recording has to have it."""

    __tablename__ = "objection_references"
    objection: Mapped[str] = mapped_column(ForeignKey("objections.id", ondelete="CASCADE"), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    type: Mapped[str] = mapped_column(String(32), primary_key=True)
    tag: Mapped[str] = mapped_column(String(64), primary_key=True)
    __table_args__ = (Index("ix_objection_references_reference", "controller", "type", "tag"),)


class ObjectionNumberRow(ScopedRow):
    """The last number that a register's feed has given, and how far its own systems were told (`Telling`)."""

    __tablename__ = "objection_numbers"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)
    last: Mapped[int]
    told: Mapped[int]
    attempts: Mapped[int]
    next_at: Mapped[datetime | None]
    failed: Mapped[str | None] = mapped_column(String(64))
