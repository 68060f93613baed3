"""Somebody signs in with the company's account: with a real provider, and with what somebody might send instead."""

import base64
import hmac
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import RSAKey

from recordings.errors import SettingsWrong
from recordings.factory import Engines, Vaiti
from recordings.openid import LEEWAY, OLDEST
from recordings.people_errors import SignsInElsewhere
from recordings.permissions import Role
from recordings.settings import Settings
from storage.records import Scope
from tests.integration.fakes import DigitDetector, MovedClock, Playback, SquareTone, WavCodec
from tests.integration.people import BASE, PASSWORD, a_browser, an_account, sign_in
from tests.oidc.server import NoProvider, OpenIdServer, running_provider

BACK = f"{BASE}/sign-in/back"
COMPANY = """
name = "Kuopion tunnus"
issuer = "{issuer}"
client_id = "vaiti"
client_secret_file = "{secret}"
address = "{base}"
{more}
[[roles]]
group = "vaiti-laatu"
controller = "kuopio"
role = "qa"
[[roles]]
group = "vaiti-tietosuoja"
controller = "kuopio"
role = "privacy-officer"
"""
QA, OFFICER = "vaiti-laatu", "vaiti-tietosuoja"
NOBODYS = "Aino.Ylen@example.invalid"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIdServer]:
    try:
        with running_provider(tmp_path_factory.mktemp("oidc"), BACK, f"{BASE}/sign-in") as server:
            yield server
    except NoProvider as missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))


@pytest.fixture
def provider(running: OpenIdServer) -> OpenIdServer:
    running.tell(who="sub-1", name=NOBODYS, groups=[QA], key=0, forged=None)
    return running


@dataclass
class Ahead(MovedClock):
    """The provider's clock, which is this machine's; ours may be ahead of it."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> Ahead:
    return Ahead()


@pytest.fixture
def settings(settings: Settings, provider: OpenIdServer) -> Settings:
    return with_company(settings, provider.issuer)


def with_company(settings: Settings, issuer: str, more: str = "") -> Settings:
    assert settings.controllers is not None
    folder = settings.controllers.parent
    secret = folder / "client.secret"
    secret.write_text("a secret of the tests, and of nobody else")
    secret.chmod(0o600)
    file = folder / "company.toml"
    file.write_text(COMPANY.format(issuer=issuer, secret=secret, base=BASE, more=more))
    return settings.model_copy(update={"company_sign_in": file})


@pytest.fixture
def reopen(vaiti: Vaiti, clock: Ahead) -> Iterator[Callable[[Settings], Vaiti]]:
    """The same folder under other settings; the first service is closed."""
    services: list[Vaiti] = []

    def again(settings: Settings) -> Vaiti:
        vaiti.close()
        engines = Engines(
            codec=WavCodec(), transcriber=lambda: Playback(words=[]), detector=DigitDetector, tone=SquareTone()
        )
        services.append(Vaiti.open(settings, clock=clock, engines=engines))
        return services[-1]

    yield again
    for each in services:
        each.close()


def leave(browser: TestClient) -> str:
    """Go to the provider; returns the address that the browser is sent to."""
    answer = browser.get("/sign-in/company")
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def at_provider(there: str) -> str:
    """Sign in there, as a browser does; returns the address that it is sent back to."""
    with httpx.Client(follow_redirects=False, timeout=30) as client:
        for _ in range(8):
            if there.startswith(BACK):
                return there
            answer = client.get(there)
            assert answer.status_code in {302, 303}, answer.text
            there = str(httpx.URL(there).join(answer.headers["Location"]))
    raise AssertionError("the provider does not send anybody back")


def come_in(browser: TestClient) -> Any:
    return browser.get(at_provider(leave(browser)))


def actions(vaiti: Vaiti) -> list[tuple[str, str]]:
    return [(each.actor, each.action) for each in vaiti.audit.list(Scope.system(), limit=50)]


def roles(vaiti: Vaiti) -> set[str]:
    account = vaiti.people.list()[0]
    return {each.role for each in vaiti.people.roles_of(account.id) if each.revoked_at is None}


def test_who_is_in_a_group_comes_in_after_the_promise_and_has_no_password(vaiti: Vaiti) -> None:
    browser = a_browser(vaiti)
    page = browser.get("/sign-in")
    assert "Sign in: Kuopion tunnus" in page.text
    answer = come_in(browser)
    assert answer.status_code == 200
    assert '<meta http-equiv="refresh" content="0;url=/start">' in answer.text
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert browser.get("/").headers["Location"] == "/commitment"  # before the first page
    assert browser.post("/commitment").status_code == 303
    assert browser.get("/").status_code == 200
    account = vaiti.people.list()[0]
    assert (account.name, account.password, account.code, roles(vaiti)) == (NOBODYS.casefold(), None, None, {"qa"})
    assert {("company", "account.created"), ("company", "role.granted")} <= {*actions(vaiti)}
    told = repr(vaiti.audit.list(Scope.system(), limit=50)).casefold()
    assert "ylen" not in told
    assert "sub-1" not in told
    with pytest.raises(SignsInElsewhere):
        vaiti.keep_people.reset(Scope.system(), account, actor="admin")
    assert a_browser(vaiti).post("/sign-in", data={"name": NOBODYS, "password": PASSWORD}).status_code == 401


def test_a_group_that_is_taken_away_is_gone_at_the_next_sign_in(vaiti: Vaiti, provider: OpenIdServer) -> None:
    provider.tell(groups=[QA, OFFICER, "something else"])
    first = a_browser(vaiti)
    come_in(first)
    assert roles(vaiti) == {"qa", "privacy-officer"}
    provider.tell(groups=[QA])
    second = a_browser(vaiti)
    assert come_in(second).status_code == 200
    assert roles(vaiti) == {"qa"}
    assert first.get("/account").status_code == 303  # what was open with the other role ends
    provider.tell(groups=["something else"])
    refused = come_in(a_browser(vaiti))
    assert refused.status_code == 403
    assert "no group of yours has a role here" in refused.text
    assert roles(vaiti) == set()
    assert second.get("/account").status_code == 303
    assert len(vaiti.people.list()) == 1


def test_who_is_in_no_known_group_gets_no_account(vaiti: Vaiti, provider: OpenIdServer) -> None:
    for groups in ([], ["vaiti-laatu "], "vaiti-laatu", {"vaiti-laatu": True}):
        provider.tell(groups=groups)
        assert come_in(a_browser(vaiti)).status_code == 403
    assert vaiti.people.list() == []


def test_who_was_put_out_here_stays_out(vaiti: Vaiti) -> None:
    come_in(a_browser(vaiti))
    vaiti.keep_people.disable(Scope.system(), vaiti.people.list()[0], actor="admin")
    assert come_in(a_browser(vaiti)).status_code == 401


def test_a_local_account_is_nobody_elses(vaiti: Vaiti) -> None:
    an_account(vaiti, NOBODYS, Role.ADMIN)
    assert come_in(a_browser(vaiti)).status_code == 422
    assert roles(vaiti) == {"admin"}
    assert vaiti.people.list()[0].subject is None


def test_a_code_is_good_once_and_in_the_browser_that_asked(vaiti: Vaiti) -> None:
    mine, others = a_browser(vaiti), a_browser(vaiti)
    there, kept = leave(mine), mine.cookies["vaiti_leaving"]
    back = at_provider(there)
    leave(others)
    assert others.get(back).status_code == 401  # the state is of another browser
    assert a_browser(vaiti).get(back).status_code == 401  # and no browser's
    assert mine.get(back.replace("state=", "state=0")).status_code == 401
    mine.cookies.set("vaiti_leaving", kept)
    assert mine.get(back).status_code == 200
    mine.cookies.clear()
    mine.cookies.set("vaiti_leaving", kept)
    assert mine.get(back).status_code == 401  # played again
    assert ("company", "company-sign-in.refused") in actions(vaiti)


def test_a_session_that_somebody_laid_there_is_not_the_one_that_is_opened(vaiti: Vaiti) -> None:
    browser = a_browser(vaiti)
    browser.cookies.set("vaiti_session", "laid-there-by-somebody")
    come_in(browser)
    names = [each.value for each in browser.cookies.jar if each.name == "vaiti_session" and each.value]
    assert names[-1] != "laid-there-by-somebody"
    other = a_browser(vaiti)
    other.cookies.set("vaiti_session", "laid-there-by-somebody")
    assert other.get("/account").status_code == 303


def test_only_the_addresses_of_the_file_are_led_to(vaiti: Vaiti, provider: OpenIdServer) -> None:
    browser = a_browser(vaiti)
    there = browser.get("/sign-in/company?next=https://example.invalid&redirect_uri=https://example.invalid")
    asked = parse_qs(urlsplit(there.headers["Location"]).query)
    assert there.headers["Location"].startswith(f"{provider.issuer}/")
    assert asked["redirect_uri"] == [BACK]
    assert (asked["code_challenge_method"], asked["response_type"]) == (["S256"], ["code"])
    assert "example.invalid" not in there.headers["Location"]
    assert "example.invalid" not in browser.get(at_provider(leave(browser)) + "&next=https://example.invalid").text
    out = a_browser(vaiti).get("/sign-out/company").headers["Location"]
    assert out.startswith(f"{provider.issuer}/session/end?")
    assert httpx.get(out, timeout=30).status_code == 200  # it asks whether to sign out


def claims(provider: OpenIdServer, right_nonce: str, **changed: Any) -> dict[str, Any]:
    now = int(time.time())
    right = {"iss": provider.issuer, "sub": "sub-9", "aud": "vaiti", "exp": now + 300, "iat": now, "nonce": right_nonce}
    return {**right, "groups": [QA], "preferred_username": "forged", **changed}


def signed(provider: OpenIdServer, token: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, token, provider.keys[0])


def unsigned(provider: OpenIdServer, token: dict[str, Any]) -> str:
    return f"eyJhbGciOiJub25lIn0.{signed(provider, token).split('.')[1]}."


def signed_with_the_public_key(provider: OpenIdServer, token: dict[str, Any]) -> str:
    body = f"{encoded(HS256)}.{signed(provider, token).split('.')[1]}"
    shown = provider.keys[0].as_pem(private=False)
    return f"{body}.{encoded(hmac.digest(shown, body.encode(), 'sha256'))}"


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def signed_by_somebody(provider: OpenIdServer, token: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, token, RSAKey.generate_key(2048))


HS256 = b'{"alg":"HS256","kid":"one"}'
Make = Callable[[OpenIdServer, dict[str, Any]], str]
PAST = int(time.time()) - OLDEST - LEEWAY - 10
WRONG: dict[str, tuple[dict[str, Any], Make]] = {
    "nonce": ({"nonce": "of another sign-in"}, signed),
    "no nonce": ({"nonce": None}, signed),
    "audience": ({"aud": "another service"}, signed),
    "several audiences": ({"aud": ["vaiti", "another"]}, signed),
    "authorized party": ({"azp": "another service"}, signed),
    "issuer": ({"iss": "https://example.invalid"}, signed),
    "expired": ({"exp": PAST + OLDEST}, signed),
    "no end": ({"exp": None}, signed),
    "old": ({"iat": PAST}, signed),
    "of tomorrow": ({"iat": int(time.time()) + 86_400}, signed),
    "nobody": ({"sub": ""}, signed),
    "none": ({}, unsigned),
    "public key": ({}, signed_with_the_public_key),
    "other key": ({}, signed_by_somebody),
}


def forge(browser: TestClient, provider: OpenIdServer, make: Make, changed: dict[str, Any]) -> int:
    there = leave(browser)
    token = claims(provider, parse_qs(urlsplit(there).query)["nonce"][0], **changed)
    provider.tell(forged=make(provider, {name: value for name, value in token.items() if value is not None}))
    return browser.get(at_provider(there)).status_code


def test_a_token_with_anything_wrong_opens_nothing(vaiti: Vaiti, provider: OpenIdServer) -> None:
    answers = {name: forge(a_browser(vaiti), provider, make, changed) for name, (changed, make) in WRONG.items()}
    assert answers == dict.fromkeys(WRONG, 401)
    assert vaiti.people.list() == []
    assert forge(a_browser(vaiti), provider, signed, {}) == 200  # the same way, with nothing wrong


def test_a_new_key_of_the_provider_is_fetched_when_it_is_met(vaiti: Vaiti, provider: OpenIdServer) -> None:
    assert come_in(a_browser(vaiti)).status_code == 200
    provider.tell(key=1)
    assert come_in(a_browser(vaiti)).status_code == 200
    provider.tell(key=0)


def test_clocks_may_differ_by_a_minute_and_no_more(vaiti: Vaiti, clock: Ahead) -> None:
    clock.ahead = timedelta(seconds=-LEEWAY / 2)
    assert come_in(a_browser(vaiti)).status_code == 200
    clock.ahead = timedelta(hours=-1)
    assert come_in(a_browser(vaiti)).status_code == 401
    clock.ahead = timedelta(hours=1)
    assert come_in(a_browser(vaiti)).status_code == 401


def test_without_the_provider_the_page_says_so_and_local_accounts_come_in(
    reopen: Callable[[Settings], Vaiti], settings: Settings
) -> None:
    vaiti = reopen(with_company(settings, "http://127.0.0.1:1"))
    answer = a_browser(vaiti).get("/sign-in/company")
    assert answer.status_code == 503
    assert "does not answer" in answer.text
    an_account(vaiti, "bertta", Role.QA)
    sign_in(a_browser(vaiti), "bertta")


def test_local_accounts_are_off_but_the_one_behind_glass(
    reopen: Callable[[Settings], Vaiti], settings: Settings, provider: OpenIdServer
) -> None:
    vaiti = reopen(with_company(settings, provider.issuer, 'local_accounts = false\nbreak_glass = "hätä"'))
    an_account(vaiti, "bertta", Role.QA)
    an_account(vaiti, "hätä", Role.ADMIN)
    assert a_browser(vaiti).post("/sign-in", data={"name": "bertta", "password": PASSWORD}).status_code == 401
    sign_in(a_browser(vaiti), "hätä")
    opened = [each for each in vaiti.audit.list(Scope.system(), limit=50) if each.action == "session.opened"]
    assert [each.detail["by"] for each in opened] == ["break-glass"]


def test_guessing_codes_is_counted_by_address(vaiti: Vaiti) -> None:
    browser = a_browser(vaiti)
    answers = [browser.get("/sign-in/back?code=x&state=y").status_code for _ in range(51)]
    assert answers == [401] * 50 + [429]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('role = "qa"', 'role = "king"', "roles.0.role"),
        ('role = "qa"', 'role = "support"', "for a case or for some days"),
        ('controller = "kuopio"', 'controller = "turku"', "a controller or partner that there is not"),
        ('client_id = "vaiti"', 'client_id = "vaiti"\nalgorithms = ["HS256"]', "algorithms"),
        ('client_id = "vaiti"', 'client_id = "vaiti"\nalgorithms = ["none"]', "algorithms"),
        ('client_id = "vaiti"', 'client_id = "vaiti"\nlocal_accounts = false', "break_glass"),
        ('issuer = "http://127.0.0.1', 'issuer = "http://example.invalid', "https://"),
        ('group = "vaiti-laatu"', "", "roles.0.group"),
    ],
)
def test_a_file_with_a_mistake_stops_the_start(
    settings: Settings, clock: Ahead, before: str, after: str, says: str
) -> None:
    assert settings.company_sign_in is not None
    file = Path(settings.company_sign_in)
    file.write_text(file.read_text().replace(before, after, 1))
    with pytest.raises(SettingsWrong, match=says):
        Vaiti.open(settings, clock=clock)
