"""Yesterday's backup is put back after erasures, a hold and a push: nobody comes back, and nothing is forgotten."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from recordings.errors import RestoreNeeded, RestoreRefused
from recordings.factory import Vaiti
from recordings.journal import MARK
from recordings.restoring import backing_up, restore
from recordings.restoring_keys import restore_keys
from recordings.settings import KEY_STORE
from recordings.steps.hold import PlaceHold
from recordings.stores import CATALOG
from storage.errors import KeyGone, NotFound, Tampered
from storage.records import Item, Recording, RecordingId, Scope, Stage
from storage.vault import Vault
from tests.crashes import KILLED, points_of, run_until
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_holds import held

Push = Callable[..., Recording]
SYSTEM = Scope.system()


class Story:
    """A backup is made; then one call is erased, one's time comes, one is held, and one is pushed."""

    def __init__(self, vaiti: Vaiti, push: Push, clock: MovedClock, home: Path) -> None:
        self.settings, self.clock = vaiti.settings, clock
        self.erased = push(call_id="erased")
        self.due = push(a_call(seed=2), call_id="due", kind="contract", started_at="2025-09-02T20:00:00+03:00")
        self.held = push(a_call(seed=3), call_id="held", started_at="2025-03-03T10:00:00+02:00")
        self.kept = push(a_call(seed=4), call_id="kept")
        backing_up(vaiti)(home / "backups", actor="operator")
        (self.backup,) = (home / "backups").iterdir()
        self.keys = vaiti.keep_keys.back_up(home / "key-backups", actor="operator").path
        clock.at += timedelta(hours=2)
        self.pushed = push(a_call(seed=5), call_id="pushed")
        self.waiting = push(a_call(seed=6), call_id="waiting", work=False)
        self.hold = held(vaiti, self.held)
        vaiti.purge(self.erased.id, reason="erasure-request")
        clock.at += timedelta(hours=22)
        assert [each["recording"] for each in vaiti.purge_due(clock.now())] == [self.due.id]
        clock.at += timedelta(hours=2)
        vaiti.journal.catch_up()
        self.audit = vaiti.audit.head()
        self.receipts = [*vaiti.catalog.receipts(SYSTEM)]
        vaiti.close()

    def restore(self) -> Vaiti:
        restore(self.settings, self.backup, clock=self.clock, actor="operator")
        return Vaiti.open(self.settings, clock=self.clock)


@pytest.fixture
def story(vaiti: Vaiti, push: Push, clock: MovedClock, home: Path) -> Story:
    return Story(vaiti, push, clock, home)


@pytest.fixture
def again(story: Story) -> Iterator[Vaiti]:
    vaiti = story.restore()
    yield vaiti
    vaiti.close()


def check_nobody_is_back(vaiti: Vaiti, story: Story) -> None:
    for gone in (story.erased.id, story.due.id):
        with pytest.raises(NotFound):
            vaiti.catalog.get(SYSTEM, gone)
        assert (vaiti.catalog.knows(gone), vaiti.index.knows(gone), vaiti.keys.knows(gone)) == (0, 0, False)
        assert vaiti.vault.inventory(gone) == []
        assert vaiti.catalog.receipts(SYSTEM, recording=gone)
    assert found(vaiti) == {story.held.id, story.kept.id}
    assert [*vaiti.catalog.receipts(SYSTEM)] == story.receipts


def found(vaiti: Vaiti) -> set[RecordingId]:
    """Whom the search finds, whatever its time."""
    return {hit.recording.id for hit in vaiti.search(SYSTEM, "energiayhtiöstä", actor="agent-1")} | {
        each.id for each in vaiti.catalog.list(SYSTEM) if each.held
    }


def check_all_is_right(vaiti: Vaiti, story: Story) -> None:
    check_nobody_is_back(vaiti, story)
    with vaiti.vault.open(story.pushed.id, Item.RAW_AUDIO) as sound:
        assert sound.read() == a_call(seed=5)
    with vaiti.view.open_sound(SYSTEM, story.kept.id, actor="agent-1") as sound:
        assert sound.read(4) == b"RIFF"
    (hold,) = vaiti.holds.list(SYSTEM)
    assert hold == story.hold
    assert vaiti.catalog.get(SYSTEM, story.held.id).held
    assert dict(vaiti.keys.held()) == {story.held.id: hold.id}
    assert vaiti.audit.verify() > story.audit[0]
    assert vaiti.audit.hash_of(story.audit[0]) == story.audit[1]
    assert vaiti.journal.find_fault() is None
    assert not (story.settings.data / MARK).exists()


def test_nobody_comes_back(story: Story, again: Vaiti) -> None:
    check_nobody_is_back(again, story)
    rows = (story.settings.data / CATALOG).read_bytes()
    assert story.erased.call_tag.encode() in rows  # the tombstone's
    assert story.erased.content_tag.encode() not in rows


def test_all_is_as_it_was(story: Story, again: Vaiti) -> None:
    check_all_is_right(again, story)


def test_a_hold_of_after_the_backup_still_holds(story: Story, again: Vaiti) -> None:
    story.clock.at = story.held.delete_at + timedelta(days=1)
    assert story.held.id not in {each["recording"] for each in again.purge_due(story.clock.now(), confirmed_by="x")}
    again.let_go(PlaceHold(holding=again.holding).release(SYSTEM, story.hold.id, actor="officer-1"))
    with pytest.raises(NotFound):
        again.catalog.get(SYSTEM, story.held.id)


def test_a_call_of_after_the_backup_is_worked_on_from_its_own_words_and_plays(
    story: Story, vaiti: Vaiti, clock: MovedClock
) -> None:
    story.restore().close()
    again = Vaiti.open(story.settings, clock=clock, engines=vaiti.given)
    for call, stage in ((story.pushed, Stage.TRANSCRIBED), (story.waiting, Stage.RECEIVED)):
        recording = again.catalog.get(SYSTEM, call.id)
        assert recording.stage is stage
        while recording.stage is not Stage.PUBLISHED:
            recording = again.advance(recording)
        with again.view.open_sound(SYSTEM, call.id, actor="agent-1") as sound:
            assert sound.read(4) == b"RIFF"
        assert recording.seconds == 6.0
    again.close()


def test_a_dead_key_leaves_what_the_backup_has_unreadable(story: Story, again: Vaiti) -> None:
    copies = [*(story.backup / "objects").rglob(f"*/{story.due.id}/*")]
    assert copies
    from storage.folder import FolderObjects  # noqa: PLC0415 - the attacker's own tool

    stolen = Vault(FolderObjects(story.backup / "objects"), again.keys)
    with pytest.raises(KeyGone):
        stolen.open(story.due.id, Item.RAW_AUDIO)
    with stolen.open(story.kept.id, Item.RAW_AUDIO) as sound:  # the test can fail
        assert sound.read(4) == b"RIFF"


def test_a_backup_holds_no_key(story: Story) -> None:
    names = {path.name for path in story.backup.iterdir()}
    assert names == {CATALOG, "objects", "backup.json", MARK}


def test_a_database_that_was_put_back_by_hand_serves_nobody_before_the_replay(story: Story) -> None:
    for beside in ("-wal", "-shm"):
        (story.settings.data / f"{CATALOG}{beside}").unlink(missing_ok=True)
    (story.settings.data / CATALOG).write_bytes((story.backup / CATALOG).read_bytes())
    with pytest.raises(RestoreNeeded):
        Vaiti.open(story.settings, clock=story.clock)
    restore(story.settings, None, clock=story.clock, actor="operator")
    vaiti = Vaiti.open(story.settings, clock=story.clock)
    check_all_is_right(vaiti, story)
    vaiti.close()


@pytest.mark.parametrize("how", ["by the command", "by hand"])
def test_keys_that_a_backup_brings_back_are_destroyed_again(story: Story, how: str) -> None:
    """The whole disk was lost. What was pushed after the backup of the keys is lost with them."""
    for ending in ("", "-wal", "-shm"):
        for name in (KEY_STORE, CATALOG):
            (story.settings.data / f"{name}{ending}").unlink(missing_ok=True)
    if how == "by the command":
        restore_keys(story.settings, story.keys, clock=story.clock)
    else:
        (story.settings.data / KEY_STORE).write_bytes(story.keys.read_bytes())
    again = story.restore()
    check_nobody_is_back(again, story)
    assert dict(again.keys.held()) == {story.held.id: story.hold.id}
    assert again.catalog.knows(story.pushed.id) == 0
    again.close()


def test_without_the_journal_nothing_is_restored(story: Story) -> None:
    story.settings.journal_folder.rename(story.settings.data.with_name("elsewhere"))
    with pytest.raises(RestoreRefused, match="no journal"):
        story.restore()
    with pytest.raises(RestoreNeeded):
        Vaiti.open(story.settings, clock=story.clock)


def test_with_the_keys_of_another_service_nothing_is_ended(story: Story, vaiti: Vaiti, push: Push) -> None:
    """A key store that is not the right one looks as if everybody had been erased."""
    again = Vaiti.open(story.settings, clock=story.clock, engines=vaiti.given)
    for number in range(40):
        again.catalog.add(_like(story.kept, number), references=(), audit=again.audit.list(SYSTEM, limit=1)[0])
    again.close()
    with pytest.raises(RestoreRefused, match="have no key"):
        restore(story.settings, None, clock=story.clock, actor="operator")


def _like(recording: Recording, number: int) -> Recording:
    from dataclasses import replace  # noqa: PLC0415

    name = f"{number:032x}"
    return replace(recording, id=RecordingId(name), call_tag=type(recording.call_tag)(name), stage=Stage.RECEIVED)


def test_a_backup_that_was_changed_is_refused_and_nothing_is_touched(story: Story) -> None:
    before = (story.settings.data / CATALOG).read_bytes()
    with (story.backup / CATALOG).open("r+b") as file:
        file.seek(5000)
        file.write(b"x")
    with pytest.raises(Tampered):
        story.restore()
    assert (story.settings.data / CATALOG).read_bytes() == before
    Vaiti.open(story.settings, clock=story.clock).close()


_RESTORE = """
from datetime import datetime
from pathlib import Path
from recordings.restoring import restore
from recordings.settings import Settings
from tests.integration.fakes import MovedClock
settings = Settings(data=Path({data!r}), controllers=Path({controllers!r}))
restore(settings, Path({backup!r}), clock=MovedClock(datetime.fromisoformat({now!r})), actor="operator")
"""
POINTS = [*points_of("recordings/restoring.py"), *points_of("recordings/steps/replay.py")]


@pytest.mark.parametrize("point", POINTS)
def test_a_restore_that_was_killed_is_begun_again_and_ends_the_same(story: Story, point: str) -> None:
    place = {"data": str(story.settings.data), "controllers": str(story.settings.controllers)}
    code = _RESTORE.format(**place, backup=str(story.backup), now=story.clock.at.isoformat())
    assert run_until(point, code) == KILLED
    with pytest.raises(RestoreNeeded):
        Vaiti.open(story.settings, clock=story.clock)
    vaiti = story.restore()
    check_all_is_right(vaiti, story)
    vaiti.close()


def test_the_journal_names_nobody(story: Story) -> None:
    text = story.settings.journal_folder.joinpath("journal.jsonl").read_text(encoding="utf-8")
    for said in ("040 123", "0401234567", "1234567", "pbx", "131052", "Energiayhti"):
        assert said not in text
    assert len([json.loads(line) for line in text.splitlines()]) == story.audit[0]
