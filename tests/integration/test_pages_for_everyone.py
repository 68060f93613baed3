"""Every page in both themes and three languages: axe finds nothing, keys are enough, 360 pixels are enough."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.permissions import Role
from recordings.web.texts import LANGUAGES, TEXTS
from redaction.talk import Topic
from storage.records import Recording, Scope
from tests.integration.browser import AXE, wait_for
from tests.integration.fakes import Playback, a_call, said, wav
from tests.integration.people import an_account

pytestmark = pytest.mark.browser

RUN_AXE = """async () => (await axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
})).violations.map(each => `${each.id}: ${each.nodes.map(node => node.target).join(" | ")}`)"""
FOCUS = """() => {
  const at = document.activeElement;
  const seen = (element, part) => {
    const style = getComputedStyle(element, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const box = at.getBoundingClientRect();
  return {
    name: at.getAttribute("aria-label") || at.innerText || at.id || at.tagName,
    visible: seen(at) || seen(at, "::after"), inSight: box.bottom > 0 && box.top < innerHeight, tag: at.tagName,
  };
}"""
SHIFTS = """() => new Promise(resolve => {
  let sum = 0;
  const observer = new PerformanceObserver(list => list.getEntries().forEach(each => { sum += each.value; }));
  observer.observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(sum), 300);
})"""
SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, [tabindex='0']")]
  .filter(each => each.checkVisibility() && !each.matches(".skip, .whole"))
  .filter(each => { const box = each.getBoundingClientRect(); return box.width < 24 || box.height < 24; })
  .map(each => each.outerHTML.slice(0, 120))"""
NARROW = {"width": 360, "height": 740}
LONG = "Kaukolämpöverkostohäiriöpäivystysjono-Länsi-Uusimaa-iltavuoro"


@pytest.fixture
def pages(call: Recording, push: Callable[..., Recording], vaiti: Vaiti) -> tuple[str, ...]:
    """The addresses of every page but the kept search, which has none before it is asked."""
    waiting = push(work=False, call_id="pbx-0009", queue=LONG)
    made = vaiti.collect.make("kuopio", "Lopetuksia", LONG, actor="test")
    vaiti.collect.add(Scope.system(), made.id, call.id, stretch=(1.0, 3.0), actor="test")
    vaiti.annotate.write(Scope.system(), call.id, "Hyvä lopetus.", at=2.0, actor="test")
    vaiti.annotate.tag(Scope.system(), call.id, ["hyvä lopetus"], actor="test")
    others = (f"/calls/{waiting.id}", f"/calls/{'0' * 32}", "/design", "/collections", f"/collections/{made.id}")
    return ("/", f"/calls/{call.id}", *others)


def visit(page: Any, pages: tuple[str, ...], language: str) -> Iterator[str]:
    """Go to each page in turn, then to hits and to a search without any; yields where the reader is."""
    page.add_init_script(path=AXE)
    for path in pages:
        page.goto(path)
        if page.locator(".wave").count():
            wait_for(page, "document.querySelector('.wave').dataset.drawn === 'yes'")
        yield path
    for words in ("tunnus", "vaalipuhe", ""):
        page.goto("/")
        page.get_by_label(TEXTS[language]["search_words"]).fill(words)
        page.get_by_role("button", name=TEXTS[language]["search"], exact=True).click()
        page.wait_for_url("**/found/*")
        yield f"search for {words!r}"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(pages: tuple[str, ...], open_browser: Callable[..., Any], theme: str) -> None:
    page = open_browser(color_scheme=theme)
    found = {where: page.evaluate(RUN_AXE) for where in visit(page, pages, "fi")}
    page.goto(pages[1])
    page.get_by_role("button", name="Kieli ja ulkoasu").click()
    found["menu"] = page.evaluate(RUN_AXE)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    found["keys"] = page.evaluate(RUN_AXE)
    page.get_by_role("button", name="Sulje").click()
    page.get_by_role("button", name="Kirjaudu ulos").click()
    page.wait_for_url("**/sign-in")
    found["sign-in"] = page.evaluate(RUN_AXE)
    assert {where: each for where, each in found.items() if each} == {}
    assert len(found) == len(pages) + 6


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_where_people_are_let_in(
    open_browser: Callable[..., Any], chromium: Any, live: str, vaiti: Vaiti, theme: str
) -> None:
    """Who administrates, and who has not come in yet; narrow, so that everything is below each other."""
    page = open_browser(name="ylläpito", roles=[Role.ADMIN, Role.QA], color_scheme=theme, viewport=NARROW)
    somebody = an_account(vaiti, "bertta", Role.QA, partner="myynti")
    page.add_init_script(path=AXE)
    for path in ("/people", f"/people/{somebody.id}", "/account", "/commitment", "/controllers"):
        page.goto(path)
        assert page.evaluate(RUN_AXE) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path
        assert page.evaluate(SMALL) == [], path
    page.goto("/account")
    page.get_by_role("button", name="Ota käyttöön").click()
    page.wait_for_url("**/second-factor")
    page.wait_for_load_state()
    assert page.evaluate(RUN_AXE) == []
    screen = {"color_scheme": theme, "viewport": NARROW, "reduced_motion": "reduce"}
    context = chromium.new_context(locale="sv-FI", base_url=live, **screen)
    stranger = context.new_page()
    stranger.add_init_script(path=AXE)
    for path in ("/sign-in", "/welcome"):
        stranger.goto(path)
        assert stranger.evaluate(RUN_AXE) == [], path
        assert stranger.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path
    context.close()


@pytest.mark.parametrize(("theme", "language"), [("light", "fi"), ("dark", "sv")])
def test_axe_finds_nothing_where_people_decide(  # noqa: PLR0917 - fixtures
    call: Recording,
    push: Callable[..., Recording],
    playback: Playback,
    vaiti: Vaiti,
    open_browser: Callable[..., Any],
    theme: str,
    language: str,
) -> None:
    """A privacy officer's pages with something in them, and the same pages of a register in which nothing waits."""
    page = open_browser(name="olga", roles=[Role.PRIVACY_OFFICER], locale=language, color_scheme=theme, viewport=NARROW)
    page.add_init_script(path=AXE)

    def look(*paths: str) -> None:
        for path in paths:
            page.goto(path)
            assert page.evaluate(RUN_AXE) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path
            assert page.evaluate(SMALL) == [], path

    look("/waiting", "/home")
    playback.again = said("308", start=2.9)
    waits = push(call_id="pbx-0010")
    vaiti.clear.flag(Scope.system(), call.id, Topic.HEALTH, actor="test")
    push(wav(np.zeros((16_000, 2), dtype=np.int16)), call_id="pbx-0011")
    look("/waiting", f"/waiting/{waits.id}", "/home")
    page.goto(f"/waiting/{waits.id}")
    page.locator("form.below button").click()
    page.wait_for_url("**/words")
    page.wait_for_load_state()
    assert page.evaluate(RUN_AXE) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_360_pixels_and_has_large_targets(
    pages: tuple[str, ...], open_browser: Callable[..., Any], language: str
) -> None:
    page = open_browser(locale=language, viewport=NARROW, has_touch=True)
    for where in visit(page, pages, language):
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, where
        assert page.evaluate(SMALL) == [], where
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1, where


def test_nothing_moves_while_a_page_loads(pages: tuple[str, ...], open_browser: Callable[..., Any]) -> None:
    page = open_browser()
    for path in pages[:2]:
        page.goto(path)
        if page.locator(".wave").count():
            wait_for(page, "document.querySelector('.wave').dataset.drawn === 'yes'")
        assert page.evaluate(SHIFTS) < 0.01, path


def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(
    pages: tuple[str, ...], open_browser: Callable[..., Any]
) -> None:
    page = open_browser(reduced_motion="reduce")
    for path in pages[:2]:
        page.goto(path)
        reached = []
        for _ in range(60):
            page.keyboard.press("Tab")
            here = page.evaluate(FOCUS)
            if here["tag"] == "BODY":
                break
            assert here["visible"], here
            assert here["inSight"], here
            reached.append(here["name"].strip())
        assert reached[0] == "Siirry sisältöön"
        possible = page.evaluate(
            "[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary, '"
            "+ '[tabindex=\"0\"]')]"
            ".filter(each => each.checkVisibility()).length"
        )
        assert len(reached) == possible, reached


def test_who_wants_less_motion_gets_none(call: Recording, open_browser: Callable[..., Any]) -> None:
    moved, calm = (open_browser(reduced_motion=each) for each in ("no-preference", "reduce"))
    moving = (
        "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    for reader, expected in ((moved, True), (calm, False)):
        reader.goto(f"/calls/{call.id}")
        assert (reader.evaluate(moving) > 0) is expected


def test_language_and_theme_are_chosen_on_any_page_and_remembered(page: Any, call: Recording) -> None:
    page.goto(f"/calls/{call.id}")
    page.get_by_role("button", name="Kieli ja ulkoasu").click()
    page.get_by_role("button", name="Svenska").click()
    page.wait_for_url(f"**/calls/{call.id}")
    wait_for(page, "document.documentElement.lang === 'sv'")
    page.get_by_role("button", name="Språk och utseende").click()
    page.get_by_role("button", name="Mörkt").click()
    wait_for(page, "document.documentElement.dataset.theme === 'dark'")
    assert page.get_by_role("button", name="Språk och utseende").is_visible()
    page.goto("/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(14, 20, 19)"
    cookies = {each["name"]: each for each in page.context.cookies()}
    assert set(cookies) == {"vaiti_session", "vaiti_language", "vaiti_theme"}
    assert all(each["httpOnly"] and each["sameSite"] == "Strict" for each in cookies.values())


def test_the_words_of_a_call_say_their_own_language(page: Any, call: Recording) -> None:
    page.goto(f"/calls/{call.id}")
    assert set(page.locator(".words").evaluate_all("all => all.map(each => each.lang)")) == {"fi"}


@pytest.mark.parametrize(
    ("form", "set_cookies", "place"),
    [
        ({"language": "xx", "theme": "pink", "keys": "2"}, 0, "/"),
        ({"theme": "dark", "back": "//evil.example/"}, 1, "/"),
        ({"theme": "dark", "back": "/\\evil.example"}, 1, "/"),
        ({"theme": "dark", "back": "/calls/" + "a" * 32}, 1, "/calls/" + "a" * 32),
    ],
)
def test_a_choice_leads_back_to_a_page_of_ours_only(
    api: TestClient, form: dict[str, str], set_cookies: int, place: str
) -> None:
    origin = str(api.base_url)
    answer = api.post("/look", data=form, headers={"Origin": origin}, follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, place)
    assert len(answer.headers.get_list("Set-Cookie")) == set_cookies
    assert api.post("/look", data=form, headers={"Origin": "http://evil.example"}).status_code == 403


def test_a_long_name_breaks_instead_of_the_page(
    push: Callable[..., Recording], open_browser: Callable[..., Any]
) -> None:
    push(a_call(2), queue=LONG, agent=LONG)
    page = open_browser(viewport={"width": 360, "height": 740})
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("a.whole").click()
    page.wait_for_url("**/calls/*")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
