"""A watched folder: what is pushed, when, how often, and what becomes of the sender's copy."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from recordings.factory import Vaiti
from tests.integration.fakes import a_call
from tests.integration.pushers import (
    DELETED,
    GONE,
    KEPT,
    ROOT,
    Reluctant,
    a_reluctant_service,
    command,
    ended,
    killed_after,
    lay,
    pusher,
    recordings_below,
    stored,
    wait_for,
)


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "spool"


@pytest.fixture
def token_file(vaiti: Vaiti, token: str) -> Path:
    assert token
    return vaiti.settings.token_path


def test_a_finished_call_is_pushed_once_with_the_facts_beside_it(
    folder: Path, live: str, token: str, vaiti: Vaiti
) -> None:
    lay(folder / "2026" / "03", "pbx-1", agent="a17")
    with pusher(folder, live, token) as watching:
        assert watching.push_all()
        watching.look()
        assert watching.outcomes == [("stored", None, KEPT)]
    found = vaiti.catalog.list(vaiti.controllers.scope)
    assert [(each.agent, each.source) for each in found] == [("a17", "pbx")]
    with pusher(folder, live, token) as after_a_restart:
        after_a_restart.push_all()
        assert after_a_restart.outcomes == [("stored", None, KEPT)]


def test_a_call_that_is_still_written_is_left_alone(folder: Path, live: str, token: str, vaiti: Vaiti) -> None:
    path = lay(folder)
    with pusher(folder, live, token) as watching:
        watching.look()
        watching.look(seconds=29)
        path.write_bytes(a_call(2.0))
        watching.look(seconds=29)
        watching.look(seconds=29)
        assert stored(vaiti) == 0
        with path.open("ab"):  # a pause in the call: nothing is written, and the recorder has it open
            watching.look()
            assert stored(vaiti) == 0
        watching.look()
        assert stored(vaiti) == 1


def test_sound_waits_for_its_facts_and_facts_alone_are_nothing(
    folder: Path, live: str, token: str, vaiti: Vaiti
) -> None:
    sidecar = lay(folder).with_suffix(".json")
    facts = sidecar.read_bytes()
    sidecar.unlink()
    with pusher(folder, live, token) as watching:
        watching.push_all()
        assert watching.outcomes == []
        sidecar.write_bytes(facts)
        watching.push_all()
        assert watching.outcomes == [("stored", None, KEPT)]
    assert stored(vaiti) == 1


def test_links_pipes_and_hidden_files_are_passed_over(folder: Path, live: str, token: str, home: Path) -> None:
    outside = lay(home / "elsewhere")
    folder.mkdir()
    (folder / "link.wav").symlink_to(outside)
    (folder / "link.json").symlink_to(outside.with_suffix(".json"))
    os.mkfifo(folder / "pipe.wav")
    lay(folder / ".snapshot")
    with pusher(folder, live, token) as watching:
        watching.push_all()
        assert watching.outcomes == []


def test_a_share_that_is_not_mounted_is_not_taken_for_an_empty_folder(
    folder: Path, live: str, token: str, home: Path
) -> None:
    path = lay(folder)
    state = home / "state"
    with pusher(folder, live, token, state=state) as watching:
        watching.push_all()
    folder.rename(home / "away")
    folder.mkdir()
    with pusher(folder, live, token, state=state) as watching:
        watching.push_all()
        assert watching.outcomes == [("stored", None, KEPT)]
    assert not path.exists()


def test_facts_that_may_not_be_read_are_tried_again(
    folder: Path, live: str, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(folder)
    with pusher(folder, live, token) as watching:

        def refuse(_: object) -> None:
            raise PermissionError

        with monkeypatch.context() as nobody_may:
            nobody_may.setattr("workers.pushing.watch.open_regular", refuse)
            watching.push_all()
            assert watching.outcomes == [("failed", "file-unreadable", KEPT)]
        watching.look()
        assert watching.outcomes == [("stored", None, KEPT)]


def test_what_is_refused_is_listed_and_tried_again_only_when_it_changes(
    folder: Path, live: str, token: str, vaiti: Vaiti
) -> None:
    lay(folder, "old", started_at="2024-03-01T10:00:00+02:00")
    path = lay(folder, "no-kind", kind="gossip")
    lay(folder, "good")
    path.with_name("broken.json").write_text("{", encoding="utf-8")
    path.with_name("broken.wav").write_bytes(a_call(1.0))
    with pusher(folder, live, token) as watching:
        watching.push_all()
        assert watching.outcomes == [
            ("refused", "facts-unreadable", KEPT),
            ("refused", "past-retention", KEPT),
            ("refused", "unknown-kind", KEPT),
            ("stored", None, KEPT),
        ]
        receipts = [each.receipt for each in watching.entries if each.receipt]
        assert receipts == [each["id"] for each in watching.watcher.sender._client.list_receipts()]
        watching.push_all()
    with pusher(folder, live, token) as after_a_restart:
        after_a_restart.push_all()
        lay(folder, "no-kind")
        after_a_restart.push_all()
        assert ("refused", "unknown-kind", KEPT) not in after_a_restart.outcomes
    refusals = [each for each in vaiti.audit.list(vaiti.controllers.scope) if each.action == "recording.refused"]
    assert len(refusals) == 1  # the one past its period was sent once
    assert stored(vaiti) == 2
    with pusher(folder, live, token, again=True) as asked_to:
        asked_to.push_all()
        asked_to.push_all()
    refusals = [each for each in vaiti.audit.list(vaiti.controllers.scope) if each.action == "recording.refused"]
    assert len(refusals) == 2


def test_a_copy_is_deleted_once_it_is_stored_and_its_facts_with_it(folder: Path, live: str, token: str) -> None:
    lay(folder, "good")
    lay(folder, "refused", kind="gossip")
    with pusher(folder, live, token, delete=True) as watching:
        watching.push_all()
        assert watching.outcomes == [("refused", "unknown-kind", KEPT), ("stored", None, DELETED)]
    assert recordings_below(folder) == ["refused.json", "refused.wav"]


def test_a_copy_that_changed_after_it_was_stored_is_not_deleted(
    folder: Path, live: str, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lay(folder)
    with pusher(folder, live, token, delete=True) as watching:
        send = watching.watcher.sender._push

        def push_and_write(call: object) -> object:
            entry = send(call)  # type: ignore[arg-type]
            path.write_bytes(a_call(1.0, seed=7))
            return entry

        monkeypatch.setattr(type(watching.watcher.sender), "_push", lambda _, call: push_and_write(call))
        watching.push_all()
        assert watching.outcomes == [("stored", None, "changed")]
        monkeypatch.undo()
        watching.push_all()
        assert watching.outcomes == [("refused", "call-conflict", KEPT)]
    assert recordings_below(folder) == ["call.json", "call.wav"]


def test_a_deletion_that_failed_is_tried_again(
    folder: Path, live: str, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(folder)
    with pusher(folder, live, token, delete=True) as watching:
        with monkeypatch.context() as read_only:

            def refuse(*_: object, **__: object) -> None:
                raise PermissionError

            read_only.setattr(Path, "unlink", refuse)
            watching.push_all()
        assert watching.outcomes == [("stored", None, "delete-failed")]
        watching.look()
    assert recordings_below(folder) == []


def test_a_crash_between_two_deletions_leaves_nothing_for_ever(folder: Path, live: str, token: str) -> None:
    path = lay(folder)
    with pusher(folder, live, token) as watching:
        watching.push_all()
    path.with_suffix(".json").unlink()
    with pusher(folder, live, token, delete=True) as after_a_restart:
        after_a_restart.push_all()
    assert recordings_below(folder) == []


@pytest.fixture
def reluctant() -> Iterator[str]:
    with a_reluctant_service() as url:
        yield url


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_given_the_time_that_it_asks_for(folder: Path, reluctant: str, status: int) -> None:
    Reluctant.answers += [(status, {"Retry-After": "17"}), (status, {}), (status, {"Retry-After": "later"})]
    lay(folder)
    waited: list[float | None] = []
    with pusher(folder, reluctant, "t") as watching:
        watching.watcher.patience._stop.wait = waited.append  # type: ignore[method-assign,assignment]
        watching.watcher.patience._limit = None
        watching.push_all()
        assert watching.outcomes == [("stored", None, KEPT)]
    asked_for, second, third = (seconds or 0 for seconds in waited)
    assert 17 <= asked_for <= 18  # never sooner, and not all senders at one moment
    assert (1.5 <= second <= 2.5, 3 <= third <= 5) == (True, True)


@pytest.mark.parametrize("status", [500, GONE])
def test_a_file_that_fails_by_itself_holds_up_no_other(folder: Path, reluctant: str, status: int) -> None:
    Reluctant.answers += [(status, {})]
    lay(folder, "a")
    lay(folder, "b")
    with pusher(folder, reluctant, "t") as watching:
        watching.push_all()
        assert watching.outcomes == [("failed", "service-fault", KEPT), ("stored", None, KEPT)]
        watching.look(seconds=5)
        assert len(Reluctant.tokens) == 2
        watching.look(seconds=8)
        assert watching.outcomes == [("stored", None, KEPT)] * 2


def test_a_page_of_something_in_between_acknowledges_nothing(folder: Path, reluctant: str) -> None:
    Reluctant.answers += [(204, {}), (302, {"Location": "/sign-in"})]
    lay(folder, "a")
    lay(folder, "b")
    with pusher(folder, reluctant, "t", delete=True) as watching:
        watching.push_all()
        assert {each.outcome for each in watching.entries} == {"failed"}
    assert len(recordings_below(folder)) == 4


def test_a_page_of_something_in_between_refuses_no_file(folder: Path, reluctant: str) -> None:
    Reluctant.answers += [(403, {})]
    lay(folder)
    with pusher(folder, reluctant, "t") as watching:
        assert not watching.push_all()
        assert watching.outcomes == []
        assert watching.push_all()
        assert watching.outcomes == [("stored", None, KEPT)]


def test_a_service_that_is_away_costs_no_call(folder: Path, live: str, token: str, vaiti: Vaiti) -> None:
    lay(folder)
    with pusher(folder, "http://127.0.0.1:9", token) as watching:
        assert not watching.push_all()
    with pusher(folder, live, "not-the-token") as watching:
        assert not watching.push_all()
        assert watching.outcomes == []
    with pusher(folder, live, token) as watching:
        assert watching.push_all()
    assert stored(vaiti) == 1


def test_a_pusher_that_is_killed_pushes_nothing_twice_and_loses_nothing(
    folder: Path, live: str, token_file: Path, vaiti: Vaiti
) -> None:
    for number in range(30):
        lay(folder, f"call-{number}", audio=a_call(1.0, seed=number))
    watching = command(live, token_file, "--watch", folder, "--settle", "0.1", "--every", "0.1", "--delete-after-ack")
    killed_after(watching, vaiti, 4)
    killed_after(watching, vaiti, 12)
    once = ended([*watching, "--once"])
    assert (once.returncode, once.stdout) == (0, "")
    assert stored(vaiti) == 30
    assert recordings_below(folder) == []


def test_a_pusher_that_is_told_to_stop_ends_in_order_and_its_log_names_no_file(
    folder: Path, live: str, token_file: Path, vaiti: Vaiti
) -> None:
    lay(folder, "external-201-0401234567")
    arguments = command(live, token_file, "--watch", folder, "--settle", "0.1", "--every", "0.1")
    process = subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: stored(vaiti) == 1)
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "0401234567" not in log
    events = [json.loads(line) for line in log.splitlines()]
    assert [each["event"] for each in events] == ["push.started", "push.stored", "push.stopped"]
    assert set(events[1]) == {"event", "file", "level", "recording", "slug", "timestamp"}
    report = ended(command(live, token_file, "--report", folder, "--json"))
    assert json.loads(report.stdout) == {
        "copies": [
            {
                "path": str(folder / "external-201-0401234567.wav"),
                "file": events[1]["file"],
                "state": "stored",
                "slug": None,
                "recording": events[1]["recording"],
                "receipt": None,
            }
        ],
        "counts": {"stored": 1},
        "facts_without_sound": 0,
    }


def test_once_ends_with_a_code_that_says_whether_a_person_has_to_look(
    folder: Path, live: str, token_file: Path
) -> None:
    once = command(live, token_file, "--watch", folder, "--settle", "0.1", "--once")
    lay(folder, "refused", kind="gossip")
    lay(folder, "lone").with_suffix(".json").unlink()
    refused = ended(once)
    assert refused.returncode == 3
    assert "1 still written, or without facts" in refused.stderr
    assert "--report" in refused.stderr
    shown = ended(command(live, token_file, "--report", folder))
    assert "1  refused [unknown-kind]" in shown.stdout
    nobody = ended(
        command(
            "http://127.0.0.1:9", token_file, "--watch", folder, "--once", "--settle", "0", "--again", "--patience", "0"
        )
    )
    assert nobody.returncode == 1
    abroad = ended(command("http://vaiti.example", token_file, "--watch", folder))
    assert (abroad.returncode, "https only" in abroad.stderr) == (1, True)
