"""All stores are compared once a day: what is safe is put right, the rest is told, and a missed day is made up for."""

import json
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from recordings.errors import PurgeIncomplete
from recordings.factory import Vaiti
from recordings.settings import Settings
from recordings.steps.purge import Purge
from recordings.steps.reconcile import Reconcile
from recordings.weekly import Week
from storage import receipts
from storage.embedded_queue import EmbeddedQueue
from storage.errors import Tampered
from storage.records import Item, Recording, RecordingId, Scope, SearchFilter, Stage
from storage.s3 import S3Objects
from storage.sweeps import Mismatch, SweepState
from tests.contracts.builders import an_id
from tests.integration.conftest import in_a_bucket
from tests.integration.fakes import MovedClock, a_call
from workers import doctor
from workers.main import app
from workers.reporting import write_week
from workers.schedule import Schedule

Push = Callable[..., Recording]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SYSTEM = Scope.system()


@pytest.fixture(params=["embedded", "servers"])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """SQLite and a folder, or PostgreSQL and a bucket."""
    if request.param == "embedded":
        return settings
    return in_a_bucket(request.getfixturevalue("postgres_settings"), request.getfixturevalue("s3_server"))


def swept(vaiti: Vaiti) -> tuple[dict[str, int], dict[str, int]]:
    """Sweep; what is left, and what was put right."""
    found = vaiti.reconcile()
    left, repaired = ({kind: n for kind, n in each.items() if n} for each in (found.left, found.repaired))
    return left, repaired


def orphan(vaiti: Vaiti, *, key: bool = True) -> RecordingId:
    """What a push leaves that dies before its row exists."""
    recording = an_id()
    vaiti.keys.create(recording, controller="kuopio", delete_on=date(2027, 3, 1))
    with vaiti.vault.write(recording, Item.RAW_AUDIO) as out:
        out.write(b"sound")
    if not key:
        vaiti.keys.destroy(recording)
    return recording


def test_stores_that_agree_are_left_alone(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    calls = [push(), push(a_call(seed=2), call_id="two", work=False)]
    assert list(swept(vaiti)) == [{}, {}]
    clock.at += HOUR
    assert list(swept(vaiti)) == [{}, {}]
    assert vaiti.view.read_words(SYSTEM, calls[0].id, actor="test")


def test_keys_and_objects_without_a_row_go_after_a_day(vaiti: Vaiti, clock: MovedClock) -> None:
    with_key, without = orphan(vaiti), orphan(vaiti, key=False)
    expected = {Mismatch.KEY_WITHOUT_ROW: 1, Mismatch.OBJECTS_WITHOUT_ROW: 1}
    assert list(swept(vaiti)) == [expected, {}]
    clock.at += DAY - HOUR
    assert list(swept(vaiti)) == [expected, {}]
    clock.at += HOUR
    assert list(swept(vaiti)) == [{}, expected]
    assert [vaiti.vault.inventory(each) for each in (with_key, without)] == [[], []]
    assert list(vaiti.keys.recordings()) == []
    removed = {entry.recording for entry in vaiti.audit.list(SYSTEM) if entry.action == "orphan.removed"}
    assert removed == {with_key, without}


def test_what_was_pushed_whole_and_lost_its_row_is_taken_up_again(
    push: Push, vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where somebody put an old database back by hand; what was pushed is not lost by it."""
    with monkeypatch.context() as lost:
        lost.setattr(vaiti.catalog, "add", lambda *_, **__: None)
        pushed = push(work=False)
    assert swept(vaiti)[0] == {Mismatch.KEY_WITHOUT_ROW: 1}
    clock.at += DAY
    assert list(swept(vaiti)) == [{}, {Mismatch.KEY_WITHOUT_ROW: 1}]
    taken_up = vaiti.catalog.get(SYSTEM, pushed.id)
    assert (taken_up.stage, taken_up.delete_at, taken_up.call_tag) == (
        Stage.RECEIVED,
        pushed.delete_at,
        pushed.call_tag,
    )


def test_the_day_begins_again_after_a_gap(vaiti: Vaiti, clock: MovedClock) -> None:
    """A database that was put back may remember having seen what a restore is about to take up again."""
    orphan(vaiti)
    swept(vaiti)
    clock.at += 3 * DAY
    assert list(swept(vaiti))[1] == {}
    clock.at += DAY
    assert list(swept(vaiti))[1] == {Mismatch.KEY_WITHOUT_ROW: 1}


def test_many_without_a_row_wait_for_a_person(vaiti: Vaiti, clock: MovedClock) -> None:
    for _ in range(26):
        vaiti.keys.create(an_id(), controller="kuopio", delete_on=date(2027, 3, 1))
    swept(vaiti)
    clock.at += DAY
    left, repaired = swept(vaiti)
    assert (left, repaired) == ({Mismatch.KEY_WITHOUT_ROW: 26, Mismatch.TOO_MANY_ORPHANS: 1}, {})
    assert "is this the catalog of these objects" in " ".join(vaiti.status(SYSTEM).complaints())
    assert vaiti.reconcile(confirmed_by="anna").repaired[Mismatch.KEY_WITHOUT_ROW] == 26
    assert {entry.actor for entry in vaiti.audit.list(SYSTEM) if entry.action == "orphan.removed"} == {"anna"}


def test_what_a_purged_call_has_again_goes_at_once(push: Push, vaiti: Vaiti) -> None:
    recording = push(work=False)
    vaiti.purge(recording.id, reason="erasure-request")
    vaiti.keys.create(recording.id, controller="kuopio", delete_on=date(2027, 3, 1))  # an old backup was put back
    with vaiti.vault.write(recording.id, Item.RAW_AUDIO) as out:
        out.write(b"sound")
    assert list(swept(vaiti)) == [{}, {Mismatch.BACK_FROM_PURGE: 1}]
    assert vaiti.vault.inventory(recording.id) == []
    assert not vaiti.keys.knows(recording.id)
    assert list(swept(vaiti)) == [{}, {}]


def test_rows_without_their_key_or_objects_are_told_and_nothing_is_deleted(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    no_key, no_sound = push(call_id="one"), push(a_call(seed=2), call_id="two")
    vaiti.keys.destroy(no_key.id)
    vaiti.masked.remove(no_sound.id, Item.MASKED_AUDIO)
    for _ in range(2):
        assert list(swept(vaiti)) == [{Mismatch.ROW_WITHOUT_KEY: 1, Mismatch.ROW_WITHOUT_OBJECTS: 1}, {}]
        clock.at += DAY
    assert len(vaiti.vault.inventory(no_key.id)) >= 6
    assert vaiti.keys.knows(no_sound.id)


def test_a_published_call_that_cannot_be_found_is_indexed_again(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    recording = push()
    vaiti.index.remove(recording.id)
    assert list(swept(vaiti)) == [{}, {Mismatch.NOT_INDEXED: 1}]
    hits = vaiti.index.search(SYSTEM, "energiayhtiöstä", only=SearchFilter(), now=clock.now())
    assert [hit.recording.id for hit in hits] == [recording.id]


def test_what_a_write_left_goes_after_a_day(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    recording = push(work=False)
    folder = f"{recording.id[:2]}/{recording.id}"
    if isinstance(vaiti.objects, S3Objects):
        vaiti.objects._client.begin(f"{folder}/plan.00000001-0000.content-{'0' * 16}")
    else:
        (vaiti.settings.data / "objects" / folder / f".tmp-{'0' * 16}").write_bytes(b"half")
    before = len(vaiti.vault.inventory(recording.id))
    assert list(swept(vaiti)) == [{Mismatch.UNFINISHED_OBJECT: 1}, {}]
    clock.at += DAY
    _, repaired = swept(vaiti)
    assert repaired == {Mismatch.UNFINISHED_OBJECT: 1}
    assert len(vaiti.vault.inventory(recording.id)) == before - 1


def test_what_waits_for_a_day_is_told_and_hinted_at(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    push(work=False)
    assert isinstance(vaiti.queue, EmbeddedQueue)
    while vaiti.queue.wait(0):
        pass  # the hint is lost
    assert list(swept(vaiti)) == [{}, {}]
    assert vaiti.queue.wait(0)
    clock.at += DAY
    assert list(swept(vaiti)) == [{Mismatch.STUCK: 1}, {}]


def test_a_purge_that_does_not_end_is_told(
    push: Push, vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = push(work=False)
    monkeypatch.setattr(Purge, "_conclude", lambda *_: None)
    with pytest.raises(PurgeIncomplete):
        vaiti.purge(recording.id, reason="erasure-request")
    assert vaiti.catalog.get(SYSTEM, recording.id).stage is Stage.PURGING
    assert list(swept(vaiti)) == [{}, {}]
    clock.at += DAY
    assert list(swept(vaiti)) == [{Mismatch.HALF_PURGED: 1}, {}]


def test_temporary_files_go_after_a_day_and_copies_of_databases_are_told(vaiti: Vaiti, clock: MovedClock) -> None:
    data = vaiti.settings.data
    for name in ("catalog.db.bak", ".vaiti-old.part", ".vaiti-new.part"):
        (data / name).write_bytes(b"x")
        os.utime(data / name, (clock.at.timestamp(),) * 2)
    os.utime(data / ".vaiti-old.part", ((clock.at - DAY - HOUR).timestamp(),) * 2)
    assert list(swept(vaiti)) == [{Mismatch.UNKNOWN_FILE: 1}, {Mismatch.STALE_FILE: 1}]
    assert (data / ".vaiti-new.part").exists()
    assert (data / "catalog.db.bak").exists()
    assert "outlives every purge" in " ".join(vaiti.status(SYSTEM).complaints())


def test_objects_that_are_not_ours_are_told_and_never_removed(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    names = ["readme.txt", "zz/readme.txt"]
    beginning = push().id[:2]  # in a bucket an object may be called as a folder is
    for name in [*names, beginning] if isinstance(vaiti.objects, S3Objects) else [*names, f"{beginning}/x"]:
        with vaiti.objects.write(name) as out:
            out.write(b"x")
    for _ in range(2):
        assert list(swept(vaiti)) == [{Mismatch.FOREIGN_OBJECT: 3}, {}]
        clock.at += DAY
    assert len(vaiti.objects.inventory("readme.txt")) == 1


def test_a_missed_sweep_is_made_up_for_at_the_next_start(
    vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[datetime] = []
    sweep = Reconcile.__call__

    def counted(each: Reconcile) -> SweepState:
        times.append(clock.at)
        return sweep(each)

    monkeypatch.setattr(Reconcile, "__call__", counted)
    begun = clock.at
    for hours in (0, 23, 24, 25, 71):
        clock.at = begun + hours * HOUR
        Schedule(vaiti, stop=Event()).run_once()  # each is a process of its own
    assert times == [begun, begun + 24 * HOUR, begun + 71 * HOUR]
    clock.at = begun - 2 * HOUR  # the clock was wrong: nobody knows when the last sweep was
    assert vaiti.reconcile.is_due()


def test_the_oldest_overdue_call_and_every_mismatch_are_metrics(
    push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient
) -> None:
    recording = push()
    vaiti.keys.destroy(recording.id)
    vaiti.reconcile()
    clock.at = recording.delete_at + 3 * HOUR
    answer = api.get("/api/v1/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    for line in (
        'vaiti_mismatches{kind="row-without-key"} 1.0',
        'vaiti_mismatches{kind="stuck"} 0.0',
        'vaiti_recordings{stage="published"} 1.0',
        "vaiti_overdue_recordings 1.0",
        "vaiti_oldest_overdue_seconds 10800.0",
        "vaiti_purge_halted 0.0",
    ):
        assert line in lines
    assert recording.id not in answer.text
    assert api.get("/api/v1/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_the_doctor_says_it_in_words(
    push: Push, vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "SystemClock", lambda: clock)

    def told() -> doctor.Result:
        return doctor._run("sweep", lambda: doctor._check_sweep(vaiti.settings))

    recording = push()
    assert told().ok  # none yet
    vaiti.reconcile()
    assert told().ok
    clock.at += 49 * HOUR
    assert "the last sweep was 49 hours ago" in told().detail
    vaiti.keys.destroy(recording.id)
    vaiti.reconcile()
    assert (told().ok, told().detail) == (
        False,
        "1 recordings have no key and cannot be read: put the newest backup of the keys back",
    )


def test_a_week_is_counted_signed_and_readable(push: Push, vaiti: Vaiti, clock: MovedClock, tmp_path: Path) -> None:
    early, late = push(call_id="one"), push(a_call(seed=2), call_id="two")
    vaiti.purge(early.id, reason="erasure-request")
    vaiti.reconcile()
    page = next(each for each in write_week(vaiti, Week.parse("2026-W10")) if "kuopio" in each.name)
    assert page.parent == vaiti.settings.data / "reports"
    signed = json.loads(page.with_suffix(".json").read_text())
    receipts.verify(signed, vaiti.signer.public_key(), form=receipts.WEEK)
    assert (signed["since"], signed["until"]) == ("2026-03-01T22:00:00Z", "2026-03-08T22:00:00Z")
    assert (signed["due"], signed["purged"], signed["kept"]) == (0, {"erasure-request": 1}, 1)
    assert "| deleted in the week | 1 |" in page.read_text()
    assert late.id not in page.read_text() + page.with_suffix(".json").read_text()
    assert list(swept(vaiti)) == [{}, {}]  # the pages are no unknown files
    with pytest.raises(Tampered):
        receipts.verify({**signed, "purged": {}}, vaiti.signer.public_key(), form=receipts.WEEK)
    (tmp_path / "key.pem").write_text(vaiti.signer.public_key())
    command = ["report", "verify", str(page.with_suffix(".json")), "--public-key", str(tmp_path / "key.pem")]
    assert CliRunner().invoke(app, command).exit_code == 0


def test_the_page_of_the_last_week_is_written_by_itself(vaiti: Vaiti, clock: MovedClock) -> None:
    folder = vaiti.settings.data / "reports"
    Schedule(vaiti, stop=Event()).run_once()
    assert sorted(path.name for path in folder.glob("*.md")) == ["2026-W09-kuopio.md", "2026-W09-lahti.md"]
    clock.at += 7 * DAY
    Schedule(vaiti, stop=Event()).run_once()
    assert len([*folder.glob("*.md")]) == 4


def test_a_sweep_by_hand_ends_with_one_when_something_is_left(
    push: Push, vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("data", "controllers", "objects_url", "objects_secret_key_file", "objects_access_key", "database_url"):
        value = getattr(vaiti.settings, name)
        if value is not None:
            monkeypatch.setenv(f"VAITI_{name.upper()}", getattr(value, "get_secret_value", lambda v=value: str(v))())
    recording = push()
    assert CliRunner().invoke(app, ["sweep"]).exit_code == 0
    vaiti.keys.destroy(recording.id)
    done = CliRunner().invoke(app, ["sweep"])
    assert done.exit_code == 1
    assert "1 recordings have no key" in done.output
    assert recording.id not in done.output
    assert isinstance(vaiti.sweeps.read(), SweepState)
