"""Files made to do harm, pushed one after another (T18): each fails alone, and the next good call is masked."""

import os
import signal
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir
from threading import Event
from time import monotonic
from typing import BinaryIO

import pytest
from fastapi.testclient import TestClient

from recordings.engines import Samples
from recordings.factory import Vaiti
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_pipeline import use
from tests.integration.test_push import send, stored
from tests.unit.workers.hostile import hostile
from tests.unit.workers.test_fenced import the_decoder
from workers.engines.fenced import FencedCodec
from workers.worker import LEASE, MOST_ATTEMPTS, Worker

LONGEST = 60.0
# seconds that one such file may cost, on a busy machine too
SHORT_HOURS = 0.1
# instead of four, which takes a minute to count


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    """A server that nobody may ask."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def worker(vaiti: Vaiti) -> Worker:
    use(vaiti, codec=FencedCodec(longest_seconds=SHORT_HOURS * 3600))
    return Worker(vaiti, name="test", stop=Event())


def work(worker: Worker) -> None:
    while worker.work_once():
        pass


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files would be, if there were any."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert gettempdir() == str(tmp_path)
    return tmp_path


def test_a_hostile_file_fails_alone_and_the_next_call_is_masked(
    api: TestClient, vaiti: Vaiti, worker: Worker, canary: socket.socket, temporary: Path
) -> None:
    address = f"http://127.0.0.1:{canary.getsockname()[1]}"
    ended = {}
    for number, (name, content) in enumerate(hostile(address, hours=2 * SHORT_HOURS).items()):
        begun, before = monotonic(), stored(vaiti)
        answer = send(api, content, call_id=f"hostile-{number}", channels=None)
        if answer.status_code == 201:
            work(worker)
            ended[name] = api.get(answer.headers["Location"]).json()["slug"]
            assert api.get(answer.headers["Location"]).json()["stage"] == "failed", name
        else:
            ended[name] = answer.json()["slug"]
            assert answer.status_code in {413, 422}, name
            assert stored(vaiti) == before, name
        assert monotonic() - begun < LONGEST, name
    assert {name for name, slug in ended.items() if not slug.startswith("audio-")} == set(), ended
    assert ended["a long silence"] == ended["a long silence that does not say so"] == "audio-too-long"
    with pytest.raises(BlockingIOError):
        canary.accept()
    assert list(temporary.iterdir()) == []
    good = send(api, a_call(), call_id="good", channels=None)
    work(worker)
    assert api.get(good.headers["Location"]).json()["stage"] == "published"


class Killed(FencedCodec):
    """Its decoder is killed in the midst, so many times."""

    times = 1

    def decode(self, source: BinaryIO) -> Iterator[Samples]:
        blocks = super().decode(source)
        yield next(blocks)
        if self.times:
            self.times -= 1
            os.kill(the_decoder(), signal.SIGKILL)
        yield from blocks


@pytest.mark.parametrize(("times", "stage", "slug"), [(1, "published", None), (MOST_ATTEMPTS, "failed", "gave-up")])
def test_a_step_whose_decoder_was_killed_is_done_again_but_not_for_ever(  # noqa: PLR0917
    api: TestClient, vaiti: Vaiti, worker: Worker, clock: MovedClock, times: int, stage: str, slug: str | None
) -> None:
    codec = Killed()
    codec.times = times
    use(vaiti, codec=codec)
    place = send(api, a_call(120.0), channels=None).headers["Location"]
    for _ in range(times):
        assert worker.work_once()
        assert api.get(place).json()["stage"] == "received"
        assert not worker.work_once(), "until the lease is over"
        clock.at += timedelta(seconds=LEASE + 1)
    work(worker)
    ended = api.get(place).json()
    assert (ended["stage"], ended["slug"]) == (stage, slug)
