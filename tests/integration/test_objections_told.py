"""A company's own systems are told of objections: signed, in order, again after a failure, and never of whom."""

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from fastapi.testclient import TestClient
from standardwebhooks import Webhook, WebhookVerificationError
from typer.testing import CliRunner, Result

from recordings.factory import Vaiti
from recordings.settings import Settings
from recordings.webhooks import drop_older, make_secret
from tests.integration.fakes import MovedClock
from tests.integration.test_holds import posted
from tests.integration.test_objections import OBJECTION, POLL, SALE, stating
from tests.integration.test_review_command import as_json
from workers import doctor
from workers.clock import SystemClock
from workers.doctor import _check_webhooks, _Wrong
from workers.main import app
from workers.telling import WAITS, tell_objections

Run = Callable[..., Result]


class Receiver:
    """A company's system: a real server that may die and come back on the same port."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.answers = 204
        self._server: ThreadingHTTPServer | None = None
        self.port = 0
        self.start()

    def start(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if receiver.answers < 300:
                    receiver.got.append((self.path, dict(self.headers.items()), body))
                self.send_response(receiver.answers)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, daemon=True).start()

    def die(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def read(self, secret: str) -> list[dict[str, Any]]:
        """What has come, each verified as the specification says."""
        return [Webhook(secret).verify(body, headers) for _, headers, body in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.die()


@pytest.fixture
def settings(home: Path, receiver: Receiver) -> Settings:
    head = f'objections = "P10Y"\nwebhook = "http://127.0.0.1:{receiver.port}/vaiti"'
    (home / "controllers.toml").write_text(stating(head), encoding="utf-8")
    return Settings(data=home / "data", controllers=home / "controllers.toml")


@pytest.fixture
def clock() -> MovedClock:
    """The real time: who receives a message refuses one that is five minutes old."""
    return MovedClock(at=SystemClock().now())


def tell(vaiti: Vaiti) -> int:
    return tell_objections(vaiti, stop=Event())


def test_a_receiver_verifies_what_it_is_told_dies_and_gets_the_rest_later_in_order(
    api: TestClient, vaiti: Vaiti, clock: MovedClock, receiver: Receiver
) -> None:
    secret = make_secret(vaiti.settings, "kuopio")
    began = clock.at
    first = posted(api, "/objections", OBJECTION)
    assert tell(vaiti) == 1
    assert tell(vaiti) == 0
    (told,) = receiver.read(secret)
    assert (told["type"], told["data"]["id"], told["data"]["kind"]) == (
        "objection.recorded",
        first["id"],
        "direct-marketing",
    )
    receiver.die()
    second = posted(api, "/objections", {**OBJECTION, "kind": "profiling"})
    assert tell(vaiti) == 0
    posted(api, f"/objections/{first['id']}/end", {}, 200)
    telling = vaiti.objections.telling("kuopio")
    assert (telling.told, telling.attempts, telling.failed) == (1, 1, "webhook-unreachable")
    assert telling.next_at == clock.at + WAITS[0]
    receiver.start()
    assert tell(vaiti) == 0  # not yet
    clock.at += WAITS[0]
    receiver.answers = 503
    assert tell(vaiti) == 0
    assert vaiti.objections.telling("kuopio").next_at == clock.at + WAITS[1]
    receiver.answers = 204
    clock.at = began + timedelta(minutes=4)
    vaiti.objections.keep_telling(vaiti.objections.telling("lahti"))  # another register's is no matter
    assert tell(vaiti) == 0
    clock.at = began + WAITS[0] + WAITS[1]
    assert tell(vaiti) == 2
    bodies = [json.loads(body) for _, _, body in receiver.got[1:]]
    assert [(each["type"], each["data"]["id"]) for each in bodies] == [
        ("objection.recorded", second["id"]),
        ("objection.ended", first["id"]),
    ]
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 3
    assert vaiti.objections.telling("kuopio").failed is None


def test_a_message_tells_nobodys_number_and_its_address_nothing(
    push: Callable[..., object], api: TestClient, vaiti: Vaiti, receiver: Receiver
) -> None:
    make_secret(vaiti.settings, "kuopio")
    push(**SALE)
    posted(api, "/objections", OBJECTION)
    tell(vaiti)
    ((path, headers, body),) = receiver.got
    assert path == "/vaiti"
    everything = json.dumps(headers) + body.decode()
    assert "401234567" not in everything
    assert set(json.loads(body)["data"]) == {"number", "id", "controller", "kind", "case", "customer"}


def test_a_message_that_was_altered_or_signed_by_another_is_known(
    api: TestClient, vaiti: Vaiti, receiver: Receiver
) -> None:
    secret = make_secret(vaiti.settings, "kuopio")
    posted(api, "/objections", OBJECTION)
    tell(vaiti)
    ((_, headers, body),) = receiver.got
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(b"direct-marketing", b"profiling"), headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 43 + "=").verify(body, headers)


def test_a_secret_is_replaced_without_a_gap(api: TestClient, vaiti: Vaiti, receiver: Receiver) -> None:
    old = make_secret(vaiti.settings, "kuopio")
    new = make_secret(vaiti.settings, "kuopio")
    posted(api, "/objections", OBJECTION)
    tell(vaiti)
    assert receiver.read(old) == receiver.read(new)
    assert drop_older(vaiti.settings, "kuopio") == 1
    posted(api, "/objections", {**OBJECTION, "kind": "profiling"})
    tell(vaiti)
    assert len(receiver.read(new)) == 2
    with pytest.raises(WebhookVerificationError):
        receiver.read(old)


def test_a_redirect_is_not_followed_and_no_secret_is_no_message(
    api: TestClient, vaiti: Vaiti, clock: MovedClock, receiver: Receiver
) -> None:
    posted(api, "/objections", OBJECTION)
    assert tell(vaiti) == 0
    assert vaiti.objections.telling("kuopio").failed == "webhook-unsigned"
    make_secret(vaiti.settings, "kuopio")
    clock.at += WAITS[0]
    receiver.answers = 307
    assert tell(vaiti) == 0
    assert vaiti.objections.telling("kuopio").failed == "webhook-refused"
    assert receiver.got == []


@pytest.fixture
def run(vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on the service, which stays open."""
    monkeypatch.setattr("workers.service.open_vaiti", lambda *_, **__: vaiti)
    monkeypatch.setattr(Vaiti, "close", lambda _: None)
    monkeypatch.setattr("recordings.observability.configure_logging", lambda: None)
    yield lambda *words: CliRunner().invoke(app, ["objection", *words])
    monkeypatch.undo()


def test_the_command_line_does_all_of_it(run: Run, push: Callable[..., Any], vaiti: Vaiti, receiver: Receiver) -> None:
    ours = ("--controller", "kuopio")
    secret = run("secret", *ours).stdout.strip()
    sale = push(**SALE)
    who = ("--reference", "phone:0401234567")
    recorded = as_json(run("record", *ours, "--kind", "direct-marketing", *who, "--as", "officer-1", "--json"))
    assert vaiti.catalog.get(vaiti.controllers.scope, sale.id).objected
    assert "direct-marketing" in run("check", *ours, *who).stdout
    assert as_json(run("check", *ours, *who, "--json")) == {"objected_to": ["direct-marketing"]}
    assert "told up to 0, 1 left" in run("webhook", *ours).stdout
    tell(vaiti)
    assert receiver.read(secret)[0]["data"]["id"] == recorded["id"]
    assert as_json(run("webhook", *ours, "--json"))["left"] == 0
    assert "ended" in run("end", recorded["id"]).stdout
    assert "nothing" in run("check", *ours, *who).stdout
    assert "1 found" in run("list", *ours).stdout
    assert [each["number"] for each in as_json(run("list", *ours, "--json"))["objections"]] == [2]
    assert run("secret", *ours).stdout.startswith("whsec_")
    assert "1 older secrets dropped" in run("secret", *ours, "--retire").stdout
    assert run("record", *ours, "--kind", "everything", *who).exit_code == 2


def test_a_withdrawal_says_what_it_erased(run: Run, push: Callable[..., Any], api: TestClient) -> None:
    push(**POLL)
    open_case = ("case", "open", "--controller", "kuopio", "--kind", "consent-withdrawal", "--way", "visit")
    who = ("--reference", "phone:0401234567", "--by", "document-shown", "--json")
    case = as_json(CliRunner().invoke(app, [*open_case, *who]))
    done = run("record", "--controller", "kuopio", "--kind", "consent-withdrawal", "--case", case["id"])
    assert "1 calls erased" in done.stdout


def test_the_doctor_says_which_systems_do_not_hear(
    run: Run, api: TestClient, vaiti: Vaiti, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_opened", lambda _: nullcontext(vaiti))
    make_secret(vaiti.settings, "kuopio")
    assert _check_webhooks(vaiti.settings) == "1 registers' systems are told of objections"
    posted(api, "/objections", OBJECTION)
    receiver.answers = 500
    tell(vaiti)
    assert "failed 1 times (webhook-refused)" in run("webhook", "--controller", "kuopio").stdout
    with pytest.raises(_Wrong, match="not told of objections: kuopio"):
        _check_webhooks(vaiti.settings)
