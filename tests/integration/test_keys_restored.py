"""The key store is lost and a backup of it is put back: what was destroyed since is never in the store again."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from recordings.errors import RestoreNeeded, RestoreRefused
from recordings.factory import Vaiti
from recordings.journal import MARK
from recordings.restoring import restore
from recordings.restoring_keys import RestoredKeys, restore_keys
from recordings.settings import KEY_STORE, Settings
from storage.errors import KeysUnusable, NotFound
from storage.key_restore import PART
from storage.records import Item, Recording, RecordingId, Scope, Stage, Tag
from tests.crashes import KILLED, points_of, run_until
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_holds import held
from workers.main import app

Push = Callable[..., Recording]
SYSTEM = Scope.system()


class Story:
    """The keys are backed up; then one call is erased, one is held and one is pushed."""

    def __init__(self, vaiti: Vaiti, push: Push, clock: MovedClock, home: Path) -> None:
        self.settings, self.clock = vaiti.settings, clock
        self.store = vaiti.settings.data / KEY_STORE
        self.erased, self.kept = push(call_id="erased"), push(a_call(seed=2), call_id="kept")
        self.held = push(a_call(seed=3), call_id="held", work=False)
        self.backup = vaiti.keep_keys.back_up(home / "key-backups", actor="operator").path
        self.keys = wrapped_keys(self.backup)
        clock.at += timedelta(hours=2)
        self.later = vaiti.keep_keys.back_up(home / "key-backups", actor="operator")
        self.pushed = push(a_call(seed=4), call_id="pushed", work=False)
        self.hold = held(vaiti, self.held)
        vaiti.purge(self.erased.id, reason="erasure-request")
        vaiti.journal.note()
        self.receipts = [*vaiti.catalog.receipts(SYSTEM)]
        vaiti.close()

    def lose(self, garbage: bytes | None = None) -> None:
        for ending in ("", "-wal", "-shm"):
            self.store.with_name(f"{KEY_STORE}{ending}").unlink(missing_ok=True)
        if garbage is not None:
            self.store.write_bytes(garbage)

    def restore_keys(self, *, over_healthy: bool = False) -> RestoredKeys:
        return restore_keys(self.settings, self.backup, clock=self.clock, over_healthy=over_healthy)

    def replay(self) -> Vaiti:
        restore(self.settings, None, clock=self.clock, actor="operator")
        return Vaiti.open(self.settings, clock=self.clock)

    @property
    def files(self) -> bytes:
        """Every byte of every key file in the data folder."""
        found = [*self.settings.data.glob(f"{KEY_STORE}*"), *self.settings.data.glob(f"{PART}*")]
        return b"".join(path.read_bytes() for path in found)


def wrapped_keys(store: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(store)) as database:
        return dict(database.execute("SELECT recording, wrapped FROM data_keys").fetchall())


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return request.getfixturevalue("postgres_settings") if getattr(request, "param", None) == "postgres" else settings


@pytest.fixture
def story(vaiti: Vaiti, push: Push, clock: MovedClock, home: Path) -> Story:
    return Story(vaiti, push, clock, home)


def check_all_is_right(vaiti: Vaiti, story: Story) -> None:
    with pytest.raises(NotFound):
        vaiti.catalog.get(SYSTEM, story.erased.id)
    assert set(vaiti.keys.recordings()) == {story.kept.id, story.held.id}
    assert dict(vaiti.keys.held()) == {story.held.id: story.hold.id}
    assert vaiti.catalog.knows(story.pushed.id) == 0  # nothing opens it any more, and its receipt says so
    assert {each["recording"] for each in vaiti.catalog.receipts(SYSTEM)} == {story.erased.id, story.pushed.id}
    with vaiti.view.open_sound(SYSTEM, story.kept.id, actor="agent-1") as sound:
        assert sound.read(4) == b"RIFF"
    with vaiti.vault.open(story.held.id, Item.RAW_AUDIO) as sound:
        assert sound.read() == a_call(seed=3)
    assert vaiti.journal.find_fault() is None
    assert not [*story.settings.data.glob(f"{PART}*")]


@pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)
def test_what_was_destroyed_since_is_destroyed_before_the_backup_is_the_store(story: Story) -> None:
    story.lose()
    done = story.restore_keys()
    assert (done.keys, done.destroyed) == (3, 1)
    assert story.keys[story.erased.id] not in story.files
    assert story.keys[story.kept.id] in story.files  # the test can fail
    with pytest.raises(RestoreNeeded):
        Vaiti.open(story.settings, clock=story.clock)
    vaiti = story.replay()
    check_all_is_right(vaiti, story)
    (entry,) = [each for each in vaiti.audit.list(SYSTEM) if each.action == "restore.replayed"]
    assert (entry.actor, entry.detail["keys_of"]) == ("operator", done.made_at and done.made_at.isoformat())
    vaiti.close()


def test_what_the_journal_did_not_hear_of_yet_the_catalog_tells(story: Story) -> None:
    """The machine died between a purge and its line."""
    journal = story.settings.journal_folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(line for line in lines if b"recording.purg" not in line))
    story.lose()
    assert story.restore_keys().destroyed == 0
    vaiti = story.replay()
    check_all_is_right(vaiti, story)
    assert story.keys[story.erased.id] not in story.files
    vaiti.close()


def test_a_store_that_is_whole_is_replaced_only_on_request(story: Story) -> None:
    before = wrapped_keys(story.store)
    with pytest.raises(RestoreRefused, match="--yes"):
        story.restore_keys()
    assert wrapped_keys(story.store) == before
    Vaiti.open(story.settings, clock=story.clock).close()
    story.restore_keys(over_healthy=True)
    vaiti = story.replay()
    check_all_is_right(vaiti, story)
    vaiti.close()


def test_a_damaged_store_is_replaced(story: Story) -> None:
    story.lose(b"SQLite format 3\0 and no more")
    story.restore_keys()
    vaiti = story.replay()
    check_all_is_right(vaiti, story)
    vaiti.close()


def test_backups_that_were_made_since_are_known_and_die(story: Story) -> None:
    story.lose()
    story.restore_keys()
    vaiti = story.replay()
    known = {each.path: each for each in vaiti.keep_keys.backups.list()}
    assert known.keys() == {story.backup, story.later.path}
    assert abs(known[story.later.path].dies_at - story.later.dies_at) < timedelta(seconds=1)
    assert vaiti.keys.backups_end_at() == known[story.later.path].dies_at
    story.clock.at += timedelta(days=8)
    assert vaiti.keep_keys.remove_dead() == 2
    assert not story.later.path.exists()
    vaiti.close()


@pytest.mark.parametrize("what", ["no journal", "no backup", "another root key"])
def test_what_cannot_be_restored_is_refused_and_nothing_is_touched(story: Story, what: str) -> None:
    expected: type[Exception] = RestoreRefused
    if what == "no journal":
        story.settings.journal_folder.rename(story.settings.data.with_name("elsewhere"))
    elif what == "no backup":
        story.backup.write_bytes(b"something else")
    else:
        story.settings.key_path.write_text("ab" * 32, encoding="ascii")
        expected = KeysUnusable
    before = story.files
    with pytest.raises(expected):
        story.restore_keys(over_healthy=True)
    assert story.files == before
    assert not (story.settings.data / MARK).exists()


def test_a_day_of_pushes_without_keys_is_explained_by_the_backups_age(story: Story) -> None:
    """Whatever their number: `restore` takes many rows without a key for another installation's keys otherwise."""
    vaiti = Vaiti.open(story.settings, clock=story.clock)
    for number in range(40):
        name = f"{number:032x}"
        lost = replace(story.pushed, id=RecordingId(name), call_tag=Tag(name), stage=Stage.RECEIVED)
        vaiti.catalog.add(lost, references=(), audit=vaiti.audit.list(SYSTEM, limit=1)[0])
    vaiti.close()
    story.lose()
    story.restore_keys()
    vaiti = story.replay()
    assert {each.id for each in vaiti.catalog.list(SYSTEM)} == {story.kept.id, story.held.id}
    vaiti.close()


_RESTORE = """
from datetime import datetime
from pathlib import Path
from recordings.restoring_keys import restore_keys
from recordings.settings import Settings
from tests.integration.fakes import MovedClock
settings = Settings(data=Path({data!r}), controllers=Path({controllers!r}))
clock = MovedClock(datetime.fromisoformat({now!r}))
restore_keys(settings, Path({backup!r}), clock=clock, over_healthy=True)
"""


@pytest.mark.parametrize("point", points_of("recordings/restoring_keys.py"))
def test_killed_on_its_way_it_is_begun_again_and_ends_the_same(story: Story, point: str) -> None:
    place = {"data": str(story.settings.data), "controllers": str(story.settings.controllers)}
    now = story.clock.at.isoformat()
    assert run_until(point, _RESTORE.format(**place, backup=str(story.backup), now=now)) == KILLED
    assert story.keys[story.erased.id] not in story.store.read_bytes()
    story.restore_keys(over_healthy=True)
    vaiti = story.replay()
    check_all_is_right(vaiti, story)
    assert story.keys[story.erased.id] not in story.files
    vaiti.close()


def test_the_command_puts_a_backup_back_and_says_what_follows(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"DATA": story.settings.data, "CONTROLLERS": story.settings.controllers, "PORT": 0}.items():
        monkeypatch.setenv(f"VAITI_{name}", str(value))
    refused = CliRunner().invoke(app, ["keys", "restore", str(story.backup)])
    assert isinstance(refused.exception, RestoreRefused)
    done = CliRunner().invoke(app, ["keys", "restore", str(story.backup), "--yes", "--json"])
    assert json.loads(done.stdout)["destroyed"] == 1
    told = CliRunner().invoke(app, ["keys", "restore", str(story.backup), "--yes"])
    assert "2 keys are back; 1 were destroyed since" in told.stdout
    assert "vaiti restore" in told.stdout
    assert CliRunner().invoke(app, ["restore", "--json"]).exit_code == 0
    vaiti = Vaiti.open(story.settings, clock=story.clock)
    check_all_is_right(vaiti, story)
    vaiti.close()
