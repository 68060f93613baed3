"""The second factor: turned on by oneself, asked for after the password, no code good twice, a way back."""

import re
from datetime import timedelta

import pyotp
import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.identity import FACTOR_LASTS
from recordings.permissions import Role
from recordings.steps.sign_in import OF_A_NAME
from storage.records import Scope
from tests.integration.fakes import MovedClock
from tests.integration.people import PASSWORD, a_browser, sign_in, somebody

STEP = timedelta(seconds=30)


class Telephone:
    """An authenticator app."""

    def __init__(self, clock: MovedClock) -> None:
        self.clock = clock
        self.secret = ""
        self.recovery: list[str] = []

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(self.clock.at)


@pytest.fixture
def telephone(clock: MovedClock) -> Telephone:
    return Telephone(clock)


@pytest.fixture
def browser(vaiti: Vaiti, telephone: Telephone) -> TestClient:
    """Somebody who has turned the second factor on."""
    browser = somebody(vaiti, Role.QA, name="aino")
    page = browser.post("/account/second-factor").text
    telephone.secret = "".join(re.findall(r"<code>([A-Z2-7 ]+)</code>", page)).replace(" ", "")
    assert len(telephone.secret) == 32
    assert "<svg" in page
    assert browser.post("/account/second-factor/on", data={"code": "000000"}).status_code == 401
    shown = browser.post("/account/second-factor/on", data={"code": telephone.code()})
    assert shown.status_code == 200
    telephone.recovery = re.findall(r"<code>([a-z0-9-]{19})</code>", shown.text)
    assert len(set(telephone.recovery)) == 10
    assert browser.get("/account").status_code == 200
    return browser


def half_in(vaiti: Vaiti) -> TestClient:
    return sign_in(a_browser(vaiti), "aino", promise=False)


def give(browser: TestClient, code: str) -> int:
    return browser.post("/sign-in/second", data={"code": code}).status_code


def test_the_password_alone_opens_nothing(vaiti: Vaiti, browser: TestClient) -> None:
    other = half_in(vaiti)
    for path in ("/", "/account", "/people", "/commitment", "/controllers", "/start"):
        assert other.get(path).headers["Location"] == "/sign-in/second", path
    assert other.get("/api/v1/recordings").status_code == 401
    assert other.post("/commitment").status_code == 401
    assert other.get("/sign-in/second").status_code == 200


def test_the_code_opens_and_makes_a_new_session(vaiti: Vaiti, browser: TestClient, telephone: Telephone) -> None:
    telephone.clock.at += STEP
    other = half_in(vaiti)
    before = other.cookies["vaiti_session"]
    assert give(other, f"{telephone.code()[:3]} {telephone.code()[3:]}") == 303
    assert other.get("/account").status_code == 200
    old = a_browser(vaiti)
    old.cookies.set("vaiti_session", before, domain="127.0.0.1")
    assert old.get("/sign-in/second").headers["Location"] == "/sign-in"


def test_no_code_is_good_twice(vaiti: Vaiti, browser: TestClient, telephone: Telephone) -> None:
    assert give(half_in(vaiti), telephone.code()) == 401  # it has turned the factor on
    telephone.clock.at += STEP
    code = telephone.code()
    assert [give(half_in(vaiti), code), give(half_in(vaiti), code)] == [303, 401]


def test_a_clock_may_be_half_a_minute_off_and_no_more(vaiti: Vaiti, browser: TestClient, telephone: Telephone) -> None:
    telephone.clock.at += 10 * STEP
    early = pyotp.TOTP(telephone.secret).at(telephone.clock.at + 2 * STEP)
    late = pyotp.TOTP(telephone.secret).at(telephone.clock.at - 2 * STEP)
    assert [give(half_in(vaiti), each) for each in (early, late)] == [401, 401]
    assert give(half_in(vaiti), pyotp.TOTP(telephone.secret).at(telephone.clock.at - STEP)) == 303


def test_guessing_codes_gets_slower(vaiti: Vaiti, browser: TestClient, telephone: Telephone) -> None:
    other = half_in(vaiti)
    assert [give(other, f"{n:06d}") for n in range(OF_A_NAME.free)] == [401] * OF_A_NAME.free
    telephone.clock.at += timedelta(seconds=1)
    assert give(other, telephone.code()) == 429


def test_the_second_step_is_waited_for_some_minutes(vaiti: Vaiti, browser: TestClient, telephone: Telephone) -> None:
    other = half_in(vaiti)
    telephone.clock.at += FACTOR_LASTS
    assert give(other, telephone.code()) == 401
    assert other.get("/sign-in/second").headers["Location"] == "/sign-in"


def test_a_recovery_code_opens_once(vaiti: Vaiti, browser: TestClient, telephone: Telephone) -> None:
    code = telephone.recovery[3]
    assert [give(half_in(vaiti), each) for each in (code.upper(), code)] == [303, 401]
    assert "Recovery codes left: 9" in browser.get("/account").text


def test_turning_it_off_takes_the_password(vaiti: Vaiti, browser: TestClient) -> None:
    assert browser.post("/account/second-factor").status_code == 403  # nor is another one begun over it
    assert browser.post("/account/second-factor/off", data={"password": "wrong"}).status_code == 401
    assert half_in(vaiti).get("/account").headers["Location"] == "/sign-in/second"
    assert browser.post("/account/second-factor/off", data={"password": PASSWORD}).status_code == 303
    assert half_in(vaiti).get("/account").status_code == 200


def test_a_lost_telephone_is_an_admins_reset(vaiti: Vaiti, browser: TestClient) -> None:
    account = vaiti.keep_people.find("aino")
    kept = vaiti.keep_people.reset(Scope.system(), account, actor="admin")
    new = {"name": "aino", "password": "neljä aivan eri sanaa"}
    other = a_browser(vaiti)
    assert other.post("/welcome", data={**new, "code": kept.code}).headers["Location"] == "/sign-in/second"
    gone = vaiti.keep_people.reset(Scope.system(), account, actor="admin", factor=True)
    assert other.post("/welcome", data={**new, "code": gone.code}).headers["Location"] == "/start"


def test_a_copy_of_the_catalog_holds_no_second_factor(vaiti: Vaiti, browser: TestClient, telephone: Telephone) -> None:
    kept = b"".join(each.read_bytes() for each in vaiti.settings.data.glob("catalog.db*"))
    assert b"aino" in kept
    for secret in (telephone.secret, *telephone.recovery, PASSWORD):
        assert secret.encode() not in kept
        assert secret.replace("-", "").encode() not in kept
