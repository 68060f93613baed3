"""A person fetches her copies by a link: once, with the code, for some days, and nobody else does."""

import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import pyzipper
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from recordings.factory import Vaiti
from recordings.permissions import Role
from recordings.restoring import backing_up, restore
from storage.records import Recording, Scope
from tests.integration.browser import AXE
from tests.integration.fakes import MovedClock, a_call
from tests.integration.people import a_browser, somebody
from tests.integration.test_case_pages import NUMBER
from tests.integration.test_case_pages import opened as opened_on_page
from tests.integration.test_cases import done, opened
from tests.integration.test_holds import customer_of, posted
from tests.integration.test_pages_for_everyone import RUN_AXE, SMALL

Push = Callable[..., Recording]
SYSTEM = Scope.system()


@pytest.fixture
def call(push: Push) -> Recording:
    return push()


@pytest.fixture
def case(call: Recording, api: TestClient) -> dict[str, Any]:
    return opened(api, customer=customer_of(api), identified_by="strong-identification")


@pytest.fixture
def anybody(vaiti: Vaiti) -> TestClient:
    return a_browser(vaiti)


def linked(api: TestClient, case: dict[str, Any], status: int = 201, **more: Any) -> Any:
    return posted(api, f"/cases/{case['id']}/link", more, status)


def fetch(who: TestClient, link: dict[str, str], code: str = "") -> Any:
    form = {"link": link["address"].partition("#")[2], "code": code or link["code"]}
    return who.post("/copies", data=form)


def calls_in(content: bytes) -> list[str]:
    with pyzipper.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return [each["recording"] for each in json.loads(archive.read("manifest.json"))["calls"]]


def test_a_link_works_once_and_the_case_says_when(
    call: Recording, case: dict[str, Any], api: TestClient, anybody: TestClient, vaiti: Vaiti
) -> None:
    link = linked(api, case, language="sv")
    assert re.fullmatch(r"/copies#[\w-]{43}", link["address"])
    assert anybody.get("/copies").status_code == 200
    got = fetch(anybody, link, link["code"].lower().replace("-", " "))
    assert calls_in(got.content) == [call.id]
    assert f"vaiti-{case['name']}.zip" in got.headers["content-disposition"]
    assert fetch(anybody, link).status_code == 410
    actions = [each.action for each in vaiti.audit.list(SYSTEM)]
    assert {"case.link-made", "raw.opened", "case.packed", "pack-link.used"} <= set(actions)
    secret = link["address"].partition("#")[2]
    kept = json.dumps([str(each) for each in vaiti.audit.list(SYSTEM)])
    assert secret not in kept
    assert link["code"] not in kept
    assert done(api, case, "answer")["state"] == "answered"


def test_the_link_may_be_the_answer_and_is_good_for_a_week(
    call: Recording, case: dict[str, Any], api: TestClient, anybody: TestClient, clock: MovedClock
) -> None:
    link = linked(api, case)
    assert done(api, case, "answer")["linked_at"]
    clock.at += timedelta(days=6)
    assert calls_in(fetch(anybody, link).content) == [call.id]


def test_a_link_ends_after_a_week_and_by_another(
    case: dict[str, Any], api: TestClient, anybody: TestClient, clock: MovedClock, vaiti: Vaiti
) -> None:
    first = linked(api, case)
    second = linked(api, case)
    assert fetch(anybody, first).status_code == 410
    clock.at += timedelta(days=7)
    assert fetch(anybody, second).status_code == 410
    vaiti.pack_links.expire(clock.now())
    assert fetch(anybody, second).status_code == 410


def test_after_five_wrong_codes_the_right_one_opens_nothing(
    case: dict[str, Any], call: Recording, api: TestClient, anybody: TestClient, vaiti: Vaiti
) -> None:
    link = linked(api, case)
    answers = [fetch(anybody, link, "2222-2222-2222") for _ in range(5)]
    assert [each.status_code for each in answers] == [401] * 5
    assert "2222" not in answers[0].text
    assert fetch(anybody, link).status_code == 410
    refused = [each for each in vaiti.audit.list(SYSTEM) if each.action == "pack-link.refused"]
    assert [each.detail["case"] for each in refused] == [case["id"]] * 5
    assert not [each for each in vaiti.audit.list(SYSTEM, recording=call.id) if each.action == "raw.opened"]
    assert fetch(anybody, {"address": "/copies#" + "x" * 43, "code": "2222-2222-2222"}).status_code == 410


def test_a_withdrawn_case_gives_nothing_by_its_link(case: dict[str, Any], api: TestClient, anybody: TestClient) -> None:
    link = linked(api, case)
    done(api, case, "withdrawal")
    assert fetch(anybody, link).status_code == 410


def test_what_needs_a_yes_needs_it_before_a_link(
    push: Push, case: dict[str, Any], api: TestClient, anybody: TestClient
) -> None:
    spoken_of = {"type": "phone", "value": "0401234567", "role": "third-party"}
    about = push(a_call(seed=4), call_id="about-her", customer=[spoken_of])
    assert linked(api, case, 409)["slug"] == "confirmation-needed"
    link = linked(api, case, confirmed=[about.id])
    assert about.id in calls_in(fetch(anybody, link).content)


def test_a_restored_database_knows_no_link(
    case: dict[str, Any], api: TestClient, vaiti: Vaiti, clock: MovedClock, home: Any
) -> None:
    link = linked(api, case)
    backup = backing_up(vaiti)(home / "backups", actor="operator").path
    clock.at += timedelta(hours=1)
    vaiti.close()
    restore(vaiti.settings, backup, clock=clock, actor="operator")
    again = Vaiti.open(vaiti.settings, clock=clock, engines=vaiti.given)
    try:
        assert fetch(a_browser(again), link).status_code == 410
    finally:
        again.close()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_she_types_the_code_into_a_page_that_she_can_use(
    push: Push, vaiti: Vaiti, live: str, page: Page, language: str
) -> None:
    push()
    officer = somebody(vaiti, Role.PRIVACY_OFFICER, name="orvokki")
    place = opened_on_page(officer, **NUMBER, identified_by="document-shown")
    assert f"{place}/link" in officer.get(place).text
    shown = officer.post(f"{place}/link", data={"passphrase": ""}).text
    address, code = re.findall(r'value="([^"]+)" readonly', shown)
    browser = page.context.browser
    assert browser is not None
    hers = browser.new_context(locale=language, viewport={"width": 360, "height": 740})
    page = hers.new_page()
    page.add_init_script(path=AXE)
    page.goto(live + "/copies#" + address.partition("#")[2])
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("nav").count() == 0
    expect(page.locator("#link-field")).to_be_hidden()
    assert page.evaluate(RUN_AXE) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.fill("#code", "AAAA-AAAA-AAAA")
    page.keyboard.press("Enter")
    expect(page.locator("#wrong")).to_be_visible()
    page.fill("#code", code)
    with page.expect_download() as downloading:
        page.keyboard.press("Enter")
    assert calls_in(downloading.value.path().read_bytes())
    hers.close()
