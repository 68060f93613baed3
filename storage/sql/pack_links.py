"""Links to copies on SQL, in the catalog's database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CursorResult, delete, select, update

from storage.cases import CaseId
from storage.errors import NotFound
from storage.pack_links import PackLink
from storage.records import AuditEntry, RecordingId, Scope
from storage.sql import audit as chain
from storage.sql.case_rows import CaseRow
from storage.sql.case_rows import PackLinkRow as Row
from storage.sql.session import Database


class SqlPackLinks:
    """PackLinks in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, link: PackLink) -> None:
        """Keep a link in place of the case's earlier one. Raises NotFound for a case that is gone."""
        mine = select(CaseRow.id).where(CaseRow.id == link.case).with_for_update()
        with self._database.writing(Scope.of(link.controller)) as session:
            if session.scalars(mine).first() is None:
                raise NotFound
            session.execute(delete(Row).where(Row.case == link.case))
            session.add(
                Row(
                    digest=link.digest,
                    case=link.case,
                    controller=link.controller,
                    code=link.code,
                    language=link.language,
                    confirmed=list(link.confirmed),
                    left_out=list(link.left_out),
                    ends_at=link.ends_at,
                    tries=link.tries,
                )
            )

    def find(self, digest: str) -> PackLink | None:
        """Return the link with this hash."""
        with self._database.reading(Scope.system()) as session:
            row = session.scalars(select(Row).where(Row.digest == digest)).first()
            return None if row is None else _link_of(row)

    def count(self, digest: str, *, most: int) -> bool:
        """Count a try, whatever becomes of it; False where there were `most` already, or there is no such link."""
        one_more = update(Row).where(Row.digest == digest, Row.tries < most).values(tries=Row.tries + 1)
        with self._database.writing(Scope.system()) as session:
            counted = session.execute(one_more)
            return isinstance(counted, CursorResult) and counted.rowcount == 1

    def end(self, digest: str, *, audit: AuditEntry) -> None:
        """Remove a link; one that is gone is no error, and not audited."""
        with self._database.writing(Scope.of(str(audit.controller))) as session:
            gone = session.execute(delete(Row).where(Row.digest == digest))
            if isinstance(gone, CursorResult) and gone.rowcount:
                chain.record(session, audit)

    def expire(self, now: datetime) -> None:
        """Remove what has ended by now."""
        with self._database.writing(Scope.system()) as session:
            session.execute(delete(Row).where(Row.ends_at <= now))

    def clear(self) -> None:
        """Remove all: in a restored database nobody knows which were used since."""
        with self._database.writing(Scope.system()) as session:
            session.execute(delete(Row))


def _link_of(row: Row) -> PackLink:
    return PackLink(
        case=CaseId(row.case),
        controller=row.controller,
        digest=row.digest,
        code=row.code,
        language=row.language,
        confirmed=tuple(map(RecordingId, row.confirmed)),
        left_out=tuple(map(RecordingId, row.left_out)),
        ends_at=row.ends_at,
        tries=row.tries,
    )
