"""Make an archive several times as large within the database: the same talk again, at other times of the year.

To make up a million transcripts takes Python longer than all that is measured. So past `DISTINCT` calls each transcript
is said several times, by others and months apart, each time in rows and in a document of the index of its own. How
often words are said, and how often two of them meet, stays as it is.
"""

# ruff: noqa: S608 - the statements are made of names that stand here and in the schema

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from benchmarks.archive_talk import CALLS_A_CUSTOMER, END, YEAR
from storage.sql.numbers import PLACES, first_of

DISTINCT: Final = 100_000
_FIRST: Final = first_of(END - YEAR)
_YEAR: Final = int(YEAR.total_seconds()) * PLACES
_DAYS: Final = 23
# As the index on PostgreSQL names days (`storage.sql.postgres_words`).
_AT: Final = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S.000000', again.number / 16 + {later}, 'unixepoch')",
    "postgresql": "to_timestamp(again.number / 16 + {later})",
}
_WORDS: Final = {
    "sqlite": (
        "INSERT INTO transcript_words_text (number, lemmas, also) SELECT again.number, lemmas, also"
        " FROM again JOIN transcript_words_text said ON said.number = was WHERE part = {part} ORDER BY again.number"
    ),
    "postgresql": (
        "INSERT INTO transcript_words (number, controller, words) SELECT again.number, controller,"
        f" ts_delete(words, '@' || (was >> {_DAYS})) || ('''@' || (again.number >> {_DAYS}) || '''')::tsvector"
        " FROM again JOIN transcript_words said ON said.number = was WHERE part = {part} ORDER BY again.number"
    ),
}


def made_up(count: int) -> int:
    """Return how many of so many calls are made up. Raises ValueError where the rest is no multiple of them."""
    if count > DISTINCT and count % DISTINCT:
        msg = f"past {DISTINCT:,} calls only a multiple of them"
        raise ValueError(msg)
    return min(count, DISTINCT)


def customer_id(customer: int, count: int) -> str:
    """Return the id of one of the customers of so many calls, counted from 0."""
    time, first = divmod(customer, max(1, made_up(count) // CALLS_A_CUSTOMER))
    known = f"{first:032x}"
    return _mark(time) + known[2:] if time else known


def say_again(run: Callable[[str], object], columns: tuple[str, ...], times: int, *, kind: str) -> Iterator[int]:
    """Let everything be said `times` times in all; yields after each tenth or so of it, as a transaction may end there.

    `columns` are those of a recording that are filled. Ids, tags, numbers and times become others.
    """
    step = _YEAR // times // PLACES * PLACES + _YEAR // (DISTINCT * times) // PLACES * PLACES
    run("CREATE TEMPORARY TABLE times (time INTEGER, mark VARCHAR)")
    for time in range(1, times):
        run(f"INSERT INTO times VALUES ({time}, '{_mark(time)}')")
    number = f"({_FIRST} + (number - {_FIRST} + time * {step}) % {_YEAR})"
    run(
        f"CREATE TEMPORARY TABLE again AS SELECT recording AS old, number AS was, {number} AS number, mark,"
        f" ({number} - {_FIRST}) * {times} / {_YEAR} AS part FROM transcripts CROSS JOIN times"
    )
    run(
        "INSERT INTO customer_references (controller, type, tag, customer) SELECT controller, type,"
        f" {_marked('tag')}, {_marked('customer')} FROM customer_references CROSS JOIN times"
    )
    for part in range(times):
        for statement in _statements(columns, kind):
            run(statement.format(part=part))
        yield part


def _statements(columns: tuple[str, ...], kind: str) -> tuple[str, ...]:
    at = _AT[kind]
    now, later = at.format(later=0), at.format(later=int(YEAR.total_seconds()))
    other = {
        **{name: _marked(name) for name in ("id", "call_tag", "content_tag")},
        "started_at": now,
        "received_at": now,
        "delete_at": later,
    }
    end = "FROM again JOIN {table} said ON said.{key} WHERE part = {{part}} ORDER BY again.number"
    return (
        f"INSERT INTO recordings ({', '.join(columns)}) SELECT {', '.join(other.get(c, c) for c in columns)} "
        + end.format(table="recordings", key="id = old"),
        f"INSERT INTO recording_references (recording, controller, type, tag) SELECT {_marked('recording')},"
        f" controller, type, {_marked('tag')} " + end.format(table="recording_references", key="recording = old"),
        "INSERT INTO transcripts (number, recording, controller, turns, edition) SELECT again.number,"
        f" {_marked('recording')}, controller, turns, edition " + end.format(table="transcripts", key="number = was"),
        "INSERT INTO transcript_turns (number, controller, turns) SELECT again.number, controller, turns "
        + end.format(table="transcript_turns", key="number = was"),
        _WORDS[kind],
    )


def _mark(time: int) -> str:
    """Return two characters of which the first is in no hexadecimal number."""
    return f"{chr(ord('g') + time // 10)}{time % 10}"


def _marked(name: str) -> str:
    """Name another than the name in a column: the first two characters say which time it is."""
    return f"mark || substr({name}, 3)"
