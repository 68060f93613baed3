"""What only a real connection shows: uploads that break off, pushes at the same moment, archives nobody waits for."""

import io
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import pyzipper

from recordings.factory import Vaiti
from storage.records import Recording
from tests.integration.conftest import FACTS
from tests.integration.fakes import a_call

AUDIO = a_call()
PASSPHRASE = "a passphrase that is long"


def body(audio: bytes = AUDIO, **changes: Any) -> bytes:
    facts = json.dumps({**FACTS, **changes}).encode()
    first = b'--b\r\nContent-Disposition: form-data; name="facts"\r\n\r\n' + facts
    return first + b'\r\n--b\r\nContent-Disposition: form-data; name="audio"\r\n\r\n' + audio + b"\r\n--b--\r\n"


def headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "multipart/form-data; boundary=b"}


def wait_until(done: Callable[[], bool]) -> None:
    begun = monotonic()
    while not done():
        assert monotonic() - begun < 30
        sleep(0.02)


def is_empty(vaiti: Vaiti) -> bool:
    files = [
        name for _, _, names in os.walk(vaiti.settings.data / "objects") for name in names
    ]  # folders may go meanwhile
    return not files and not [*vaiti.keys.recordings()]


def test_an_upload_that_breaks_off_leaves_nothing(live: str, vaiti: Vaiti, token: str) -> None:
    place = urlsplit(live)
    content = body()
    with socket.create_connection((place.hostname or "", place.port or 0)) as connection:
        lines = [
            "POST /api/v1/recordings HTTP/1.1",
            f"Host: {place.netloc}",
            f"Authorization: Bearer {token}",
            "Content-Type: multipart/form-data; boundary=b",
            f"Content-Length: {len(content)}",
        ]
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + content[: len(content) // 2])
        wait_until(lambda: not is_empty(vaiti))
    wait_until(lambda: is_empty(vaiti))
    assert vaiti.catalog.list(vaiti.controllers.scope) == []


def test_a_push_without_a_stated_length_is_streamed(live: str, vaiti: Vaiti, token: str) -> None:
    def pieces() -> Iterator[bytes]:
        content = body()
        yield from (content[at : at + 10_000] for at in range(0, len(content), 10_000))

    answer = httpx.post(f"{live}/api/v1/recordings", content=pieces(), headers=headers(token))
    assert answer.status_code == 201
    assert not is_empty(vaiti)


def test_a_refused_sender_hears_why_while_it_is_still_sending(live: str, token: str) -> None:
    large = a_call(600)
    answer = httpx.post(f"{live}/api/v1/recordings", content=body(large, kind="gossip"), headers=headers(token))
    assert (answer.status_code, answer.json()["slug"]) == (422, "unknown-kind")


def test_the_same_call_pushed_at_the_same_moment_is_one_recording(live: str, vaiti: Vaiti, token: str) -> None:
    together = threading.Barrier(4)

    def send(_: int) -> httpx.Response:
        together.wait()
        return httpx.post(f"{live}/api/v1/recordings", content=body(), headers=headers(token), timeout=60)

    with ThreadPoolExecutor(4) as pool:
        answers = [*pool.map(send, range(4))]
    assert sorted(each.status_code for each in answers) == [200, 200, 200, 201]
    assert len({each.json()["id"] for each in answers}) == 1
    assert len([*vaiti.keys.recordings()]) == 1


@pytest.fixture
def wanted(push: Callable[..., Recording], live: str, token: str) -> dict[str, Any]:
    push(a_call(300))
    asked = {"controller": "kuopio", "type": "phone", "value": "0401234567"}
    found = httpx.post(f"{live}/api/v1/customers/find", json=asked, headers={"Authorization": f"Bearer {token}"})
    return {
        "type": "access",
        "customer": found.json()["customer"],
        "case": "T-1",
        "purpose": "access-request",
        "passphrase": PASSPHRASE,
    }


def test_an_archive_streams_whole(live: str, token: str, wanted: dict[str, Any]) -> None:
    answer = httpx.post(
        f"{live}/api/v1/requests", json=wanted, headers={"Authorization": f"Bearer {token}"}, timeout=60
    )
    archive = pyzipper.AESZipFile(io.BytesIO(answer.content))
    archive.setpassword(PASSPHRASE.encode())
    assert archive.read("001/audio.wav") == a_call(300)
    assert archive.testzip() is None


def test_an_archive_that_nobody_waits_for_is_given_up(live: str, token: str, wanted: dict[str, Any]) -> None:
    bearer = {"Authorization": f"Bearer {token}"}
    with httpx.stream("POST", f"{live}/api/v1/requests", json=wanted, headers=bearer, timeout=60) as answer:
        assert next(answer.iter_raw(1_000))
    wait_until(lambda: not [each for each in threading.enumerate() if each.name.startswith("vaiti-stream")])


def test_an_archive_that_cannot_be_finished_is_no_archive(
    live: str, vaiti: Vaiti, token: str, wanted: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("recordings.steps.access._readable", fail)
    bearer = {"Authorization": f"Bearer {token}"}
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.post(f"{live}/api/v1/requests", json=wanted, headers=bearer, timeout=60)
    assert vaiti.audit.list(vaiti.controllers.scope)[0].action == "raw.opened"
