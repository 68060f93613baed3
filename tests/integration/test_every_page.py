"""Every page that the application has: in three languages, empty and full, narrow and wide.

    VAITI_PICTURES=FOLDER .venv/bin/pytest tests/integration/test_every_page.py

keeps a picture of each, to be looked at.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.permissions import Role
from recordings.web.texts import LANGUAGES
from storage.records import Recording, Scope
from tests.integration.browser import AXE, wait_for
from tests.integration.fakes import Playback, a_call, said
from tests.integration.people import an_account, somebody
from tests.integration.test_case_pages import NUMBER, opened
from tests.integration.test_disclosures import given
from tests.integration.test_matrix import routes
from tests.integration.test_pages_for_everyone import LONG, RUN_AXE, SMALL

pytestmark = pytest.mark.browser

Push = Callable[..., Recording]
Open = Callable[..., Any]
SYSTEM = Scope.system()
PICTURES = os.environ.get("VAITI_PICTURES")
ROLES = (Role.PRIVACY_OFFICER, Role.SUPERVISOR, Role.ADMIN)
NO_PAGES = re.compile(
    r"/(api|static|health|found/\{name\}/count)|/(peaks|sound/.*|words|company|back|start)$|^/(metrics|healthz)"
)
# Answers for programs, parts of pages, and what only leads elsewhere.
STRANGERS = ("/sign-in", "/welcome", "/copies")
LATER = {"/found/{name}", "/sign-in/second", "/set-up"}
# A search is asked in the test; the other two have tests of their own, with somebody who may see them.


@pytest.fixture(params=[(language, width) for language in LANGUAGES for width in (360, 1280)], ids=str)
def screen(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What a reader's browser asks for: a language and a width."""
    language, width = request.param
    return {"locale": language, "viewport": {"width": width, "height": 800}}


@pytest.fixture
def full(call: Recording, push: Push, playback: Playback, vaiti: Vaiti, api: TestClient) -> dict[str, str]:
    """A register with something of everything; returns what addresses are made of."""
    for number in range(3):
        push(a_call(8, seed=number + 2), call_id=f"more-{number}", queue=LONG, agent="agent-07")
    made = vaiti.collect.make("kuopio", "Lopetuksia", LONG, actor="test")
    vaiti.collect.add(SYSTEM, made.id, call.id, stretch=(1.0, 3.0), actor="test")
    vaiti.annotate.write(SYSTEM, call.id, "Hyvä lopetus.", at=2.0, actor="test")
    vaiti.annotate.tag(SYSTEM, call.id, ["hyvä lopetus", "uuden työntekijän eka päivä"], actor="test")
    given(vaiti, api)
    playback.again = said("308", start=2.9)
    waits = push(call_id="pbx-0010")
    officer = somebody(vaiti, *ROLES, name="olga")
    case = opened(officer, kind="rectification", **NUMBER, identified_by="called-back").rsplit("/", 1)[1]
    opened(officer, **NUMBER)
    clerk = an_account(vaiti, "bertta", Role.QA, partner="myynti")
    return {"case": case, "collection": made.id, "account": clerk.id, "waiting": waits.id, "recording": call.id}


def pages(vaiti: Vaiti, ids: dict[str, str]) -> list[str]:
    """The address of every page, as the application declares them."""
    found = []
    for each in routes(vaiti):
        if "GET" in each.methods and not NO_PAGES.search(each.path) and each.path not in LATER:
            of_it = {**ids, "recording": ids["waiting"]} if each.path.startswith("/waiting") else ids
            found.append(re.sub(r"\{(\w+)\}", lambda name, of_it=of_it: of_it[name[1]], each.path))  # type: ignore[misc]
    return sorted(set(found))


def look(page: Any, path: str, name: str) -> None:
    """Open a page and see that it is whole; keep its picture where pictures are asked for."""
    page.goto(path)
    if page.locator(".wave").count():
        wait_for(page, "document.querySelector('.wave').dataset.drawn === 'yes'")
    width = page.viewport_size["width"]
    assert page.locator("h1").count() == 1, path
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert page.evaluate(SMALL) == [], path
    assert page.evaluate(RUN_AXE) == [], path
    words = page.locator("main").inner_text()
    assert not re.search(r"\bNone\b|undefined|\{\w*\}|NaN", words), (path, words)
    if PICTURES:
        where = re.sub(r"^http://[^/]*|[0-9a-f]{12,32}", "x", path).strip("/").replace("/", "-") or "calls"
        page.screenshot(path=Path(PICTURES) / f"{where}-{name}.png", full_page=True, animations="disabled")


def named(screen: dict[str, Any]) -> str:
    return f"{screen['locale']}-{screen['viewport']['width']}"


def test_every_page_of_a_full_register_is_whole(
    full: dict[str, str], open_browser: Open, vaiti: Vaiti, screen: dict[str, Any]
) -> None:
    page = open_browser(name="olga", **screen)
    page.add_init_script(path=AXE)
    seen = pages(vaiti, full)
    assert len(seen) > 20
    for path in seen:
        look(page, path, named(screen))
    page.goto("/")
    page.locator("input[name=query]").first.fill("tunnus")
    page.locator("input[name=query]").first.press("Enter")
    page.wait_for_url("**/found/*")
    look(page, page.url, f"found-{named(screen)}")


def test_every_page_of_an_empty_register_is_whole(open_browser: Open, vaiti: Vaiti, screen: dict[str, Any]) -> None:
    page = open_browser(name="olga", roles=ROLES, **screen)
    page.add_init_script(path=AXE)
    plain = {each.path for each in routes(vaiti) if "GET" in each.methods and "{" not in each.path}
    for path in sorted(path for path in plain if not NO_PAGES.search(path) and path not in LATER):
        look(page, path, f"empty-{named(screen)}")


def test_every_page_of_who_has_not_come_in_is_whole(chromium: Any, live: str, screen: dict[str, Any]) -> None:
    context = chromium.new_context(base_url=live, reduced_motion="reduce", **screen)
    page = context.new_page()
    page.add_init_script(path=AXE)
    for path in STRANGERS:
        look(page, path, f"stranger-{named(screen)}")
    context.close()
