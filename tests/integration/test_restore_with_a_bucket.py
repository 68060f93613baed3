"""Yesterday's database is put back beside a bucket of today, or one that was rolled back too: nobody comes back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from minio import Minio
from minio.commonconfig import CopySource

from recordings.errors import RestoreNeeded
from recordings.factory import Vaiti
from recordings.restoring import backing_up, restore
from recordings.settings import Settings
from recordings.steps.reconcile import GRACE
from storage.errors import KeyGone, NotFound
from storage.records import Item, Recording, Scope, Stage
from storage.s3 import S3Objects
from storage.sweeps import Mismatch
from storage.vault import Vault
from tests.crashes import KILLED, run_until
from tests.integration.conftest import in_a_bucket
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_holds import held
from tests.integration.test_review import work
from tests.s3_server import S3Server

Push = Callable[..., Recording]
SYSTEM = Scope.system()


@pytest.fixture
def settings(settings: Settings, s3_server: S3Server, request: pytest.FixtureRequest) -> Settings:
    """SQLite and a bucket that keeps versions, unless a test asks for others."""
    asked = getattr(request, "param", "sqlite-versioned")
    if asked.startswith("postgres"):
        settings = request.getfixturevalue("postgres_settings")
    return in_a_bucket(settings, s3_server, versioned=asked.endswith("versioned"))


ALL = pytest.mark.parametrize(
    "settings", ["sqlite-plain", "sqlite-versioned", "postgres-plain", "postgres-versioned"], indirect=True
)


class BucketBackup:
    """What an operator has beside Vaiti: a copy of the whole bucket, as it was when it was made."""

    def __init__(self, settings: Settings, server: S3Server) -> None:
        assert settings.bucket
        self.admin: Minio = server.admin
        self.name, self.copy = settings.bucket.name, server.make_bucket()
        self._copy(self.name, self.copy.name)

    def put_back(self) -> None:
        self._copy(self.copy.name, self.name)

    def _copy(self, source: str, target: str) -> None:
        for each in self.admin.list_objects(source, recursive=True):
            assert each.object_name
            self.admin.copy_object(target, each.object_name, CopySource(source, each.object_name))

    def left_of(self, recording: Recording) -> list[str]:
        """Every version and delete marker of a recording in the service's bucket."""
        prefix = f"{recording.id[:2]}/{recording.id}/"
        found = self.admin.list_objects(self.name, prefix, recursive=True, include_version=True)
        return [f"{each.object_name} {each.version_id} {each.is_delete_marker}" for each in found]


class Story:
    """A backup is made, of the bucket too; then one call is erased, one's time comes, one is held and one is pushed."""

    def __init__(self, vaiti: Vaiti, push: Push, clock: MovedClock, home: Path, server: S3Server) -> None:
        self.settings, self.clock, self.engines = vaiti.settings, clock, vaiti.given
        self.erased = push(call_id="erased")
        self.due = push(
            a_call(seed=2), call_id="due", kind="contract", started_at="2025-09-02T20:00:00+03:00", work=False
        )
        self.held = push(a_call(seed=3), call_id="held")
        self.backup = backing_up(vaiti)(home / "backups", actor="operator")
        self.bucket = BucketBackup(vaiti.settings, server)
        clock.at += timedelta(hours=2)
        self.pushed = push(a_call(seed=4), call_id="pushed")
        self.hold = held(vaiti, self.held)
        vaiti.purge(self.erased.id, reason="erasure-request")
        clock.at += timedelta(hours=22)
        assert [each["recording"] for each in vaiti.purge_due(clock.now())] == [self.due.id]
        self.receipts = [*vaiti.catalog.receipts(SYSTEM)]
        vaiti.close()

    def restore(self) -> Vaiti:
        restore(self.settings, self.backup.path, clock=self.clock, actor="operator")
        return Vaiti.open(self.settings, clock=self.clock, engines=self.engines)


@pytest.fixture
def story(vaiti: Vaiti, push: Push, clock: MovedClock, home: Path, s3_server: S3Server) -> Story:
    return Story(vaiti, push, clock, home, s3_server)


def check_all_is_right(vaiti: Vaiti, story: Story) -> None:
    for gone in (story.erased, story.due):
        with pytest.raises(NotFound):
            vaiti.catalog.get(SYSTEM, gone.id)
        assert (vaiti.catalog.knows(gone.id), vaiti.index.knows(gone.id), vaiti.keys.knows(gone.id)) == (0, 0, False)
        assert story.bucket.left_of(gone) == []
    assert [*vaiti.catalog.receipts(SYSTEM)] == story.receipts
    assert vaiti.holds.list(SYSTEM) == [story.hold]
    assert vaiti.catalog.get(SYSTEM, story.held.id).held
    for played in (story.held, story.pushed):
        assert work(vaiti, vaiti.catalog.get(SYSTEM, played.id)).stage is Stage.PUBLISHED
        with vaiti.view.open_sound(SYSTEM, played.id, actor="agent-1") as sound:
            assert sound.read(4) == b"RIFF"
    assert vaiti.journal.find_fault() is None


@ALL
def test_nobody_comes_back_and_what_was_pushed_plays(story: Story) -> None:
    assert {path.name for path in story.backup.path.iterdir()}.isdisjoint({"objects", "keys.db"})
    story.bucket.put_back()
    assert all(story.bucket.left_of(gone) for gone in (story.erased, story.due))
    again = story.restore()
    check_all_is_right(again, story)
    check_copies_are_noise(again, story)
    again.close()


def check_copies_are_noise(vaiti: Vaiti, story: Story) -> None:
    stolen = Vault(S3Objects(story.bucket.copy), vaiti.keys)
    assert stolen.inventory(story.due.id)
    with pytest.raises(KeyGone):
        stolen.open(story.due.id, Item.RAW_AUDIO)
    with stolen.open(story.held.id, Item.RAW_AUDIO) as sound:  # the test can fail
        assert sound.read() == a_call(seed=3)


def test_what_a_bucket_brings_back_under_a_running_service_is_found_and_removed_by_the_sweep(story: Story) -> None:
    again = story.restore()
    story.bucket.put_back()
    assert all(story.bucket.left_of(gone) for gone in (story.erased, story.due))
    with pytest.raises(KeyGone):  # nobody can open it meanwhile
        again.vault.open(story.erased.id, Item.RAW_AUDIO)
    found = again.reconcile()
    assert found.repaired[Mismatch.BACK_FROM_PURGE] == 2
    check_all_is_right(again, story)
    story.clock.at += GRACE
    assert not any(again.reconcile().left.values())
    again.close()


_RESTORE = """
from datetime import datetime
from pathlib import Path
from recordings.restoring import restore
from recordings.settings import load_settings
from tests.integration.fakes import MovedClock
restore(load_settings(**{given!r}), Path({backup!r}), clock=MovedClock(datetime.fromisoformat({now!r})), actor="x")
"""


@pytest.mark.parametrize("point", ["replay.buried", "replay.adopted"])
def test_killed_on_its_way_it_ends_the_same_when_it_is_begun_again(story: Story, point: str) -> None:
    story.bucket.put_back()
    names = ("data", "controllers", "database_url", "objects_url", "objects_access_key", "objects_secret_key_file")
    values = {name: getattr(story.settings, name) for name in names}
    given = {name: str(getattr(value, "get_secret_value", lambda v=value: v)()) for name, value in values.items()}
    code = _RESTORE.format(given=given, backup=str(story.backup.path), now=story.clock.at.isoformat())
    assert run_until(point, code) == KILLED
    with pytest.raises(RestoreNeeded):
        Vaiti.open(story.settings, clock=story.clock)
    again = story.restore()
    check_all_is_right(again, story)
    again.close()
