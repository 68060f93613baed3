"""The pages in a real browser (Debian's Chromium), with real FLAC: sign in, search, listen, follow the words."""

import shutil
from collections.abc import Callable, Iterator
from time import monotonic, sleep
from typing import Any

import pytest

from recordings.factory import Vaiti
from recordings.permissions import Role
from storage.records import Recording
from tests.integration.fakes import Playback, a_call, said
from tests.integration.people import PASSWORD, an_account
from workers.engines.codec import AvCodec
from workers.engines.tone import SineTone

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium")


NOTE_LIT_WORDS = """() => {
  window.seen = [];
  const note = (changes) => changes.forEach(({target}) => {
    if (target.classList.contains("lit")) window.seen.push(target.textContent);
  });
  new MutationObserver(note).observe(document.body, {subtree: true, attributeFilter: ["class"]});
}"""
# A word is lit for 300 ms, and a busy machine asks less often than that.


def wait_for(page: Any, condition: str) -> None:
    """Ask the page again and again: Playwright's own waiting evaluates text inside it, which our policy forbids."""
    begun = monotonic()
    while not page.evaluate(condition):
        assert monotonic() - begun < 30, condition
        sleep(0.02)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("the browser tests need Chromium: sudo apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        )
        yield browser
        browser.close()


def is_a_complaint(text: str) -> bool:
    """Chromium tells what it has cleared when somebody signs out, and complains of the rest."""
    return not text.startswith("Clear-Site-Data header")


@pytest.fixture
def page(chromium: Any, live: str, vaiti: Vaiti) -> Iterator[Any]:
    """A signed-in Finnish reader; whatever the browser complains about fails the test."""
    context = chromium.new_context(locale="fi-FI", base_url=live)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if is_a_complaint(message.text) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    an_account(vaiti, "aino", Role.QA)
    page.goto("/")
    assert page.url.endswith("/sign-in")
    page.get_by_label("Käyttäjänimi").fill("aino")
    page.get_by_label("Salasana").fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu sisään").click()
    page.get_by_role("button", name="Sitoudun tähän").click()
    page.wait_for_url(live + "/")
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def call(push: Callable[..., Recording], vaiti: Vaiti, playback: Playback) -> Recording:
    assert vaiti.given is not None
    object.__setattr__(vaiti.given, "codec", AvCodec())
    object.__setattr__(vaiti.given, "tone", SineTone())
    agent, customer = said("Energiayhtiöstä hei"), said("tunnus on 131052-308T kiitos", start=3, channel=1)
    playback.words = [*agent, *customer]
    return push(a_call(8))


def test_a_reader_searches_listens_and_sees_the_word_that_is_played(call: Recording, page: Any, live: str) -> None:
    page.get_by_label("Hae puhutuista sanoista").fill("tunnus")
    page.get_by_role("button", name="Hae").click()
    assert page.url == live + "/"  # no word of the search is in the address
    page.locator("a.row").click()
    assert call.id in page.url
    wait_for(page, "document.getElementById('sound')?.readyState >= 1")
    assert abs(page.evaluate("document.getElementById('sound').duration") - 8) < 0.01
    page.evaluate(NOTE_LIT_WORDS)
    page.get_by_text("kiitos", exact=True).click()
    wait_for(page, "window.seen.includes('kiitos')")
    assert page.evaluate("document.getElementById('sound').currentTime") >= 4.2
    content = page.content()
    assert "131052" not in content
    assert "salainen tunnus" in content
    assert "1.3.2027 klo 10.00" in content
    assert "kokeilumalli" in content


def test_a_time_is_reached_and_played_by_keyboard(call: Recording, page: Any) -> None:
    page.goto(f"/calls/{call.id}")
    wait_for(page, "document.getElementById('sound')?.readyState >= 1")
    page.get_by_role("button", name="Toista kohdasta 0:03").press("Enter")
    wait_for(page, "document.getElementById('sound').currentTime >= 3")


def test_a_hit_opens_at_its_turn(call: Recording, page: Any) -> None:
    page.goto(f"/calls/{call.id}#t=3.0")
    wait_for(page, "document.getElementById('sound').currentTime === 3")


def test_what_is_not_there_is_said_calmly(page: Any, push: Callable[..., Recording]) -> None:
    page.goto("/")
    assert page.get_by_text("Täällä ei ole vielä yhtään puhelua.").is_visible()
    waiting = push(work=False)
    page.goto("/")
    assert page.get_by_text("Odottaa litterointia").is_visible()
    page.get_by_label("Hae puhutuista sanoista").fill("vaalipuhe")
    page.get_by_role("button", name="Hae").click()
    assert page.get_by_text("Yksikään puhelu ei vastaa hakua.").is_visible()
    assert waiting.id not in page.content()


def test_every_field_has_a_label_and_every_page_a_heading(call: Recording, page: Any) -> None:
    for path in ("/", f"/calls/{call.id}"):
        page.goto(path)
        unnamed = page.evaluate(
            "[...document.querySelectorAll('input:not([hidden]), select, audio')]"
            ".filter((each) => !(each.labels && each.labels.length) && !each.getAttribute('aria-label')).length"
        )
        assert unnamed == 0
        assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang") == "fi"


def test_signing_out_ends_it(page: Any) -> None:
    page.get_by_role("button", name="Kirjaudu ulos").click()
    page.goto("/")
    assert page.url.endswith("/sign-in")
