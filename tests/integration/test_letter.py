"""The letter that goes with a person's own calls: what the law wants told, in her language, for screen readers too."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdf
import pytest
import pyzipper
from fastapi.testclient import TestClient

from recordings.controllers import Controllers
from recordings.errors import SettingsWrong
from recordings.factory import Vaiti
from recordings.letter.texts import LANGUAGES, TEXTS
from recordings.steps.access import AccessRequest, Purpose
from storage.records import CustomerId, Recording
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import a_call
from tests.integration.test_holds import customer_of

Push = Callable[..., Recording]
PASSPHRASE = "pitkä ja yksinkertainen lause"
STATED = """
officer = "tietosuoja@kuopio.invalid"
recipients = ["Puhelinpalvelu Oy, käsittelijä"]
source = "Omat puhelusi"
notice = 2026-02-01
"""
PURPOSES = """
[controllers.kuopio.purposes.service]
basis = "contract"
text = { fi = "Asiakaspalvelun varmistaminen", en = "Assuring the service" }
"""


def stating(vaiti: Vaiti) -> Vaiti:
    """The service with what its controller has told people."""
    head = "[controllers.kuopio]\n"
    lines = CONTROLLERS.replace(head, head + STATED) + PURPOSES
    return replace(vaiti, controllers=Controllers.parse(lines))


def archive_of(vaiti: Vaiti, api: TestClient, **more: Any) -> pyzipper.AESZipFile:
    out = io.BytesIO()
    request = AccessRequest(
        scope=vaiti.controllers.scope,
        customer=CustomerId(customer_of(api)),
        case="2026-7",
        actor="officer-1",
        passphrase=PASSPHRASE,
        **{"purpose": Purpose.ACCESS_REQUEST, **more},
    )
    vaiti.access(request, out)
    archive = pyzipper.AESZipFile(out)
    archive.setpassword(PASSPHRASE.encode())
    return archive


def letter_of(archive: pyzipper.AESZipFile) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(archive.read("letter.pdf")))


def text_of(letter: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in letter.pages).split())


def test_the_letter_tells_what_the_law_wants_told(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    call = push(source="fonecta-2026-02")
    push(a_call(seed=4), call_id="second", started_at="2026-03-01T12:00:00+02:00")
    for what in ("transcript", "audio", "transcript"):  # at one moment
        assert api.get(f"/api/v1/recordings/{call.id}/{what}").status_code == 200
    text = text_of(letter_of(archive_of(stating(vaiti), api)))
    for told in (
        "Kuopion Energia Oy",
        "2026-7",
        "1.3.2026 klo 10.00",
        "1.3.2026 klo 12.00",
        "Asiakaspalvelu: Asiakaspalvelun varmistaminen (sopimus)",
        "Puhelinpalvelu Oy, käsittelijä",
        "Omat puhelusi",
        "Puhelun 001 lähde: fonecta-2026-02",
        "1.3.2027 klo 10.00",
        "14 päivää",
        "teksti, henkilötiedot peitettyinä",
        "ääni, henkilötiedot peitettyinä",
        "laadun seuranta ja koulutus",
        "00531 Helsinki",
        "tietosuoja@kuopio.invalid",
        "1.2.2026",
        "131052-308T",
    ):
        assert told in text, told
    assert "token" not in text
    assert "officer-1" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_in_three_languages_and_tagged_for_screen_readers(
    push: Push, api: TestClient, vaiti: Vaiti, language: str
) -> None:
    push()
    letter = letter_of(archive_of(vaiti, api, language=language))
    root: Any = letter.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert letter.metadata is not None
    assert letter.metadata.title == TEXTS[language]["title"]
    assert TEXTS[language]["rights_head"] in text_of(letter)
    assert TEXTS[language]["no_openings"] in text_of(letter)


def test_every_language_has_every_text() -> None:
    for language in LANGUAGES:
        assert TEXTS[language].keys() == TEXTS["fi"].keys()


def test_a_call_without_words_and_one_person_less_are_told_as_they_are(
    push: Push, api: TestClient, vaiti: Vaiti
) -> None:
    push(work=False)
    other = push(a_call(seed=9), call_id="other", customer=[{"type": "phone", "value": "0409876543"}])
    archive = archive_of(vaiti, api)
    assert "Tästä puhelusta ei ole tekstiä" in text_of(letter_of(archive))
    assert other.id not in archive.read("manifest.json").decode()
    assert not any(name.startswith("002/") for name in archive.namelist())


def test_it_is_in_the_manifest_with_its_hash_and_only_for_the_person_herself(
    push: Push, api: TestClient, vaiti: Vaiti
) -> None:
    push()
    assert b'"letter"' in archive_of(vaiti, api).read("manifest.json")
    claim = archive_of(vaiti, api, purpose=Purpose.LEGAL_CLAIM)
    assert "letter.pdf" not in claim.namelist()


def test_over_http_the_language_is_asked_for(push: Push, api: TestClient) -> None:
    push()
    body = {
        "type": "access",
        "customer": customer_of(api),
        "case": "2026-7",
        "purpose": "access-request",
        "passphrase": PASSPHRASE,
        "language": "sv",
    }
    answer = api.post("/api/v1/requests", json=body)
    archive = pyzipper.AESZipFile(io.BytesIO(answer.content))
    archive.setpassword(PASSPHRASE.encode())
    assert "Dina samtalsinspelningar" in text_of(letter_of(archive))
    assert api.post("/api/v1/requests", json={**body, "language": "de"}).status_code == 422


def test_each_call_names_the_privacy_notice_of_its_day(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    push()  # 1.3.2026
    push(a_call(seed=4), call_id="before", started_at="2026-02-28T23:30:00+00:00")  # the 1st of March in Helsinki
    push(a_call(seed=5), call_id="older", started_at="2026-01-20T12:00:00+02:00")
    push(a_call(seed=6), call_id="oldest", started_at="2025-12-31T12:00:00+02:00")
    lines = STATED.replace("2026-02-01", "2026-03-01\nearlier_notices = [2026-01-01]")
    head = "[controllers.kuopio]\n"
    service = replace(vaiti, controllers=Controllers.parse(CONTROLLERS.replace(head, head + lines)))
    archive = archive_of(service, api, language="fi")
    days = [json.loads(archive.read(f"{n:03d}/call.json"))["privacy_notice"] for n in range(1, 5)]
    assert days == [None, "2026-01-01", "2026-03-01", "2026-03-01"]
    assert TEXTS["fi"]["notice_then"] in text_of(letter_of(archive))
    assert TEXTS["fi"]["notice_then"] not in text_of(letter_of(archive_of(vaiti, api, language="fi")))


def test_notices_that_are_no_earlier_ones_stop_the_start() -> None:
    head = "[controllers.kuopio]\n"
    for wrong in ("earlier_notices = [2026-01-01]\n", "notice = 2026-01-01\nearlier_notices = [2026-01-01]\n"):
        with pytest.raises(SettingsWrong, match="days before that of notice"):
            Controllers.parse(CONTROLLERS.replace(head, head + wrong))


def test_a_purpose_without_a_lawful_basis_stops_the_start() -> None:
    lines = CONTROLLERS + '[controllers.lahti.purposes.service]\nbasis = "curiosity"\ntext = { fi = "x" }\n'
    with pytest.raises(SettingsWrong, match=r"controllers\.lahti\.purposes\.service\.basis"):
        Controllers.parse(lines)
