"""Saved searches in the catalog's database: about persons who search, so no one controller's rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, String, UniqueConstraint, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from storage.errors import Conflict, NotFound
from storage.records import Scope
from storage.saved_searches import SavedSearch, SearchId
from storage.sql.session import Database
from storage.sql.tables import Base


class SavedSearchRow(Base):
    """The columns of `storage.saved_searches.SavedSearch`."""

    __tablename__ = "saved_searches"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    actor: Mapped[str] = mapped_column(String(128))
    name: Mapped[str] = mapped_column(String(80))
    search: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("actor", "name"),)


class SqlSavedSearches:
    """SavedSearches in a SQL database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, actor: str) -> Sequence[SavedSearch]:
        """Return a person's searches, by name."""
        mine = select(SavedSearchRow).where(SavedSearchRow.actor == actor).order_by(SavedSearchRow.name)
        with self._database.reading(Scope.system()) as session:
            return [_search_of(row) for row in session.scalars(mine)]

    def add(self, search: SavedSearch, *, most: int) -> None:
        """Keep one. Raises Conflict where the person has one of this name, or `most` already."""
        kept = select(func.count(SavedSearchRow.id)).where(SavedSearchRow.actor == search.actor)
        try:
            with self._database.writing(Scope.system()) as session:
                if (session.scalar(kept) or 0) >= most:
                    raise Conflict
                row = SavedSearchRow(
                    id=search.id,
                    actor=search.actor,
                    name=search.name,
                    search=dict(search.search),
                    saved_at=search.saved_at,
                )
                session.add(row)
        except IntegrityError:
            raise Conflict from None

    def remove(self, actor: str, search: SearchId) -> None:
        """Remove one of a person's own. Raises NotFound."""
        with self._database.writing(Scope.system()) as session:
            mine = (SavedSearchRow.actor == actor, SavedSearchRow.id == search)
            gone = session.execute(delete(SavedSearchRow).where(*mine))
            if not isinstance(gone, CursorResult) or gone.rowcount != 1:
                raise NotFound

    def remove_all(self, actor: str) -> int:
        """Remove all that a person has saved: their account ends. Returns how many there were."""
        with self._database.writing(Scope.system()) as session:
            gone = session.execute(delete(SavedSearchRow).where(SavedSearchRow.actor == actor))
            return gone.rowcount if isinstance(gone, CursorResult) else 0


def _search_of(row: SavedSearchRow) -> SavedSearch:
    return SavedSearch(id=SearchId(row.id), actor=row.actor, name=row.name, search=row.search, saved_at=row.saved_at)
