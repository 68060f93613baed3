"""What becomes of work that goes wrong, decided once.

Five outcomes: the recording cannot be used (it fails with a slug), somebody else owns it now (what was made is
dropped), a store does not answer (wait and try again), a process that it needed was killed (a death like the worker's
own), and anything else, which is our fault: it fails with the slug
`fault` and the exception's class in the log. A message may quote what was said, so no message is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from recordings.errors import DecoderStopped, VaitiError
from redaction.errors import RedactionError
from storage.errors import LostClaim, StorageError, Unavailable

Result = TypeVar("Result")


class Outcome(StrEnum):
    """What to do about work that was tried."""

    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"
    WAIT = "wait"
    DIED = "died"


@dataclass(frozen=True, slots=True)
class Tried(Generic[Result]):
    """The outcome of one piece of work; `result` only when it is done, `slug` and `error` only when it is not."""

    outcome: Outcome
    result: Result | None = None
    slug: str | None = None
    error: str | None = None  # the exception's class; never its text


def attempt(work: Callable[[], Result]) -> Tried[Result]:
    """Do the work and say what became of it. Nothing that is raised gets past here but the wish to stop."""
    try:
        return Tried(Outcome.DONE, result=work())
    except LostClaim as fault:
        return Tried(Outcome.DROPPED, slug=fault.slug, error=type(fault).__name__)
    except Unavailable as fault:
        return Tried(Outcome.WAIT, slug=fault.slug, error=type(fault).__name__)
    except DecoderStopped as fault:
        return Tried(Outcome.DIED, slug=fault.slug, error=type(fault).__name__)
    except (VaitiError, RedactionError, StorageError) as fault:
        return Tried(Outcome.FAILED, slug=fault.slug, error=type(fault).__name__)
    except Exception as fault:  # noqa: BLE001 - the one broad except: a bug in one call must not stop all others
        return Tried(Outcome.FAILED, slug="fault", error=type(fault).__name__)
