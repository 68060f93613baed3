"""`vaiti push --watch`, `--manifest` and `--report`: what they print, and how they end."""

# ruff: noqa: PLC0415 - the help must not wait for the client
from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from recordings.observability import configure_logging, log
from workers.cli.common import Exit, note, say, say_json, stop, told_to_stop
from workers.pushing.archive import Archive, ArchiveRun
from workers.pushing.folder import Legs
from workers.pushing.ledger import Copy, DeleteAfter, Entry, Outcome, open_ledger, read_ledger
from workers.pushing.manifest import Manifest, Problem, read_columns
from workers.pushing.names import compile_pattern
from workers.pushing.report import Left, count_lone_sidecars, left_in_folder
from workers.pushing.sender import Patience, Sender
from workers.pushing.watch import Watched, Watcher

if TYPE_CHECKING:
    from workers.client import Client

_SHOWN = 20
# Rows that are named on a terminal; --json names them all.
_TOLD_EVERY = 30.0
# Seconds between lines of progress where there is no terminal.


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """What is pushed, where its state is kept, and what becomes of the copies."""

    where: Path
    state: Path
    defaults: Mapping[str, Any]
    zone: ZoneInfo | None
    columns: str | None
    delete: DeleteAfter | None
    again: bool
    legs: Legs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """How a folder is looked at, in seconds. `patience` None: until told to stop; else once."""

    every: float
    settle: float
    leg_wait: float
    patience: float | None


def watch(client: Client, many: Many, names: Sequence[str], looks: Looks) -> None:
    """Push what is finished in a folder. Log lines name files by a keyed hash, as the report does."""
    patterns = [compile_pattern(each, many.zone) for each in names]
    for needed in ("controller", "kind"):
        if needed not in many.defaults and not all(needed in each.given for each in patterns):
            stop(f"say --{needed}: the name of a file gives none", Exit.USAGE)
    configure_logging()
    told = told_to_stop()
    signal.signal(signal.SIGIO, signal.SIG_IGN)  # the kernel's word to the holder of a lease (pushing/folder.py)
    watched = Watched(
        folder=many.where,
        defaults=many.defaults,
        patterns=patterns,
        zone=many.zone,
        every=looks.every,
        settle=looks.settle,
        again=many.again,
        legs=many.legs,
        leg_wait=looks.leg_wait,
    )
    with open_ledger(many.state) as ledger:
        sender = Sender(client, ledger, delete=many.delete)
        watcher = Watcher(watched, ledger, sender, Patience(told, looks.patience), told)
        if looks.patience is None:
            log.info("push.started")
            watcher.run()
            log.info("push.stopped")
            return
        answered = watcher.run_once()
        found = {each.outcome for each in ledger}
        unfinished = len(watcher.spots) - sum(1 for _ in ledger)
    if unfinished > 0:
        note(f"{unfinished} still written, or without facts or the call's other file beside them: they wait")
    if not answered or Outcome.FAILED in found:
        stop("not all could be pushed; nothing is lost, run this again", Exit.FAULT)
    if Outcome.REFUSED in found:
        stop(f"some were refused: vaiti push --report {many.where}", Exit.REFUSED)


def import_archive(client: Client, many: Many, *, jobs: int, patience: float, as_json: bool) -> None:
    """Check a manifest whole, then push its rows; the state file is the result, a line a row."""
    configure_logging()
    told = told_to_stop()
    with open_ledger(many.state) as ledger:
        archive = Archive(_manifest(many), ledger, again=many.again)
        rows, problems = archive.check()
        if problems:
            _tell_problems(problems, as_json=as_json)
        sender = Sender(client, ledger, delete=many.delete, quiet=True)
        with _progress(rows) as tell:
            run = ArchiveRun(archive, sender, Patience(told, patience), told, tell)
            ended = run.run(jobs)
        refused = [each for each in ledger if each.outcome is Outcome.REFUSED]
        awaited = sum(each.copy is Copy.AWAITED for each in ledger)
    _tell_summary(rows, run.counts, refused, many.state, as_json=as_json)
    if awaited:
        note(f"{awaited} copies are kept until their calls are published: give the same command again")
    if not ended or run.failed:
        stop("not all could be pushed; nothing is lost, give the same command again", Exit.FAULT)
    if refused:
        raise SystemExit(int(Exit.REFUSED))


def show_report(many: Many, *, as_json: bool) -> None:
    """List the copies at the sender that are not confirmed deleted. Asks no service."""
    ledger = read_ledger(many.state)
    if many.where.is_dir():
        copies, lone = [*left_in_folder(many.where, ledger, many.legs)], count_lone_sidecars(many.where, many.legs)
    else:
        copies, lone = [*Archive(_manifest(many), ledger).copies()], 0
    counts = Counter(_state(each) for each in copies)
    if as_json:
        shown = [{**asdict(each), "path": str(each.path)} for each in copies]
        say_json({"copies": shown, "counts": counts, "facts_without_sound": lone})
        return
    what = "copy at the sender is" if len(copies) == 1 else "copies at the sender are"
    say(f"{len(copies)} {what} not confirmed deleted.")
    for state, count in counts.most_common():
        say(f"{count:8}  {state}")
    if lone:
        say(f"{lone:8}  files of facts (.json) whose sound is gone: they hold personal data, delete them")
    if copies:
        say("Paths may hold phone numbers: keep this list out of tickets, mails and logs.")
    for each in copies:
        say(f"{each.file}  {_state(each)}  {each.path}")


def _state(copy: Left) -> str:
    return f"{copy.state} [{copy.slug}]" if copy.slug else copy.state


def _manifest(many: Many) -> Manifest:
    columns = read_columns(many.columns) if many.columns else {}
    return Manifest(path=many.where, defaults=many.defaults, columns=columns, zone=many.zone)


def _tell_problems(problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        say_json({"problems": [asdict(each) for each in problems]})
    for each in problems[: 0 if as_json else _SHOWN]:
        note(f"row {each.row}: {each.field}: {each.rule}")
    if len(problems) > _SHOWN and not as_json:
        note(f"and {len(problems) - _SHOWN} more: --json names them all")
    rows = len({each.row for each in problems})
    stop(f"{rows} {'row' if rows == 1 else 'rows'} cannot be pushed as they are; nothing was pushed", Exit.REFUSED)


def _tell_summary(
    rows: int, counts: Mapping[str, int], refused: Sequence[Entry], result: Path, *, as_json: bool
) -> None:
    if as_json:
        say_json({"rows": rows, "outcomes": counts, "result": str(result)})
        return
    for each in sorted(refused, key=lambda each: each.row or 0)[:_SHOWN]:
        if each.receipt:
            say(f"row {each.row}: refused, past its period, receipt {each.receipt}")
        else:
            say(f"row {each.row}: refused [{each.slug}]")
    if len(refused) > _SHOWN:
        say(f"and {len(refused) - _SHOWN} more that were refused")
    say(f"{rows} rows: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    say(f"What became of each row: {result}")


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[Entry], None]]:
    """Show how far it is: a bar with rate and time left on a terminal, a line now and then elsewhere."""
    begun = told = monotonic()
    done = 0

    def rate() -> float:
        return done / max(monotonic() - begun, 0.001)

    def say_now_and_then(_: Entry) -> None:
        nonlocal done, told
        done += 1
        if monotonic() - told >= _TOLD_EVERY:
            told = monotonic()
            note(f"{done} of {rows} rows, {rate():.1f} a second, {(rows - done) / rate() / 60:.0f} minutes left")

    if not sys.stderr.isatty():
        yield say_now_and_then
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    shown = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*shown, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Pushing", total=rows, rate="")

        def move(_: Entry) -> None:
            nonlocal done
            done += 1
            bar.update(task, advance=1, rate=f"{rate():.1f} a second")

        yield move
