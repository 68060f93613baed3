"""The calls that failed, for an operator: which, where and why, and back to work with them when its cause is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from recordings.factory import Vaiti
from recordings.lifecycle import is_usable
from recordings.steps.review import Choice, Reviewer, Verb
from storage.records import Recording, Scope, Stage
from workers.runner import Outcome, attempt

MOST = 10_000
# Calls that one look shows, and one order sends back.


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One call that failed. `stage` is where it was before; None for what failed before that was kept."""

    recording: Recording
    at: datetime | None
    stage: str | None


def failures(vaiti: Vaiti, scope: Scope, *, slug: str | None = None, limit: int = MOST) -> Sequence[Failure]:
    """Return what failed, with this slug only where one is given, newest call first. Raises Unavailable."""
    return [_failure(vaiti, scope, each) for each in _failed(vaiti, scope, slug)[:limit]]


def retry_failed(vaiti: Vaiti, scope: Scope, *, slug: str, actor: str) -> tuple[int, int]:
    """Send every call that failed with this slug back to work; returns how many, and how many could not be sent.

    Who works on them are the workers that run; none is worked on here. Raises Unavailable.
    """
    who, choice = Reviewer(actor=actor), Choice(verb=Verb.RETRY)
    found = _failed(vaiti, scope, slug)
    tried = [attempt(lambda each=each: vaiti.review.decide(scope, each.id, choice, who)) for each in found]  # type: ignore[misc]
    done = sum(each.outcome is Outcome.DONE for each in tried)
    return done, len(tried) - done


def _failed(vaiti: Vaiti, scope: Scope, slug: str | None) -> list[Recording]:
    now = vaiti.clock.now()
    found = vaiti.catalog.list(scope, stages=[Stage.FAILED], limit=MOST)
    return [each for each in found if is_usable(each, now) and slug in {None, each.slug}]


def _failure(vaiti: Vaiti, scope: Scope, recording: Recording) -> Failure:
    entries = vaiti.audit.list(scope, recording=recording.id)
    ended = next((entry for entry in entries if entry.action == "recording.failed"), None)
    stage = ended.detail.get("stage") if ended else None
    return Failure(recording=recording, at=ended.at if ended else None, stage=str(stage) if stage else None)
