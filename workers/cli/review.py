"""`vaiti review` and `vaiti remask`: what waits for a person, and today's rules over what is published."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.common import Actor, Data, Exit, Json, audit_name, note, say, say_json, stop, working
from workers.cli.opened import opened, recording_id

if TYPE_CHECKING:
    from recordings.doubts import DoubtfulPlace
    from recordings.factory import Vaiti
    from recordings.steps.remask import Newly
    from recordings.steps.review import Waiting
    from storage.records import RecordingId

review = typer.Typer(help="What waits for a person: see the doubtful places, decide.", no_args_is_help=True)

Recording = Annotated[str, typer.Argument(help="The recording's id.")]
Case = Annotated[str | None, typer.Option(help="The case in the company's own books; it is in the audit log.")]


@review.command("list")
def list_waiting(
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List what waits in quarantine, with its doubtful places: when, of what kind, which rules. No words."""
    with opened(data) as vaiti:
        waiting = vaiti.review.list(vaiti.controllers.scope, limit=limit)
    if as_json:
        say_json({"waiting": [_as_document(each) for each in waiting]})
        return
    for each in waiting:
        _say_waiting(each)
    say(f"{len(waiting)} waiting")


@review.command("show")
def show(
    recording: Recording,
    words: Annotated[
        bool, typer.Option("--words", help="Open the vault, on record, and show the words of these places.")
    ] = False,
    actor: Actor = "terminal",
    case: Case = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show one recording's doubtful places, numbered; of a published one, what is masked in it."""
    from recordings.steps.review import Reviewer

    who = Reviewer(actor=audit_name(actor), case=audit_name(case) if case else None)
    with opened(data) as vaiti:
        found = vaiti.review.show(vaiti.controllers.scope, recording_id(recording), who, words=words)
    if as_json:
        say_json(_as_document(found))
        return
    _say_waiting(found)


@review.command("decide")
def decide(
    recording: Recording,
    verb: Annotated[str, typer.Argument(help="mask, clear, release (clears every doubtful place) or retry.")],
    place: Annotated[list[int] | None, typer.Option(help="A place, by its number in `vaiti review show`.")] = None,
    words: Annotated[list[str] | None, typer.Option(help="Words, as CHANNEL:FIRST-LAST.")] = None,
    time: Annotated[list[str] | None, typer.Option(help="A stretch of sound, as SECONDS-SECONDS.")] = None,
    kind: Annotated[str, typer.Option("--type", help="What words or a stretch are masked as.")] = "SECRET",
    officer: Annotated[
        bool, typer.Option("--privacy-officer", help="Decide as the privacy officer: needed to clear anything.")
    ] = False,
    actor: Actor = "terminal",
    case: Case = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Decide; then plan, mask and verify the recording again, at once. Ends with 4 when it waits again."""
    from recordings.steps.review import Choice, Reviewer, Verb
    from storage.records import Stage

    if verb not in {each.value for each in Verb}:
        stop("a decision is mask, clear, release or retry", Exit.USAGE)
    named = (*(_words_at(each, kind) for each in words or ()), *(_time_at(each, kind) for each in time or ()))
    choice = Choice(verb=Verb(verb), numbers=tuple(place or ()), places=named)
    who = Reviewer(actor=audit_name(actor), officer=officer, case=audit_name(case) if case else None)
    with opened(data) as vaiti:
        moved = vaiti.review.decide(vaiti.controllers.scope, recording_id(recording), choice, who)
        with working("Planning, masking and verifying again ..."):
            after = _apply(vaiti, moved.id)
    if as_json:
        say_json({"recording": after[0], "stage": after[1], "slug": after[2]})
    else:
        say(f"{after[0]}  {after[1]}" + (f"  {after[2]}" if after[2] else ""))
    if after[1] in {Stage.QUARANTINED.value, Stage.FAILED.value}:
        raise SystemExit(int(Exit.QUARANTINE))


def remask(
    recording: Annotated[str | None, typer.Argument(help="One recording's id; without it a range.")] = None,
    controller: Annotated[str | None, typer.Option(help="Only this register.")] = None,
    since: Annotated[datetime | None, typer.Option("--from", help="Calls begun then or later (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option("--to", help="Calls begun before then (UTC).")] = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Run today's rules over published recordings; mask what more they find, and list who had opened those calls.

    Live work goes first. Stop it at any time and give the same command again: it goes on.
    """
    from datetime import UTC

    from storage.records import Scope, SearchFilter
    from workers.remasking import Range
    from workers.remasking import remask as run

    only = SearchFilter(
        since=since.replace(tzinfo=UTC) if since else None, until=until.replace(tzinfo=UTC) if until else None
    )
    with opened(data) as vaiti, working("Looking through what is published ..."):
        scope = vaiti.controllers.scope
        if controller is not None:
            scope = Scope.of(vaiti.controllers.get(controller).slug)
        wanted = Range(scope=scope, only=only, recording=recording_id(recording) if recording else None)
        done = run(vaiti, wanted, actor=audit_name(actor))
    if as_json:
        say_json({"looked": done.looked, "unfinished": done.unfinished, "newly": [asdict(each) for each in done.newly]})
        return
    for each in done.newly:
        _say_newly(each)
    counts = done.looked
    say(f"{counts['more']} masked again, {counts['same']} with nothing more, {counts['current']} looked through before")
    for slug, number in done.unfinished.items():
        note(f"{number} could not be looked through and stay as they are [{slug}]")


def _apply(vaiti: Vaiti, recording: RecordingId) -> tuple[str, str, str | None]:
    """Work, or let the running service work, until the recording is at rest; returns id, stage and slug."""
    from threading import Event

    from workers.remasking import work_until_at_rest
    from workers.worker import Worker

    found = work_until_at_rest(vaiti, Worker(vaiti, name="review", stop=Event()), recording)
    return found.id, found.stage.value, found.slug


def _words_at(text: str, kind: str) -> DoubtfulPlace:
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{1,6})-([0-9]{1,6})", text)
    if found is None or int(found[2]) > int(found[3]):
        stop("--words is CHANNEL:FIRST-LAST, for instance 1:12-15", Exit.USAGE)
    return _place(kind, channel=int(found[1]), first=int(found[2]), last=int(found[3]))


def _time_at(text: str, kind: str) -> DoubtfulPlace:
    found = re.fullmatch(r"([0-9]+(?:[.][0-9]+)?)-([0-9]+(?:[.][0-9]+)?)", text)
    if found is None or float(found[1]) >= float(found[2]):
        stop("--time is SECONDS-SECONDS, for instance 12.5-14", Exit.USAGE)
    return _place(kind, start=float(found[1]), end=float(found[2]))


def _place(kind: str, **where: Any) -> DoubtfulPlace:
    from recordings.doubts import Doubt, DoubtfulPlace

    if not re.fullmatch("[A-Z][A-Z0-9_]{0,63}", kind):
        stop("--type is an entity type, for instance PERSON", Exit.USAGE)
    return DoubtfulPlace(doubt=Doubt.MASKED, type=kind, why=("review",), **where)


def _as_document(waiting: Waiting) -> dict[str, Any]:
    places: list[dict[str, Any]] = [asdict(place) for place in waiting.places]
    for place, text in zip(places, waiting.texts, strict=False):
        place["text"] = text
    recording = waiting.recording
    return {"recording": recording.id, "stage": recording.stage.value, "slug": recording.slug, "places": places}


def _say_waiting(waiting: Waiting) -> None:
    recording = waiting.recording
    say(f"{recording.id}  {recording.kind}  {recording.stage}" + (f"  {recording.slug}" if recording.slug else ""))
    for number, place in enumerate(waiting.places, start=1):
        when = "" if place.start is None or place.end is None else f"{place.start:.1f}-{place.end:.1f} s"
        said = f"channel {place.channel}, words {place.first}-{place.last}" if place.first is not None else ""
        line = f"  {number:3d}  {place.doubt:8} {place.type}  {when}  {said}  {' '.join(place.shape)}"
        say(f"{line}  ({' '.join(place.why)})")
        if waiting.texts:
            say(f"         {waiting.texts[number - 1]}")


def _say_newly(newly: Newly) -> None:
    say(f"{newly.recording}  newly masked: {newly.words} words, {newly.seconds:.1f} s")
    if not newly.openers:
        say("    nobody had opened it")
    for each in newly.openers:
        # an entry says that a call was opened and not which seconds were played: all of it may have been
        say(
            f"    {each.actor} had opened its sound {each.audio} and its words {each.words} times,"
            f" last {each.last:%Y-%m-%d %H:%M} UTC; which seconds is not recorded"
        )
