"""What every request passes: the token, the session's cookie, the host, the origin; and what every answer carries."""

import re

import pytest
from fastapi.testclient import TestClient

from recordings.api.app import create_app
from recordings.edge import OPEN
from recordings.factory import Vaiti
from recordings.permissions import Role
from tests.integration.people import PASSWORD, an_account, somebody

BASE = "http://127.0.0.1:8470"


@pytest.fixture
def stranger(vaiti: Vaiti) -> TestClient:
    return TestClient(create_app(vaiti), base_url=BASE, follow_redirects=False)


@pytest.fixture
def browser(vaiti: Vaiti) -> TestClient:
    return without_origin(somebody(vaiti, Role.QA))


def without_origin(browser: TestClient) -> TestClient:
    """The browser, for requests that say themselves where they come from."""
    del browser.headers["Origin"]
    return browser


def test_every_address_of_the_api_but_the_open_ones_needs_a_caller(stranger: TestClient) -> None:
    paths = stranger.get("/api/v1/openapi.json").json()["paths"]
    assert len(paths) >= 10
    for path, methods in paths.items():
        for method in methods:
            answer = stranger.request(method, re.sub(r"\{\w+\}", "0" * 32, path))
            is_open = path in {"/api/v1/health/live", "/api/v1/health/ready"}
            assert answer.status_code == (200 if is_open else 401), (method, path)


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Basic dTpw", "wrong", "Bearer ä"])
def test_a_wrong_token_is_refused(stranger: TestClient, header: str) -> None:
    answer = stranger.get("/api/v1/recordings", headers=[(b"Authorization", header.encode())])
    assert (answer.status_code, answer.json()["slug"]) == (401, "not-signed-in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("host", ["vaiti.example", "127.0.0.1.evil.example", "", "169.254.1.1:8470"])
def test_other_names_for_this_machine_are_refused(stranger: TestClient, token: str, host: str) -> None:
    headers = {"Host": host, "Authorization": f"Bearer {token}"}
    answer = stranger.get("/api/v1/recordings", headers=headers)
    assert (answer.status_code, answer.json()["slug"]) == (421, "unknown-host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8470", "127.0.0.1", "[::1]:8470"])
def test_loopback_names_are_answered(stranger: TestClient, token: str, host: str) -> None:
    headers = {"Host": host, "Authorization": f"Bearer {token}"}
    assert stranger.get("/api/v1/recordings", headers=headers).status_code == 200


def test_the_session_cookie_is_for_this_site_and_not_for_scripts(vaiti: Vaiti, stranger: TestClient) -> None:
    an_account(vaiti, "aino", Role.QA)
    answer = stranger.post("/sign-in", data={"name": "aino", "password": PASSWORD}, headers={"Origin": BASE})
    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/;" in cookie
    assert "max-age" not in cookie


def test_signing_out_closes_the_session_on_the_server(browser: TestClient) -> None:
    secret = browser.cookies["vaiti_session"]
    assert browser.get("/").status_code == 200
    browser.post("/sign-out", headers={"Origin": BASE})
    browser.cookies.set("vaiti_session", secret, domain="127.0.0.1")
    assert browser.get("/").headers["Location"] == "/sign-in"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": BASE}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": BASE}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_cookie_acts_only_from_our_own_pages(browser: TestClient, headers: dict[str, str], status: int) -> None:
    found = browser.post("/", data={"query": "tunnus"}, headers=headers)
    assert found.status_code == (303 if status == 200 else status)  # a kept search has an address of its own
    assert browser.post("/api/v1/search", json={"query": "tunnus"}, headers=headers).status_code == status


def test_a_page_without_a_session_leads_to_signing_in(stranger: TestClient) -> None:
    answer = stranger.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert stranger.get("/calls/" + "0" * 32).status_code == 303


def test_a_wrong_password_on_the_page_says_so_and_repeats_nothing(stranger: TestClient) -> None:
    answer = stranger.post("/sign-in", data={"name": "a-name", "password": "a-password"}, headers={"Origin": BASE})
    assert answer.status_code == 401
    assert "a-password" not in answer.text
    assert "a-name" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_every_answer_has_the_security_headers(stranger: TestClient) -> None:
    for path in ("/sign-in", "/", "/static/parts.css", "/api/v1/recordings", "/no-such"):
        headers = stranger.get(path).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        # what is the same for everybody may be kept, and is asked for again each time
        assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static/") else "no-store")


def test_unknown_addresses_and_methods_are_problems(api: TestClient) -> None:
    for method, path, status in (("GET", "/api/v1/nothing", 404), ("PUT", "/api/v1/recordings", 405)):
        answer = api.request(method, path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_an_invalid_body_is_named_and_not_repeated(api: TestClient) -> None:
    answer = api.post("/api/v1/search", json={"query": "x", "limit": "131052-308T", "phone-0401234567": 1})
    assert answer.json()["problems"] == [
        {"field": "body", "rule": "extra_forbidden"},
        {"field": "body.limit", "rule": "int_parsing"},
    ]
    assert "131052" not in answer.text
    assert "0401234567" not in answer.text


def test_a_large_body_is_refused_before_it_is_read(api: TestClient) -> None:
    answer = api.post("/api/v1/search", content=b"x" * 1_100_000)
    assert (answer.status_code, answer.json()["slug"]) == (413, "audio-too-large")


def test_a_fault_tells_nothing(vaiti: Vaiti, token: str, capsys: pytest.CaptureFixture[str]) -> None:
    app = create_app(vaiti)

    @app.get("/api/v1/broken", dependencies=OPEN)
    def break_it() -> None:
        raise RuntimeError("131052-308T")

    client = TestClient(app, base_url=BASE, raise_server_exceptions=False)
    answer = client.get("/api/v1/broken", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["slug"]) == (500, "fault")
    assert "131052" not in answer.text + "".join(capsys.readouterr())
