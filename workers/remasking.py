"""Today's rules over a range of published recordings: one at a time, when nothing else waits, and on from where it was.

What more is found goes through the ordinary steps in this process, or in the service's if that is quicker. A run that
was stopped is begun again with the same words: what today's rules have looked through is not looked through twice, and
the list at the end goes back to the run that was stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from recordings.factory import Vaiti
from recordings.lifecycle import is_usable
from recordings.pipeline import WORKING
from recordings.steps.remask import Looked, Newly
from storage.records import Recording, RecordingId, Scope, SearchFilter
from workers.runner import Outcome, attempt
from workers.worker import Worker

BEGUN, ENDED = "remask.begun", "remask.ended"
PAUSE = 1.0
# Seconds between two looks while somebody else works on what has to come first.
MOST_WAITING = 1_000
MOST_ENTRIES = 100_000

Progress = Callable[[int, int], None]  # (looked through, of how many)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Which recordings: some controllers', of a time, or one."""

    scope: Scope
    only: SearchFilter
    recording: RecordingId | None = None

    @property
    def key(self) -> str:
        """The range as one line, to know a run again by. Ids, names of registers and times only."""
        named = ",".join(sorted(self.scope.controllers or ()))
        return f"{self.recording or named}|{self.only.since or ''}|{self.only.until or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of a run. `unfinished`: not looked through to the end, by slug; these stay as they are."""

    looked: Mapping[str, int]
    unfinished: Mapping[str, int]
    newly: Sequence[Newly]


def remask(vaiti: Vaiti, wanted: Range, *, actor: str, progress: Progress | None = None) -> Run:
    """Look through the range, mask what more is found, and list who had it. Raises what the stores raise."""
    began = _begin(vaiti, wanted, actor)
    worker = Worker(vaiti, name="remask", stop=Event())
    work_off(vaiti, worker)  # also what a run that was stopped had found
    listed = vaiti.remask.list(wanted.scope, wanted.only) if wanted.recording is None else [wanted.recording]
    looked: Counter[str] = Counter()
    unfinished: Counter[str] = Counter()
    for number, each in enumerate(listed, start=1):
        work_off(vaiti, worker)
        tried = attempt(lambda each=each: vaiti.remask(wanted.scope, each))  # type: ignore[misc]
        if tried.outcome is Outcome.DONE and tried.result is not None:
            looked[tried.result.value] += 1
        else:
            unfinished[tried.slug or "fault"] += 1
        if progress is not None:
            progress(number, len(listed))
    work_off(vaiti, worker)
    ids = [wanted.recording] if wanted.recording else vaiti.remask.list(wanted.scope, wanted.only, published=False)
    newly = vaiti.remask.report(ids, began)
    counts = {key: looked[key] for key in (each.value for each in Looked)}
    vaiti.remask.record(ENDED, actor=actor, run=wanted.key, unfinished=unfinished.total(), **counts)
    return Run(looked=counts, unfinished=dict(unfinished), newly=newly)


def work_off(vaiti: Vaiti, worker: Worker) -> None:
    """Do, or wait for, everything that waits in the pipeline: live work goes first, calls are masked one by one."""
    pause = Event()
    while _anything_waits(vaiti):
        if not worker.work_once():
            pause.wait(PAUSE)


def work_until_at_rest(vaiti: Vaiti, worker: Worker, recording: RecordingId) -> Recording:
    """Work, oldest call first, until nobody has to work on this one. Raises NotFound when it is purged meanwhile."""
    pause = Event()
    while (found := vaiti.view.get(Scope.system(), recording)).stage in WORKING:
        if not worker.work_once():
            pause.wait(PAUSE)
    return found


def _anything_waits(vaiti: Vaiti) -> bool:
    now = vaiti.clock.now()
    found = vaiti.catalog.list(Scope.system(), stages=WORKING, limit=MOST_WAITING)
    return any(is_usable(each, now) for each in found)  # what is due or restricted is nobody's work


def _begin(vaiti: Vaiti, wanted: Range, actor: str) -> datetime:
    """Write down that a run begins; returns when the first one began that has not ended."""
    began = vaiti.clock.now()
    for entry in vaiti.audit.list(Scope.system(), limit=MOST_ENTRIES):
        if entry.detail.get("run") != wanted.key:
            continue
        if entry.action == ENDED:
            break
        began = entry.at
    vaiti.remask.record(BEGUN, actor=actor, run=wanted.key)
    return began
