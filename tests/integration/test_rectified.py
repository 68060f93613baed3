"""What is wrong is put right beside the original, and what is others' is cut from the person's copy alone."""

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pypdf
import pytest
import pyzipper
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from recordings.beside import Cut, CutReason, cut_words, windows_of
from recordings.disclosures import Recipient
from recordings.factory import Vaiti
from recordings.facts import parse_facts
from recordings.legs import join_legs
from recordings.letter.texts import LANGUAGES
from recordings.steps.access import AccessRequest, Purpose
from redaction.model import Channel, Role, Transcript, Word
from storage.records import CustomerId, Item, Recording, Scope, Stage
from tests.integration.conftest import FACTS
from tests.integration.fakes import NOW, Playback, WavCodec, a_call, said
from tests.integration.test_holds import PASSPHRASE, customer_of, posted
from tests.integration.test_review_command import as_json
from workers.engines.fenced import FencedCodec
from workers.engines.legs import LegsCodec
from workers.main import app

Push = Callable[..., Recording]
SYSTEM = Scope.system()
CASE = {"controller": "kuopio", "kind": "rectification", "way": "letter", "identified_by": "known-address"}
CUT = {"start": 1.6, "end": 2.0, "reason": "others-data", "case": "2026-4"}


def opened(api: TestClient, **more: Any) -> dict[str, Any]:
    case: dict[str, Any] = posted(api, "/cases", {**CASE, "customer": customer_of(api), **more})
    return case


def pack(vaiti: Vaiti, api: TestClient, **more: Any) -> tuple[dict[str, Any], pyzipper.AESZipFile]:
    out = io.BytesIO()
    request = AccessRequest(
        scope=vaiti.controllers.scope,
        case="2026-4",
        actor="officer-1",
        passphrase=PASSPHRASE,
        customer=CustomerId(customer_of(api)),
        **{"purpose": Purpose.ACCESS_REQUEST, **more},
    )
    manifest = vaiti.access(request, out)
    archive = pyzipper.AESZipFile(out)
    archive.setpassword(PASSPHRASE.encode())
    return manifest, archive


def letter_text(archive: pyzipper.AESZipFile) -> str:
    pages = pypdf.PdfReader(io.BytesIO(archive.read("letter.pdf"))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def worked_on(vaiti: Vaiti, call: Recording) -> Recording:
    recording = vaiti.catalog.get(SYSTEM, call.id)
    while recording.stage is not Stage.PUBLISHED:
        recording = vaiti.advance(recording)
    return recording


def test_a_note_stands_beside_the_words_and_the_call_is_masked_again(
    push: Push, api: TestClient, vaiti: Vaiti, playback: Playback
) -> None:
    call = push()
    case = opened(api)
    body = {"case": case["id"], "text": "En sanonut näin. Tunnukseni on 131052-308T.", "at": 1.5}
    note = posted(api, f"/recordings/{call.id}/corrections/note", body)
    assert note["text"] == "En sanonut näin. Tunnukseni on [FI_PERSONAL_IDENTITY_CODE]."
    assert vaiti.catalog.get(SYSTEM, call.id).stage is Stage.TRANSCRIBED
    assert api.get(f"/api/v1/recordings/{call.id}/audio").status_code == 409  # nobody sees the earlier copy
    worked_on(vaiti, call)
    manifest, archive = pack(vaiti, api, language="fi")
    assert archive.read("001/audio.wav") == a_call()  # the sound is what it was
    (kept,) = json.loads(archive.read("001/corrections.json"))["corrections"]
    assert (kept["text"], kept["at"], kept["case"]) == (note["text"], 1.5, case["name"])
    assert "Oikaisu: En sanonut näin." in letter_text(archive)
    assert "131052-308T" in archive.read("001/transcript.txt").decode()  # the words are what was heard
    assert manifest["calls"][0]["cuts"] == []
    entries = [each for each in vaiti.audit.list(SYSTEM, recording=call.id) if each.action == "recording.rectified"]
    assert [(each.case, each.detail) for each in entries] == [(case["name"], {"fields": "note"})]
    assert "näin" not in api.get(f"/api/v1/recordings/{call.id}/transcript").text


def test_a_corrected_fact_keeps_what_it_was(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    call = push(queue="laskut", agent="agent-7")
    case = opened(api)
    path = f"/recordings/{call.id}/corrections"
    facts = {"queue": "viat", "agent": "agent-7", "satisfaction": 4}
    made = posted(api, f"{path}/facts", {"case": case["id"], "facts": facts})
    assert {(each["field"], each["before"], each["after"]) for each in made} == {
        ("queue", "laskut", "viat"),
        ("satisfaction", None, 4),
    }
    again = posted(api, f"{path}/facts", {"case": case["id"], "facts": {"queue": "myynti"}})
    assert (again[0]["before"], again[0]["after"]) == ("viat", "myynti")
    row = worked_on(vaiti, call)
    assert (row.queue, row.satisfaction) == ("myynti", 4)
    shown = posted(api, f"{path}/open", {"case": case["name"]}, 200)
    assert [each["field"] for each in shown if each["field"] == "queue"] == ["queue", "queue"]
    (entry,) = [each for each in vaiti.audit.list(SYSTEM, recording=call.id) if each.action == "corrections.opened"]
    assert entry.detail == {"of_case": case["name"]}
    _, archive = pack(vaiti, api, language="en")
    assert "Corrected: queue: viat → myynti" in letter_text(archive)
    assert json.loads(archive.read("001/call.json"))["queue"] == "myynti"


@pytest.mark.parametrize(
    ("case", "facts", "slug"),
    [
        ({"identified_by": None}, {"queue": "viat"}, "identity-needed"),
        ({"kind": "access"}, {"queue": "viat"}, "case-differs"),
        ({}, {"kinds": ["contract"]}, "request-invalid"),
        ({}, {"satisfaction": 101}, "request-invalid"),
        ({"customer": None}, {"queue": "viat"}, "case-differs"),
    ],
)
def test_only_who_is_known_corrects_and_only_what_is_hers(
    push: Push, api: TestClient, case: dict[str, Any], facts: dict[str, Any], slug: str
) -> None:
    call = push()
    body = {"case": opened(api, **case)["id"], "facts": facts}
    assert api.post(f"/api/v1/recordings/{call.id}/corrections/facts", json=body).json()["slug"] == slug


def test_anothers_call_is_not_corrected(push: Push, api: TestClient) -> None:
    push()
    other = push(a_call(seed=2), call_id="other", customer=[{"type": "phone", "value": "0409876543"}])
    body = {"case": opened(api)["id"], "text": "Ei minun"}
    assert posted(api, f"/recordings/{other.id}/corrections/note", body, 409)["slug"] == "case-differs"


def test_a_cut_takes_words_and_sound_out_of_the_copy_and_of_nothing_else(
    push: Push, api: TestClient, vaiti: Vaiti, playback: Playback
) -> None:
    playback.words = [*said("Energiayhtiöstä hei"), *said("naapurini Salme sairastui eilen", start=1.5, channel=1)]
    call = push()
    cut = posted(api, f"/recordings/{call.id}/cuts", CUT)
    manifest, archive = pack(vaiti, api, language="sv")
    text = archive.read("001/transcript.txt").decode()
    assert "[CUT]" in text
    assert ("naapurini" in text, "Salme" in text, "sairastui eilen" in text) == (False, False, True)
    assert "Salme" not in archive.read("001/transcript.json").decode()
    letter = letter_text(archive)
    assert "Salme" not in letter
    assert "uppgifter om en annan person" in letter
    given, whole = samples(archive.read("001/audio.flac")), samples(a_call())
    differs = np.flatnonzero((given != whole).all(axis=1)) / 8000
    assert given.shape == whole.shape
    assert (differs.min(), round(differs.max(), 2)) == (1.5, 2.2)  # over the whole of both words, on both channels
    file = next(each for each in manifest["calls"][0]["files"] if each["name"] == "001/audio.flac")
    assert file["sha256"] == hashlib.sha256(archive.read("001/audio.flac")).hexdigest()
    assert manifest["calls"][0]["cuts"] == [{"start": 1.6, "end": 2.0, "reason": "others-data"}]
    # an authority gets it whole, and so does the person when the decision is taken back
    _, whole_one = pack(vaiti, api, purpose=Purpose.AUTHORITY_REQUEST, recipient=Recipient.POLICE)
    assert whole_one.read("001/audio.wav") == a_call()
    undone = posted(api, f"/recordings/{call.id}/cuts/{cut['id']}/undo", {}, 200)
    assert undone["undone_by"] == "token"
    _, after = pack(vaiti, api)
    assert after.read("001/audio.wav") == a_call()
    assert [each["id"] for each in api.get(f"/api/v1/recordings/{call.id}/cuts").json()] == [cut["id"]]
    acts = [each for each in vaiti.audit.list(SYSTEM, recording=call.id) if each.action.startswith("cut.")]
    assert [(each.action, each.purpose, each.case) for each in acts] == [
        ("cut.undone", "others-data", "2026-4"),
        ("cut.decided", "others-data", "2026-4"),
    ]


def samples(sound: bytes) -> Any:
    return np.concatenate(list(WavCodec().decode(io.BytesIO(sound))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_that_something_was_cut_in_each_language(
    push: Push, api: TestClient, vaiti: Vaiti, language: str
) -> None:
    call = push()
    for reason in CutReason:
        posted(api, f"/recordings/{call.id}/cuts", {**CUT, "reason": reason.value})
    letter = letter_text(pack(vaiti, api, language=language)[1])
    assert letter.count("[CUT]") >= 2
    assert "0:01 0:02" in letter


def test_what_cannot_be_cut_is_refused_and_everything_ends_with_the_call(
    push: Push, api: TestClient, vaiti: Vaiti
) -> None:
    call = push()
    for wrong in ({"start": 2.0}, {"start": 60.0, "end": 61.0}, {"reason": "why-not"}):
        assert api.post(f"/api/v1/recordings/{call.id}/cuts", json={**CUT, **wrong}).status_code == 422
    posted(api, f"/recordings/{call.id}/cuts", CUT)
    posted(api, f"/recordings/{call.id}/corrections/note", {"case": opened(api)["id"], "text": "Väärin"})
    names = [each.name for each in vaiti.vault.inventory(call.id)]
    assert all(any(f"/{item}." in name for name in names) for item in (Item.CUTS, Item.CORRECTIONS))
    vaiti.purge(call.id, reason="erasure-request")
    assert not vaiti.vault.inventory(call.id)
    assert api.post(f"/api/v1/recordings/{call.id}/cuts/{'f' * 32}/undo").status_code == 404


def test_words_without_times_go_with_their_neighbours() -> None:
    words = (
        Word(text="a", start=0.0, end=0.5, channel=0),
        Word(text="b", start=None, end=None, channel=0),
        Word(text="c", start=1.0, end=1.5, channel=0),
        Word(text="d", start=None, end=None, channel=0),
        Word(text="e", start=3.0, end=3.5, channel=0),
    )
    transcript = Transcript(language="fi", channels=(Channel(role=Role.CUSTOMER),), words=words)
    cut = Cut(id="1", start=1.2, end=1.3, reason=CutReason.OTHERS_DATA, made_at=NOW, by="o", case="c")
    windows = windows_of([cut], transcript, 1)
    assert [(each.start, each.end) for each in windows] == [(1.0, 1.5)]
    assert [each.text for each in cut_words(transcript, windows, "[CUT]").words] == ["a", "[CUT]", "", "", "e"]


@pytest.fixture
def run(vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """Run a command on the service, which stays open."""
    monkeypatch.setattr("workers.service.open_vaiti", lambda *_, **__: vaiti)
    monkeypatch.setattr(Vaiti, "close", lambda _: None)
    monkeypatch.setattr("recordings.observability.configure_logging", lambda: None)
    yield lambda *words: CliRunner().invoke(app, [*words])
    monkeypatch.undo()


def test_the_command_line_does_all_of_it(run: Callable[..., Result], push: Push, api: TestClient) -> None:
    call = push()
    case = opened(api)
    who = ("--as", "officer-1")
    assert as_json(run("rectify", "note", call.id, "--case", case["id"], "--text", "Väärin", *who))["text"] == "Väärin"
    fact = as_json(run("rectify", "fact", call.id, "--case", case["id"], "--queue", "viat", *who))
    assert fact["corrections"][0]["after"] == "viat"
    assert len(as_json(run("rectify", "show", call.id, "--case", case["name"]))["corrections"]) == 2
    times = ("--start", "1", "--end", "2")
    cut = as_json(run("cut", "add", call.id, *times, "--reason", "others-voice", "--case", case["name"], *who))
    assert as_json(run("cut", "undo", call.id, cut["id"], *who))["undone_by"] == "officer-1"
    assert len(as_json(run("cut", "list", call.id))["cuts"]) == 1
    assert run("cut", "add", call.id, *times, "--reason", "because", "--case", "c").exit_code == 2


@pytest.mark.parametrize("in_legs", [False, True])
def test_the_real_codec_writes_the_cut_copy_into_the_archive(
    vaiti: Vaiti, push: Push, api: TestClient, *, in_legs: bool
) -> None:
    codec = LegsCodec(FencedCodec(longest_seconds=3600), longest_seconds=3600)
    assert vaiti.given is not None
    real = replace(vaiti, given=replace(vaiti.given, codec=codec))
    if in_legs:
        halves = [a_call(channels=1), a_call(channels=1, seed=2)]
        facts = parse_facts(json.dumps(FACTS).encode()).of_push(in_legs=True)
        call = real.ingest(facts, [join(halves)], actor="test").recording
    else:
        call = push(work=False)
    assert call.seconds is None or call.seconds > 0
    posted(api, f"/recordings/{call.id}/cuts", {**CUT, "start": 1.0, "end": 2.0})
    manifest, archive = pack(real, api)
    names = [each["name"] for each in manifest["calls"][0]["files"]]
    assert [name for name in names if "audio" in name] == ["001/audio.flac"]
    given = np.concatenate(list(codec.decode(io.BytesIO(archive.read("001/audio.flac")))))
    whole = np.concatenate(list(codec.decode(real.vault.open(call.id, Item.RAW_AUDIO))))
    assert given.shape == whole.shape
    differs = np.flatnonzero((given != whole).any(axis=1)) / 8000
    assert (round(differs.min(), 2), round(differs.max(), 2)) == (1.0, 2.0)


def join(halves: list[bytes]) -> bytes:
    return b"".join(join_legs([("agent", 0.0, [halves[0]]), ("customer", 0.0, [halves[1]])]))
