"""The evaluation itself: shards of calls shared out over the cores, one tally for each system."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from redaction.errors import BadInput
from workers.evaluation.labelled import LabelledCall, find_files, read_lines, read_text
from workers.evaluation.systems import Outcome, System, vaiti
from workers.evaluation.tally import Tally, score

SYSTEMS = ("vaiti", "presidio", "expressions")
SHARD = 50
# calls: small enough for a bar that moves, large enough that starting one costs nothing
Calls = Callable[[], Iterable["LabelledCall | Refused"]]
# What a shard holds; it must travel to another process, so it is a function by name and its arguments (partial).
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A call that could not be read: where, and why by slug."""

    place: str
    slug: str


@dataclass(slots=True)
class Result:
    """Tallies by system, and what could not be read."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    def merge(self, other: Result) -> None:
        """Add what another process found."""
        for name, tally in other.tallies.items():
            self.tallies.setdefault(name, Tally()).merge(tally)
        self.refused.extend(other.refused)


def evaluate(
    shards: Sequence[Calls], systems: Sequence[str], *, jobs: int, progress: Progress, own: Path | None = None
) -> Result:
    """Evaluate all shards in `jobs` processes; `progress` is told (shards done, all shards).

    `own` names a file with the user's recognizers. Raises SettingsWrong when it cannot be used.
    """
    result = Result()
    if jobs <= 1 or len(shards) <= 1:
        for done, shard in enumerate(shards, start=1):
            result.merge(evaluate_shard(shard, tuple(systems), own))
            progress(done, len(shards))
        return result
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(evaluate_shard, shard, tuple(systems), own) for shard in shards]
        for done, finished in enumerate(as_completed(waiting), start=1):
            result.merge(finished.result())
            progress(done, len(shards))
    for tally in result.tallies.values():
        tally.leaks.sort(key=lambda leak: (leak.case, leak.type, leak.form, leak.tags))
    return result


def evaluate_shard(shard: Calls, names: tuple[str, ...], own: Path | None = None) -> Result:
    """Evaluate one shard in this process."""
    result = Result(tallies={name: Tally() for name in names})
    systems = _systems(names, own)
    for call in shard():
        if isinstance(call, Refused):
            result.refused.append(call)
            continue
        for name, system in systems.items():
            score(call, system, result.tallies[name])
    return result


def evaluate_sound(shards: Sequence[Calls], system: Callable[[LabelledCall], Outcome], *, progress: Progress) -> Result:
    """Evaluate one system that listens, a call after the other: the speech model has its own threads."""
    result = Result(tallies={"vaiti": Tally()})
    calls = [call for shard in shards for call in shard()]
    for done, call in enumerate(calls, start=1):
        if isinstance(call, Refused):
            result.refused.append(call)
            continue
        try:
            score(call, system, result.tallies["vaiti"])
        except BadInput as refusal:
            result.refused.append(Refused(place=call.case, slug=refusal.slug))
        progress(done, len(calls))
    return result


def shards_of(folder: Path) -> list[tuple[Path, int]]:
    """Return (file, first call) for every shard of a folder."""
    found: list[tuple[Path, int]] = []
    for path in find_files(folder):
        calls = sum(1 for _ in read_lines(path))
        found.extend((path, first) for first in range(0, calls, SHARD))
    return found


def read_shard(path: Path, first: int) -> Iterator[LabelledCall | Refused]:
    """Yield a shard's calls; one that cannot be read yields why."""
    for place, text in islice(read_lines(path), first, first + SHARD):
        try:
            yield read_text(place, text)
        except BadInput as refusal:
            yield Refused(place=place, slug=refusal.slug)


@cache
def _systems(names: tuple[str, ...], own: Path | None) -> dict[str, System]:
    """Build the systems once a process; presidio takes seconds to load.

    Presidio before Vaiti: its loader looks its classes up by name among all that are imported, and would take ours.
    """
    from workers.engines.build import detector_builder  # noqa: PLC0415 - loaded where calls are counted, in each process
    from workers.evaluation import peers  # noqa: PLC0415

    built: dict[str, System] = {}
    if "presidio" in names:
        built["presidio"] = peers.presidio()
    if "expressions" in names:
        built["expressions"] = peers.expressions()
    if "vaiti" in names:
        built["vaiti"] = vaiti(detector_builder(language="fi", own=own)())
    return {name: built[name] for name in names}
