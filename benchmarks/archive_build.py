"""Fill an archive by bulk writes into the product's own schema: no key, no object and no audit entry of a call.

What search, lists and the index's end see is what the product writes; only the way in is another: SQLite's rows are
written without waiting for the disk, PostgreSQL's by COPY and its index afterwards.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import Any, Final

import psycopg

from benchmarks.archive_more import DISTINCT, made_up, say_again
from benchmarks.archive_talk import CONTROLLER, YEAR, Call, calls
from storage.sql import Database
from storage.sql.forms import Forms
from storage.sql.lemmas import edition
from storage.sql.postgres_words import tsvector

_SOME: Final = 2_000
KINDS: Final = ("service", "service", "service", "direct-marketing", "contract", "fault-report", "other")
QUEUES: Final = tuple(f"queue-{n:02}" for n in range(40))
_RECORDING: Final = (
    "id", "controller", "kind", "call_tag", "content_tag", "started_at", "zone_offset", "received_at", "delete_at",
    "language", "roles", "direction", "queue", "agent", "seconds", "stage", "attempts", "token", "findings", "verdict",
)  # fmt: skip
_TRANSCRIPT: Final = ("number", "recording", "controller", "turns", "edition")
_TURNS: Final = ("number", "controller", "turns")
_LINK: Final = ("recording", "controller", "type", "tag")
_CUSTOMER: Final = ("controller", "type", "tag", "customer")
_BETWEEN: Final = " \ue000 "


def fill_sqlite(database: Database, count: int) -> None:
    """Write so many calls into an empty catalog on SQLite."""
    raw = database.writer().raw_connection()
    with closing(raw):
        cursor = raw.cursor()
        for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
            cursor.execute(f"PRAGMA {pragma}")
        customers: set[int] = set()
        for some in _parts(made_up(count)):
            cursor.execute("BEGIN")
            _insert(cursor, "recordings", _RECORDING, [_recording(n, call, text_times=True) for n, call in some])
            _insert(cursor, "transcripts", _TRANSCRIPT, [_transcript(call) for _, call in some])
            _insert(cursor, "transcript_turns", _TURNS, [(call.number, CONTROLLER, call.turns) for _, call in some])
            words = [(call.number, _BETWEEN.join(map(" ".join, call.lemmas)), " ".join(call.also)) for _, call in some]
            _insert(cursor, "transcript_words_text", ("number", "lemmas", "also"), words)
            new = {call.customer for _, call in some} - customers
            customers |= new
            _insert(cursor, "customer_references", _CUSTOMER, [_customer(each) for each in new])
            _insert(cursor, "recording_references", _LINK, [_link(call) for _, call in some])
            cursor.execute("COMMIT")
        if count > DISTINCT:
            cursor.execute("BEGIN")
            for _ in say_again(cursor.execute, _RECORDING, count // DISTINCT, kind="sqlite"):
                cursor.execute("COMMIT")
                cursor.execute("BEGIN")
            cursor.execute("COMMIT")
        cursor.execute("INSERT INTO transcript_words(transcript_words) VALUES ('optimize')")  # as each purge does
        for pragma in ("wal_checkpoint(TRUNCATE)", "synchronous=FULL", "foreign_keys=ON", "cache_size=-2000"):
            cursor.execute(f"PRAGMA {pragma}")


def fill_postgres(url: str, count: int) -> None:
    """Write so many calls into an empty catalog on PostgreSQL; `url` is a superuser's, for COPY and row security."""
    with psycopg.connect(url, autocommit=True) as connection:
        definition = connection.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_transcript_words_words'"
        ).fetchone()
        connection.execute("DROP INDEX ix_transcript_words_words")
        customers: set[int] = set()
        for some in _parts(made_up(count)):
            new = {call.customer for _, call in some} - customers
            customers |= new
            with connection.transaction():
                _copy(connection, "customer_references", _CUSTOMER, [_customer(each) for each in new])
                _copy(connection, "recordings", _RECORDING, [_recording(n, call, text_times=False) for n, call in some])
                _copy(connection, "recording_references", _LINK, [_link(call) for _, call in some])
                _copy(connection, "transcripts", _TRANSCRIPT, [_transcript(call) for _, call in some])
                _copy(connection, "transcript_turns", _TURNS, [(c.number, CONTROLLER, c.turns) for _, c in some])
                words = [(c.number, CONTROLLER, tsvector(c.number, Forms(c.lemmas, c.also))) for _, c in some]
                _copy(connection, "transcript_words", ("number", "controller", "words"), words)
        if count > DISTINCT:
            connection.execute("SET session_replication_role = replica")  # what is copied need not be checked again
            connection.execute("ANALYZE")
            for _ in say_again(connection.execute, _RECORDING, count // DISTINCT, kind="postgresql"):
                pass  # each statement is a transaction
        connection.execute("SET maintenance_work_mem = '1GB'")
        assert definition
        connection.execute(definition[0])
        connection.execute("VACUUM ANALYZE")


def _parts(count: int) -> Iterator[Sequence[tuple[int, Call]]]:
    every = enumerate(calls(count))
    while some := list(islice(every, _SOME)):
        yield some


def _insert(cursor: Any, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    places = ", ".join("?" * len(names))
    cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)  # noqa: S608


def _copy(connection: psycopg.Connection, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    cursor = connection.cursor()
    with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _recording(n: int, call: Call, *, text_times: bool) -> tuple[Any, ...]:
    delete_at = call.started_at + YEAR
    times = (call.started_at, call.started_at, delete_at)
    if text_times:
        started, received, deleted = (f"{at:%Y-%m-%d %H:%M:%S.%f}" for at in times)
    else:
        started, received, deleted = (at.isoformat() for at in times)
    return (
        call.id, CONTROLLER, KINDS[n % len(KINDS)], _tag("call", n), _tag("content", n),
        started, 7200, received, deleted,
        "sv" if n % 20 == 0 else "fi", json.dumps(["agent", "customer"]), "inbound" if n % 3 else "outbound",
        QUEUES[n % len(QUEUES)], f"agent-{n % 500}", 120.0 + n % 400, "published", 0, 4,
        json.dumps({"PERSON": 2} if n % 10 else {"PERSON": 1, "IBAN_CODE": 1}), "masked",
    )  # fmt: skip


def _transcript(call: Call) -> tuple[Any, ...]:
    return (call.number, call.id, CONTROLLER, len(call.lemmas), edition())


def _customer(customer: int) -> tuple[Any, ...]:
    return (CONTROLLER, "phone", _tag("phone", customer), f"{customer:032x}")


def _link(call: Call) -> tuple[Any, ...]:
    return (call.id, CONTROLLER, "phone", _tag("phone", call.customer))


def _tag(purpose: str, of: int) -> str:
    return hashlib.sha256(f"{purpose}:{of}".encode()).hexdigest()
