"""What a purge leaves on a PostgreSQL server: no row and no word to be asked for, and of small tables no byte."""

import random
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from storage.errors import Unavailable
from storage.records import Scope, SearchFilter
from storage.sql import Database, SqlCatalog, SqlSearchIndex, open_postgres_database, postgres_engine
from storage.sql.tables import TranscriptTurnsRow
from tests.contracts.builders import NOW, a_reference, an_entry, forgotten, published
from tests.postgres import PostgresServer
from tests.unit.storage.test_gone_means_gone import marks, purge, text_around


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = open_postgres_database(postgres_url)
    yield database
    database.close()


@pytest.fixture
def files(postgres_server: PostgresServer, postgres_url: str) -> Path:
    """The folder of the database's tables and indexes; the write-ahead log lies elsewhere."""
    asked = "SELECT oid FROM pg_database WHERE datname = current_database()"
    ((oid,),) = postgres_server.execute(asked, database=str(make_url(postgres_url).database))
    return postgres_server.folder / "data" / "base" / str(oid)


def still_there(server: PostgresServer, files: Path, words: list[str]) -> list[str]:
    server.execute("CHECKPOINT")
    content = b"".join(path.read_bytes() for path in files.iterdir() if path.is_file())
    return [word for word in words if word.encode() in content]


def test_no_byte_of_purged_words_and_tags_stays_in_the_files_of_words(
    database: Database, postgres_server: PostgresServer, files: Path
) -> None:
    dice = random.Random(5)
    catalog, index = SqlCatalog(database), SqlSearchIndex(database)
    doomed = [published(catalog, index, text_around(mark, dice), text_around(mark, dice)) for mark in marks()]
    published(catalog, index, text_around("säilyy", dice))
    assert still_there(postgres_server, files, marks()) == marks()
    purge(catalog, index, doomed)
    assert still_there(postgres_server, files, marks()) == []
    assert len(index.search(Scope.system(), "säilyy", only=SearchFilter(), now=NOW)) == 1


def test_of_large_tables_nothing_can_be_asked_for_and_their_bytes_stay_until_they_are_written_anew(
    database: Database, postgres_server: PostgresServer, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What docs/postgresql.md says; the test above can fail."""
    monkeypatch.setattr("storage.sql.postgres.REWRITE_BYTES", 0)
    catalog, index = SqlCatalog(database), SqlSearchIndex(database)
    doomed = [published(catalog, index, mark, "lasku") for mark in marks()]
    published(catalog, index, "lasku")
    purge(catalog, index, doomed)
    for mark in marks():
        assert index.search(Scope.system(), mark, only=SearchFilter(), now=NOW) == []
    assert still_there(postgres_server, files, marks())
    name = str(make_url(str(database._engine.url)).database)
    with psycopg.connect(postgres_server.url(name), autocommit=True) as connection:
        connection.execute("VACUUM FULL transcripts, transcript_turns, transcript_words")  # the command of the page
    assert still_there(postgres_server, files, marks()) == []


def test_a_scrub_takes_dead_rows_out_of_every_table_of_a_purge(
    database: Database, postgres_server: PostgresServer, postgres_url: str
) -> None:
    catalog, index = SqlCatalog(database), SqlSearchIndex(database)
    call = published(catalog, index, "lasku", references=[a_reference()])
    begun = catalog.begin_purge(call.id, reason="erasure", audit=an_entry(call))
    index.remove(call.id)
    forgotten(catalog, begun)
    index.scrub()
    name = str(make_url(postgres_url).database)
    for table in (
        "transcripts",
        "transcript_turns",
        "transcript_words",
        "recordings",
        "recording_references",
        "customer_references",
    ):
        with psycopg.connect(postgres_server.url(name)) as connection:
            said = connection.execute(
                psycopg.sql.SQL("SELECT pg_relation_size({})").format(psycopg.sql.Literal(table))
            ).fetchone()
        assert said == (0,), table  # the last row is gone, and its page with it


def test_a_scrub_says_so_when_a_reader_keeps_the_old_words(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_engine, "LOCK_SECONDS", 1)
    catalog, index = SqlCatalog(database), SqlSearchIndex(database)
    published(catalog, index, "lasku")
    with database.reading(Scope.system()) as session:
        assert session.scalars(select(TranscriptTurnsRow)).all()
        with pytest.raises(Unavailable):
            index.scrub()
    index.scrub()
    assert len(index.search(Scope.system(), "lasku", only=SearchFilter(), now=NOW)) == 1
