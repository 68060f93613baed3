"""The whole service by a model (T30, "the definition"): whatever happens in any order, and wherever a process dies.

The model knows what was acknowledged, erased, held and how late it is; it knows nothing of stages, keys or stores. At
rest, staff reach what was acknowledged and neither erased nor past its time nor restricted: that, masked, and no more.
"""

import io
import wave
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, precondition, rule

from recordings.api.app import create_app
from recordings.errors import CallPurged, PastRetention, RestoreNeeded
from recordings.retention import Period, delete_at
from recordings.settings import Settings
from storage import receipt_chain
from storage.errors import Held, KeyGone, NotFound
from storage.records import Item, Recording, RecordingId, Scope, Stage
from storage.survey import survey
from storage.sweeps import Mismatch
from tests.faults import acts
from tests.faults.deaths import Death, Ended, done_until, end_of, opened
from tests.faults.played import CODE, WORD
from tests.integration.fakes import MovedClock
from workers.worker import LEASE

SYSTEM, ZONE = Scope.system(), ZoneInfo("Europe/Helsinki")
PERIODS = {"service": Period.parse("P1Y"), "contract": Period.parse("P6M")}
SPOKEN_AT = (2.3, 2.6)
# Seconds where the code is said, on the customer's channel.
ON_THEIR_WAY = {Mismatch.KEY_WITHOUT_ROW, Mismatch.OBJECTS_WITHOUT_ROW, Mismatch.UNFINISHED_OBJECT}
# What a push that died leaves until a day has gone by.


@dataclass
class Call:
    """What the model knows of one call. Its recording has no id before a push of it was acknowledged."""

    number: int
    kind: str
    started_at: datetime
    delete_at: datetime
    tag: str
    id: RecordingId | None = None
    erased: bool = False
    holds: set[str] = field(default_factory=set)
    restrictions: set[str] = field(default_factory=set)

    def is_gone(self, now: datetime) -> bool:
        return self.erased or self.delete_at <= now

    def is_kept(self, now: datetime) -> bool:
        """Something of it is stored: it is not gone, or its time has come and it is held."""
        return not self.erased and (self.delete_at > now or bool(self.holds | self.restrictions))


def deaths(act: str) -> st.SearchStrategy[Death | None]:
    """Nothing, or somewhere in this act."""
    return st.none() | st.builds(Death, st.sampled_from(acts.PLACES[act]), st.integers(1, 3))


class WholeService(RuleBasedStateMachine):
    """Rules may come in any order; whoever makes one says by `settings` which stores it has."""

    settings: Settings
    home: Path
    calls = Bundle("calls")
    cases = Bundle("cases")
    backups = Bundle("backups")

    @initialize()
    def begin(self) -> None:
        self.clock, self.known = MovedClock(), dict[str, Call]()
        self.vaiti = opened(self.settings, self.clock)
        self.numbers = 0

    def act(self, death: Death | None, what: Any, *given: object) -> Ended:
        """Do something here, or beside us in a process that dies. No two acts are at one moment."""
        self.clock.at += timedelta(seconds=1)
        if death is None:
            return end_of(lambda: what(self.vaiti, *given))
        return done_until(death, self.settings, self.clock, what, *given)

    @rule(target=calls, kind=st.sampled_from(sorted(PERIODS)), death=deaths("push"), again=st.booleans())
    def push(self, kind: str, death: Death | None, again: bool) -> Call:  # noqa: FBT001
        """A new call; a system whose push died pushes again at once, or later."""
        self.numbers += 1
        started = self.clock.at - timedelta(hours=1)
        ends = delete_at(started, PERIODS[kind], ZONE)
        tag = self.vaiti.keys.tag("kuopio", "call", f"1/call-{self.numbers}")
        call = self.known[tag] = Call(self.numbers, kind, started, ends, tag)
        ended = self.act(death, acts.push, call.number, call.kind, call.started_at)
        assert ended.refused is None
        if not ended.died:
            assert isinstance(ended.result, tuple)
            call.id, created = ended.result
            assert created
        elif again:
            self.push_again(call)
        return call

    @rule(call=calls)
    def push_again(self, call: Call) -> None:
        """The answer names the same recording; a call that is gone is not taken again."""
        ended = self.act(None, acts.push, call.number, call.kind, call.started_at)
        if call.is_gone(self.clock.at):
            assert ended.refused in {CallPurged, PastRetention}
            return
        assert ended.refused is None
        assert isinstance(ended.result, tuple)
        named, created = ended.result
        assert call.id in {None, named}
        assert not (created and call.id)
        call.id = named

    @rule(death=deaths("work"))
    def work(self, death: Death | None) -> None:
        assert self.act(death, acts.work).refused is None

    @rule(call=calls, death=deaths("erase"))
    def erase(self, call: Call, death: Death | None) -> None:
        if call.id is None:
            return
        ended = self.act(death, acts.erase, call.id)
        if call.is_kept(self.clock.at) and call.holds | call.restrictions:
            assert ended.died or ended.refused is Held
        else:
            assert ended.died or ended.result == call.id
            call.erased = True

    @rule(target=cases, call=calls, restricts=st.booleans(), death=deaths("hold"))
    def hold(self, call: Call, restricts: bool, death: Death | None) -> str | None:  # noqa: FBT001
        if call.id is None:
            return None
        self.numbers += 1
        case = f"R-{self.numbers}"
        ended = self.act(death, acts.restrict if restricts else acts.hold, call.id, case)
        if call.is_gone(self.clock.at):
            assert ended.refused is NotFound
            return None
        assert ended.refused is None
        (call.restrictions if restricts else call.holds).add(case)
        return case

    @rule(case=consumes(cases), death=deaths("release"))
    def release(self, case: str | None, death: Death | None) -> None:
        if case is None:
            return
        (call,) = [each for each in self.known.values() if case in each.holds | each.restrictions]
        ended = self.act(death, acts.release, case)
        call.holds.discard(case)
        call.restrictions.discard(case)
        due = call.is_gone(self.clock.at) and not call.holds | call.restrictions
        assert ended.died or ended.result == ([call.id] if due else [])

    @rule(days=st.sampled_from([1, 2, 20, 100, 200]))
    def let_time_go_by(self, days: int) -> None:
        self.clock.at += timedelta(days=days)

    @rule(death=deaths("purge_due"))
    def purge_due(self, death: Death | None) -> None:
        assert self.act(death, acts.purge_due).refused is None

    @rule(target=backups, death=deaths("back_up"))
    def back_up(self, death: Death | None) -> Path | None:
        ended = self.act(death, acts.back_up, self.home / "backups")
        assert ended.refused is None
        return ended.result if isinstance(ended.result, Path) else None

    @rule(backup=backups, death=deaths("put_back"))
    def restore(self, backup: Path | None, death: Death | None) -> None:
        """A minute after the last act, so that the journal has it; killed, it is begun again."""
        if backup is None or not backup.exists():
            return
        acts.look_after(self.vaiti)
        self.vaiti.close()
        if death is not None and done_until(death, self.settings, self.clock, acts.put_back, backup).died:
            with pytest.raises(RestoreNeeded):
                opened(self.settings, self.clock)
        acts.put_back(self.settings, self.clock, backup)
        self.vaiti = opened(self.settings, self.clock)

    @rule(death=deaths("rotate"))
    def rotate_root_keys(self, death: Death | None) -> None:
        assert self.act(death, acts.rotate, self.home / "key-backups").refused is None

    @rule(death=deaths("reconcile"))
    def reconcile(self, death: Death | None) -> None:
        assert self.act(death, acts.reconcile).refused is None

    @rule()
    def restart(self) -> None:
        self.vaiti.close()
        self.vaiti = opened(self.settings, self.clock)

    @precondition(lambda self: hasattr(self, "vaiti"))
    @rule()
    def come_to_rest(self) -> None:
        """After a minute's lease nothing is left to do; then everything is looked at."""
        self.clock.at += timedelta(seconds=LEASE + 1)
        acts.look_after(self.vaiti)
        acts.work_off(self.vaiti)
        left = acts.reconcile(self.vaiti)
        assert left.keys() <= ON_THEIR_WAY, left
        acts.work_off(self.vaiti)  # what a push that died has left whole is taken up after a day
        rows = self.rows()
        self.check_stores(rows)
        self.check_what_staff_reach(rows)
        self.check_proofs()

    def rows(self) -> dict[str, Recording]:
        """Every row by its call's tag: one for each call that is kept, at most one for each whose push died."""
        found = self.vaiti.catalog.list(SYSTEM, limit=999)
        rows = {str(each.call_tag): each for each in found}
        assert len(rows) == len(found)
        now = self.clock.at
        kept = {tag for tag, call in self.known.items() if call.is_kept(now)}
        acknowledged = {tag for tag in kept if self.known[tag].id}
        assert acknowledged <= rows.keys() <= kept, self._told(acknowledged - rows.keys(), rows.keys() - kept)
        for tag, row in rows.items():
            call = self.known[tag]
            assert call.id in {None, row.id}
            assert row.delete_at == call.delete_at
            assert (row.held, row.restricted) == (bool(call.holds | call.restrictions), bool(call.restrictions))
        return rows

    def _told(self, *wrong: set[str]) -> list[list[tuple[int, str | None]]]:
        return [[(self.known[tag].number, self.known[tag].id) for tag in tags] for tags in wrong]

    def check_stores(self, rows: dict[str, Recording]) -> None:
        """Each kept call is whole, each item of it is there once, and what is erased has no key and no object."""
        now = self.clock.at
        ids = {row.id: self.known[tag] for tag, row in rows.items()}
        for id_, call in ids.items():
            with self.vaiti.vault.open(id_, Item.RAW_AUDIO) as sound:
                assert sha256(sound.read()).digest() == sha256(acts.sound_of(call.number)).digest()
            names = [stored.name.partition(".")[0] for stored in self.vaiti.vault.inventory(id_)]
            assert len(names) == len(set(names)), names
            assert survey(self.vaiti.vault.inventory(id_)).items[id_]
        for call in self.known.values():
            if call.id and not call.is_kept(now):
                assert not self.vaiti.keys.knows(call.id)
                with pytest.raises(KeyGone):
                    self.vaiti.keys.derive(call.id, "object/raw-audio/0.0")
                assert self.vaiti.vault.inventory(call.id) == []
                assert self.vaiti.index.knows(call.id) == self.vaiti.catalog.knows(call.id) == 0

    def check_what_staff_reach(self, rows: dict[str, Recording]) -> None:
        """Over HTTP: the list, the search, words and sound hold all that may be seen, masked, and nothing else."""
        now = self.clock.at
        visible = {
            row.id: self.known[tag]
            for tag, row in rows.items()
            if not self.known[tag].is_gone(now) and not self.known[tag].restrictions
        }
        headers = {"Authorization": f"Bearer {self.settings.read_token()}"}
        client = TestClient(create_app(self.vaiti), base_url="http://127.0.0.1:8470/api/v1", headers=headers)
        listed = client.get("/recordings", params={"limit": 200}).json()["recordings"]
        assert {each["id"]: each["stage"] for each in listed} == dict.fromkeys(visible, Stage.PUBLISHED.value)
        found = client.post("/search", json={"query": WORD, "limit": 100}).json()["hits"]
        assert {each["recording"]["id"] for each in found} == visible.keys()
        assert client.post("/search", json={"query": CODE}).json()["hits"] == []
        for id_ in {row.id for row in rows.values()} | {call.id for call in self.known.values() if call.id}:
            words, sound = client.get(f"/recordings/{id_}/transcript"), client.get(f"/recordings/{id_}/audio")
            if id_ in visible:
                assert WORD in words.text.casefold()
                assert CODE not in words.text
                check_sound(sound.content, visible[id_].number)
            else:
                assert {words.status_code, sound.status_code} <= {404, 409, 423, 403}

    def check_proofs(self) -> None:
        """The audit log, the chain of receipts, one receipt for each call that ended, and the journal."""
        assert self.vaiti.audit.verify() > 0 or not self.known
        signed = self.vaiti.catalog.receipts(SYSTEM, limit=999)
        receipt_chain.verify(signed, self.vaiti.signer.public_key())
        ended = sorted(each["recording"] for each in signed if "recording" in each)
        gone = {call.id for call in self.known.values() if call.id and not call.is_kept(self.clock.at)}
        assert len(ended) == len(set(ended))
        assert gone <= set(ended)
        assert not set(ended) & {call.id for call in self.known.values() if call.is_kept(self.clock.at)}
        assert self.vaiti.journal.find_fault() is None

    def teardown(self) -> None:
        if hasattr(self, "vaiti"):
            try:
                self.come_to_rest()
            finally:
                self.vaiti.close()


def check_sound(heard: bytes, number: int) -> None:
    """It is this call, as long as it was, and no sample of the code's is left: each of the original's is odd."""
    with wave.open(io.BytesIO(heard)) as sound, wave.open(io.BytesIO(acts.sound_of(number))) as original:
        rate = sound.getframerate()
        masked = np.frombuffer(sound.readframes(10**6), dtype="<i2").reshape(-1, 2)
        whole = np.frombuffer(original.readframes(10**6), dtype="<i2").reshape(-1, 2)
    start, end = (round(second * rate) for second in SPOKEN_AT)
    assert masked.shape == whole.shape
    assert (masked[: rate // 2] == whole[: rate // 2]).all()
    assert not (masked[start:end, 1] & 1).any()
