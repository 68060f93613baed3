"""A full disk keeps no call alive: what is due is destroyed in room that was set aside for it."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from recordings.errors import PurgeIncomplete
from recordings.factory import Vaiti
from storage.errors import NoRoom
from storage.records import IndexedTurn, Recording
from storage.reserve import Reserve
from tests.integration.fakes import MovedClock, a_call

MIB = 1 << 20
Push = Callable[..., Recording]


@pytest.fixture
def home() -> Iterator[Path]:
    """A disk of its own of 48 MiB, in memory."""
    with TemporaryDirectory(prefix="vaiti-") as folder:
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder], check=False)
        if made.returncode:
            pytest.skip("only root can make a small disk")
        yield Path(folder)
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture(autouse=True)
def small_reserve(home: Path, monkeypatch: pytest.MonkeyPatch) -> Reserve:
    reserve = Reserve(home / "data" / "purge.reserve", size=4 * MIB)
    monkeypatch.setattr(Reserve, "of", lambda _: reserve)
    return reserve


def fill(home: Path) -> None:
    with (home / "filler").open("wb", buffering=0) as filler:
        try:
            for size in (MIB, 4096, 1):
                while filler.write(bytes(size)) == size:
                    pass
        except OSError:
            pass


def test_what_is_due_is_destroyed_on_a_disk_without_a_free_byte(
    push: Push, vaiti: Vaiti, clock: MovedClock, home: Path, small_reserve: Reserve
) -> None:
    recordings = [push(a_call(seed=number), call_id=str(number)) for number in range(2)]
    small_reserve.keep()
    fill(home)
    with pytest.raises(NoRoom):
        push(a_call(seed=9), call_id="9", work=False)
    clock.at = recordings[0].delete_at
    assert {each["recording"] for each in vaiti.purge_due(clock.now())} == {each.id for each in recordings}
    assert list(vaiti.keys.recordings()) == []
    vaiti.audit.verify()


def test_without_that_room_it_fails_and_says_so(push: Push, vaiti: Vaiti, clock: MovedClock, home: Path) -> None:
    recording = push()
    fill(home)
    clock.at = recording.delete_at
    with pytest.raises(NoRoom):
        vaiti.purge_due(clock.now())


def test_a_database_that_cannot_be_written_anew_keeps_no_key_and_says_what_remains(
    push: Push, vaiti: Vaiti, clock: MovedClock, home: Path, small_reserve: Reserve
) -> None:
    recording = push()
    turns = [IndexedTurn(channel=0, start=n, end=n + 1, text="sähkölasku " * 100) for n in range(6000)]
    vaiti.index.put(recording, turns[:1])
    other = push(a_call(seed=2), call_id="other", started_at="2026-03-02T10:00:00+02:00")
    vaiti.index.put(other, turns)
    vaiti.database.cut_log()
    small_reserve.keep()
    fill(home)
    clock.at = recording.delete_at
    with pytest.raises(PurgeIncomplete, match="masked words may still be read"):
        vaiti.purge_due(clock.now())
    assert not vaiti.keys.knows(recording.id)
    assert vaiti.vault.inventory(recording.id) == []
    assert vaiti.catalog.receipts(vaiti.controllers.scope) == []
    (home / "filler").unlink()
    (receipt,) = vaiti.purge_due(clock.now())
    assert receipt["recording"] == recording.id


def test_room_is_set_aside_only_where_there_is_plenty(home: Path) -> None:
    home.joinpath("data").mkdir()
    scarce = Reserve(home / "data" / "purge.reserve", size=13 * MIB)
    scarce.keep()
    assert not scarce.path.exists()
    plenty = Reserve(scarce.path, size=MIB)
    plenty.keep()
    assert plenty.path.stat().st_size == MIB
    assert not plenty.spend()  # there is other room
