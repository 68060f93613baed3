"""The tables of what was decided about who is one person, and who is not in a call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.sql.tables import ScopedRow


class PersonDecisionRow(ScopedRow):
    """The columns of `storage.persons.PersonDecision`, its references as type and tag."""

    __tablename__ = "person_decisions"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    bond: Mapped[str] = mapped_column(String(24))
    type: Mapped[str] = mapped_column(String(32))
    tag: Mapped[str] = mapped_column(String(64))
    other_type: Mapped[str | None] = mapped_column(String(32))
    other_tag: Mapped[str | None] = mapped_column(String(64))
    evidence: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(128))
    case: Mapped[str | None] = mapped_column(String(128))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(128))
    __table_args__ = (
        Index("ix_person_decisions_reference", "controller", "type", "tag"),
        Index("ix_person_decisions_other", "controller", "other_type", "other_tag"),
    )


class PartedLinkRow(ScopedRow):
    """A reference that a call was pushed with and that is not of it; pushed again, it stays apart."""

    __tablename__ = "parted_links"
    recording: Mapped[str] = mapped_column(ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    type: Mapped[str] = mapped_column(String(32), primary_key=True)
    tag: Mapped[str] = mapped_column(String(64), primary_key=True)
