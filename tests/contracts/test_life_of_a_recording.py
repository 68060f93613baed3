"""The move table by a model: whatever is pushed, claimed, moved, held, purged in any order, the catalog is as it says.

The model is small: a few numbers and sets a recording. It knows the table of moves and nothing of SQL.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from storage.errors import Conflict, Held, IllegalMove, LostClaim, NotFound, StorageError
from storage.holds import Hold, HoldKind
from storage.lifecycle import MOVES
from storage.records import Recording, RecordingId, Scope, Stage
from storage.sql import Database, SqlCatalog, SqlHoldStore, SqlSweepBooks, open_database, open_postgres_database
from tests.contracts.builders import NOW, a_hold, a_recording, an_entry, forgotten
from tests.postgres import PostgresServer

HOUR = timedelta(hours=1)
LEASE = 1800.0
WORKING = (Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED)
END = {Stage.PURGING, Stage.PURGED}
SYSTEM = Scope.system()


@dataclass
class Modelled:
    """What the model knows of one recording. A stage of purged: its row is gone."""

    pushed: Recording
    number: int
    stage: Stage = Stage.RECEIVED
    token: int = 0
    leased_until: datetime | None = None
    holds: set[str] = field(default_factory=set)
    restrictions: set[str] = field(default_factory=set)

    def is_past(self, now: datetime) -> bool:
        return self.pushed.delete_at <= now

    def is_free(self, now: datetime) -> bool:
        leased = self.leased_until is not None and self.leased_until > now
        return self.stage in WORKING and not (leased or self.is_past(now) or self.restrictions)


@contextmanager
def refused(*expected: type[StorageError]) -> Iterator[None]:
    """Expect one of these where there is one, and none where there is none."""
    if not expected:
        yield
        return
    with pytest.raises(expected):
        yield


class LifeOfARecording(RuleBasedStateMachine):
    """Rules may come in any order; after each, every row is what the model says."""

    database: Database
    recordings = Bundle("recordings")
    claims = Bundle("claims")  # what a worker holds in its hand, perhaps long since
    placed = Bundle("placed")

    @initialize()
    def begin(self) -> None:
        self.catalog, self.holds = SqlCatalog(self.database), SqlHoldStore(self.database)
        self.now = NOW
        self.calls: dict[RecordingId, Modelled] = {}

    def of(self, recording: Recording) -> Modelled:
        return self.calls[recording.id]

    @rule(target=recordings, hours=st.integers(1, 12))
    def push(self, hours: int) -> Recording:
        call = a_recording(received_at=self.now, delete_at=self.now + hours * HOUR)
        self.catalog.add(call, references=[], audit=an_entry(call))
        self.calls[call.id] = Modelled(call, number=len(self.calls))
        return call

    @rule(call=recordings)
    def push_again(self, call: Recording) -> None:
        """A call that is known or purged is never taken a second time."""
        again = a_recording(call_tag=call.call_tag)
        with pytest.raises(Conflict):
            self.catalog.add(again, references=[], audit=an_entry(again))

    @rule(hours=st.integers(1, 5))
    def let_time_go_by(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(target=claims)
    def claim(self) -> Recording | None:
        """The oldest that is free; of two that came at one moment, either."""
        claimed = self.catalog.claim(worker="w", now=self.now, lease=LEASE, stages=WORKING)
        free = [each for each in self.calls.values() if each.is_free(self.now)]
        if not free:
            assert claimed is None
            return None
        assert claimed is not None
        mine = self.of(claimed)
        oldest = min(each.pushed.received_at for each in free)
        assert mine in free
        assert mine.pushed.received_at == oldest
        mine.token += 1
        mine.leased_until = self.now + timedelta(seconds=LEASE)
        return claimed

    @rule(target=claims, call=recordings)
    def read(self, call: Recording) -> Recording | None:
        """A person looks: what is purged is not found."""
        if self.of(call).stage is Stage.PURGED:
            with pytest.raises(NotFound):
                self.catalog.get(SYSTEM, call.id)
            return None
        return self.catalog.get(SYSTEM, call.id)

    @rule(target=claims, seen=claims, to=st.sampled_from([stage for stage in Stage if stage not in END]))
    def move(self, seen: Recording | None, to: Stage) -> Recording | None:
        """To fail and to quarantine are moves too. It counts only for who has the row as it is."""
        if seen is None:
            return None
        mine = self.of(seen)
        if to not in MOVES[seen.stage]:
            with pytest.raises(IllegalMove):
                self.catalog.move(seen, to=to, audit=an_entry(seen))
            return None
        if (seen.token, seen.stage) != (mine.token, mine.stage):
            with pytest.raises(LostClaim):
                self.catalog.move(seen, to=to, audit=an_entry(seen))
            return None
        moved = self.catalog.move(seen, to=to, audit=an_entry(seen))
        mine.stage, mine.leased_until = to, None
        return moved

    @rule(seen=claims, to=st.sampled_from(sorted(END)))
    def no_step_ends_a_recording(self, seen: Recording | None, to: Stage) -> None:
        """A purge begins at its own door, which asks for holds."""
        if seen is not None:
            with pytest.raises(IllegalMove):
                self.catalog.move(seen, to=to, audit=an_entry(seen))

    @rule(call=recordings)
    def plan_again(self, call: Recording) -> None:
        mine = self.of(call)
        planned = self.catalog.plan_again(call.id, audit=an_entry(call))
        plannable = {Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED, Stage.PUBLISHED}
        assert (planned is not None) == (mine.stage in plannable)
        if planned is not None:
            mine.stage, mine.leased_until = Stage.TRANSCRIBED, None
            mine.token += 1

    @rule(target=placed, call=recordings, kind=st.sampled_from(sorted(HoldKind)))
    def hold(self, call: Recording, kind: HoldKind) -> Hold | None:
        mine = self.of(call)
        hold = a_hold(kind=kind)
        gone = mine.stage in END or mine.is_past(self.now)
        with refused(*([NotFound] if gone else [])):
            self.holds.place(hold, [call.id], now=self.now, audit=[an_entry(call)])
        if gone:
            return None
        mine.holds.add(hold.id)
        if kind is HoldKind.RESTRICTION:
            if not mine.restrictions:
                mine.token += 1
                mine.leased_until = None
            mine.restrictions.add(hold.id)
        return hold

    @rule(hold=consumes(placed))
    def release(self, hold: Hold | None) -> None:
        if hold is None:
            return
        self.holds.end(hold, at=self.now, by="officer", audit=[an_entry(action="hold.released")])
        for mine in self.calls.values():
            mine.holds.discard(hold.id)
            mine.restrictions.discard(hold.id)

    @rule(call=recordings)
    def begin_purge(self, call: Recording) -> None:
        mine = self.of(call)
        if mine.stage is Stage.PURGED:
            expected: type[StorageError] | None = NotFound
        else:
            expected = Held if mine.holds and mine.stage is not Stage.PURGING else None
        with refused(*([expected] if expected else [])):
            self.catalog.begin_purge(call.id, reason="erasure", audit=an_entry(call))
        if expected is None and mine.stage is not Stage.PURGING:
            mine.stage, mine.leased_until = Stage.PURGING, None
            mine.token += 1

    @rule(call=recordings)
    def end_purge(self, call: Recording) -> None:
        """Only what is being purged can be forgotten; doing it twice changes nothing."""
        mine = self.of(call)
        with refused(*([IllegalMove] if mine.stage not in END else [])):
            forgotten(self.catalog, replace(call, stage=mine.stage))
        if mine.stage is Stage.PURGING:
            mine.stage = Stage.PURGED
            assert self.catalog.knows(call.id) == 0

    @invariant()
    def every_row_is_what_the_model_says(self) -> None:
        if not hasattr(self, "calls"):
            return
        there = {id_: each for id_, each in self.calls.items() if each.stage is not Stage.PURGED}
        assert SqlSweepBooks(self.database).stages() == {id_: each.stage for id_, each in there.items()}
        for id_, mine in there.items():
            row = self.catalog.get(SYSTEM, id_)
            assert (row.token, row.held, row.restricted) == (mine.token, bool(mine.holds), bool(mine.restrictions))

    @invariant()
    def what_is_due_is_what_is_past_and_not_held(self) -> None:
        if not hasattr(self, "calls"):
            return
        due = [each.id for each in self.catalog.due(now=self.now, limit=999)]
        expected = {
            id_
            for id_, each in self.calls.items()
            if each.stage is Stage.PURGING
            or (each.stage is not Stage.PURGED and each.is_past(self.now) and not each.holds)
        }
        assert set(due) == expected
        assert len(due) == len(expected)

    def teardown(self) -> None:
        if hasattr(self, "calls"):
            assert SqlSweepBooks(self.database).purged(list(self.calls)) == {
                id_ for id_, each in self.calls.items() if each.stage is Stage.PURGED
            }
        self.database.close()


def test_no_order_of_acts_leaves_the_move_table_on_sqlite() -> None:
    with TemporaryDirectory(prefix="vaiti-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:

        class OnSqlite(LifeOfARecording):
            def __init__(self) -> None:
                super().__init__()
                own = mkdtemp(dir=folder)
                self.database = open_database(Path(own) / "catalog.db")

        run_state_machine_as_test(OnSqlite, settings=_few(examples=12, steps=30))


def test_no_order_of_acts_leaves_the_move_table_on_postgresql(postgres_server: PostgresServer) -> None:
    class OnPostgres(LifeOfARecording):
        def __init__(self) -> None:
            super().__init__()
            self._made = postgres_server.database()
            self.database = open_postgres_database(self._made.__enter__())

        def teardown(self) -> None:
            super().teardown()
            self._made.__exit__(None, None, None)

    run_state_machine_as_test(OnPostgres, settings=_few(examples=3, steps=25))


def _few(*, examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,  # the machine may be busy
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
