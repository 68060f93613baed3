"""A watched folder: each finished recording is pushed once, whatever happens in between.

The service decides what is new (a call's id and its bytes), the ledger only saves the trouble of asking. So a pusher
may be killed at any moment: at worst a file is sent again and answered 200.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from recordings.facts import MAX_FACTS_BYTES
from recordings.observability import log
from workers.pushing.fields import NotAFact, facts_from_document
from workers.pushing.folder import Found, Legs, Spot, is_written_to, scan
from workers.pushing.ledger import ACKNOWLEDGED, FINAL, Copy, Entry, Ledger, Outcome
from workers.pushing.names import NamePattern
from workers.pushing.sender import UNREADABLE, Away, Call, Patience, Sender, open_regular, spread

_FIRST_AGAIN, _LAST_AGAIN = 10.0, 600.0
_MOST_DOUBLED = 10
LEG_MISSING = "leg-missing"
# Seconds until a file that failed by itself is tried again; the others go on meanwhile.


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is watched, and how facts are found. `defaults` are facts that a file does not give itself."""

    folder: Path
    defaults: Mapping[str, Any]
    patterns: Sequence[NamePattern] = ()
    zone: ZoneInfo | None = None
    every: float = 5.0
    settle: float = 30.0
    again: bool = False
    legs: Legs | None = None
    leg_wait: float = 600.0


@dataclass(slots=True)
class Watcher:
    """Looks at the folder and sends what is finished."""

    watched: Watched
    ledger: Ledger
    sender: Sender
    patience: Patience
    stop: Event
    now: Callable[[], float] = monotonic
    spots: dict[str, Spot] = field(default_factory=dict)
    _has_looked: bool = False

    def run(self) -> None:
        """Watch until told to stop. Raises CannotWrite when the ledger cannot be written."""
        while not self.stop.is_set():
            self.look()
            self.stop.wait(self.watched.every)

    def run_once(self) -> bool:
        """Send what is finished by now; return False when the service stayed away. What is still written is left."""
        self.look()
        if self.stop.wait(self.watched.settle):
            return True
        return self.look()

    def look(self) -> bool:
        """Look once, and send what is finished. Returns False when the service stayed away."""
        try:
            found = [*scan(self.watched.folder, sidecars=not self.watched.patterns, legs=self.watched.legs)]
        except OSError as fault:
            log.error("push.no-folder", error=type(fault).__name__)
            return True
        ready = [each for each in found if self._is_ready(each)]
        self._forget(set(self.spots) - {each.place for each in found})
        return all(self._handle(each) for each in ready if not self.stop.is_set())

    def _forget(self, gone: set[str]) -> None:
        """Forget files that are gone, and at the first look all that the ledger knows from before and are not there."""
        for place in gone:
            del self.spots[place]
        if self.spots and (gone or not self._has_looked):  # an empty folder may be a share that is not mounted
            self.ledger.keep([spot.file for spot in self.spots.values()])
            self._has_looked = True

    def _is_ready(self, found: Found) -> bool:
        """Note what is seen; tell whether it is finished and has to be looked at."""
        now, spot = self.now(), self.spots.get(found.place)
        if spot is None or spot.signature != found.signature:
            self.spots[found.place] = spot = Spot(self._tag(found.path), found.signature, now)
        waits = self.watched.settle
        if not found.is_whole and not self._is_stored(spot):
            waits = max(waits, self.watched.leg_wait)
        if spot.done or now < max(spot.since + waits, spot.again_at):
            return False
        if self._lacks_facts(found) and not self._is_half_deleted(spot):
            return False  # they are still to come
        return not any(map(is_written_to, found.sounds))

    def _lacks_facts(self, found: Found) -> bool:
        return found.sidecar is None and not self.watched.patterns

    def _is_half_deleted(self, spot: Spot) -> bool:
        """Tell whether a crash came between the deletion of a sidecar and that of its sound."""
        return self.sender.deletes and self._is_stored(spot)

    def _is_stored(self, spot: Spot) -> bool:
        entry = self.ledger.get(spot.file)
        return entry is not None and entry.outcome in ACKNOWLEDGED

    def _handle(self, found: Found) -> bool:
        """Send one file unless it was sent, until something became of it. Returns False when it is enough."""
        spot = self.spots[found.place]
        call, refusal = self._call(found)
        entry = self.ledger.get(call.file)
        is_half_gone = not found.is_whole and self._is_stored(spot)
        if entry is not None and (self._lacks_facts(found) or is_half_gone or self._is_settled(entry, call, spot)):
            entry = self.sender.tidy(call, entry)
        elif refusal is not None:
            entry = self.sender.refuse(call, refusal)
        else:
            while True:
                try:
                    entry = self.sender.send(call)
                    break
                except Away as away:
                    if not self.patience.wait(away):
                        return False
            self.patience.reset()
        self._plan(spot, entry)
        return True

    def _is_settled(self, entry: Entry, call: Call, spot: Spot) -> bool:
        again = self.watched.again and entry.outcome is Outcome.REFUSED and not spot.tries
        return entry.version == call.version and entry.outcome in FINAL and not again

    def _plan(self, spot: Spot, entry: Entry) -> None:
        """Say when to look at this file again, if at all."""
        spot.tries += 1
        spot.done = entry.outcome in FINAL and entry.copy not in {Copy.DELETE_FAILED, Copy.AWAITED}
        spot.again_at = self.now() + spread(min(_FIRST_AGAIN * 2 ** min(spot.tries - 1, _MOST_DOUBLED), _LAST_AGAIN))

    def _tag(self, path: Path) -> str:
        return self.ledger.tag(str(path.relative_to(self.watched.folder)))

    def _call(self, found: Found) -> tuple[Call, str | None]:
        """Return the call to push; with a slug when its facts cannot be read."""
        facts: dict[str, Any] = {}
        refusal = None
        try:
            facts = {**self.watched.defaults, **self._read_facts(found)}
        except OSError:
            refusal = UNREADABLE
        except ValueError as fault:
            refusal = "facts-unreadable" if found.sidecar or isinstance(fault, NotAFact) else "name-unreadable"
        if not found.is_whole:  # whether the other will ever come only a person can tell: nothing is pushed
            refusal = LEG_MISSING
        version = self.ledger.tag(json.dumps(facts, sort_keys=True), *map(str, found.signature))
        customer = Path(found.customer) if found.customer else None
        file = self.spots[found.place].file
        return Call(found.path, facts, file, version, sidecar=found.sidecar, customer=customer), refusal

    def _read_facts(self, found: Found) -> dict[str, Any]:
        """Read the sidecar, or the name by the first pattern that it has. Raises ValueError, OSError."""
        if found.sidecar is not None:
            with open_regular(found.sidecar) as file:
                return facts_from_document(json.loads(file.read(MAX_FACTS_BYTES + 1)), self.watched.zone)
        for pattern in self.watched.patterns:
            read = pattern.read(found.name or found.path.name)
            if read is not None:
                return read
        raise ValueError
