"""A sender that connects and says nothing, or stops in the middle, is let go: it holds no connection for ever."""

import socket
from collections.abc import Iterator
from threading import Thread
from time import monotonic, sleep
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn

import workers.listening
from recordings.api.app import create_app
from recordings.api.patience import Patience
from recordings.factory import Vaiti
from recordings.observability import LIBRARY_LOGGING
from tests.integration.test_live import body, headers, is_empty, wait_until
from workers.listening import PromptProtocol

SHORT = 0.5
# Seconds that a sender has here; nothing is asserted about being faster.
LIMIT = 30


@pytest.fixture
def impatient(vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The service with short limits."""
    monkeypatch.setattr(workers.listening, "HEADER_SECONDS", SHORT)
    taken = socket.create_server(("127.0.0.1", 0))
    app = Patience(create_app(vaiti), seconds=SHORT)
    config = uvicorn.Config(app, http=PromptProtocol, log_config=LIBRARY_LOGGING, access_log=False, lifespan="on")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    begun = monotonic()
    while not server.started:
        assert monotonic() - begun < LIMIT
        sleep(0.02)
    yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    server.should_exit = True
    thread.join(LIMIT)
    taken.close()


def connected(url: str) -> socket.socket:
    place = urlsplit(url)
    return socket.create_connection((place.hostname or "", place.port or 0), timeout=LIMIT)


@pytest.mark.parametrize("said", [b"", b"GET /health/live HTT", b"GET /health/live HTTP/1.1\r\nHost: loc"])
def test_who_does_not_finish_his_headers_is_let_go(impatient: str, said: bytes) -> None:
    with connected(impatient) as connection:
        connection.sendall(said)
        assert connection.recv(1) == b""


def test_no_answer_waits_for_the_last_one_to_be_confirmed(impatient: str, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[PromptProtocol] = []
    taken_up = PromptProtocol.data_received

    def data_received(self: PromptProtocol, data: bytes) -> None:
        served.append(self)
        taken_up(self, data)

    monkeypatch.setattr(PromptProtocol, "data_received", data_received)
    with httpx.Client(base_url=impatient) as client:
        client.get("/health/live").raise_for_status()
        option = served[0].transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assert option


def drip(connection: socket.socket) -> None:
    begun = monotonic()
    while monotonic() - begun < LIMIT:
        connection.sendall(b"X")
        sleep(SHORT / 5)


def test_a_byte_now_and_then_moves_no_deadline(impatient: str) -> None:
    with connected(impatient) as connection:
        connection.sendall(b"GET /health/live HTTP/1.1\r\n")
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            drip(connection)


def test_a_second_request_on_a_connection_has_as_long(impatient: str) -> None:
    with connected(impatient) as connection:
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /health/live HT")
        rest = b""
        while piece := connection.recv(4096):
            rest += piece
        assert b"HTTP/1.1" not in rest


def test_a_push_whose_body_stops_is_given_up_and_leaves_nothing(impatient: str, vaiti: Vaiti, token: str) -> None:
    content = body()
    lines = [f"{name}: {value}" for name, value in headers(token).items()]
    head = "\r\n".join(["POST /api/v1/recordings HTTP/1.1", "Host: localhost", *lines])
    for sent in (0, len(content) // 2):
        with connected(impatient) as connection:
            connection.sendall(f"{head}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content[:sent])
            assert connection.recv(4096).startswith(b"HTTP/1.1 422")
        wait_until(lambda: is_empty(vaiti))
    assert vaiti.catalog.list(vaiti.controllers.scope) == []


def test_who_sends_in_time_and_who_waits_for_an_answer_are_not_hurried(impatient: str, token: str) -> None:
    def pieces() -> Iterator[bytes]:
        content = body()
        for at in range(0, len(content), len(content) // 4):
            yield content[at : at + len(content) // 4]
            sleep(SHORT / 5)

    answer = httpx.post(f"{impatient}/api/v1/recordings", content=pieces(), headers=headers(token), timeout=LIMIT)
    assert answer.status_code == 201
