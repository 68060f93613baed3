"""Gone means gone, through the whole service: no byte of 20 marked words or of the sound of purged calls is left.

SQLite: in any file of the data folder. PostgreSQL: in its data directory, but for the write-ahead log, after the step
that docs/postgresql.md gives.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from recordings.factory import Vaiti
from recordings.settings import Settings
from storage.records import Recording, Scope, SearchFilter, Stage
from tests.integration.fakes import MovedClock, Playback, a_call, said
from tests.postgres import PostgresServer

Push = Callable[..., Recording]
CALLS = 20
PIECE, EVERY = 24, 16_000
# Bytes: pieces of sound that are looked for, and how far apart; by chance none is in a file.
STAYS = "saapastalo"


def marks() -> list[str]:
    dice = random.Random(8)
    return ["".join(dice.choices("bcdfghjklmnprstv", k=14)) for _ in range(CALLS)]


def sound(number: int) -> bytes:
    return a_call(2.0, seed=100 + number)


def pieces(content: bytes) -> list[bytes]:
    """Pieces of a file's content from its first sound on."""
    return [content[at : at + PIECE] for at in range(100, len(content) - PIECE, EVERY)]


def found_in(folders: Iterable[Path], wanted: list[bytes], *, but: str = "") -> set[bytes]:
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file() and but not in path.parts)
    content = [path.read_bytes().lower() for path in files]
    return {each for each in wanted if any(each.lower() in data for data in content)}


def words() -> list[bytes]:
    # an index keeps terms without the beginning that they share with the term before
    return [part.encode() for mark in marks() for part in (mark, mark[-7:])]


@dataclass(frozen=True)
class Marked:
    """Pieces of what was pushed, and of all that is sealed of it."""

    raw: list[bytes]
    sealed: list[bytes]


@pytest.fixture
def marked(push: Push, playback: Playback, vaiti: Vaiti) -> Marked:
    """Push the marked calls and one that stays."""
    sealed: list[bytes] = []
    for number, mark in enumerate(marks()):
        playback.words = [*said(f"Kerroin jo {mark} eilen"), *said(f"niin {mark}", start=1.0, channel=1)]
        recording = push(sound(number), call_id=mark)
        assert recording.stage is Stage.PUBLISHED
        for stored in vaiti.vault.inventory(recording.id):
            with vaiti.objects.open(stored.name) as source:
                sealed += pieces(source.read())
    playback.words = said(f"Tämä {STAYS} jää")
    push(a_call(2.0, seed=99), call_id="stays", started_at="2026-03-02T10:00:00+02:00")
    return Marked(raw=[piece for number in range(CALLS) for piece in pieces(sound(number))], sealed=sealed)


def purge(vaiti: Vaiti, clock: MovedClock) -> None:
    clock.at = clock.at.replace(year=2027, month=3, day=1, hour=9)
    assert len(vaiti.purge_due(clock.now())) == CALLS
    assert len(vaiti.index.search(Scope.system(), STAYS, only=SearchFilter(), now=clock.now())) == 1


def test_no_byte_is_left_in_any_file_of_the_data_folder(
    marked: Marked, vaiti: Vaiti, clock: MovedClock, home: Path
) -> None:
    assert len(found_in([home], words())) == 2 * CALLS  # this test can fail
    assert len(found_in([home], marked.sealed)) == len(set(marked.sealed)) > CALLS * 10
    assert found_in([home], marked.raw) == set()  # what is on disk is sealed
    purge(vaiti, clock)
    assert found_in([home], words() + marked.sealed + marked.raw) == set()
    assert found_in([home], [STAYS.encode()])


class TestOnPostgres:
    """The same with the catalog on a server, its tables larger than a purge writes anew by itself."""

    @pytest.fixture
    def settings(self, settings: Settings, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
        monkeypatch.setattr("storage.sql.postgres.REWRITE_BYTES", 0)
        return Settings(data=settings.data, controllers=settings.controllers, database_url=SecretStr(postgres_url))

    @pytest.fixture
    def found(self, postgres_server: PostgresServer, home: Path) -> Callable[[list[bytes]], set[bytes]]:
        def look(wanted: list[bytes]) -> set[bytes]:
            postgres_server.execute("CHECKPOINT")
            return found_in([home, postgres_server.folder / "data"], wanted, but="pg_wal")

        return look

    def test_no_byte_is_left_in_the_tables_after_the_documented_step(
        self, marked: Marked, vaiti: Vaiti, clock: MovedClock, found: Callable[[list[bytes]], set[bytes]]
    ) -> None:
        assert len(found(words())) == 2 * CALLS
        purge(vaiti, clock)
        assert found(words())  # as the page says: the bytes stay until the tables are written anew
        with psycopg.connect(vaiti.settings.database_address or "", autocommit=True) as connection:
            connection.execute("VACUUM FULL transcripts, transcript_turns, transcript_words")
        assert found(words() + marked.sealed + marked.raw) == set()
        assert found([STAYS.encode()])
