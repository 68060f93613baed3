"""The officer says on a page who the person of a case is: joined, parted, a household's number, a wrong link."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from recordings.factory import Vaiti
from recordings.permissions import Role
from storage.persons import Bond, Link
from storage.records import CustomerId, Recording, RecordingId, Scope
from tests.integration.browser import AXE
from tests.integration.fakes import a_call
from tests.integration.people import somebody
from tests.integration.test_case_pages import opened
from tests.integration.test_pages_for_everyone import RUN_AXE, SMALL

Push = Callable[..., Recording]
SYSTEM = Scope.system()
PHONE = {"type": "phone", "value": "0401234567"}
NUMBER = {"type": "customer_number", "value": "77001"}
HIS = {"type": "customer_number", "value": "77002"}
BY_PHONE = {"reference_type": "phone", "reference": "0401234567", "identified_by": "called-back"}


@pytest.fixture
def officer(vaiti: Vaiti) -> TestClient:
    return somebody(vaiti, Role.PRIVACY_OFFICER, name="orvokki")


def marks(page: str, field: str) -> dict[str, str]:
    """What the choices of a field are called."""
    (select,) = re.findall(rf'<select id="{field}".*?</select>', page, re.DOTALL)
    return {text: value for value, text in re.findall(r'<option value="([0-9a-f]{32})">(.*?)</option>', select)}


def ticks(page: str) -> list[str]:
    return re.findall(r'name="link" value="([0-9a-f]{32})"', page)


def links(vaiti: Vaiti) -> list[Link]:
    (case,) = vaiti.cases.list(SYSTEM)
    return list(vaiti.keep_persons.links(SYSTEM, CustomerId(str(case.customer))))


def hers(vaiti: Vaiti) -> set[RecordingId]:
    return {each.recording for each in links(vaiti)}


def test_a_number_of_hers_is_joined_and_taken_back_and_the_page_keeps_no_value(
    push: Push, officer: TestClient, vaiti: Vaiti
) -> None:
    by_phone = push(customer=[PHONE])
    by_number = push(a_call(seed=7), call_id="other", customer=[NUMBER])
    place = opened(officer, **BY_PHONE)
    page = officer.get(f"{place}/who").text
    assert f"{place}/who" in officer.get(place).text
    form = {"bond": "same", "one": marks(page, "one")["phone"], "evidence": "company-register"}
    typed = {"reference_type": NUMBER["type"], "reference": NUMBER["value"]}
    assert officer.post(f"{place}/who/decisions", data=form | typed).headers["location"] == f"{place}/who"
    assert hers(vaiti) == {by_phone.id, by_number.id}
    page = officer.get(f"{place}/who").text
    assert set(marks(page, "one")) == {"phone", "customer number"}
    assert "0401234567" not in page
    assert NUMBER["value"] not in page
    assert officer.post(f"{place}/who/decisions", data=form | typed).status_code == 409
    (decision,) = vaiti.keep_persons.history(SYSTEM, CustomerId(str(vaiti.cases.list(SYSTEM)[0].customer)))
    assert (decision.bond, decision.case) == (Bond.SAME, vaiti.cases.list(SYSTEM)[0].name)
    undo = f"{place}/who/decisions/{decision.id}/undo"
    assert undo in page
    assert officer.post(undo).status_code == 303


def test_a_phone_of_the_home_is_said_to_be_shared(push: Push, officer: TestClient, vaiti: Vaiti) -> None:
    push(customer=[PHONE, NUMBER])
    place = opened(officer, **BY_PHONE)
    one = marks(officer.get(f"{place}/who").text, "one")["phone"]
    form = {"bond": "household", "one": one, "evidence": "said-in-call"}
    assert officer.post(f"{place}/who/decisions", data=form).status_code == 303
    page = officer.get(f"{place}/who").text
    assert ">shared<" in page
    assert "Phone: a household&#39;s" in page
    assert {each.reference.type for each in links(vaiti) if each.shared} == {"phone"}


def test_her_phones_are_told_apart_and_one_turns_out_to_be_another_persons(
    push: Push, officer: TestClient, vaiti: Vaiti
) -> None:
    push(customer=[NUMBER, HIS])
    place = opened(officer, reference_type="customer_number", reference=NUMBER["value"], identified_by="called-back")
    both = marks(officer.get(f"{place}/who").text, "one")
    assert set(both) == {"customer number", "customer number 2"}
    one, other = both.values()
    form = {"bond": "apart", "one": one, "other": other, "evidence": "person-said-so"}
    assert officer.post(f"{place}/who/decisions", data=form).status_code == 303
    assert vaiti.cases.list(SYSTEM)[0].customer is None
    assert 'name="reference"' in officer.get(place).text  # the case asks again whose it is


def test_links_are_put_right_together_and_a_wrong_one_can_be_hers_again(
    push: Push, officer: TestClient, vaiti: Vaiti
) -> None:
    first = push(customer=[PHONE])
    second = push(a_call(seed=7), call_id="other", customer=[PHONE])
    place = opened(officer, **BY_PHONE)
    both = ticks(officer.get(f"{place}/who").text)
    form: dict[str, Any] = {"link": both, "role": "representative", "evidence": "power-of-attorney"}
    assert officer.post(f"{place}/who/links", data=form).status_code == 303
    assert {(each.role, each.evidence) for each in links(vaiti)} == {("representative", "power-of-attorney")}
    wrong = {"link": both[:1], "role": "none", "evidence": "said-in-call"}
    assert officer.post(f"{place}/who/links", data=wrong).status_code == 303
    (left,) = hers(vaiti)
    page = officer.get(f"{place}/who").text
    assert "<s>not her call</s>" in page
    assert ticks(page)[-1] == both[0]
    again = {**wrong, "role": "customer"}
    assert officer.post(f"{place}/who/links", data=again).status_code == 303
    assert hers(vaiti) == {first.id, second.id} > {left}
    acts = [each for each in vaiti.audit.list(SYSTEM) if each.action == "person.link-corrected"]
    assert len(acts) == 4


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("links", {}),
        ("links", {"link": "0" * 32, "role": "none", "evidence": "said-in-call"}),
        ("decisions", {"bond": "household", "one": "0" * 32, "evidence": "said-in-call"}),
        ("decisions", {"bond": "same", "evidence": "wished"}),
        (f"decisions/{'0' * 32}/undo", {}),
    ],
)
def test_what_is_not_on_the_page_is_refused(
    push: Push, officer: TestClient, vaiti: Vaiti, path: str, form: dict[str, str]
) -> None:
    push(customer=[PHONE])
    place = opened(officer, **BY_PHONE)
    assert officer.post(f"{place}/who/{path}", data=form).status_code == 422
    assert len(links(vaiti)) == 1


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_is_for_everyone(
    push: Push, officer: TestClient, open_browser: Callable[..., Any], language: str
) -> None:
    push(customer=[PHONE, NUMBER])
    push(a_call(seed=7), call_id="other", customer=[PHONE, {**HIS, "role": "representative"}])
    place = opened(officer, **BY_PHONE)
    one = marks(officer.get(f"{place}/who").text, "one")["phone"]
    officer.post(f"{place}/who/decisions", data={"bond": "household", "one": one, "evidence": "said-in-call"})
    page = open_browser(name="orvokki", locale=language, viewport={"width": 360, "height": 740})
    page.add_init_script(path=AXE)
    page.goto(f"{place}/who")
    expect(page.locator("table")).to_be_visible()
    page.locator("summary").first.click()
    assert page.evaluate(RUN_AXE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(SMALL) == []
