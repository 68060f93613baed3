"""To whom originals were given, what the person reads of it, and whom to tell when they end or change (Art. 19)."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.disclosures import Change, How, Recipient, Untold
from recordings.errors import RequestInvalid
from recordings.factory import Vaiti
from recordings.holding import Order
from recordings.permissions import Role
from recordings.steps.access import AccessRequest, Purpose
from recordings.steps.restrict import Restrict
from storage.errors import NotFound
from storage.records import CustomerId, Recording, Scope
from tests.integration.browser import AXE
from tests.integration.fakes import MovedClock, a_call
from tests.integration.people import somebody
from tests.integration.test_case_command import Run, run
from tests.integration.test_holds import customer_of, held, posted
from tests.integration.test_letter import PASSPHRASE, archive_of, letter_of, text_of
from tests.integration.test_pages_for_everyone import RUN_AXE, SMALL
from tests.integration.test_review_command import as_json

Push = Callable[..., Recording]
SYSTEM = Scope.system()
__all__ = ["run"]
# The fixture that runs commands on this service.


def given(vaiti: Vaiti, api: TestClient, **more: Any) -> str:
    """Give the caller's calls to the police, and return the disclosure's id."""
    request = AccessRequest(
        scope=vaiti.controllers.scope,
        customer=CustomerId(customer_of(api)),
        case="R 5500/1",
        actor="officer-1",
        passphrase=PASSPHRASE,
        **{"purpose": Purpose.AUTHORITY_REQUEST, "recipient": Recipient.POLICE, **more},
    )
    vaiti.access(request, io.BytesIO())
    return vaiti.keep_disclosures.list(SYSTEM)[-1].id


def an_order(call: Recording) -> Order:
    return Order(
        controller="kuopio", ground="accuracy-contested", case="R-12", actor="officer-1", recordings=(call.id,)
    )


def contradicted(api: TestClient, call: Recording) -> None:
    """Put a fact of a call right, for a case of rectification."""
    case = {"controller": "kuopio", "kind": "rectification", "way": "letter", "identified_by": "called-back"}
    named = posted(api, "/cases", {**case, "customer": customer_of(api)})["id"]
    posted(api, f"/recordings/{call.id}/corrections/facts", {"case": named, "facts": {"queue": "myynti"}})


def test_each_disclosure_has_its_receiver_ground_approver_and_calls(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    both = {push().id, push(a_call(seed=4), call_id="second").id}
    given(vaiti, api)
    (found,) = vaiti.keep_disclosures.list(SYSTEM)
    assert (found.recipient, found.purpose, found.case, found.by) == (
        Recipient.POLICE,
        "authority-request",
        "R 5500/1",
        "officer-1",
    )
    assert set(found.recordings) == both
    assert not found.waits
    assert vaiti.keep_disclosures.list(Scope.of("lahti")) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipient": None},
        {"purpose": Purpose.ACCESS_REQUEST},
        {"purpose": Purpose.LEGAL_CLAIM, "recipient": None, "untold": Untold.ORDER},
    ],
)
def test_an_authority_is_named_and_the_person_herself_is_no_receiver(
    push: Push, api: TestClient, vaiti: Vaiti, wrong: dict[str, Any]
) -> None:
    push()
    with pytest.raises(RequestInvalid):
        given(vaiti, api, **wrong)
    assert vaiti.keep_disclosures.list(SYSTEM) == []
    assert not [each for each in vaiti.audit.list(SYSTEM) if each.action == "raw.opened"]


def test_the_person_reads_who_was_given_her_calls_but_for_what_a_ground_keeps_back(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    push()
    given(vaiti, api, purpose=Purpose.LEGAL_CLAIM, recipient=Recipient.COLLECTOR)
    given(vaiti, api, untold=Untold.INVESTIGATION)
    text = text_of(letter_of(archive_of(vaiti, api)))
    assert "perintätoimisto" in text
    assert "oikeudellinen vaade" in text
    assert "poliisi" not in text
    assert "viranomaisen pyyntö" not in text


def test_an_erasure_a_restriction_and_a_rectification_wait_until_the_receiver_was_told(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    erased, restricted = push(), push(a_call(seed=4), call_id="second")
    rectified = push(a_call(seed=5), call_id="third", queue="laskut")
    named = given(vaiti, api)
    clock.at += timedelta(hours=1)
    vaiti.purge(erased.id, reason="erasure-request", actor="officer-1")
    Restrict(holding=vaiti.holding)(an_order(restricted))
    contradicted(api, rectified)
    (found,) = vaiti.keep_disclosures.list(SYSTEM, waiting=True)
    assert {(each.recording, each.change) for each in found.waits} == {
        (erased.id, Change.ERASED),
        (restricted.id, Change.RESTRICTED),
        (rectified.id, Change.RECTIFIED),
    }
    clock.at += timedelta(hours=1)
    told = posted(api, f"/disclosures/{named}/told", {"how": "told"}, 200)
    assert (told["waits"], told["told_how"]) == ([], "told")
    assert vaiti.keep_disclosures.list(SYSTEM, waiting=True) == []
    assert posted(api, f"/disclosures/{named}/told", {"how": "told"}, 409)["slug"] == "nothing-waits"


def test_what_ends_in_its_time_is_told_to_nobody_and_what_was_before_is_not_either(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    call = push(queue="laskut")
    contradicted(api, call)
    clock.at += timedelta(minutes=1)
    given(vaiti, api)
    clock.at = call.delete_at + timedelta(days=1)
    vaiti.purge_due(clock.now(), confirmed_by="anna")
    assert vaiti.keep_disclosures.list(SYSTEM, waiting=True) == []
    assert len(vaiti.keep_disclosures.list(SYSTEM)) == 1  # the register outlives the call


def test_another_registers_disclosure_is_not_found(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    push()
    named = given(vaiti, api)
    with pytest.raises(NotFound):
        vaiti.keep_disclosures.tell(Scope.of("lahti"), named, How.TOLD, actor="x")


def test_the_page_shows_whom_to_tell_and_the_home_page_counts_them(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock, open_browser: Callable[..., Any]
) -> None:
    call = push()
    named = given(vaiti, api, untold=Untold.ORDER)
    officer = somebody(vaiti, Role.PRIVACY_OFFICER, name="orvokki")
    clock.at += timedelta(minutes=1)
    vaiti.purge(call.id, reason="erasure-request", actor="officer-1")
    assert "1 recipients have to be told" in officer.get("/home").text
    assert "/disclosures" in officer.get("/cases").text
    page = open_browser(name="orvokki", locale="fi", viewport={"width": 360, "height": 740})
    page.add_init_script(path=AXE)
    page.goto("/disclosures")
    assert "Saajalle on kerrottava: poistettu 1" in page.locator("main").inner_text()
    assert page.evaluate(RUN_AXE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(SMALL) == []
    clock.at += timedelta(minutes=1)
    told = officer.post(f"/disclosures/{named}/told", data={"how": "impossible"})
    assert told.headers["location"] == "/disclosures"
    assert officer.post(f"/disclosures/{named}/told", data={"how": "told"}).status_code == 409
    assert officer.post(f"/disclosures/{'0' * 32}/told").status_code == 404
    assert officer.post(f"/disclosures/{named}/told", data={"how": "sang"}).status_code == 422
    assert "was not possible" in officer.get("/disclosures").text


def test_the_command_line_lists_and_notes(
    run: Run, push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    call = push()
    assert "Nobody was given an original." in run("disclosure", "list").stdout
    named = given(vaiti, api)
    assert "police  R 5500/1  1 calls" in run("disclosure", "list").stdout
    assert "Nobody has to be told." in run("disclosure", "list", "--waiting").stdout
    clock.at += timedelta(minutes=1)
    vaiti.purge(call.id, reason="erasure-request", actor="officer-1")
    assert "HAS TO BE TOLD: erased" in run("disclosure", "list", "--waiting").stdout
    (shown,) = as_json(run("disclosure", "list", "--json"))
    assert (shown["recipient"], shown["recordings"]) == ("police", [call.id])
    clock.at += timedelta(minutes=1)
    assert "HAS TO" not in run("disclosure", "told", named, "--as", "officer-1").stdout
    assert run("disclosure", "told", named, "--how", "sung").exit_code == 2
    assert run("disclosure", "told", "x").exit_code == 2


def test_a_holds_calls_are_given_to_whom_the_command_names(run: Run, push: Push, vaiti: Vaiti, tmp_path: Path) -> None:
    hold = held(vaiti, push())
    phrase = tmp_path / "phrase"
    phrase.write_text(PASSPHRASE)
    words = ("hold", "open", hold.id, "--out", str(tmp_path / "o.zip"), "--passphrase-file", str(phrase))
    assert run(*words, "--recipient", "neighbour").exit_code == 2
    assert run(*words, "--purpose", "authority-request").exit_code != 0
    assert vaiti.keep_disclosures.list(SYSTEM) == []
    assert run(*words, "--recipient", "counsel").exit_code == 0
    (found,) = vaiti.keep_disclosures.list(SYSTEM)
    assert (found.recipient, found.case) == (Recipient.COUNSEL, hold.case)


def test_the_letter_says_in_which_role_a_call_was_opened(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    call = push()
    listener = somebody(vaiti, Role.QA, name="aino")
    leader = somebody(vaiti, Role.SUPERVISOR, name="eero")
    for who in (listener, leader):
        assert who.get(f"/api/v1/recordings/{call.id}/transcript").status_code == 200
    text = text_of(letter_of(archive_of(vaiti, api)))
    assert "Missä roolissa" in text
    assert "laadun arvioija" in text
    assert "esihenkilö" in text
    assert "aino" not in text
