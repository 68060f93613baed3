"""One file to the service: what the service said, and the sender's copy deleted where that is asked for."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import uniform
from threading import Event, Lock
from time import monotonic
from typing import Any, BinaryIO

from recordings.errors import SettingsWrong, VaitiError
from recordings.observability import log
from workers.client import Client, NoService, ServiceBusy, ServiceFault, ServiceRefused
from workers.pushing.ledger import ACKNOWLEDGED, Copy, DeleteAfter, Entry, Ledger, Outcome

_CHUNK = 1 << 20
UNREADABLE = "file-unreadable"
# Perhaps for a moment, as shares are, or until somebody gives a right: such a file is tried again.
_OF_THE_FILE = frozenset({400, 403, 409, 410, 413, 415, 422})
# Refusals that are about what was sent. Others (401, 404, 421) are about the address or the token: the next file would
# be refused too, and none is to blame.
_TOO_LARGE = 413
# A proxy in front may say so too, without a slug. Its other refusals (a sign-in page, 403) are no word about the file.
_NOT_FOUND = 404
_ONCE_MORE = frozenset({"conflict", "lost-claim", "multipart-invalid"})
# Two pushes of one call at the same moment, or an upload that broke.
_SHORTEST, _LONGEST = 1.0, 60.0
# Seconds between tries while the service is away.
_SPREAD = 0.25
# Of a pause: many pushers that lost one service do not all come back in the same second.


class Away(Exception):
    """The service takes nothing just now, whatever the file."""

    def __init__(self, slug: str, retry_after: float | None = None, *, answered: bool = False) -> None:
        """`retry_after` is what the service asked for, in seconds; `answered`: it is there and lets nobody in."""
        super().__init__(slug)
        self.slug, self.retry_after, self.answered = slug, retry_after, answered


class _Unknown(Exception):
    """The service has no such recording, or no more."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call to push, with what the ledger knows it by. `sidecar` is deleted with it.

    With `customer`, the customer's own file, `path` is the agent's.
    """

    path: Path
    facts: Mapping[str, Any]
    file: str
    version: str
    row: int | None = None
    sidecar: Path | None = None
    customer: Path | None = None

    @property
    def sounds(self) -> tuple[Path, ...]:
        """Its files of sound, in the order in which they are sent."""
        return (self.path,) if self.customer is None else (self.path, self.customer)


class Hashed:
    """A file that is hashed while it is sent: what was acknowledged is what this says, not what lies there later."""

    def __init__(self, raw: BinaryIO, hasher: Any) -> None:
        """`hasher` is fresh; it is started anew when the file is sent again."""
        self._raw, self._fresh, self._hasher = raw, hasher, hasher.copy()

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes."""
        piece = self._raw.read(size)
        self._hasher.update(piece)
        return piece

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go back to the beginning, which is all that a sender does."""
        self._hasher = self._fresh.copy()
        return self._raw.seek(offset, whence)

    def fileno(self) -> int:
        """Return the descriptor, by which the length is found."""
        return self._raw.fileno()

    def hexdigest(self) -> str:
        """Return the digest of what was read."""
        return str(self._hasher.hexdigest())


class Sender:
    """Pushes files and notes what became of them. Safe for several threads."""

    def __init__(self, client: Client, ledger: Ledger, *, delete: DeleteAfter | None, quiet: bool = False) -> None:
        """`delete` removes a file once that is reached; `quiet` logs only what stops the work."""
        self._client, self._ledger, self._delete, self._quiet = client, ledger, delete, quiet

    @property
    def deletes(self) -> bool:
        """Whether copies are deleted."""
        return self._delete is not None

    def send(self, call: Call) -> Entry:
        """Push a file, note what became of it, and delete it where that is asked for. Raises Away, CannotWrite."""
        entry = self._push(call)
        self._ledger.add(entry)
        if not self._quiet:
            say = log.info if entry.outcome in ACKNOWLEDGED else log.warning
            say(f"push.{entry.outcome}", file=entry.file[:12], slug=entry.slug, recording=entry.recording)
        return self.tidy(call, entry)

    def refuse(self, call: Call, slug: str) -> Entry:
        """Note a file whose facts cannot be read: it is not sent."""
        outcome = Outcome.FAILED if slug == UNREADABLE else Outcome.REFUSED
        entry = Entry(file=call.file, version=call.version, outcome=outcome, slug=slug, row=call.row)
        self._ledger.add(entry)
        log.warning(f"push.{outcome}", file=entry.file[:12], slug=slug)
        return entry

    def tidy(self, call: Call, entry: Entry) -> Entry:
        """Delete the copy of a stored file where that is asked for and it is still what was stored."""
        if self._delete is None or entry.outcome not in ACKNOWLEDGED or entry.copy is Copy.DELETED:
            return entry
        try:
            copy = self._delete_copy(call, entry) if self._may_go(call, entry) else Copy.AWAITED
            error = None
        except _Unknown:
            return self._ask_again(call, entry)
        except FileNotFoundError:  # a kill came between the deletion and its line, or somebody was quicker
            copy, error = Copy.DELETED, None
        except OSError as fault:
            copy, error = Copy.DELETE_FAILED, type(fault).__name__
        if copy is not entry.copy:
            entry = replace(entry, copy=copy)
            self._ledger.add(entry)
            if copy is Copy.AWAITED:
                pass  # nothing is wrong
            elif copy is not Copy.DELETED:
                log.warning(f"push.{copy}", file=entry.file[:12], error=error)
            elif not self._quiet:
                log.info("push.deleted", file=entry.file[:12])
        return entry

    def _may_go(self, call: Call, entry: Entry) -> bool:
        """Ask the service whether the copy is still wanted: no answer means that it is. Raises _Unknown."""
        if self._delete is not DeleteAfter.PUBLISHED or _has_begun_to_go(call, entry):
            return True
        if entry.recording is None:
            return False
        try:
            told = self._client.get_recording(entry.recording).get("sender_copy")
        except ServiceRefused as refusal:
            if refusal.status == _NOT_FOUND and "slug" in refusal.problem:
                raise _Unknown from None
            return False
        except VaitiError:
            return False
        return (
            isinstance(told, Mapping) and told.get("may_be_deleted") is True and told.get("advised_until", "") is None
        )

    def _ask_again(self, call: Call, entry: Entry) -> Entry:
        """Push a file that was stored and that the service knows no more: has the call ended, or was it lost?"""
        digests = (entry.digest or "").split(" ")
        try:
            is_same = [self._digest(path) for path in call.sounds] == digests
            again = self._push(call) if is_same else replace(entry, copy=Copy.CHANGED)
        except (Away, OSError):  # asked at the next look
            return entry
        if again.outcome in ACKNOWLEDGED and again.copy is Copy.KEPT:
            again = replace(again, copy=Copy.AWAITED)
        self._ledger.add(again)
        log.warning(f"push.{again.outcome}", file=again.file[:12], slug=again.slug, recording=again.recording)
        return again

    def _push(self, call: Call) -> Entry:
        def became(outcome: Outcome, slug: str | None = None, **more: Any) -> Entry:
            return Entry(file=call.file, version=call.version, row=call.row, outcome=outcome, slug=slug, **more)

        try:
            beside = self._digest(call.sidecar) if call.sidecar else None
            with ExitStack() as opened:
                files = [opened.enter_context(open_regular(path)) for path in call.sounds]
                sounds = [Hashed(raw, self._ledger.hasher()) for raw in files]
                pushed = self._client.push_sounds(sounds, call.facts)
        except OSError:
            return became(Outcome.FAILED, UNREADABLE)
        except ServiceRefused as refusal:
            return became(*_read_refusal(refusal), receipt=_receipt_of(refusal))
        except (NoService, ServiceBusy, SettingsWrong) as away:
            raise Away(away.slug, getattr(away, "retry_after", None)) from None
        except ServiceFault as fault:  # perhaps only for this file: the next one is tried
            return became(Outcome.FAILED, fault.slug)
        outcome = Outcome.STORED if pushed.created else Outcome.KNOWN
        recording = str(pushed.state.get("id", "")) or None
        digest = " ".join(sound.hexdigest() for sound in sounds)
        return became(outcome, recording=recording, digest=digest, beside=beside)

    def _delete_copy(self, call: Call, entry: Entry) -> Copy:
        """Delete the sidecar, then the sound: what a crash leaves is the file that the ledger knows."""
        if call.sidecar is not None and call.sidecar.exists() and self._digest(call.sidecar) != entry.beside:
            return Copy.CHANGED
        digests = (entry.digest or "").split(" ")
        if len(digests) != len(call.sounds):  # it was stored as another number of files
            return Copy.CHANGED
        pairs = zip(call.sounds, digests, strict=True)
        left = [(path, digest) for path, digest in pairs if os.path.lexists(path)]
        if not left:
            raise FileNotFoundError
        if not all(self._is_what_was_sent(path, digest) for path, digest in left):
            return Copy.CHANGED
        if call.sidecar is not None:
            call.sidecar.unlink(missing_ok=True)
        for path, _ in reversed(left):  # the ledger knows the call by its first file
            path.unlink()
        return Copy.DELETED

    def _is_what_was_sent(self, path: Path, digest: str) -> bool:
        """Tell whether the file still has the bytes that were acknowledged, and was not written to meanwhile."""
        with open_regular(path) as raw:
            opened = os.fstat(raw.fileno())
            if _hash(raw, self._ledger.hasher()) != digest:
                return False
        now = path.lstat()
        return (now.st_size, now.st_mtime_ns) == (opened.st_size, opened.st_mtime_ns)

    def _digest(self, path: Path) -> str:
        with open_regular(path) as raw:
            return _hash(raw, self._ledger.hasher())


def _has_begun_to_go(call: Call, entry: Entry) -> bool:
    """Tell whether a crash came in the middle of a deletion: what was allowed then is done."""
    lost_facts = entry.beside is not None and call.sidecar is None
    return lost_facts or not all(map(os.path.lexists, call.sounds))


@contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """Open a file that is one: a link may lead out of the folder, a pipe would never end. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as raw:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError
        yield raw


def _hash(raw: BinaryIO, hasher: hashlib._Hash) -> str:
    while piece := raw.read(_CHUNK):
        hasher.update(piece)
    return hasher.hexdigest()


def _read_refusal(refusal: ServiceRefused) -> tuple[Outcome, str]:
    """Return what a refusal means for the file. Raises Away when it means the service."""
    if refusal.slug in _ONCE_MORE:
        return Outcome.FAILED, refusal.slug
    is_ours = "slug" in refusal.problem or refusal.status == _TOO_LARGE
    if refusal.status not in _OF_THE_FILE or not is_ours:
        raise Away(refusal.slug, answered=True)
    return Outcome.REFUSED, refusal.slug


def _receipt_of(refusal: ServiceRefused) -> str | None:
    receipt = refusal.problem.get("receipt")
    return str(receipt["id"]) if isinstance(receipt, Mapping) and "id" in receipt else None


class Patience:
    """Waits while the service is away, longer each time; what the service asks for goes before. For several threads."""

    def __init__(self, stop: Event, limit: float | None) -> None:
        """`limit`: give up after so many seconds without an answer. None: never."""
        self._stop, self._limit = stop, limit
        self._delay, self._lock = _SHORTEST, Lock()
        self._since: float | None = None

    def reset(self) -> None:
        """The service answered."""
        with self._lock:
            self._delay, self._since = _SHORTEST, None

    def wait(self, away: Away) -> bool:
        """Wait; return False when it is enough or when everything is to stop."""
        with self._lock:
            now = monotonic()
            self._since = now if self._since is None else self._since
            if self._limit is not None and (away.answered or now - self._since >= self._limit):
                log.error("push.gave-up", slug=away.slug)
                return False
            seconds = max(spread(self._delay), away.retry_after or 0)
            if away.retry_after:  # never before that, and not all at that moment
                seconds += uniform(0, _SPREAD * self._delay)  # noqa: S311 - spreads load, is no secret
            self._delay = min(2 * self._delay, _LONGEST)
        log.warning("push.waiting", slug=away.slug, seconds=seconds)
        return not self._stop.wait(seconds)


def spread(seconds: float) -> float:
    """Return a pause of about so many seconds."""
    return seconds * uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311 - spreads load, is no secret
