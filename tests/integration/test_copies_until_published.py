"""`--delete-after published`: the sender's copy stays until no better one will be needed."""

from pathlib import Path
from threading import Event

import pytest

from recordings.errors import BadAudio
from recordings.factory import Vaiti
from storage.records import Recording, Scope, Stage
from tests.integration.fakes import Playback
from tests.integration.pushers import DELETED, KEPT, lay, pusher, recordings_below, stored
from workers.pushing.ledger import Copy, DeleteAfter
from workers.pushing.report import left_in_folder
from workers.pushing.sender import spread
from workers.worker import Worker

AWAITED = Copy.AWAITED.value


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "spool"


def only(vaiti: Vaiti) -> Recording:
    (found,) = vaiti.catalog.list(Scope.system())
    return found


def work(vaiti: Vaiti) -> None:
    recording = only(vaiti)
    while recording.stage in {Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED}:
        recording = vaiti.advance(recording)


def test_a_copy_stays_until_its_call_is_published(folder: Path, live: str, token: str, vaiti: Vaiti) -> None:
    lay(folder)
    with pusher(folder, live, token, delete=DeleteAfter.PUBLISHED) as watching:
        watching.push_all()
        watching.look()
        assert watching.outcomes == [("stored", None, AWAITED)]
        assert recordings_below(folder) == ["call.json", "call.wav"]
        work(vaiti)
        assert only(vaiti).stage is Stage.PUBLISHED
        watching.look()
        assert watching.outcomes == [("stored", None, DELETED)]
    assert recordings_below(folder) == []


def test_the_copy_of_a_damaged_call_stays_through_restarts_and_the_report_names_it(
    folder: Path, live: str, token: str, vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_damage(*_: object, **__: object) -> None:
        raise BadAudio("audio-undecodable", "It is damaged.")

    lay(folder)
    with pusher(folder, live, token, delete=DeleteAfter.PUBLISHED) as watching:
        watching.push_all()
        monkeypatch.setattr(Playback, "transcribe", find_damage)
        Worker(vaiti, name="a", stop=Event()).work_once()
    assert (only(vaiti).stage, only(vaiti).slug) == (Stage.FAILED, "audio-undecodable")
    with pusher(folder, live, token, delete=DeleteAfter.PUBLISHED) as after_a_restart:
        after_a_restart.push_all()
        assert after_a_restart.outcomes == [("stored", None, AWAITED)]
        ledger = after_a_restart.watcher.ledger
        assert [each.state for each in left_in_folder(folder, ledger)] == [AWAITED]


def test_a_call_that_ended_is_asked_for_once_more_and_its_copy_is_the_operators(
    folder: Path, live: str, token: str, vaiti: Vaiti
) -> None:
    lay(folder)
    with pusher(folder, live, token, delete=DeleteAfter.PUBLISHED) as watching:
        watching.push_all()
        vaiti.purge(only(vaiti).id, reason="erasure-request")
        watching.look()
        assert watching.outcomes == [("refused", "call-purged", KEPT)]
    assert recordings_below(folder) == ["call.json", "call.wav"]


def test_a_copy_that_changed_while_it_waited_is_not_deleted(folder: Path, live: str, token: str, vaiti: Vaiti) -> None:
    path = lay(folder)
    with pusher(folder, live, token, delete=DeleteAfter.PUBLISHED) as watching:
        watching.push_all()
        work(vaiti)
        content = path.read_bytes()
        path.write_bytes(content + b"more")
        watching.push_all()
        assert watching.outcomes == [("refused", "call-conflict", KEPT)]
    assert path.exists()


def test_while_the_service_is_away_nothing_is_deleted(folder: Path, live: str, token: str, vaiti: Vaiti) -> None:
    lay(folder)
    state = folder.with_name("state.jsonl")
    with pusher(folder, live, token, delete=DeleteAfter.PUBLISHED, state=state) as watching:
        watching.push_all()
    work(vaiti)
    with pusher(folder, "http://127.0.0.1:9", token, delete=DeleteAfter.PUBLISHED, state=state) as cut_off:
        cut_off.push_all()
        assert cut_off.outcomes == [("stored", None, AWAITED)]
    with pusher(folder, live, token, delete=DeleteAfter.PUBLISHED, state=state) as again:
        again.push_all()
        assert again.outcomes == [("stored", None, DELETED)]
    assert stored(vaiti) == 1


def test_pauses_are_about_as_long_as_asked_and_not_all_the_same() -> None:
    pauses = [spread(10.0) for _ in range(100)]
    assert all(7.5 <= each <= 12.5 for each in pauses)
    assert len(set(pauses)) > 1
