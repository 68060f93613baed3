"""Sessions and attempts to sign in, on SQL, in the catalog's database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select, update

from storage.people import AccountId, Patience, Session, SessionId, Visit
from storage.records import AuditEntry, Scope, Tag
from storage.sql import audit as chain
from storage.sql.people import account_of, commitment_of, roles_of
from storage.sql.people_rows import AccountRow, AttemptRow, CommitmentRow, SessionRow
from storage.sql.session import Database

ATTEMPTS: Final = "sign-in attempts"
# Counted one after another: two guesses at once are two.
FORGOTTEN: Final = timedelta(days=30)


class SqlSignIns:
    """SignIns in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, session: Session, *, instead_of: str | None = None, audit: AuditEntry | None = None) -> None:
        """Keep a session; `instead_of` is the digest of the one that it follows, which ends."""
        row = SessionRow(
            digest=session.digest,
            id=session.id,
            account=session.account,
            opened_at=session.opened_at,
            seen_at=session.seen_at,
            ends_at=session.ends_at,
            on_screen=session.controller,
            complete=session.complete,
        )
        with self._database.writing(Scope.system()) as writing:
            if instead_of is not None:
                writing.execute(delete(SessionRow).where(SessionRow.digest == instead_of))
            writing.add(row)
            writing.flush()
            if audit is not None:
                chain.record(writing, audit)

    def find(self, digest: str) -> Visit | None:
        """Return a session with whose it is, however old."""
        with self._database.reading(Scope.system()) as reading:
            row = reading.get(SessionRow, digest)
            if row is None:
                return None
            account = account_of(reading.get_one(AccountRow, row.account))
            theirs = select(CommitmentRow).where(CommitmentRow.account == row.account)
            return Visit(
                session=_session_of(row),
                account=account,
                roles=tuple(roles_of(reading, account.id)),
                commitments=tuple(commitment_of(each) for each in reading.scalars(theirs)),
            )

    def touch(self, digest: str, *, at: datetime) -> None:
        """Keep when a session was used last."""
        with self._database.writing(Scope.system()) as writing:
            mine = update(SessionRow).where(SessionRow.digest == digest, SessionRow.seen_at < at)
            writing.execute(mine.values(seen_at=at))

    def of(self, account: AccountId) -> Sequence[Session]:
        """Return an account's sessions, newest first."""
        theirs = select(SessionRow).where(SessionRow.account == account)
        with self._database.reading(Scope.system()) as reading:
            return [_session_of(row) for row in reading.scalars(theirs.order_by(SessionRow.opened_at.desc()))]

    def close(self, digest: str, *, audit: AuditEntry | None = None) -> bool:
        """End a session; False where there is none."""
        with self._database.writing(Scope.system()) as writing:
            row = writing.get(SessionRow, digest)
            if row is None:
                return False
            writing.delete(row)
            if audit is not None:
                chain.record(writing, audit)
            return True

    def close_all(self, account: AccountId, *, but: str | None = None, audit: AuditEntry) -> int:
        """End an account's sessions, all but the one with this digest; returns how many."""
        theirs = select(SessionRow).where(SessionRow.account == account, SessionRow.digest != (but or ""))
        with self._database.writing(Scope.system()) as writing:
            rows = writing.scalars(theirs).all()
            for row in rows:
                writing.delete(row)
            chain.record(writing, audit)
            return len(rows)

    def sweep(self, *, now: datetime, idle: timedelta) -> int:
        """Remove what has ended by itself; returns how many sessions."""
        over = or_(SessionRow.ends_at <= now, SessionRow.seen_at <= now - idle)
        with self._database.writing(Scope.system()) as writing:
            ended = writing.scalars(select(SessionRow.digest).where(over)).all()
            writing.execute(delete(SessionRow).where(SessionRow.digest.in_(ended)))
            return len(ended)

    def attempt(self, key: Tag, patience: Patience, *, now: datetime) -> datetime | None:
        """Count an attempt before its secret is looked at; returns until when none is taken, or None."""
        with self._database.writing(Scope.system()) as writing:
            writing.wait_turn(ATTEMPTS)
            writing.execute(delete(AttemptRow).where(AttemptRow.last_at < now - FORGOTTEN))
            row = writing.get(AttemptRow, key)
            if row is None:
                row = AttemptRow(key=key, count=0, last_at=now, until=None)
                writing.add(row)
            if row.until is not None and now < row.until:
                return row.until
            row.count = max(0, row.count - int((now - row.last_at) / patience.heals)) + 1
            row.last_at = now
            over = row.count - patience.free
            row.until = now + _pause(patience, over) if over >= 0 else None
            return None

    def forgive(self, key: Tag, *, wholly: bool) -> None:
        """Count one attempt, or all, as not made: the secret was right."""
        with self._database.writing(Scope.system()) as writing:
            writing.wait_turn(ATTEMPTS)
            row = writing.get(AttemptRow, key)
            if row is None:
                return
            if wholly or row.count <= 1:
                writing.delete(row)
                return
            row.count -= 1
            row.until = None


def _pause(patience: Patience, over: int) -> timedelta:
    doubled = patience.pause * float(2 ** min(over, 16))
    return min(doubled, patience.longest)


def _session_of(row: SessionRow) -> Session:
    return Session(
        id=SessionId(row.id),
        digest=row.digest,
        account=AccountId(row.account),
        opened_at=row.opened_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
        controller=row.on_screen,
        complete=row.complete,
    )
