"""One call in a real browser: its shape, its cuts, what moves in it, and that the browser keeps nothing of it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from recordings.controllers import Controllers
from recordings.factory import Vaiti
from recordings.statements import Basis, StatedPurpose
from storage.records import Recording, Scope
from tests.integration.browser import wait_for
from tests.integration.fakes import Playback, said, wav

pytestmark = pytest.mark.browser

NOW = "document.getElementById('sound').currentTime"
PARTS = """name => [...document.querySelector('#wave > div').shadowRoot.querySelectorAll(`[part="region ${name}"]`)]
  .map(each => ({left: parseFloat(each.style.left), right: parseFloat(each.style.right), title: each.title}))"""
ONE_LOOP = """document.querySelector('#wave > div').shadowRoot.querySelectorAll('[part="region loop"]').length === 1"""
KEPT = """async () => ({
  local: localStorage.length, session: sessionStorage.length, history: history.state,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length, cookies: document.cookie,
})"""


@pytest.fixture
def listener(page: Any, call: Recording) -> Any:
    """A reader in front of a call whose shape is drawn."""
    page.goto(f"/calls/{call.id}")
    wait_for(page, "document.getElementById('wave').dataset.drawn === 'yes'")
    wait_for(page, "document.getElementById('sound').readyState >= 1")
    return page


def test_the_shape_shows_the_cut_and_says_its_kind_and_never_what_it_was(listener: Any) -> None:
    (cut,) = listener.evaluate(PARTS, "mask")
    assert cut["title"] == "Peitetty kohta 0:03, salainen tunnus"
    start, end = cut["left"] / 100 * 8, 8 - cut["right"] / 100 * 8
    assert start <= 3.8  # the code was said from here
    assert end >= 4.1
    (place,) = listener.locator("#places button[data-start]").all()
    assert place.inner_text().split("\n") == ["0:03", "salainen tunnus", "1,9 s"]
    place.click()
    wait_for(listener, f"{NOW} >= {start} && {NOW} < {end + 2}")
    assert "131052" not in listener.content()


def test_the_channels_have_names_and_a_shape_each(listener: Any, api: TestClient, call: Recording) -> None:
    assert listener.locator(".wave-names li").all_inner_texts() == ["Asiakaspalvelija", "Asiakas"]
    drawn = api.get(f"/calls/{call.id}/peaks").json()
    assert (drawn["format"], drawn["per_second"], len(drawn["channels"])) == ("vaiti-peaks/1", 25, 2)
    canvases = "document.querySelector('#wave > div').shadowRoot.querySelectorAll('.canvases canvas').length"
    assert listener.evaluate(canvases) == 2


def test_keys_move_in_the_sound(listener: Any) -> None:
    listener.keyboard.press("ArrowRight")
    wait_for(listener, f"{NOW} === 5")
    listener.keyboard.press("ArrowUp")
    wait_for(listener, f"{NOW} === 3")
    listener.keyboard.press("ArrowLeft")
    wait_for(listener, f"{NOW} === 0")
    listener.keyboard.press("m")
    wait_for(listener, f"{NOW} === 3")
    listener.keyboard.press("+")
    assert listener.evaluate("document.getElementById('sound').playbackRate") == 1.25
    listener.keyboard.press("k")
    wait_for(listener, "!document.getElementById('sound').paused")
    assert listener.get_by_role("button", name="Tauko").is_visible()
    listener.keyboard.press("k")
    wait_for(listener, "document.getElementById('sound').paused")


def test_the_shape_is_a_slider_for_the_keyboard(listener: Any) -> None:
    slider = listener.get_by_role("slider", name="Äänen kohta")
    slider.press("ArrowRight")
    wait_for(listener, f"{NOW} === 5")
    wait_for(listener, "document.getElementById('wave').getAttribute('aria-valuetext') === '0:05'")
    slider.press("Home")
    wait_for(listener, f"{NOW} === 0")


def test_the_help_opens_and_closes_by_keys_and_typing_is_no_shortcut(listener: Any) -> None:
    listener.keyboard.press("?")
    assert listener.get_by_role("dialog", name="Näppäimet").is_visible()
    listener.keyboard.press("ArrowRight")
    listener.keyboard.press("Escape")
    assert not listener.get_by_role("dialog", name="Näppäimet").is_visible()
    listener.locator("#speed").focus()
    listener.keyboard.press("m")
    assert listener.evaluate(NOW) == 0


def test_shortcut_keys_can_be_turned_off(listener: Any) -> None:
    listener.get_by_role("button", name="Kieli ja ulkoasu").click()
    listener.get_by_role("group", name="Pikanäppäimet").get_by_role("button", name="Pois").click()
    wait_for(listener, "document.getElementById('player')?.dataset.keys === 'off'")
    listener.keyboard.press("?")
    assert not listener.get_by_role("dialog", name="Näppäimet").is_visible()


def test_a_stretch_is_repeated_until_it_is_let_go(listener: Any) -> None:
    listener.evaluate("document.getElementById('sound').currentTime = 1")
    listener.keyboard.press("[")
    listener.evaluate("document.getElementById('sound').currentTime = 1.5")
    listener.keyboard.press("]")
    wait_for(listener, ONE_LOOP)
    (stretch,) = listener.evaluate(PARTS, "loop")
    assert (round(stretch["left"], 1), round(stretch["right"], 1)) == (12.5, 81.2)
    listener.evaluate(
        "window.jumps = 0; document.getElementById('sound').addEventListener('seeked', () => { window.jumps += 1; })"
    )
    listener.keyboard.press("k")
    wait_for(listener, "window.jumps >= 2")
    assert listener.evaluate(NOW) < 2
    listener.keyboard.press("l")
    wait_for(listener, f"{NOW} > 2")


def test_a_drag_over_the_shape_selects_what_is_repeated(listener: Any) -> None:
    box = listener.locator("#wave").bounding_box()
    middle = box["y"] + box["height"] / 2
    listener.mouse.move(box["x"] + box["width"] * 0.1, middle)
    listener.mouse.down()
    listener.mouse.move(box["x"] + box["width"] * 0.15, middle)
    listener.mouse.move(box["x"] + box["width"] * 0.25, middle)
    listener.mouse.up()
    wait_for(listener, "document.getElementById('loop').getAttribute('aria-pressed') === 'true'")
    wait_for(listener, ONE_LOOP)
    (stretch,) = listener.evaluate(PARTS, "loop")
    assert abs(stretch["left"] - 10) < 1
    assert abs(100 - stretch["right"] - 25) < 1


def test_marked_words_are_repeated(listener: Any) -> None:
    listener.evaluate("""() => {
      const [first, ...rest] = document.querySelectorAll('.words [data-start]');
      const range = document.createRange();
      range.setStartBefore(first); range.setEndAfter(rest[0]);
      window.getSelection().addRange(range);
    }""")
    listener.keyboard.press("l")
    wait_for(listener, ONE_LOOP)
    (stretch,) = listener.evaluate(PARTS, "loop")
    assert abs(stretch["left"] / 100 * 8 - 0.5) < 0.01
    assert abs(8 - stretch["right"] / 100 * 8 - 1.2) < 0.01


def test_silence_is_skipped_and_no_word(
    page: Any, call: Recording, push: Callable[..., Recording], playback: Playback
) -> None:
    noise = np.random.default_rng(3).integers(-6000, 6000, size=(10 * 8000, 2)).astype(np.int16)
    noise[8000 : 9 * 8000] = 0  # but for one faint word at 5 s
    playback.words = [*said("hei", start=0.2), *said("kuiskaus", start=5.0, channel=1)]
    silent = push(wav(noise), call_id="pbx-0003")
    page.goto(f"/calls/{silent.id}")
    wait_for(page, "document.getElementById('wave').dataset.drawn === 'yes'")
    page.evaluate("""() => {
      window.jumps = [];
      const sound = document.getElementById('sound');
      sound.addEventListener('seeking', () => window.jumps.push(sound.currentTime));
    }""")
    page.keyboard.press("s")
    page.keyboard.press("k")
    wait_for(page, "window.jumps.length >= 2")
    first, second = page.evaluate("window.jumps")[:2]
    assert first <= 5.0
    assert 5.3 <= second <= 9


def test_a_moment_has_a_link_of_its_own(call: Recording, open_browser: Callable[..., Any], live: str) -> None:
    page = open_browser(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/calls/{call.id}#t=4.2")
    wait_for(page, f"{NOW} === 4.2")
    page.keyboard.press("c")
    wait_for(page, "document.getElementById('said-now').textContent === 'Linkki kopioitu'")
    assert page.evaluate("navigator.clipboard.readText()") == f"{live}/calls/{call.id}#t=4.2"
    page.evaluate("window.location.hash = '#t=1.5'")
    wait_for(page, f"{NOW} === 1.5")


def test_the_page_says_what_the_call_is_for_and_until_when(call: Recording, page: Any, vaiti: Vaiti) -> None:
    page.goto(f"/calls/{call.id}")
    about = page.get_by_role("complementary", name="Tästä puhelusta")
    assert "Ei kirjattu." in about.inner_text()
    stated = StatedPurpose(basis=Basis.LEGITIMATE_INTEREST, text={"fi": "Palvelun laatu"})
    told = {each.slug: each.model_copy(update={"purposes": {call.kind: stated}}) for each in vaiti.controllers.list()}
    object.__setattr__(vaiti, "controllers", Controllers(told))
    page.goto(f"/calls/{call.id}")
    text = about.inner_text()
    for said_there in (
        "Palvelun laatu",
        "oikeutettu etu",
        "Kuopion Energia Oy",
        "laskutus",
        "agent-07",
        "Saapunut",
        "1.3.2027 klo 10.00",
        "(364 päivän kuluttua)",
    ):
        assert said_there in text


def test_the_browser_keeps_nothing_of_a_call(listener: Any, call: Recording, open_browser: Callable[..., Any]) -> None:
    listener.keyboard.press("k")
    wait_for(listener, f"{NOW} > 0.3")
    assert listener.evaluate(KEPT) == {
        "local": 0,
        "session": 0,
        "history": None,
        "databases": 0,
        "caches": 0,
        "cookies": "",  # they are there, and no script sees them
    }
    page = open_browser()
    answers: list[Any] = []

    def note(answer: Any) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(f"/calls/{call.id}")
    wait_for(page, "document.getElementById('wave').dataset.drawn === 'yes'")
    wait_for(page, "document.getElementById('sound').readyState >= 1")
    of_the_call = [each for each in answers if call.id in each.url]
    assert len(of_the_call) >= 3  # the page, the shape, the sound
    assert {each.headers["cache-control"] for each in of_the_call} == {"no-store"}


def test_opening_the_page_its_shape_and_its_sound_is_audited(call: Recording, api: TestClient, vaiti: Vaiti) -> None:
    assert api.get(f"/calls/{call.id}").status_code == 200
    assert api.get(f"/calls/{call.id}/peaks").status_code == 200
    assert api.get(f"/api/v1/recordings/{call.id}/audio").status_code == 200
    entries = [each for each in vaiti.audit.list(Scope.system()) if each.actor == "token"]
    assert [each.action for each in entries] == ["masked-audio.opened", "masked-audio.drawn", "masked-words.opened"]
    assert {each.recording for each in entries} == {call.id}


def test_a_call_that_is_not_masked_has_no_page_and_no_shape(push: Callable[..., Recording], api: TestClient) -> None:
    waiting = push(work=False)
    assert api.get(f"/calls/{waiting.id}").status_code == 409
    assert api.get(f"/calls/{waiting.id}/peaks").json()["slug"] == "not-published"
    assert api.get(f"/calls/{'0' * 32}/peaks").status_code == 404
