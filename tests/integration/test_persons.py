"""One person, several numbers, and numbers that are nobody's alone: what is given, and what waits for a yes."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import pyzipper
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from recordings.case_errors import ConfirmationNeeded
from recordings.factory import Vaiti
from recordings.steps.access import AccessRequest, Purpose
from storage.records import CustomerId, Recording, RecordingId, Scope
from tests.integration.fakes import a_call
from tests.integration.test_holds import PASSPHRASE, posted
from tests.integration.test_review_command import as_json
from workers.main import app

Push = Callable[..., Recording]
Run = Callable[..., Result]
SYSTEM = Scope.system()
PHONE = {"type": "phone", "value": "0401234567"}
NUMBER = {"type": "customer_number", "value": "77001"}
HIS = {"type": "customer_number", "value": "77002"}
DECISION = {"controller": "kuopio", "evidence": "company-register", "case": "2026-3"}


def who(api: TestClient, reference: dict[str, str]) -> str:
    return str(posted(api, "/customers/find", {"controller": "kuopio", **reference}, 200)["customer"])


def given(vaiti: Vaiti, customer: str, **more: Any) -> list[str]:
    """The calls of the pack, oldest first."""
    out = io.BytesIO()
    request = AccessRequest(
        scope=vaiti.controllers.scope,
        purpose=Purpose.ACCESS_REQUEST,
        case="2026-3",
        actor="officer-1",
        passphrase=PASSPHRASE,
        customer=CustomerId(customer),
        **more,
    )
    manifest = vaiti.access(request, out)
    with pyzipper.AESZipFile(out) as archive:
        archive.setpassword(PASSPHRASE.encode())
        assert archive.testzip() is None
    return [each["recording"] for each in manifest["calls"]]


def calls(push: Push, *who: list[dict[str, str]]) -> list[Recording]:
    return [
        push(a_call(seed=n), call_id=f"call-{n}", customer=named, started_at=f"2026-03-01T1{n}:00:00+02:00")
        for n, named in enumerate(who)
    ]


def test_a_pack_has_the_calls_of_all_references_that_were_joined(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    by_phone, by_number, other = calls(push, [PHONE], [NUMBER], [HIS])
    assert given(vaiti, who(api, PHONE)) == [by_phone.id]
    same = posted(api, "/persons/decisions", {**DECISION, "bond": "same", "reference": PHONE, "other": NUMBER})
    assert given(vaiti, who(api, NUMBER)) == [by_phone.id, by_number.id]
    assert other.id not in given(vaiti, who(api, PHONE))
    posted(api, f"/persons/decisions/{same['id']}/undo", {}, 200)
    assert given(vaiti, who(api, NUMBER)) == [by_number.id]
    shown = api.get(f"/api/v1/customers/{who(api, NUMBER)}/links").json()
    (decision,) = shown["decisions"]
    assert (decision["bond"], decision["case"], decision["undone_by"]) == ("same", "2026-3", "token")
    acts = [(each.action, each.controller) for each in vaiti.audit.list(SYSTEM) if each.action.startswith("person.")]
    assert acts == [("person.undone", "kuopio"), ("person.decided", "kuopio")]


def test_who_spoke_for_the_customer_is_pushed_as_such_and_is_somebody_else(
    push: Push, api: TestClient, vaiti: Vaiti
) -> None:
    (call,) = calls(push, [NUMBER, {**PHONE, "role": "representative"}])
    assert who(api, PHONE) != who(api, NUMBER)
    (link,) = api.get(f"/api/v1/customers/{who(api, PHONE)}/links").json()["links"]
    assert (link["role"], link["evidence"]) == ("representative", "pushed")
    assert given(vaiti, who(api, PHONE)) == given(vaiti, who(api, NUMBER)) == [call.id]
    body = {"customer": [{**HIS, "role": "third-party"}, {**NUMBER, "role": "third-party"}]}
    assert api.patch(f"/api/v1/recordings/{call.id}/facts", json=body).status_code == 200
    assert api.get(f"/api/v1/customers/{who(api, HIS)}/links").json()["doubtful"] == [call.id]
    assert not api.get(f"/api/v1/customers/{who(api, NUMBER)}/links").json()["doubtful"]  # a role is not changed so
    wrong = {"customer": [{**PHONE, "role": "neighbour"}]}
    assert api.patch(f"/api/v1/recordings/{call.id}/facts", json=wrong).json()["slug"] == "facts-invalid"


def test_what_rests_on_a_household_number_alone_needs_a_yes_for_each_call(
    push: Push, api: TestClient, vaiti: Vaiti
) -> None:
    hers, his, home = calls(push, [PHONE, NUMBER], [PHONE, HIS], [PHONE])
    posted(api, "/persons/decisions", {**DECISION, "bond": "household", "reference": PHONE})
    customer = who(api, NUMBER)
    assert set(api.get(f"/api/v1/customers/{customer}/links").json()["doubtful"]) == {his.id, home.id}
    with pytest.raises(ConfirmationNeeded):
        given(vaiti, customer)
    body = {"type": "access", "customer": customer, "case": "R-1", "purpose": "access-request"}
    refused = posted(api, "/requests", {**body, "passphrase": PASSPHRASE, "confirmed": [home.id]}, 409)
    assert refused["slug"] == "confirmation-needed"
    yes, no = (RecordingId(home.id),), (RecordingId(his.id),)
    assert given(vaiti, customer, confirmed=yes, left_out=no) == [hers.id, home.id]
    assert not [each for each in vaiti.audit.list(SYSTEM, recording=his.id) if each.action == "raw.opened"]
    with pytest.raises(ConfirmationNeeded):  # the household's number itself names nobody
        given(vaiti, who(api, PHONE))


def test_an_erasure_leaves_what_nobody_has_said_yes_to(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    hers, his = calls(push, [PHONE, NUMBER], [PHONE, HIS])
    posted(api, "/persons/decisions", {**DECISION, "bond": "household", "reference": PHONE})
    case = {"controller": "kuopio", "kind": "erasure", "way": "portal", "identified_by": "called-back"}
    opened = posted(api, "/cases", {**case, "customer": who(api, NUMBER)})
    erased = posted(api, f"/cases/{opened['id']}/erasure", {}, 200)
    assert ([each["recording"] for each in erased["receipts"]], erased["doubtful"]) == ([hers.id], [his.id])
    assert vaiti.keys.knows(his.id)


def test_who_is_only_spoken_of_is_given_nothing_without_a_yes(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    own, about = calls(push, [PHONE], [PHONE, NUMBER])
    posted(api, "/persons/decisions", {**DECISION, "bond": "apart", "reference": PHONE, "other": NUMBER})
    third = {"reference": PHONE, "role": "third-party", "evidence": "said-in-call"}
    assert api.post(f"/api/v1/recordings/{about.id}/link", json=third).status_code == 204
    assert given(vaiti, who(api, NUMBER)) == [about.id]
    assert given(vaiti, who(api, PHONE), left_out=(about.id,)) == [own.id]
    wrong = {**third, "role": "none"}
    assert api.post(f"/api/v1/recordings/{about.id}/link", json=wrong).status_code == 204
    assert given(vaiti, who(api, PHONE)) == [own.id]
    entries = [each for each in vaiti.audit.list(SYSTEM, recording=about.id) if "link" in each.action]
    assert [each.detail["role"] for each in entries] == ["none", "third-party"]


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ({"bond": "same", "reference": PHONE}, "request-invalid"),
        (
            {"bond": "same", "reference": PHONE, "other": {"type": "phone", "value": "+358 40 1234567"}},
            "request-invalid",
        ),
        ({"bond": "household", "reference": PHONE, "other": NUMBER}, "request-invalid"),
        ({"bond": "household", "reference": NUMBER}, "not-found"),
        ({"bond": "friends", "reference": PHONE}, "request-invalid"),
        ({"controller": "nobody", "bond": "household", "reference": PHONE}, "unknown-controller"),
    ],
)
def test_what_cannot_be_decided_is_refused(push: Push, api: TestClient, body: dict[str, Any], slug: str) -> None:
    push()
    assert api.post("/api/v1/persons/decisions", json={**DECISION, **body}).json()["slug"] == slug


@pytest.fixture
def run(vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on the service, which stays open."""
    monkeypatch.setattr("workers.service.open_vaiti", lambda *_, **__: vaiti)
    monkeypatch.setattr(Vaiti, "close", lambda _: None)
    monkeypatch.setattr("recordings.observability.configure_logging", lambda: None)
    yield lambda *words: CliRunner().invoke(app, ["person", *words])
    monkeypatch.undo()


def test_the_command_line_does_all_of_it(run: Run, push: Push) -> None:
    first, second = calls(push, [PHONE], [NUMBER])
    ours, how = ("--controller", "kuopio"), ("--evidence", "document-shown")
    hers, number = ("--reference", "phone:0401234567"), ("--other", "customer_number:77001")
    same = as_json(run("decide", "same", *ours, *hers, *number, *how, "--case", "2026-3", "--json"))
    shown = as_json(run("show", *ours, *hers, "--json"))
    assert {each["recording"] for each in shown["links"]} == {first.id, second.id}
    assert "undone" in run("undo", same["id"]).stdout
    assert "household" in run("decide", "household", *ours, *hers, *how).stdout
    assert "NEEDS A YES" in run("show", *ours, *hers).stdout
    assert "third-party" in run("link", first.id, "third-party", *hers, *how).stdout
    assert run("decide", "enemies", *ours, *hers, *how).exit_code == 2
