"""The admin's pages: who is let in, by whom, and what an admin of one register cannot do to another."""

import hashlib
import re

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.identity import COMMITMENT
from recordings.permissions import Role
from recordings.web.texts_people import PEOPLE_TEXTS, PROMISES, ROLE_NAMES, ROLE_REASONS
from storage.people import Account
from storage.records import Scope
from tests.integration.people import PASSWORD, a_browser, an_account, grant, sign_in, somebody


@pytest.fixture
def admin(vaiti: Vaiti) -> TestClient:
    return somebody(vaiti, Role.ADMIN)


def roles(vaiti: Vaiti, account: Account) -> list[tuple[str, bool]]:
    return [(each.role, each.revoked_at is None) for each in vaiti.people.roles_of(account.id)]


def test_an_admin_invites_somebody_who_chooses_her_password(vaiti: Vaiti, admin: TestClient) -> None:
    page = admin.post("/people", data={"name": "Aino", "role": "qa"})
    (code,) = re.findall(r"<code>([a-z0-9-]{19})</code>", page.text)
    browser = a_browser(vaiti)
    assert browser.post("/welcome", data={"name": "aino", "code": code, "password": PASSWORD}).status_code == 303
    browser.post("/commitment")
    assert browser.get("/").status_code == 200
    listed = admin.get("/people").text
    assert "aino" in listed
    assert code not in listed
    person = vaiti.keep_people.find("aino")
    assert code not in admin.get(f"/people/{person.id}").text


def test_an_admin_gives_roles_and_takes_them_back(vaiti: Vaiti, admin: TestClient) -> None:
    aino = an_account(vaiti, "aino", Role.QA)
    path = f"/people/{aino.id}"
    assert admin.post(f"{path}/roles", data={"role": "investigator", "case": "T-7"}).status_code == 303
    assert admin.post(f"{path}/roles", data={"role": "trainer", "partner": "myynti"}).status_code == 303
    assert admin.post(f"{path}/roles", data={"role": "support", "until": "2026-03-04"}).status_code == 303
    for wrong in ({"role": "investigator"}, {"role": "support"}, {"role": "king"}, {"role": "qa", "until": "x"}):
        answer = admin.post(f"{path}/roles", data=wrong)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    held = {each.role: each for each in vaiti.people.roles_of(aino.id)}
    assert set(held) == {"qa", "investigator", "trainer", "support"}
    assert admin.post(f"{path}/roles/{held['qa'].id}/end").status_code == 303
    assert ("qa", False) in roles(vaiti, aino)
    assert admin.post(f"{path}/roles/{held['qa'].id}/end").status_code == 422


def test_nobody_gives_a_role_to_herself_nor_shuts_herself_out(vaiti: Vaiti, admin: TestClient) -> None:
    me = vaiti.keep_people.find("admin")
    path = f"/people/{me.id}"
    (held,) = vaiti.people.roles_of(me.id)
    for act, body in (("roles", {"role": "privacy-officer"}), (f"roles/{held.id}/end", {}), ("disable", {})):
        assert "Nobody changes roles of her own" in admin.post(f"{path}/{act}", data=body).text
    assert roles(vaiti, me) == [("admin", True)]
    assert admin.post("/people", data={"name": "admin", "role": "qa"}).status_code == 422


def test_closing_an_account_resetting_and_ending_sessions(vaiti: Vaiti, admin: TestClient) -> None:
    aino = an_account(vaiti, "aino", Role.QA)
    browser = sign_in(a_browser(vaiti), "aino")
    assert admin.post(f"/people/{aino.id}/sessions/end").status_code == 303
    assert browser.get("/account").headers["Location"] == "/sign-in"
    reset = admin.post(f"/people/{aino.id}/reset", data={"factor": "true"})
    assert re.search(r"<code>[a-z0-9-]{19}</code>", reset.text)
    assert browser.post("/sign-in", data={"name": "aino", "password": PASSWORD}).status_code == 401
    assert admin.post(f"/people/{aino.id}/disable").status_code == 303
    assert "closed" in admin.get(f"/people/{aino.id}").text
    acts = [each.action for each in vaiti.audit.list(Scope.system()) if each.actor.startswith("user-")]
    assert {"account.disabled", "account.reset-with-factor", "account.sessions-ended"} <= set(acts)


def test_people_of_another_register_are_as_unknown_as_nobody(vaiti: Vaiti, admin: TestClient) -> None:
    theirs = an_account(vaiti, "leena", Role.QA, controllers=("lahti",))
    (held,) = vaiti.people.roles_of(theirs.id)
    assert "leena" not in admin.get("/people").text
    for account in (theirs.id, "0" * 12):
        assert admin.get(f"/people/{account}").status_code == 404
        for act in ("roles", f"roles/{held.id}/end", "disable", "reset", "sessions/end"):
            assert admin.post(f"/people/{account}/{act}", data={"role": "qa"}).status_code == 404
    mine = an_account(vaiti, "aino", Role.QA)
    assert admin.post(f"/people/{mine.id}/roles/{held.id}/end").status_code == 422
    assert roles(vaiti, theirs) == [("qa", True)]


def test_who_works_elsewhere_too_loses_only_the_roles_here(vaiti: Vaiti, admin: TestClient) -> None:
    both = an_account(vaiti, "leena", Role.QA, controllers=("kuopio", "lahti"))
    for act in ("disable", "reset", "sessions/end"):
        assert "roles elsewhere too" in admin.post(f"/people/{both.id}/{act}").text
    here = next(each for each in vaiti.people.roles_of(both.id) if each.controller == "kuopio")
    assert "lahti" not in admin.get(f"/people/{both.id}").text
    assert admin.post(f"/people/{both.id}/roles/{here.id}/end").status_code == 303
    assert sorted(roles(vaiti, both)) == [("qa", False), ("qa", True)]


def test_who_has_an_account_already_is_given_the_role(vaiti: Vaiti, admin: TestClient) -> None:
    theirs = an_account(vaiti, "leena", Role.QA, controllers=("lahti",))
    page = admin.post("/people", data={"name": "leena", "role": "trainer"})
    assert (page.status_code, "One-time code" in page.text) == (200, False)
    assert sorted(roles(vaiti, theirs)) == [("qa", True), ("trainer", True)]


def test_officers_and_auditors_look_on(vaiti: Vaiti) -> None:
    an_account(vaiti, "aino", Role.QA)
    person = vaiti.keep_people.find("aino")
    for role in (Role.PRIVACY_OFFICER, Role.AUDITOR):
        browser = somebody(vaiti, role)
        assert "aino" in browser.get("/people").text
        assert "<button" not in browser.get(f"/people/{person.id}").text.split("<main")[1]
        assert browser.post(f"/people/{person.id}/disable").status_code == 403


def test_a_role_that_opens_no_call_begins_elsewhere(vaiti: Vaiti) -> None:
    for role, page in ((Role.ADMIN, "/people"), (Role.AUDITOR, "/home"), (Role.OPERATOR, "/home")):
        browser = somebody(vaiti, role)
        assert browser.get("/").headers["Location"] == "/start"
        assert browser.get("/start").headers["Location"] == page
        assert browser.get(page).status_code == 200
    assert somebody(vaiti, Role.QA).get("/start").headers["Location"] == "/"


def test_what_a_role_does_not_open_is_said_on_a_page(vaiti: Vaiti) -> None:
    browser = somebody(vaiti, Role.QA)
    for path, status, text in (
        ("/people", 403, "Your role does not open this page."),
        ("/no-such", 404, "There is no such page."),
        ("/people/" + "0" * 12, 403, "Your role"),
    ):
        answer = browser.get(path)
        assert (answer.status_code, text in answer.text) == (status, True)
        assert answer.headers["Content-Type"].startswith("text/html")


def test_three_languages_have_the_same_texts() -> None:
    for texts in (PEOPLE_TEXTS, PROMISES, ROLE_NAMES, ROLE_REASONS):
        assert set(texts) == {"fi", "sv", "en"}
    assert len({frozenset(each) for each in PEOPLE_TEXTS.values()}) == 1
    assert len({len(each) for each in PROMISES.values()}) == 1
    for texts in (ROLE_NAMES, ROLE_REASONS):
        assert all(set(each) == {role.value for role in Role} for each in texts.values())


def test_a_promise_with_other_words_is_another_version() -> None:
    words = "\n".join(line for language in sorted(PROMISES) for line in PROMISES[language])
    assert {COMMITMENT: hashlib.sha256(words.encode()).hexdigest()[:16]} == {"2026-1": "35a3ecf095dbad9c"}


def test_an_admin_of_two_registers_acts_in_the_one_on_screen(vaiti: Vaiti) -> None:
    admin = somebody(vaiti, Role.ADMIN, controllers=("kuopio", "lahti"))
    aino = an_account(vaiti, "aino", Role.QA)
    grant(vaiti, aino, Role.QA, "lahti")
    admin.post("/controllers", data={"controller": "lahti"})
    admin.post(f"/people/{aino.id}/roles", data={"role": "trainer"})
    assert {(each.role, each.controller) for each in vaiti.people.roles_of(aino.id)} == {
        ("qa", "kuopio"),
        ("qa", "lahti"),
        ("trainer", "lahti"),
    }
