"""What has to be true for the service to keep its promises on this machine, one small check each."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from recordings.errors import DecoderStopped, VaitiError
from recordings.factory import Vaiti
from recordings.settings import KEY_STORE, Settings
from recordings.stores import probe_objects
from storage.errors import StorageError
from storage.rq_queue import connect, is_there
from workers.anchoring import check_anchors
from workers.clock import SystemClock
from workers.place import is_marked, settings_for
from workers.runner import attempt
from workers.scheduler import is_led

OLDEST_AV = (18, 1)
# earlier ones decode with an FFmpeg that hostile files break (reliability.md 6.7)
LEAST_FREE = 0.05
PYTHONS = ((3, 11), (3, 14))
EFFECT_LATE = timedelta(minutes=15)
# as late as a purge may start
PERIODS = ": `vaiti periods list`"


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found; `detail` says what to do when it is not ok."""

    name: str
    ok: bool
    detail: str


class _Wrong(VaitiError):
    """Something has to be mended."""

    slug = "doctor"


def check_all(data: Path | None) -> list[Result]:
    """Run every check; one that fails does not stop the others."""
    results = [
        _run("python", _check_python),
        _run("audio codecs", _check_av),
        _run("decoding", _check_fence),
    ]
    settings: list[Settings] = []

    def read_settings() -> str:
        settings.append(settings_for(data))
        return "can be used"

    results.append(_run("settings", read_settings))
    if not settings:
        return results
    found = settings[0]
    results += [
        _run("recognizers", lambda: _check_detector(found)),
        _run("speech model", lambda: _check_model(found)),
        _run("controllers", lambda: _check_controllers(found)),
        _run("disk", lambda: _check_disk(found)),
    ]
    if found.queue_address is not None:
        results.append(_run("queue", lambda: _check_queue(found)))
    in_use = (found.data / KEY_STORE).exists()
    if in_use or found.bucket is not None:
        results.append(_run("objects", lambda: _check_objects(found)))
    if in_use:
        if found.queue_address is not None:
            results.append(_run("schedule", lambda: _check_schedule(found)))
        results.append(_run("data folder", lambda: _check_data(found)))
        results.append(_run("sweep", lambda: _check_sweep(found)))
        results.append(_run("holds", lambda: _check_holds(found)))
        results.append(_run("webhooks", lambda: _check_webhooks(found)))
        results.append(_run("periods", lambda: _check_periods(found)))
        results.append(_run("anchors", lambda: _check_anchors(found)))
        results.append(_run("keys", lambda: _check_keys(found)))
        results.append(_run("journal", lambda: _check_journal(found)))
        results.append(_run("backups", lambda: _check_backups(found)))
    return results


def _run(name: str, check: Callable[[], str]) -> Result:
    def told() -> tuple[bool, str]:
        try:
            return True, check()
        except VaitiError as wrong:
            return False, str(wrong)

    tried = attempt(told)
    ok, detail = tried.result or (False, f"{tried.slug} ({tried.error})")
    return Result(name, ok, detail)


def _check_python() -> str:
    version = sys.version_info[:2]
    if not PYTHONS[0] <= version < PYTHONS[1]:
        raise _Wrong("use Python 3.11, 3.12 or 3.13")
    return f"{version[0]}.{version[1]}, SQLite {sqlite3.sqlite_version}"


def _check_av() -> str:
    from workers.engines.codec import library_versions  # noqa: PLC0415 - only this check needs it

    pyav, ffmpeg = library_versions()
    if tuple(int(part) for part in pyav.split(".")[:2]) < OLDEST_AV:
        raise _Wrong(f"PyAV {pyav} is too old for files from outside: install 18.1 or newer")
    return f"PyAV {pyav}, FFmpeg {ffmpeg}"


def _check_fence() -> str:
    """Ask a decoder what it can still do: files from outside are read in a process that has nothing."""
    from workers.engines.fenced import find_protections  # noqa: PLC0415

    try:
        found = find_protections()
    except DecoderStopped:
        raise _Wrong("the process that decodes does not start: no recording can be read") from None
    held = ", ".join(name for name, holds in found.items() if holds)
    missing = ", ".join(name for name, holds in found.items() if not holds)
    return f"in a process of its own: {held}" + (f"; this system does not hold: {missing}" if missing else "")


def _check_detector(settings: Settings) -> str:
    from redaction import dictionary  # noqa: PLC0415 - unpacks itself under HOME at its first use
    from workers.engines.build import detector_builder  # noqa: PLC0415 - presidio takes seconds

    detector_builder(language=settings.language, own=settings.recognizers)()
    try:
        dictionary.is_word("sana")
    except OSError:
        raise _Wrong("the dictionaries cannot be unpacked: HOME has to name a folder of this user's own") from None
    return "built" if settings.recognizers is None else f"built, with those of {settings.recognizers.name}"


def _check_model(settings: Settings) -> str:
    from workers.engines.model_folder import find_model  # noqa: PLC0415

    model = find_model(settings.speech_model, settings.models)
    return f"{model.name}, for trying and testing only" if model.for_trying_only else model.name


def _check_controllers(settings: Settings) -> str:
    from recordings.controllers import Controllers  # noqa: PLC0415

    if settings.controllers is None:
        raise _Wrong("there is no controllers file (VAITI_CONTROLLERS): without a period nothing may be kept")
    found = Controllers.read(settings.controllers).list()
    if not found:
        raise _Wrong("the controllers file names no controller")
    return f"{len(found)}, with {sum(len(each.periods) for each in found)} periods"


def _check_disk(settings: Settings) -> str:
    place = next(each for each in (settings.data, *settings.data.resolve().parents) if each.exists())
    usage = shutil.disk_usage(place)
    if usage.free < LEAST_FREE * usage.total:
        raise _Wrong("the disk is nearly full: a push would be refused half way")
    return f"{usage.free // 2**30} GiB free"


def _check_objects(settings: Settings) -> str:
    """Ask the store of objects to keep its promises, with objects of our own."""
    try:
        found = probe_objects(settings)
    except StorageError as fault:
        raise _Wrong(str(fault)) from None
    if found.missing:
        raise _Wrong("; ".join(found.missing))
    return "; ".join((f"a {'folder' if settings.bucket is None else 'bucket'} that keeps its promises", *found.remarks))


def _opened(settings: Settings) -> closing[Vaiti]:
    """Open the data folder as the service does, for one check."""
    from workers.service import open_vaiti  # noqa: PLC0415 - it brings every engine

    return closing(open_vaiti(settings, clock=SystemClock()))


def _check_queue(settings: Settings) -> str:
    """Ask Redis whether it is there: without it calls are taken and wait."""
    with closing(connect(settings.queue_address or "", password=settings.read_queue_password())) as redis:
        if not is_there(redis):
            raise _Wrong("Redis (VAITI_QUEUE_URL) does not answer: calls are taken, and wait for it")
    return "Redis answers"


def _check_schedule(settings: Settings) -> str:
    """Ask whether anybody minds the clock: where work is on Redis, the service itself does not."""
    if not is_led(settings.data):
        raise _Wrong("nobody minds the clock, so nothing is deleted in time: start `vaiti schedule`")
    return "somebody minds the clock"


def _check_data(settings: Settings) -> str:
    """Open the folder with its key and walk the audit log."""
    if settings.data.stat().st_mode & 0o077:
        raise _Wrong("others can read the data folder: chmod 700 it")
    with _opened(settings) as vaiti:
        entries = vaiti.audit.verify()
        halted = vaiti.guard_memory.read()
        overdue = len(vaiti.catalog.due(now=vaiti.clock.now(), limit=1000))
    if halted.halted_at is not None:
        raise _Wrong(f"the purge is halted ({halted.reason}), {overdue} recordings are past their time: `vaiti purge`")
    if overdue:
        raise _Wrong(f"{overdue} recordings are past their time: run `vaiti purge`, or start the service")
    return f"opens, {entries} audit entries hold, nothing overdue"


def _check_sweep(settings: Settings) -> str:
    """Show what the last comparison of all stores left for a person, and what is late."""
    with _opened(settings) as vaiti:
        status = vaiti.status(vaiti.controllers.scope)
    complaints = status.complaints()
    if status.oldest_overdue is not None:
        complaints.append(f"the oldest overdue call is {status.oldest_overdue} past its time: `vaiti purge`")
    if complaints:
        raise _Wrong("; ".join(complaints))
    if status.sweep.swept_at is None:
        return "none yet: the service makes the first at its start"
    repaired, waiting = sum(status.sweep.repaired.values()), sum(status.sweep.left.values())
    return f"{status.sweep.swept_at:%Y-%m-%d %H:%M} UTC: {repaired} put right, {waiting} to be looked at again"


def _check_keys(settings: Settings) -> str:
    """Show how fresh the key store's own backup is: ordinary backups leave the keys out."""
    if is_marked(settings.data):
        return "the demo's keys are not backed up"
    with _opened(settings) as vaiti:
        fault = vaiti.keep_keys.find_fault()
        count = len(vaiti.keep_keys.backups.list())
    if fault:
        raise _Wrong(fault)
    return f"{count} backups, the newest is fresh"


def _check_anchors(settings: Settings) -> str:
    """Compare the audit log and the receipts with what was signed and kept outside."""
    with _opened(settings) as vaiti:
        try:
            return check_anchors(vaiti)
        except StorageError as fault:
            raise _Wrong(str(fault)) from None


def _check_journal(settings: Settings) -> str:
    """Ask whether what a restored database must not forget is written, outside the data folder."""
    with _opened(settings) as vaiti:
        fault = vaiti.journal.find_fault()
    if fault:
        raise _Wrong(fault)
    beside = settings.journal_folder.stat().st_dev == settings.data.stat().st_dev
    return "in step" + (", on the data folder's own disk: let VAITI_JOURNAL name another" if beside else "")


def _check_backups(settings: Settings) -> str:
    """Show how fresh the newest backup is, and whether one is kept too long: it holds masked words."""
    from recordings.restoring import backing_up  # noqa: PLC0415

    if settings.backups is None:
        return f"VAITI_BACKUPS names no folder: backups of your own may exist for {settings.backup_days} days"
    with _opened(settings) as vaiti:
        fault = backing_up(vaiti).find_fault()
    if fault:
        raise _Wrong(fault)
    return "the newest is fresh, none is too old"


def _check_holds(settings: Settings) -> str:
    """Show what is held past its time; what nobody has looked at in time has to be mended."""
    with _opened(settings) as vaiti:
        holds = vaiti.holds.list(vaiti.controllers.scope)
        late = sum(each.review_on <= vaiti.holding.today(each.controller) for each in holds)
        overdue = vaiti.view.count_overdue(vaiti.controllers.scope)
    found = f"{len(holds)} holds and restrictions, {overdue} calls held past their time"
    if late:
        raise _Wrong(f"{found}; {late} to be reviewed: `vaiti hold list`, `vaiti restrict list`")
    return found


def _check_webhooks(settings: Settings) -> str:
    """Show which registers' systems have not heard of an objection that they should have."""
    with _opened(settings) as vaiti:
        told = [each for each in vaiti.controllers.list() if each.webhook is not None]
        failing = [
            slug
            for slug, failed in ((each.slug, vaiti.objections.telling(each.slug).failed) for each in told)
            if failed
        ]
    if failing:
        raise _Wrong(f"not told of objections: {', '.join(failing)}: `vaiti objection webhook`")
    return f"{len(told)} registers' systems are told of objections"


def _check_periods(settings: Settings) -> str:
    """Show where the controllers file asks for a shorter period than the one in force, and what it waits for."""
    with _opened(settings) as vaiti:
        found = vaiti.periods.standings(vaiti.controllers.scope)
        now = vaiti.clock.now()
    shorter = [each for each in found if each.is_shortened]
    times = [each.change.takes_effect_at for each in shorter if each.change and each.change.takes_effect_at]
    waiting = sum(each.change is not None for each in shorter) - len(times)
    open_ = [(each.asked, each.change) for each in found if each.change and each.change.in_force_at is None]
    unasked = sum(asked != change.term for asked, change in open_)
    late = sum(at + EFFECT_LATE <= now for at in times)
    wrong = {
        "are shorter in the controllers file than in force": sum(each.change is None for each in shorter),
        "wait for a second person to become shorter": waiting,
        "were to become shorter, and the controllers file asks for another period now": unasked,
        "should be shorter by now: start the service anew, so that it reads the controllers file": late,
    }
    if any(wrong.values()):
        raise _Wrong("; ".join(f"{count} periods {text}" for text, count in wrong.items() if count) + PERIODS)
    return f"as in force; the next gets shorter at {min(times):%Y-%m-%d %H:%M} UTC" if times else "as in force"
