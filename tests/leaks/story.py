"""Canary persons on every way through Vaiti: in what is pushed, spoken, asked, refused, decided, and where it fails."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.integration.fakes import a_call
from tests.leaks.canaries import IDENTITY_CODE, PHONE, canary, plain
from tests.leaks.played import BREAKS, DOUBTFUL, FAILS, KILLING
from tests.leaks.running import Installation, wait_for

PUSH = "/api/v1/recordings"
DONE = {"published", "failed", "quarantined"}
KEPT = {
    canary("agentti"): {"recordings.agent"},
    canary("jono"): {"recordings.queue"},
    canary("lähde"): {"recordings.source"},
    plain("tapaus"): {"holds.case", "audit.case"},
}
# What telephony and an officer call their own things by: in these columns as it was given, and nowhere else in clear.


@dataclass
class Story:
    """What is done to a running service; `wrote` are the names that went in and may be readable nowhere."""

    here: Installation
    client: httpx.Client
    wrote: set[str] = field(default_factory=lambda: {IDENTITY_CODE, PHONE, f"358{PHONE[1:]}", canary("sanottu")})
    calls: dict[str, str] = field(default_factory=dict)

    def says(self, way: str) -> str:
        """A canary that goes in this way."""
        self.wrote.add(canary(way))
        return canary(way)

    def facts(self, call: str, **changes: Any) -> dict[str, Any]:
        began = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
        customer = [
            {"type": "customer_number", "value": self.says("viite")},
            {"type": "phone", "value": "040 123 4567"},
            {"type": "email", "value": f"{self.says('posti')}@example.com"},
        ]
        known = {"name": [self.says("tuttu")], "code": [IDENTITY_CODE], "address": [f"{self.says('katu')} 5"]}
        kept = {"agent": canary("agentti"), "queue": canary("jono"), "source": canary("lähde")}
        plain_facts = {"controller": "kuopio", "kind": "service", "call_id": f"{self.says('puhelu')}-{call}"}
        return {**plain_facts, "started_at": began, "customer": customer, "known": known, **kept, **changes}

    def push(self, facts: dict[str, Any] | str, audio: bytes, *, key: str | None = None) -> httpx.Response:
        document = facts if isinstance(facts, str) else json.dumps(facts)
        files: Any = [
            ("facts", (None, document, "application/json")),
            ("audio", (f"{self.says('tiedosto')}-{PHONE}.wav", audio, "audio/wav")),
        ]
        return self.client.post(PUSH, files=files, headers={"Idempotency-Key": key} if key else {})

    # -- chapters

    def push_calls(self) -> None:
        """One call that goes well, and one for each step that fails, with tags in the sound."""
        lengths = {"well": 6, "doubtful": DOUBTFUL, **FAILS}
        self.wrote |= {plain("avain"), *map(canary, FAILS), canary("muualla"), canary("kuultu")}
        for number, (name, seconds) in enumerate(lengths.items()):
            audio = tagged(a_call(float(seconds), seed=number), self.says("tagi"))
            answer = self.push(self.facts(name), audio, key=f"{plain('avain')}-{name}")
            assert answer.status_code == 201, name
            self.calls[name] = answer.json()["id"]

    def push_what_is_refused(self) -> None:
        """A canary in each field where it may not be, and in what is no form, no JSON and no sound."""
        good = self.facts("refused")
        wrong: dict[str, Any] = {
            "controller": self.says("rekisteri"),
            "kind": self.says("laji"),
            "call_id": self.says("liianpitkä") * 50,
            "started_at": self.says("aika"),
            "part": self.says("osa"),
            "direction": self.says("suunta"),
            "agent": f"{self.says('virkailija')} <{PHONE}>",
            "channels": [self.says("kanava")],
            "language": self.says("kieli"),
            "customer": [{"type": self.says("tyyppi"), "value": self.says("arvo")}],
            "profile": self.says("profiili"),
            "known": {self.says("kenttä"): self.says("tieto")},
            self.says("oma"): 1,
        }
        for name, value in wrong.items():
            assert self.push({**good, name: value}, a_call()).status_code == 422, name
        assert self.push(f'{{"call_id": "{self.says("json")}', a_call()).status_code == 422
        assert self.push(good, self.says("ääni").encode() * 100).status_code == 422
        assert self.push(self.facts("well"), a_call(seed=99), key=f"{plain('avain')}-other").status_code == 409
        body = f"--x\r\n{self.says('otsake')}: {self.says('osio')}\r\n".encode()
        self.client.post(PUSH, content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
        self.client.post(PUSH, content=body, headers={"Content-Type": "text/plain", "X-Name": plain("otsikko")})
        self.wrote.add(plain("otsikko"))

    def wait(self) -> None:
        """Wait until every call has been worked on, and see that each ended as it should."""

        def stages() -> dict[str, str] | None:
            found = {name: self.client.get(f"{PUSH}/{call}").json()["stage"] for name, call in self.calls.items()}
            return found if set(found.values()) <= DONE else None

        published = dict.fromkeys(self.calls.keys() - FAILS.keys(), "published")
        failed = dict.fromkeys(FAILS, "failed")
        assert wait_for(stages) == {**published, **failed, "doubtful": "quarantined"}

    def ask(self) -> None:
        """Search, find, list, read, decide, hold and open the vault; also with what is refused and what breaks."""
        post, get, well = self.client.post, self.client.get, self.calls["well"]
        for query in (self.says("haku"), "kiitos", canary("sanottu")):
            post("/api/v1/search", json={"query": query})
        self.wrote.add(BREAKS)
        assert post("/api/v1/search", json={"query": BREAKS}).status_code == 500
        assert post("/api/v1/search", json={"query": 1, self.says("hakukenttä"): 1}).status_code == 422
        reference = {"controller": "kuopio", "type": "customer_number"}
        assert post("/api/v1/customers/find", json={**reference, "value": self.says("vieras")}).status_code == 404
        found = post("/api/v1/customers/find", json={**reference, "value": canary("viite")}).json()["customer"]
        for path in (f"customers/{found}/recordings", "recordings", "review", "receipts", "holds", "clearances"):
            assert get(f"/api/v1/{path}").status_code == 200, path
        self.review()
        for path in ("audio", "transcript", "review"):
            assert get(f"{PUSH}/{well}/{path}").status_code == 200, path
        for path in (f"/calls/{well}", f"/calls/{well}/peaks", "/"):
            assert get(path).status_code == 200, path
        for query in ("kiitos", "..."):  # the page shows its reader what was asked, as the field that was filled in
            assert post("/", data={"query": query, "kind": self.says("laji")}, follow_redirects=True).status_code == 200
        post("/look", data={"back": self.says("takaisin"), "theme": self.says("teema")})
        get(f"/found/{self.says('osoite')}")
        get(f"/calls/{well}", params={"found": self.says("haku"), "hit": 1})
        access = {"type": "access", "customer": found, "case": plain("tapaus"), "purpose": "access-request"}
        archive = post("/api/v1/requests", json={**access, "passphrase": f"{self.says('salasana')} {'x' * 20}"})
        assert archive.content[:2] == b"PK"
        hold = {"controller": "kuopio", "ground": "legal-claim", "customer": found}
        assert post("/api/v1/holds", json={**hold, "case": plain("tapaus")}).status_code == 201
        assert post("/api/v1/holds", json={**hold, "case": self.says("syy")}).status_code == 422
        self.restrict()
        decision = {"decision": "mask", "places": [{"channel": 0, "first": 0, "last": 0}]}
        post(f"{PUSH}/{well}/decisions", json=decision)
        post(f"{PUSH}/{self.calls['detect']}/decisions", json={"decision": "retry"})
        post(f"{PUSH}/{well}/decisions", json={**decision, "case": self.says("päätös")})
        get(f"{PUSH}/{self.says('polku')}")
        get(PUSH, params={self.says("parametri"): 1, "kind": self.says("kysely")})
        stranger = {"Authorization": "", "Sec-Fetch-Site": "same-origin"}
        post("/sign-in", data={"name": self.says("nimi"), "password": self.says("tunnus")}, headers=stranger)
        post("/welcome", data={"name": self.says("nimi"), "code": self.says("koodi")}, headers=stranger)
        post("/set-up", data={"token": self.says("tunnus"), "name": self.says("nimi")}, headers=stranger)
        post("/sign-in", data={"name": self.says("nimi")}, headers={"Authorization": "", "Sec-Fetch-Site": "none"})
        get("/", headers={"Host": plain("isäntä").encode("ascii", "ignore").decode()})
        self.client.request(plain("METODI").upper(), PUSH)

    def review(self) -> None:
        """Look at what waits in quarantine and decide; its masked sound is heard again, so it waits again."""
        path = f"{PUSH}/{self.calls['doubtful']}"
        (place,) = self.client.get(f"{path}/review").json()["places"]
        for part in ("audio", "transcript"):
            assert self.client.get(f"{path}/{part}").status_code == 409, part
        decision = {"decision": "mask", "numbers": [place["number"]], "case": plain("tapaus")}
        assert self.client.post(f"{path}/decisions", json=decision).status_code == 202

    def restrict(self) -> None:
        """Stop the use of one call, and ask for it all the same."""
        order = {"controller": "kuopio", "ground": "accuracy-contested", "recordings": [self.calls["watched"]]}
        made = self.client.post("/api/v1/restrictions", json={**order, "case": plain("tapaus")})
        assert made.status_code == 201
        assert self.client.post("/api/v1/restrictions", json={**order, "case": self.says("peruste")}).status_code == 422
        for part in ("audio", "transcript", ""):
            assert self.client.get(f"{PUSH}/{self.calls['watched']}/{part}".rstrip("/")).status_code == 409, part

    def push_what_kills(self) -> None:
        """One more call, whose words are in the memory of a process at its sudden end."""
        audio = tagged(a_call(float(KILLING), seed=77), self.says("viimeinentagi"))
        assert self.push(self.facts("killing"), audio).status_code == 201


def tagged(audio: bytes, text: str) -> bytes:
    """The same WAV with a title, as recorders write it."""
    content = text.encode() + b"\0" * (2 - len(text.encode()) % 2)
    info = b"INFOINAM" + struct.pack("<I", len(content)) + content
    body = audio[8:] + b"LIST" + struct.pack("<I", len(info)) + info
    return audio[:4] + struct.pack("<I", len(body)) + body
