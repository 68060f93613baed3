"""A real browser, Debian's Chromium, signed in; whatever it complains about fails the test."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
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

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe" / "axe-4.14.1.min.js"


def wait_for(page: Any, condition: str) -> None:
    """Ask the page again and again: Playwright's own waiting evaluates text inside it, which our policy forbids."""
    sync_api = pytest.importorskip("playwright.sync_api")
    begun = monotonic()
    while True:
        with suppress(sync_api.Error):  # a page that is just being left has nobody who answers
            if page.evaluate(condition):
                return
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


@pytest.fixture
def open_browser(chromium: Any, live: str, vaiti: Vaiti) -> Iterator[Callable[..., Any]]:
    """Open a page of a signed-in reader: `open_browser(locale="sv-FI", color_scheme="dark", viewport=...)`.

    `roles` are the reader's in the first register; `name` is a reader's of her own.
    """
    contexts, complaints = [], list[str]()

    def note(message: Any) -> None:
        # a page that says that something is not there has a status that says so too, which a browser complains about
        # and it tells what it has cleared when somebody signs out
        if message.location["url"] != message.page.url and not message.text.startswith("Clear-Site-Data header"):
            complaints.append(message.text)

    def open_page(*, name: str = "aino", roles: Sequence[Role] = (Role.QA,), **options: Any) -> Any:
        if name not in {each.name for each in vaiti.people.list()}:
            an_account(vaiti, name, *roles)
        # colours that are on their way to another are no colours to judge
        context = chromium.new_context(**{"locale": "fi-FI", "base_url": live, "reduced_motion": "reduce", **options})
        contexts.append(context)
        origin: Any = {"headers": {"Origin": live}, "max_redirects": 0}
        for path, form in (("/sign-in", {"name": name, "password": PASSWORD}), ("/commitment", {})):
            assert context.request.post(path, form=form, **origin).status == 303
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_browser: Callable[..., Any]) -> Any:
    """A signed-in Finnish reader at the newest calls."""
    page = open_browser()
    page.goto("/")
    return page


@pytest.fixture
def call(push: Callable[..., Recording], vaiti: Vaiti, playback: Playback) -> Recording:
    """A masked call of eight seconds as real FLAC: two words of an agent, four of a customer, one of them a secret."""
    assert vaiti.given is not None
    object.__setattr__(vaiti.given, "codec", AvCodec())
    object.__setattr__(vaiti.given, "tone", SineTone())
    agent, customer = said("Energiayhtiöstä hei"), said("tunnus on 131052-308T kiitos", start=3, channel=1)
    playback.words = [*agent, *customer]
    return push(a_call(8), queue="laskutus", agent="agent-07", direction="inbound")
