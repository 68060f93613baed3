"""What an API key opens, and what it does not: every route, every register, every end of a key."""

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from recordings.api.app import create_app
from recordings.errors import KeyEnded, KeyNameTaken, UnknownApiKey, UnknownController
from recordings.factory import Vaiti
from recordings.identity import METRICS, digest
from recordings.observability import configure_logging
from recordings.restoring import backing_up, restore
from recordings.retention import Period
from recordings.steps.api_keys import NewKey
from storage.api_keys import ApiKeyStore
from storage.errors import Unavailable
from storage.records import Kind, Recording, Scope
from storage.sql import SqlApiKeyStore, open_database
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_guard import BASE
from tests.integration.test_live import body, headers
from tests.integration.test_push import send

Push = Callable[..., Recording]
OPEN = {("get", "/api/v1/health/live"), ("get", "/api/v1/health/ready")}
PUSHES = {
    ("post", "/api/v1/recordings"),
    ("get", "/api/v1/recordings/{recording}"),
    ("patch", "/api/v1/recordings/{recording}/facts"),
}
MEASURES = {("get", "/api/v1/metrics")}
ASKS = {("get", "/api/v1/objections"), ("post", "/api/v1/objections/check")}
PORTALS = {
    ("post", "/api/v1/portal/requests"),
    ("get", "/api/v1/portal/requests/{case}"),
    ("post", "/api/v1/portal/requests/{case}/pack"),
}
SECRET = 43
# Letters of the part that is secret, at the end.
PAGES = ("/", "/calls/" + "0" * 32, "/sign-in", "/static/parts.css", "/favicon.ico")


@pytest.fixture
def key(vaiti: Vaiti) -> NewKey:
    return a_key(vaiti)


def a_key(vaiti: Vaiti, name: str = "pbx-1", *controllers: str, **more: Any) -> NewKey:
    return vaiti.keep_api_keys.create(name, controllers or ("kuopio",), actor="operator", **more)


def system(vaiti: Vaiti, key: NewKey | str) -> TestClient:
    """A pushing system that shows this key."""
    text = key if isinstance(key, str) else key.text
    return TestClient(create_app(vaiti), base_url=BASE, headers=bearer(text), follow_redirects=False)


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def every_route(client: TestClient) -> list[tuple[str, str]]:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    found = [(method, path) for path, methods in paths.items() for method in methods]
    assert len(found) >= 20
    return found


def test_a_key_has_the_form_that_scanners_look_for(key: NewKey) -> None:
    assert re.fullmatch(r"vaiti_[0-9a-f]{12}_[A-Za-z0-9_-]{43}", key.text)
    assert key.key.id in key.text


@pytest.mark.parametrize("opened", [PUSHES, MEASURES, ASKS, PORTALS], ids=["pushes", "measures", "asks", "portal"])
def test_of_all_routes_a_key_opens_those_that_it_is_for(vaiti: Vaiti, opened: set[tuple[str, str]]) -> None:
    keep = vaiti.keep_api_keys
    if opened == ASKS:
        key = keep.create_for_objections("it", ["kuopio"], actor="operator")
    elif opened == PORTALS:
        key = keep.create_for_portal("it", ["kuopio"], actor="operator")
    else:
        key = keep.create("it", ("kuopio",) if opened == PUSHES else (), actor="operator")
    client = system(vaiti, key)
    for method, path in every_route(client):
        answer = client.request(method, re.sub(r"\{\w+\}", "0" * 32, path))
        if (method, path) in opened | OPEN:
            assert answer.status_code in {200, 404, 422}, (method, path)
        else:
            assert (answer.status_code, answer.json()["slug"]) == (403, "not-allowed"), (method, path)


def test_a_key_that_asks_for_objections_asks_in_its_own_registers_only(vaiti: Vaiti) -> None:
    client = system(vaiti, vaiti.keep_api_keys.create_for_objections("dialler", ["kuopio"], actor="operator"))
    person = [{"type": "phone", "value": "040 123 4567"}]
    for controller, status in (("kuopio", 200), ("lahti", 422)):
        assert client.get("/api/v1/objections", params={"controller": controller}).status_code == status
        asked = {"controller": controller, "references": person}
        assert client.post("/api/v1/objections/check", json=asked).status_code == status


def test_no_page_opens_to_a_key(vaiti: Vaiti, key: NewKey) -> None:
    client = system(vaiti, key)
    assert {client.get(path).status_code for path in PAGES} == {403}


def test_a_system_pushes_and_sees_how_far_its_call_has_come(vaiti: Vaiti, key: NewKey) -> None:
    client = system(vaiti, key)
    answer = send(client)
    assert answer.status_code == 201
    assert client.get(answer.headers["Location"]).json()["stage"] == "received"
    (entry,) = vaiti.audit.list(Scope.of("kuopio"), recording=answer.json()["id"])
    assert entry.actor == f"key-{key.key.id}"


def test_another_register_is_as_if_there_were_none(vaiti: Vaiti, key: NewKey, push: Push) -> None:
    client = system(vaiti, key)
    foreign, unknown = (send(client, controller=each) for each in ("lahti", "helen"))
    assert (foreign.status_code, foreign.json()) == (unknown.status_code, unknown.json())
    theirs = push(controller="lahti", work=False)
    hidden, nothing = (client.get(f"/api/v1/recordings/{each}") for each in (theirs.id, "0" * 32))
    assert hidden.status_code == 404
    assert hidden.json() == nothing.json()


def test_a_key_for_some_kinds_pushes_no_others(vaiti: Vaiti) -> None:
    client = system(vaiti, a_key(vaiti, kinds=(Kind.CONTRACT,)))
    answer = send(client)
    assert (answer.status_code, answer.json()["slug"]) == (403, "not-allowed")
    assert send(client, kind="contract").status_code == 201
    assert send(client, kind="gossip").json()["slug"] == "unknown-kind"


def test_what_is_not_quite_a_key_opens_nothing(vaiti: Vaiti, key: NewKey) -> None:
    text, other = key.text, a_key(vaiti, "pbx-2").text
    exchanged = text[:-SECRET] + other[-SECRET:]
    for spoilt in (text[:-1], text + "A", text.upper(), text[:-SECRET] + "A" * SECRET, exchanged, "vaiti_"):
        assert system(vaiti, spoilt).get("/api/v1/recordings/" + "0" * 32).status_code == 401


def test_a_rotated_key_has_two_secrets_for_a_while(vaiti: Vaiti, key: NewKey, clock: MovedClock) -> None:
    rotated = vaiti.keep_api_keys.rotate("pbx-1", overlap=Period(days=1), actor="operator")
    both = (key.text, rotated.text)
    assert [is_let_in(vaiti, each) for each in both] == [True, True]
    clock.at += timedelta(days=1)
    assert [is_let_in(vaiti, each) for each in both] == [False, True]


def is_let_in(vaiti: Vaiti, text: str) -> bool:
    return system(vaiti, text).get("/api/v1/recordings/" + "0" * 32).status_code == 404


def test_an_expired_key_opens_nothing(vaiti: Vaiti, clock: MovedClock) -> None:
    key = a_key(vaiti, lasts=Period(months=1))
    assert is_let_in(vaiti, key.text)
    clock.at += timedelta(days=31)
    assert not is_let_in(vaiti, key.text)
    with pytest.raises(KeyEnded):
        vaiti.keep_api_keys.rotate("pbx-1", actor="operator")


def test_what_cannot_be_done_to_a_key_is_said(vaiti: Vaiti, key: NewKey) -> None:
    with pytest.raises(UnknownController):
        a_key(vaiti, "pbx-2", "helen")
    with pytest.raises(KeyNameTaken):
        a_key(vaiti, "pbx-1")
    with pytest.raises(UnknownApiKey):
        vaiti.keep_api_keys.revoke("pbx-9", actor="operator")
    vaiti.keep_api_keys.revoke(key.key.id, actor="operator")
    with pytest.raises(KeyEnded):
        vaiti.keep_api_keys.revoke(key.key.id, actor="operator")


def test_what_is_done_to_a_key_is_in_the_audit_log(vaiti: Vaiti, key: NewKey) -> None:
    vaiti.keep_api_keys.rotate("pbx-1", actor="operator")
    vaiti.keep_api_keys.revoke("pbx-1", actor="operator")
    entries = vaiti.audit.list(Scope.of("kuopio"))
    assert [entry.action for entry in entries] == ["api-key.revoked", "api-key.rotated", "api-key.created"]
    assert {entry.detail["key"] for entry in entries} == {key.key.id}


class Uses:
    """A store that counts how often a use is written, and may not answer."""

    def __init__(self, store: ApiKeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.is_away, self._note_use = 0, False, store.note_use
        monkeypatch.setattr(store, "note_use", self.note_use)

    def note_use(self, *args: Any, **more: Any) -> None:
        if self.is_away:
            raise Unavailable
        self.count += 1
        self._note_use(*args, **more)


def test_the_last_use_is_kept_once_a_minute_and_stops_no_push(
    vaiti: Vaiti, key: NewKey, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, uses = system(vaiti, key), Uses(vaiti.api_keys, monkeypatch)
    assert [send(client, a_call(seed=n), call_id=f"c-{n}").status_code for n in (1, 2)] == [201, 201]
    assert (uses.count, vaiti.keep_api_keys.find("pbx-1").last_used_at) == (1, clock.now())
    clock.at += timedelta(minutes=1)
    uses.is_away = True
    assert send(client, a_call(seed=3), call_id="c-3").status_code == 201


def test_a_key_is_asked_of_a_store_that_does_not_answer(
    vaiti: Vaiti, key: NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise Unavailable

    client = system(vaiti, key)
    monkeypatch.setattr(vaiti.api_keys, "find", fail)
    assert send(client).status_code == 503


def test_no_key_and_no_hash_reaches_a_log_the_audit_log_or_the_journal(vaiti: Vaiti, key: NewKey) -> None:
    stream = io.StringIO()
    configure_logging(stream)
    app = create_app(vaiti)

    @app.get("/api/v1/broken")
    def break_it() -> None:
        raise RuntimeError(key.text)

    client = TestClient(app, base_url=BASE, headers=bearer(key.text), raise_server_exceptions=False)
    rotated = vaiti.keep_api_keys.rotate("pbx-1", actor="operator")
    answers = [send(client), client.get("/api/v1/broken"), client.get("/api/v1/search")]
    vaiti.keep_api_keys.revoke("pbx-1", actor="operator")
    answers.append(send(client))
    assert [each.status_code for each in answers] == [201, 500, 405, 401]
    told = stream.getvalue() + "".join(each.text for each in answers) + repr(vaiti.audit.list(Scope.system()))
    told += vaiti.journal.journal.path.read_text(encoding="utf-8") + repr(vaiti.keep_api_keys.list())
    assert "api.fault" in told
    for text in (key.text, rotated.text):
        assert text[-SECRET:] not in told
        assert digest(text[-SECRET:]) not in told


def test_a_key_that_was_revoked_or_rotated_since_a_backup_stays_so(
    vaiti: Vaiti, push: Push, clock: MovedClock, home: Any
) -> None:
    push(work=False)
    revoked, leaked, kept = (a_key(vaiti, name) for name in ("pbx-1", "pbx-2", "pbx-3"))
    backing_up(vaiti)(home / "backups", actor="operator")
    vaiti.keep_api_keys.revoke("pbx-1", actor="operator")
    vaiti.keep_api_keys.rotate("pbx-2", overlap=timedelta(), actor="operator")
    vaiti.close()
    (backup,) = (home / "backups").iterdir()
    restore(vaiti.settings, backup, clock=clock, actor="operator")
    again = Vaiti.open(vaiti.settings, clock=clock, engines=vaiti.given)
    assert [is_let_in(again, each.text) for each in (revoked, leaked, kept)] == [False, False, True]
    again.close()


def test_a_key_that_another_process_revokes_opens_nothing_from_then_on(live: str, vaiti: Vaiti, key: NewKey) -> None:
    with httpx.Client(base_url=live, headers=headers(key.text)) as connection:
        assert connection.post("/api/v1/recordings", content=body()).status_code == 201
        other = open_database(vaiti.settings.data / "catalog.db")
        entry = vaiti.audit.list(Scope.of("kuopio"))[-1]
        SqlApiKeyStore(other).revoke(key.key.id, at=vaiti.clock.now(), by="operator", audit=entry)
        other.close()
        assert connection.post("/api/v1/recordings", content=body()).status_code == 401


def test_no_push_is_refused_while_a_key_is_rotated(live: str, vaiti: Vaiti, key: NewKey) -> None:
    texts = [key.text]

    def push_some(sender: int) -> list[int]:
        with httpx.Client(base_url=live, timeout=60) as connection:
            return [
                connection.post(
                    "/api/v1/recordings",
                    content=body(a_call(seed=sender * 10 + n), call_id=f"{sender}-{n}"),
                    headers=headers(texts[(sender + n) % len(texts)]),
                ).status_code
                for n in range(4)
            ]

    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(push_some, sender) for sender in range(3)]
        texts.append(vaiti.keep_api_keys.rotate("pbx-1", actor="operator").text)
        assert [each.result() for each in running] == [[201] * 4] * 3


def test_a_key_for_metrics_names_no_register(vaiti: Vaiti) -> None:
    key = vaiti.keep_api_keys.create("prometheus", (), actor="operator")
    assert (key.key.scopes, key.key.controllers) == ((METRICS,), ())
    assert "vaiti_recordings" in system(vaiti, key).get("/api/v1/metrics").text
