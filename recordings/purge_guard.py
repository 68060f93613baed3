"""Nothing is purged in a hurry: a clock that jumped, or too much due at once, waits for a person.

A wrong clock would end every recording years too early, and nobody could bring one back. So each sweep first compares
the clock with what it showed at the sweep before and with how long the machine has run since, and what is due with
what there is (reliability.md 6.5). A halt is kept, audited once, and ends only by a person's word (`vaiti purge
--confirm`). What is overdue is counted elsewhere all the while (`reconcile`, `vaiti doctor`): a halt hides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from recordings.engines import Clock
from recordings.errors import PurgeHalted
from storage.ports import GuardMemory
from storage.records import AuditEntry, DueCount, GuardState

JUMP = timedelta(hours=48)
# A weekend's outage is ordinary; a clock that is days off is not (reliability.md 6.5).
BEHIND = timedelta(minutes=10)
# A clock that shows less than it did has been wrong before or is wrong now; telephony's own drift is no reason.
LARGEST_SHARE = 0.05
# With a year's period a day is 0.3 % of all calls, a fortnight that was missed 4 %.
FEW = 25
# So few at once may be any share: a new or small register would otherwise halt on an ordinary day.
KEEP_EVERY = timedelta(minutes=10)
# How exactly the last look is known after a restart; the guard would else write to the database every minute.
ACTOR = "purge-guard"

JUMPED, WENT_BACK, TOO_MANY = "clock-jumped", "clock-went-back", "too-many-due"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeGuard:
    """Asked before each sweep. It never stops the purge of one recording that a person ordered."""

    memory: GuardMemory
    clock: Clock

    def check(self, now: datetime, *, confirmed_by: str | None = None) -> None:
        """Return when a sweep at `now` may begin. Raises PurgeHalted, which says what was found and what to do.

        `confirmed_by` is a person who has seen an earlier halt: it ends with this, and what is due now may go.
        """
        before = self.memory.read()
        state = before if before.halted_at is not None else self._look(before, now)
        if state.halted_at is None:
            return
        if confirmed_by is None or before.halted_at is None:  # nobody confirms what nobody has been told yet
            raise PurgeHalted(explain(state, self.memory.count(now=now, after=state.seen_at), now))
        self._confirm(state, now, confirmed_by)

    def let_through(self, until: datetime) -> None:
        """Note that what is due by then was seen by people beforehand, as a shorter period's calls are."""
        state = self.memory.read()
        if state.halted_at is None:
            self.memory.keep(replace(state, allowed_until=until))

    def end(self) -> None:
        """Note that a sweep has purged all that was due: what a person let through is gone."""
        state = self.memory.read()
        if state.allowed_until is not None:
            self.memory.keep(replace(state, allowed_until=None))

    def _look(self, state: GuardState, now: datetime) -> GuardState:
        """Compare with the last look; returns the state with what was seen, or halted."""
        counted = self.memory.count(now=now, after=state.allowed_until)
        reason = self._find_reason(state, now, counted)
        if reason is not None:
            state = replace(state, halted_at=now, reason=reason, due=counted.due, kept=counted.kept)
            self.memory.keep(state, audit=[_entry("purge.halted", state, at=now)])
        elif state.seen_at is None or now - state.seen_at >= KEEP_EVERY:
            state = self._seen(state, now)
            self.memory.keep(state)
        return state

    def _find_reason(self, state: GuardState, now: datetime, counted: DueCount) -> str | None:
        if state.seen_at is not None:
            expected = self._expected(state, state.seen_at)
            now = max(now, self.clock.now())  # read after the uptime: a machine suspended since `now` did not go back
            if abs(now - expected) >= JUMP:
                return JUMPED
            if now < expected - BEHIND:
                return WENT_BACK
        return TOO_MANY if counted.fresh > max(FEW, LARGEST_SHARE * counted.kept) else None

    def _expected(self, state: GuardState, seen_at: datetime) -> datetime:
        """Return what the clock should show: known while the machine runs, else the last look is all there is.

        A machine that was started since then may have been off for long; nobody but a person knows.
        """
        uptime = self.clock.uptime()
        if uptime is None or uptime.boot != state.boot or state.uptime is None:
            return seen_at
        return seen_at + timedelta(seconds=uptime.seconds - state.uptime)

    def _seen(self, state: GuardState, now: datetime) -> GuardState:
        uptime = self.clock.uptime()
        if uptime is None:  # another clock than the machine's: what it shows is not remembered
            return state
        return replace(state, seen_at=now, boot=uptime.boot, uptime=uptime.seconds)

    def _confirm(self, state: GuardState, now: datetime, person: str) -> None:
        audit = _entry("purge.confirmed", state, at=now, actor=person)
        state = replace(self._seen(state, now), halted_at=None, reason=None, due=0, kept=0, allowed_until=now)
        self.memory.keep(state, audit=[audit])


def explain(state: GuardState, counted: DueCount, now: datetime) -> str:
    """Say in words why the purge is halted, what a person should ask, and what to do."""
    seen = "never" if state.seen_at is None else f"at {_written(state.seen_at)}"
    oldest = "" if counted.oldest is None else f", the first since {_written(counted.oldest)}"
    why = {
        JUMPED: "the clock is two days or more from where it should be. Was the service off, or is the clock wrong?",
        WENT_BACK: "the clock shows less than it did. Is it wrong now, or was it wrong before?",
        TOO_MANY: "more than 5 % of all calls are due at once. Was the service off, or is a clock or a period wrong?",
    }[state.reason or TOO_MANY]
    return (
        f"The purge is halted: {why} Now it is {_written(now)}; the last sweep was {seen}. {counted.due} of "
        f"{counted.kept} calls are due{oldest}; {counted.fresh} of them came due since that sweep. "
        "If the clock is wrong, set it right first. Then `vaiti purge --confirm --as NAME` lets the purge go on."
    )


def _entry(action: str, state: GuardState, *, at: datetime, actor: str = ACTOR) -> AuditEntry:
    detail: dict[str, str | int | float] = {"reason": state.reason or TOO_MANY, "due": state.due, "kept": state.kept}
    return AuditEntry(at=at, actor=actor, action=action, detail=detail)


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
