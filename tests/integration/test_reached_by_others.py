"""A service that other machines reach: under which names, by whom, and encrypted."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi.testclient import TestClient

from recordings.api.app import create_app
from recordings.errors import SettingsWrong
from recordings.factory import Vaiti
from recordings.permissions import Role
from recordings.settings import load_settings
from recordings.steps.api_keys import NewKey
from recordings.steps.sign_in import OF_AN_ADDRESS
from storage.records import Stage
from tests.integration.fakes import MovedClock
from tests.integration.people import PASSWORD, a_browser, an_account, sign_in
from tests.integration.test_api_keys import a_key, bearer, every_route
from tests.integration.test_live import body, headers, wait_until
from tests.integration.test_push import send
from workers.client import client_of
from workers.service import Service

NAME = "vaiti.keskienergia.example"
OUTSIDE = f"https://{NAME}"
HEALTH = ("/health/live", "/health/ready", "/api/v1/health/live", "/api/v1/health/ready")


@pytest.fixture
def reached(vaiti: Vaiti) -> Vaiti:
    """The service behind a proxy that ends TLS."""
    given = {"data": vaiti.settings.data, "controllers": vaiti.settings.controllers}
    settings = load_settings(**given, names=f"{NAME.upper()}, 10.0.0.7", tls_ends_at_proxy=True)
    return replace(vaiti, settings=settings)


def outside(vaiti: Vaiti, text: str | None = None, name: str = OUTSIDE) -> TestClient:
    return TestClient(create_app(vaiti), base_url=name, headers=bearer(text) if text else {}, follow_redirects=False)


def test_a_key_is_let_in_under_each_name(reached: Vaiti) -> None:
    key = a_key(reached)
    assert send(outside(reached, key.text)).status_code == 201
    assert send(outside(reached, key.text, "https://10.0.0.7:8470")).status_code == 200
    assert send(outside(reached, key.text, "http://127.0.0.1:8470")).status_code == 200
    other = send(outside(reached, key.text, "https://other.example"))
    assert (other.status_code, other.json()["slug"]) == (421, "unknown-host")


def test_under_such_a_name_the_token_opens_nothing(reached: Vaiti, token: str) -> None:
    at_home = outside(reached, token, "http://127.0.0.1:8470")
    routes = every_route(at_home)
    assert at_home.get("/api/v1/recordings").status_code == 200
    for text in (token, None):
        client = outside(reached, text)
        for method, path in routes:
            expected = 200 if path in HEALTH else 401
            assert client.request(method, path.replace("{recording}", "0" * 32)).status_code == expected, path


def test_under_such_a_name_people_come_in_by_their_accounts(reached: Vaiti, token: str) -> None:
    an_account(reached, "aino", Role.QA)
    browser = sign_in(a_browser(reached, OUTSIDE), "aino")
    assert {path: browser.get(path).status_code for path in ("/", "/account", "/api/v1/recordings")} == {
        "/": 200,
        "/account": 200,
        "/api/v1/recordings": 200,
    }
    stranger = a_browser(reached, OUTSIDE)
    assert [stranger.get(path).headers["Location"] for path in ("/", "/account", "/set-up")] == ["/sign-in"] * 3
    assert stranger.get("/sign-in").status_code == 200
    assert stranger.post("/set-up", data={"token": token, "name": "x", "password": PASSWORD}).status_code == 401


def test_over_tls_the_cookie_is_bound_to_the_host(reached: Vaiti) -> None:
    an_account(reached, "aino", Role.QA)
    browser = a_browser(reached, OUTSIDE)
    cookie = browser.post("/sign-in", data={"name": "aino", "password": PASSWORD}).headers["Set-Cookie"]
    assert cookie.startswith("__Host-vaiti_session=")
    assert {"secure", "httponly", "samesite=strict", "path=/"} <= {each.strip().lower() for each in cookie.split(";")}
    assert "domain" not in cookie.lower()
    secret = browser.cookies["__Host-vaiti_session"]
    other = a_browser(reached, OUTSIDE)
    assert other.get("/start", headers={"Cookie": f"vaiti_session={secret}"}).headers["Location"] == "/sign-in"


def test_behind_a_proxy_tries_are_counted_by_the_address_that_it_names(reached: Vaiti) -> None:
    browser, wrong = a_browser(reached, OUTSIDE), {"name": "aino", "password": "something wrong"}
    answers = [
        browser.post("/sign-in", data={**wrong, "name": f"n{n}"}, headers={"X-Forwarded-For": "1.1.1.1, 10.0.0.9"})
        for n in range(OF_AN_ADDRESS.free + 1)
    ]
    assert [each.status_code for each in answers] == [401] * OF_AN_ADDRESS.free + [429]
    assert browser.post("/sign-in", data=wrong, headers={"X-Forwarded-For": "10.0.0.9, 10.0.0.8"}).status_code == 401


def test_health_is_open_under_each_name(reached: Vaiti) -> None:
    assert [outside(reached).get(path).status_code for path in HEALTH] == [200] * len(HEALTH)


def a_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of the name alone, signed by itself, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), MovedClock().now().replace(year=2020)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = (
        builder.not_valid_before(now)
        .not_valid_after(now + timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "tls.crt", folder / "tls.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    paths[1].chmod(0o600)
    return paths


@pytest.fixture
def encrypted(vaiti: Vaiti, home: Path) -> Vaiti:
    """The service on all addresses, with TLS of its own."""
    certificate, key = a_certificate(home)
    settings = load_settings(
        data=vaiti.settings.data,
        controllers=vaiti.settings.controllers,
        host="0.0.0.0",
        port=0,
        names=NAME,
        tls_certificate_file=certificate,
        tls_key_file=key,
    )
    return replace(vaiti, settings=settings)


@pytest.fixture
def port(encrypted: Vaiti) -> Iterator[int]:
    with Service(encrypted) as service:
        yield service.port


def verify(vaiti: Vaiti) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(vaiti.settings.tls_certificate_file))


def test_a_system_pushes_over_tls_that_ends_in_the_service(encrypted: Vaiti, port: int, token: str) -> None:
    key: NewKey = a_key(encrypted)
    with httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=verify(encrypted)) as client:
        for text, status in ((key.text, 201), (token, 401), (key.text, 200)):
            answer = client.post(
                "/api/v1/recordings",
                content=body(),
                headers={**headers(text), "Host": NAME},
                extensions={"sni_hostname": NAME, "timeout": httpx.Timeout(60).as_dict()},
            )
            assert answer.status_code == status
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://127.0.0.1:{port}/health/live", headers={"Host": NAME})


def test_commands_on_the_machine_itself_use_the_token_over_that_tls(encrypted: Vaiti, port: int, token: str) -> None:
    assert encrypted.settings.read_token() == token
    with client_of(encrypted.settings.model_copy(update={"port": port})) as client:
        assert client.search("tunnus") == []
        key = a_key(encrypted)
        with httpx.Client(verify=False) as plain:
            plain.post(f"https://127.0.0.1:{port}/api/v1/recordings", content=body(), headers=headers(key.text))
        (recording,) = encrypted.catalog.list(encrypted.controllers.scope)
        wait_until(lambda: client.get_recording(recording.id)["stage"] == Stage.PUBLISHED)


def test_a_certificate_that_cannot_be_served_stops_the_start(encrypted: Vaiti) -> None:
    key = encrypted.settings.tls_key_file
    assert key is not None
    key.chmod(0o644)
    with pytest.raises(SettingsWrong, match="chmod 600"):
        Service(encrypted)
    key.chmod(0o600)
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x" * 8)
    )
    key.write_bytes(other)
    with pytest.raises(SettingsWrong, match="without a password"):
        Service(encrypted)
