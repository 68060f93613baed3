"""People who sign in, for the tests: an account with a role, in a browser of its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fastapi.testclient import TestClient

from recordings.api.app import create_app
from recordings.factory import Vaiti
from recordings.permissions import ROLES, Role
from recordings.steps.people import NewRole
from storage.people import Account

BASE = "http://127.0.0.1:8470"
FROM_OUR_PAGE = {"Origin": BASE}
PASSWORD = "kolme kuivaa kannua"
CASE = "T-7"


def an_account(
    vaiti: Vaiti, name: str, *roles: Role, controllers: Sequence[str] = ("kuopio",), **narrow: Any
) -> Account:
    """An account with these roles in these registers; named calls are those of one case, support ends in a day."""
    account = vaiti.keep_people.create(name, actor="test", password=PASSWORD).account
    for controller in controllers:
        for role in roles:
            grant(vaiti, account, role, controller, **narrow)
    return account


def grant(vaiti: Vaiti, account: Account, role: Role, controller: str = "kuopio", **narrow: Any) -> None:
    terms, given = ROLES[role], dict(narrow)
    if terms.named_calls:
        given.setdefault("case", CASE)
    if terms.longest is not None:
        given.setdefault("until", _until(vaiti, role))
    vaiti.keep_people.grant(account, NewRole(role=role, controller=controller, **given), actor="test")


def _until(vaiti: Vaiti, role: Role) -> datetime:
    longest = ROLES[role].longest
    assert longest is not None
    return vaiti.clock.now() + longest


def a_browser(vaiti: Vaiti, base: str = BASE) -> TestClient:
    headers = {"Origin": base, "Accept": "text/html", "Accept-Language": "en"}
    return TestClient(create_app(vaiti), base_url=base, headers=headers, follow_redirects=False)


def sign_in(browser: TestClient, name: str, password: str = PASSWORD, *, promise: bool = True) -> TestClient:
    """Sign in, promise what has to be promised, and work in the only register."""
    answer = browser.post("/sign-in", data={"name": name, "password": password})
    assert answer.status_code == 303, answer.text
    if promise:
        assert browser.post("/commitment").status_code == 303
    return browser


def somebody(vaiti: Vaiti, *roles: Role, name: str = "", base: str = BASE, **narrow: Any) -> TestClient:
    """A browser in which somebody with these roles has signed in."""
    named = name or "-".join(roles)
    an_account(vaiti, named, *roles, **narrow)
    return sign_in(a_browser(vaiti, base), named)
