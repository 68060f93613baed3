"""The first half of the story: calls come in, are worked on, and what was found is shown."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from recordings.errors import VaitiError
from recordings.pipeline import PIPELINE
from workers.demo.folder import CONTROLLER
from workers.demo.samples import Sample
from workers.demo.stage import PUBLISHED, Stage

LONGEST_WAIT = 1800.0
# Seconds; on two free cores it takes about two minutes, and a machine that needs half an hour will not finish
_LOOK_EVERY = 0.5
_ORDER = [arrow.waits_in.value for arrow in PIPELINE]
_SETTLED = frozenset({PUBLISHED, "quarantined", "failed"})
_ZONE = ZoneInfo("Europe/Helsinki")


class TooSlow(VaitiError):
    """The calls were not ready in time. Run `vaiti demo` again when this machine has less to do."""

    slug = "demo-too-slow"


def push_all(stage: Stage, now: datetime) -> None:
    """Push every sample over HTTP, as a telephony platform does."""
    stage.screen.title("Push: six calls over HTTP")
    for sample in stage.samples:
        taken = stage.client.push(sample.audio, sample.facts(controller=CONTROLLER, now=now))
        stage.ids[sample.name], stage.states[sample.name] = taken["id"], taken
        stage.screen.line(f"  {sample.name:<17} {taken['kind']:<17} {sample.audio.suffix[1:]:<5} {taken['id']}")


def wait_until_settled(stage: Stage) -> bool:
    """Wait while the worker transcribes, detects, masks, verifies and indexes; tells whether no call failed."""
    stage.screen.title("Transcribe, detect, mask, listen again, index")
    until = time.monotonic() + LONGEST_WAIT
    with stage.screen.progress(len(stage.samples) * len(_ORDER)) as shown:
        while True:
            for name, recording in stage.ids.items():
                if stage.states[name]["stage"] not in _SETTLED:
                    stage.states[name] = stage.client.get_recording(recording)
            stages = {name: str(state["stage"]) for name, state in stage.states.items()}
            shown.show(stages, sum(_steps_done(each) for each in stages.values()))
            if set(stages.values()) <= _SETTLED:
                return "failed" not in stages.values()
            if time.monotonic() > until:
                raise TooSlow
            time.sleep(_LOOK_EVERY)


def show_table(stage: Stage) -> None:
    """Show what became of each call."""
    stage.screen.title("What was found")
    rows = [_row(sample, stage.states[sample.name]) for sample in stage.samples]
    stage.screen.table(("call", "kind", "seconds", "found", "masked s", "verdict", "delete at"), rows)


def show_coverage(stage: Stage) -> None:
    """Compare with what the samples' makers know; what was not covered is listed by call, type and seconds."""
    stage.screen.title("Compared with the truth that the samples' makers wrote down")
    covered = total = 0
    missed: dict[tuple[str, str], list[str]] = defaultdict(list)
    seconds = 0.0
    for sample in stage.published:
        gaps = stage.gaps(sample)
        total += len(sample.personal)
        covered += len(sample.personal) - _stretches_with_gaps(sample, gaps)
        for gap in gaps:
            missed[sample.name, gap.type].append(f"{gap.start:.2f}-{gap.end:.2f}")
            seconds += gap.seconds
    if not total:
        stage.screen.line("  No call is published, so there is nothing to compare.")
    else:
        stage.screen.line(f"  {covered} of {total} personal stretches in published calls are covered whole.")
    if missed:
        stage.screen.line(f"  {seconds:.1f} s are not (seconds in the call; no values here):")
        rows = [(name, kind, ", ".join(places)) for (name, kind), places in sorted(missed.items())]
        stage.screen.table(("call", "type", "not covered"), rows)
    elif total:
        stage.screen.line("  Every personal window is covered.")
    waiting = [s.name for s in stage.samples if stage.states[s.name]["stage"] == "quarantined"]
    if waiting:
        stage.screen.line(f"  Quarantined, so nobody sees them until a person has looked: {', '.join(waiting)}")


def _stretches_with_gaps(sample: Sample, gaps: tuple[Any, ...]) -> int:
    return sum(
        any(g.channel == p.channel and g.start < p.end and p.start < g.end for g in gaps) for p in sample.personal
    )


def _steps_done(stage: str) -> int:
    return _ORDER.index(stage) if stage in _ORDER else len(_ORDER)


def _row(sample: Sample, state: Mapping[str, Any]) -> tuple[str, ...]:
    found = ", ".join(f"{kind} {count}" for kind, count in sorted(state["findings"].items()))
    due = datetime.fromisoformat(state["delete_at"]).astimezone(_ZONE)
    why = f" ({state['slug']})" if state["slug"] else ""
    return (
        sample.name,
        str(state["kind"]),
        f"{state['seconds'] or 0:.0f}",
        found,
        f"{state['seconds_masked'] or 0:.1f}",
        f"{state['verdict'] or state['stage']}{why}",
        f"{due:%Y-%m-%d %H:%M}",
    )
