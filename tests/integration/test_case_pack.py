"""The copies that a person asked for, within her case: none before it is known who asks, and the case says when."""

import gc
import io
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, BinaryIO, cast

import pytest
import pyzipper
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.packs import PackOrder
from storage.cases import CaseId
from storage.records import Recording, Scope
from tests.integration.fakes import a_call
from tests.integration.test_cases import ERASURE, done, opened
from tests.integration.test_holds import customer_of

Push = Callable[..., Recording]
SYSTEM = Scope.system()
PHRASE = "kolme kuivaa kannua kaapissa"


def pack(api: TestClient, case: dict[str, Any], status: int = 200, phrase: str = PHRASE, **more: Any) -> Any:
    answer = api.post(f"/api/v1/cases/{case['id']}/pack", json={"passphrase": phrase, **more})
    assert answer.status_code == status, answer.text
    return answer


def names_in(content: bytes) -> dict[str, Any]:
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(PHRASE.encode())
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
        return manifest


def test_a_pack_holds_the_persons_calls_and_the_case_says_when_it_was_made(
    push: Push, api: TestClient, vaiti: Vaiti
) -> None:
    mine, other = push(), push(a_call(seed=3), call_id="other", customer=[{"type": "phone", "value": "0401234568"}])
    case = opened(api, customer=customer_of(api), identified_by="strong-identification")
    content = pack(api, case, language="fi").content
    manifest = names_in(content)
    assert [each["recording"] for each in manifest["calls"]] == [mine.id]
    assert manifest["case"] == case["name"]
    assert other.id not in json.dumps(manifest)
    assert api.get(f"/api/v1/cases/{case['id']}").json()["packed_at"]
    packed = next(each for each in vaiti.audit.list(SYSTEM) if each.action == "case.packed")
    assert packed.detail["sha256"] == sha256(content).hexdigest()
    assert packed.detail["count"] == 1
    assert done(api, case, "answer")["state"] == "answered"
    assert pack(api, case, 409).json()["slug"] == "case-differs"


def test_nothing_leaves_before_it_is_known_who_asks(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    call = push()
    case = opened(api, customer=customer_of(api))
    assert pack(api, case, 409).json()["slug"] == "identity-needed"
    assert not [each for each in vaiti.audit.list(SYSTEM, recording=call.id) if each.action == "raw.opened"]


@pytest.mark.parametrize("customer", [True, False])
def test_only_a_case_that_asks_for_copies_of_somebody_gets_them(push: Push, api: TestClient, *, customer: bool) -> None:
    push()
    who = {"customer": customer_of(api)} if customer else {}
    case = opened(api, **({**ERASURE, **who} if customer else {"identified_by": "document-shown"}))
    assert pack(api, case, 409).json()["slug"] == "case-differs"


def test_a_short_passphrase_makes_no_pack_and_notes_none(push: Push, api: TestClient) -> None:
    push()
    case = opened(api, customer=customer_of(api), identified_by="document-shown")
    assert pack(api, case, 422, phrase="short").json()["slug"] == "passphrase-short"
    assert api.get(f"/api/v1/cases/{case['id']}").json()["packed_at"] is None


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the zip that is not whole says so
def test_a_pack_that_breaks_off_is_not_noted(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    class Full(io.RawIOBase):
        told = False

        def write(self, data: Any, /) -> int:
            if not self.told:
                self.told = True
                raise OSError(28, "full")
            return len(data)

    push()
    case = opened(api, customer=customer_of(api), identified_by="document-shown")
    order = PackOrder(scope=SYSTEM, case=CaseId(case["id"]), actor="test", passphrase=PHRASE)
    with pytest.raises(OSError, match="full"):
        vaiti.write_pack(order, cast("BinaryIO", Full()))
    gc.collect()  # here, and not in another test
    assert vaiti.cases.get(SYSTEM, CaseId(case["id"])).packed_at is None


def test_a_case_of_whom_nothing_is_kept_is_answered_without_a_pack(push: Push, api: TestClient) -> None:
    push()
    case = opened(api, identified_by="document-shown")
    assert done(api, case, "answer")["state"] == "answered"
