"""A person signs in: what opens a session, what ends it, and what guessing gets."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from recordings import passwords
from recordings.factory import Vaiti
from recordings.identity import COMMITMENT, IDLE, LASTS
from recordings.observability import configure_logging
from recordings.permissions import Role
from recordings.restoring import backing_up, restore
from recordings.steps.sign_in import OF_A_NAME, OF_AN_ADDRESS
from storage.errors import Unavailable
from storage.records import Recording, Scope, Tag
from tests.integration.fakes import MovedClock
from tests.integration.people import CASE, PASSWORD, a_browser, an_account, grant, sign_in, somebody

Push = Callable[..., Recording]
COOKIE = "vaiti_session"
MINUTE = timedelta(minutes=1)


def knock(browser: TestClient, name: str, password: str = PASSWORD) -> int:
    return browser.post("/sign-in", data={"name": name, "password": password}).status_code


def is_in(browser: TestClient) -> bool:
    return browser.get("/account").status_code == 200


def test_an_unknown_name_is_answered_as_a_wrong_password(vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch) -> None:
    account = an_account(vaiti, "aino", Role.QA)
    closed = an_account(vaiti, "bertta", Role.QA)
    vaiti.keep_people.disable(Scope.system(), closed, actor="admin")
    an_account(vaiti, "cecilia")  # without any role
    hashed: list[str] = []
    verify = passwords._HASHER.verify

    class Noted:
        @staticmethod
        def verify(kept: str, text: str) -> bool:
            hashed.append(kept)
            return verify(kept, text)

    monkeypatch.setattr(passwords, "_HASHER", Noted)
    browser = a_browser(vaiti)
    tries = [("aino", "a wrong password"), ("nobody", PASSWORD), ("bertta", PASSWORD), ("cecilia", PASSWORD), ("", "")]
    answers = [browser.post("/sign-in", data={"name": n, "password": p}) for n, p in tries]
    assert {each.status_code for each in answers} == {401}
    assert len({each.text for each in answers}) == 1
    assert len(hashed) == len(tries)  # each took one hash of the same cost
    assert len({each.rsplit("$", 2)[0] for each in hashed}) == 1
    assert account.password in hashed


def test_a_name_is_the_same_in_capitals_and_with_spaces_around(vaiti: Vaiti) -> None:
    an_account(vaiti, "Äiti.Aino", Role.QA)
    assert knock(a_browser(vaiti), "  äiti.AINO ") == 303


def test_guessing_a_password_gets_slower_and_slower(vaiti: Vaiti, clock: MovedClock) -> None:
    an_account(vaiti, "aino", Role.QA)
    browser = a_browser(vaiti)
    assert [knock(browser, "aino", "guess") for _ in range(OF_A_NAME.free)] == [401] * OF_A_NAME.free
    refused = browser.post("/sign-in", data={"name": "aino", "password": PASSWORD})  # right, and too soon
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "31")
    assert "about 1 minutes" in refused.text
    assert knock(a_browser(vaiti), "AINO") == 429  # in another process too: the database counts
    clock.at += OF_A_NAME.pause
    assert knock(browser, "aino", "guess") == 401
    clock.at += OF_A_NAME.pause
    assert knock(browser, "aino") == 429
    clock.at += OF_A_NAME.pause
    assert knock(browser, "aino") == 303
    assert knock(browser, "aino", "guess") == 401  # a right one has set the count back


def test_guessing_a_name_that_nobody_has_is_counted_too(vaiti: Vaiti) -> None:
    browser = a_browser(vaiti)
    assert [knock(browser, "nobody", "guess") for _ in range(OF_A_NAME.free + 1)][-1] == 429


def test_guessing_many_names_from_one_address_is_counted(vaiti: Vaiti, clock: MovedClock) -> None:
    an_account(vaiti, "aino", Role.QA)
    browser = a_browser(vaiti)
    assert [knock(browser, "aino") for _ in range(3)] == [303] * 3  # right ones are not counted
    for each in range(OF_AN_ADDRESS.free):
        vaiti.sign_ins.attempt(_address(vaiti), OF_AN_ADDRESS, now=clock.now())
        assert each < OF_AN_ADDRESS.free
    assert knock(browser, "aino") == 429


def _address(vaiti: Vaiti) -> Tag:
    return vaiti.keys.tag(":people", "attempt", "address:testclient")


def test_without_a_database_nobody_comes_in(vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = somebody(vaiti, Role.QA)

    def fail(*_: object, **__: object) -> None:
        raise Unavailable

    monkeypatch.setattr(type(vaiti.sign_ins), "attempt", fail)
    assert knock(browser, "qa") == 503
    monkeypatch.setattr(type(vaiti.sign_ins), "find", fail)
    assert browser.get("/account").status_code == 503


def test_a_session_ends_when_nobody_uses_it(vaiti: Vaiti, clock: MovedClock) -> None:
    browser = somebody(vaiti, Role.QA)
    clock.at += IDLE - MINUTE
    assert is_in(browser)
    clock.at += IDLE - MINUTE
    assert is_in(browser)
    clock.at += IDLE
    assert browser.get("/account").headers["Location"] == "/sign-in"


def test_a_session_ends_with_the_working_day_however_much_it_is_used(vaiti: Vaiti, clock: MovedClock) -> None:
    browser, begun = somebody(vaiti, Role.QA), clock.at
    while clock.at + IDLE / 2 < begun + LASTS:
        clock.at += IDLE / 2
        assert is_in(browser)
    clock.at = begun + LASTS
    assert not is_in(browser)


def test_signing_in_makes_a_new_session_and_ends_the_one_before(vaiti: Vaiti) -> None:
    browser = somebody(vaiti, Role.QA)
    before = browser.cookies[COOKIE]
    sign_in(browser, "qa", promise=False)
    assert browser.cookies[COOKIE] != before
    old = a_browser(vaiti)
    old.cookies.set(COOKIE, before, domain="127.0.0.1")
    assert not is_in(old)


def test_going_to_another_register_makes_a_new_session(vaiti: Vaiti, push: Push) -> None:
    here, there = push(), push(controller="lahti")
    browser = somebody(vaiti, Role.QA, controllers=("kuopio", "lahti"))
    assert browser.get("/").headers["Location"] == "/controllers"
    seen = []
    for register in ("kuopio", "lahti"):
        before = browser.cookies[COOKIE]
        assert browser.post("/controllers", data={"controller": register}).status_code == 303
        seen.append([browser.get(f"/calls/{each.id}").status_code for each in (here, there)])
        old = a_browser(vaiti)
        old.cookies.set(COOKIE, before, domain="127.0.0.1")
        assert not is_in(old)
    assert seen == [[200, 404], [404, 200]]
    assert browser.post("/controllers", data={"controller": "helen"}).status_code == 422


@pytest.mark.parametrize("act", ["disable", "grant", "revoke", "reset", "end-sessions"])
def test_what_an_admin_changes_ends_all_sessions_at_once(vaiti: Vaiti, act: str) -> None:
    account = an_account(vaiti, "aino", Role.QA)
    browsers = [sign_in(a_browser(vaiti), "aino", promise=True) for _ in range(2)]
    assert [is_in(each) for each in browsers] == [True, True]
    keep, system = vaiti.keep_people, Scope.system()
    if act == "disable":
        keep.disable(system, account, actor="admin")
    elif act == "grant":
        grant(vaiti, account, Role.TRAINER)
    elif act == "revoke":
        keep.revoke(system, vaiti.people.roles_of(account.id)[0].id, actor="admin")
    elif act == "reset":
        keep.reset(system, account, actor="admin")
    else:
        assert keep.end_sessions(system, account, actor="admin") == 2
    assert [is_in(each) for each in browsers] == [False, False]
    assert knock(a_browser(vaiti), "aino") == (303 if act in {"grant", "end-sessions"} else 401)


def test_signing_out_ends_the_session_and_clears_the_browser(vaiti: Vaiti) -> None:
    browser = somebody(vaiti, Role.QA)
    secret = browser.cookies[COOKIE]
    answer = browser.post("/sign-out")
    assert answer.headers["Location"] == "/sign-in"
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    browser.cookies.set(COOKIE, secret, domain="127.0.0.1")
    assert not is_in(browser)


def test_nobody_sees_a_page_before_the_promise(vaiti: Vaiti, push: Push) -> None:
    call = push()
    an_account(vaiti, "aino", Role.QA)
    browser = sign_in(a_browser(vaiti), "aino", promise=False)
    assert browser.get(f"/calls/{call.id}").headers["Location"] == "/commitment"
    refused = browser.get(f"/api/v1/recordings/{call.id}/transcript")
    assert (refused.status_code, refused.json()["slug"]) == (403, "commitment-needed")
    assert "I commit myself" in browser.get("/commitment").text
    assert browser.post("/commitment").headers["Location"] == "/start"
    assert browser.get(f"/calls/{call.id}").status_code == 200
    (entry,) = [each for each in vaiti.audit.list(Scope.system()) if each.action == "commitment.accepted"]
    assert (entry.detail["version"], entry.detail["language"], entry.at) == (COMMITMENT, "en", vaiti.clock.now())
    other = sign_in(a_browser(vaiti), "aino", promise=False)  # once is enough
    assert other.get(f"/calls/{call.id}").status_code == 200


def test_a_one_time_code_sets_the_first_password(vaiti: Vaiti, clock: MovedClock) -> None:
    invited = vaiti.keep_people.create("aino", actor="admin")
    grant(vaiti, invited.account, Role.QA)
    browser = a_browser(vaiti)

    def welcome(code: str | None, password: str = PASSWORD) -> int:
        return browser.post("/welcome", data={"name": "aino", "code": code, "password": password}).status_code

    assert knock(browser, "aino", "") == 401
    assert [welcome("aaaa-aaaa-aaaa-aaaa"), welcome(invited.code, "short"), welcome(invited.code, "salasana" * 2)] == [
        401,
        422,
        422,
    ]
    assert welcome(str(invited.code).upper().replace("-", " ")) == 303
    assert browser.post("/commitment").status_code == 303
    assert is_in(browser)
    assert welcome(invited.code, "another password of hers") == 401
    late = vaiti.keep_people.reset(Scope.system(), invited.account, actor="admin")
    clock.at += timedelta(days=3)
    assert welcome(late.code) == 401


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(vaiti: Vaiti) -> None:
    browser = somebody(vaiti, Role.QA, name="aino")
    other = sign_in(a_browser(vaiti), "aino", promise=False)
    change = {"old": PASSWORD, "password": "neljä aivan eri sanaa"}
    assert browser.post("/account/password", data={**change, "old": "wrong"}).status_code == 401
    assert browser.post("/account/password", data={**change, "password": "aino aino aino 123"}).status_code == 422
    assert browser.post("/account/password", data=change).status_code == 303
    assert (is_in(browser), is_in(other)) == (True, False)
    assert [knock(a_browser(vaiti), "aino", each) for each in (PASSWORD, change["password"])] == [401, 303]


def test_all_other_sessions_are_ended_by_oneself(vaiti: Vaiti) -> None:
    browser = somebody(vaiti, Role.QA, name="aino")
    other = sign_in(a_browser(vaiti), "aino", promise=False)
    assert browser.get("/account").text.count("opened ") == 2
    assert browser.post("/account/sessions/end").status_code == 303
    assert (is_in(browser), is_in(other)) == (True, False)


def test_the_first_account_is_made_with_the_token_and_no_other(vaiti: Vaiti, token: str) -> None:
    browser = a_browser(vaiti)
    assert browser.get("/sign-in").headers["Location"] == "/set-up"
    first = {"token": token, "name": "aino", "password": PASSWORD, "role": ["supervisor"]}
    assert browser.post("/set-up", data={**first, "token": "guess"}).status_code == 401
    assert browser.post("/set-up", data={**first, "password": "short"}).status_code == 422
    assert browser.post("/set-up", data={**first, "role": ["king"]}).status_code == 422
    assert vaiti.people.list() == []
    assert browser.post("/set-up", data=first).status_code == 303
    held = {(each.role, each.controller) for each in vaiti.people.roles(Scope.system())}
    assert held == {(role, register) for role in ("admin", "supervisor") for register in ("kuopio", "lahti")}
    browser.post("/commitment")
    browser.post("/controllers", data={"controller": "kuopio"})
    assert [browser.get(path).status_code for path in ("/", "/people")] == [200, 200]
    assert browser.get("/set-up").headers["Location"] == "/sign-in"
    again = a_browser(vaiti).post("/set-up", data={**first, "name": "bertta"})
    assert (again.status_code, len(vaiti.people.list())) == (403, 1)


def test_no_name_and_no_secret_reaches_the_audit_log_the_journal_or_a_log(vaiti: Vaiti) -> None:
    stream = io.StringIO()
    configure_logging(stream)
    invited = vaiti.keep_people.create("aino.mustikka", actor="admin")
    grant(vaiti, invited.account, Role.INVESTIGATOR, case=CASE)
    browser = a_browser(vaiti)
    browser.post("/welcome", data={"name": "aino.mustikka", "code": invited.code, "password": PASSWORD})
    knock(browser, "aino.mustikka", "a wrong password")
    vaiti.keep_people.disable(Scope.system(), invited.account, actor="admin")
    account = vaiti.people.find(invited.account.id)
    assert account is not None
    told = stream.getvalue() + repr(vaiti.audit.list(Scope.system()))
    told += vaiti.journal.journal.path.read_text(encoding="utf-8")
    assert "account.disabled" in told
    secrets = ["mustikka", PASSWORD, "a wrong password", str(invited.code), str(account.password)]
    assert [each for each in [*secrets, browser.cookies[COOKIE]] if each in told] == []


def test_who_was_put_out_after_a_backup_stays_out_when_it_is_put_back(
    vaiti: Vaiti, push: Push, clock: MovedClock
) -> None:
    call = push(work=False)
    closed, revoked, reset, kept = (an_account(vaiti, name, Role.QA) for name in ("aino", "bertta", "cecilia", "doris"))
    helper = an_account(vaiti, "eeva", Role.INVESTIGATOR)
    vaiti.keep_people.give(Scope.of("kuopio"), call.id, CASE, actor="lead")
    browser = sign_in(a_browser(vaiti), "doris")
    folder = vaiti.settings.data.parent / "backups"
    backing_up(vaiti)(folder, actor="operator")
    keep, system = vaiti.keep_people, Scope.system()
    clock.at += MINUTE
    keep.disable(system, closed, actor="admin")
    keep.revoke(system, vaiti.people.roles_of(revoked.id)[0].id, actor="admin")
    keep.reset(system, reset, actor="admin")
    keep.take(Scope.of("kuopio"), call.id, CASE, actor="lead")
    vaiti.close()
    (backup,) = folder.iterdir()
    restore(vaiti.settings, backup, clock=clock, actor="operator")
    again = Vaiti.open(vaiti.settings, clock=clock, engines=vaiti.given)
    other = a_browser(again)
    assert [knock(other, each.name) for each in (closed, revoked, reset, kept)] == [401, 401, 401, 303]
    assert again.people.given(system, CASE) == []
    assert knock(other, helper.name) == 303
    stale = a_browser(again)
    stale.cookies.set(COOKIE, browser.cookies[COOKIE], domain="127.0.0.1")
    assert not is_in(stale)
    again.close()
