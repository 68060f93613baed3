"""The tables of what staff make of calls. Each row goes with its call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.sql.tables import ScopedRow


class TagRow(ScopedRow):
    """A label on a call."""

    __tablename__ = "tags"
    recording: Mapped[str] = mapped_column(ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    tag: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)


class CollectionRow(ScopedRow):
    """A list of calls; the columns of `storage.collections.CallCollection`."""

    __tablename__ = "collections"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(400))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(128))
    __table_args__ = (UniqueConstraint("controller", "name"),)


class CollectedRow(ScopedRow):
    """A call in a collection."""

    __tablename__ = "collected"
    collection: Mapped[str] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True)
    recording: Mapped[str] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    controller: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(128))
    start: Mapped[float | None]
    end: Mapped[float | None]


class ContestedMaskRow(ScopedRow):
    """A mask that somebody says hides nothing personal; the columns of `storage.contested.ContestedMask`."""

    __tablename__ = "contested_masks"
    recording: Mapped[str] = mapped_column(ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    start: Mapped[float] = mapped_column(primary_key=True)
    end: Mapped[float]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(128))
