"""Today's rules look through what is published already; what they find besides is masked, and who had it is listed.

Reads: vault (raw words, raw facts), masked store (plan), audit. Writes: catalog, search index. Next: detect, for what
has to be masked again; nothing for the rest.

A recording in which more is found is out of everybody's reach from that moment until its new copy is verified: the old
copy is known to tell something. The step that plans then adds to the plan; nothing is ever taken out of one here. Which
rules looked last is on the recording's row, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from recordings.audit import WORKER, about
from recordings.documents import read_json, read_raw_words
from recordings.engines import Clock, Detector
from recordings.lifecycle import flag, is_usable
from recordings.planning import NOT_ENABLED, Call, digest_rules, listen_for_notice, plan_call
from recordings.policies import Policies
from redaction.decided import fits_words
from redaction.interchange import plan_from_dict
from redaction.model import Plan, Window
from redaction.talk import find_topics
from storage.errors import NotFound
from storage.masked_store import MaskedStore
from storage.ports import AuditLog, Catalog, SearchIndex
from storage.records import AuditEntry, Item, Recording, RecordingId, Scope, SearchFilter, Stage
from storage.vault import Vault

PAGE = 200
MOST_ENTRIES = 100_000
FOUND_MORE = "recording.remasking"
OPENED = {"masked-audio.opened": "audio", "masked-words.opened": "words"}
LEAST = 0.01
# Seconds: what differs by less is rounding.


class Looked(StrEnum):
    """What came of one recording."""

    CURRENT = "current"  # today's rules had looked through it before
    SAME = "same"  # they find nothing more
    MORE = "more"  # they do: it is planned and masked again
    GONE = "gone"  # it is not published any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """Who had opened a recording before it was masked again, how often, and when; no audit entry says which seconds."""

    actor: str
    audio: int
    words: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Newly:
    """What is newly masked in one recording, before the second look adds to it, and who may have had it."""

    recording: RecordingId
    at: datetime
    words: int
    seconds: float
    openers: tuple[Opener, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remask:
    """Looks through one recording. Safe to run beside everything else."""

    catalog: Catalog
    vault: Vault
    masked: MaskedStore
    detector: Callable[[], Detector]
    policies: Policies
    index: SearchIndex
    audit: AuditLog
    clock: Clock

    def list(self, scope: Scope, only: SearchFilter, *, published: bool = True) -> Sequence[RecordingId]:
        """Return the recordings of a range, those that are published or all, newest call first."""
        stages = [Stage.PUBLISHED] if published else []
        found: list[RecordingId] = []
        while True:
            last = found[-1] if found else None
            try:
                page = self.catalog.list(scope, only=only, stages=stages, limit=PAGE, before=last)
            except NotFound:  # the last one of the page before was purged meanwhile
                found = []
                continue
            found += [each.id for each in page]
            if len(page) < PAGE:
                return found

    def __call__(self, scope: Scope, recording_id: RecordingId) -> Looked:
        """Look through one recording. Raises RedactionError when the rules did not finish; nothing is changed then."""
        try:
            recording = self.catalog.get(scope, recording_id)
        except NotFound:
            return Looked.GONE
        if recording.stage is not Stage.PUBLISHED or not is_usable(recording, self.clock.now()):
            return Looked.GONE
        terms = self.policies(recording, read_json(self.vault, recording.id, Item.RAW_FACTS))
        rules = digest_rules(terms)
        if recording.rules == rules:
            return Looked.CURRENT
        before = plan_from_dict(read_json(self.masked, recording.id, Item.PLAN))
        raw = read_raw_words(self.vault, recording.id)
        decisions = tuple(self.catalog.decisions(Scope.system(), recording.id))
        call = Call(raw=raw, seconds=recording.seconds, before=before, decisions=decisions)
        plan = plan_call(call, terms, self.detector())
        words, seconds = _newly_masked(before, plan)
        if not words and seconds < LEAST and NOT_ENABLED not in plan.reasons:
            self._note(recording, rules, flag(recording, find_topics(raw.transcript.words)), listen_for_notice(raw))
            return Looked.SAME
        self._mask_again(recording, rules, words, seconds)
        return Looked.MORE

    def report(self, recordings: Iterable[RecordingId], since: datetime) -> Sequence[Newly]:
        """Return what was newly masked in these recordings since then, from the audit log, and who had opened them."""
        found = (self._newly(each, since) for each in recordings)
        return [each for each in found if each is not None]

    def openers(self, scope: Scope, recording: RecordingId) -> tuple[Opener, ...]:
        """Return who has had a recording's masked sound or words, from the audit log."""
        return _openers(self.audit.list(scope, recording=recording, limit=MOST_ENTRIES))

    def record(self, action: str, *, actor: str, **counts: str | float) -> None:
        """Write an entry about the run itself."""
        self.audit.append(AuditEntry(at=self.clock.now(), actor=actor, action=action, detail=counts))

    def _note(self, recording: Recording, rules: str, flagged: Mapping[str, Any], notice: Mapping[str, Any]) -> None:
        """Keep which rules looked last. A topic that they know now takes the call from staff until it is cleared."""
        action = "recording.flagged" if flagged else "recording.looked-through"
        audit = about(recording, action, at=self.clock.now(), rules=rules)
        self.catalog.note(recording, changes={"rules": rules, **flagged, **notice}, audit=audit)

    def _mask_again(self, recording: Recording, rules: str, words: int, seconds: float) -> None:
        audit = about(
            recording,
            FOUND_MORE,
            at=self.clock.now(),
            actor=WORKER,
            rules=rules,
            words=words,
            seconds=seconds,
        )
        self.catalog.move(recording, to=Stage.TRANSCRIBED, audit=audit)
        self.index.remove(recording.id)  # nobody finds it any more; now its words are gone from there as well

    def _newly(self, recording: RecordingId, since: datetime) -> Newly | None:
        entries = self.audit.list(Scope.system(), recording=recording, limit=MOST_ENTRIES)
        mine = [entry for entry in entries if entry.action == FOUND_MORE and entry.at >= since]
        if not mine:
            return None
        first = mine[-1]  # newest first: those who opened it before the first of them had what all of them added
        return Newly(
            recording=recording,
            at=first.at,
            words=sum(int(entry.detail["words"]) for entry in mine),
            seconds=round(sum(float(entry.detail["seconds"]) for entry in mine), 3),
            openers=_openers(entry for entry in entries if entry.at <= mine[0].at),
        )


def _openers(entries: Iterable[AuditEntry]) -> tuple[Opener, ...]:
    opened: dict[str, list[AuditEntry]] = {}
    for entry in entries:
        if entry.action in OPENED:
            opened.setdefault(entry.actor, []).append(entry)
    return tuple(
        Opener(
            actor=actor,
            audio=sum(OPENED[entry.action] == "audio" for entry in mine),
            words=sum(OPENED[entry.action] == "words" for entry in mine),
            first=min(entry.at for entry in mine),
            last=max(entry.at for entry in mine),
        )
        for actor, mine in sorted(opened.items())
    )


def _newly_masked(before: Plan, after: Plan) -> tuple[int, float]:
    """Return how many words and seconds the new plan masks that the old one does not."""
    words = after.masked_words
    hidden = _hidden(before) if fits_words(before, words) else frozenset()
    return len(_hidden(after) - hidden), round(sum(_outside(each, before.windows) for each in after.windows), 3)


def _hidden(plan: Plan) -> frozenset[int]:
    return frozenset(
        index
        for finding in plan.findings
        for index in range(finding.first, finding.last + 1)
        if index < len(plan.masked_words) and plan.masked_words[index].channel == finding.channel
    )


def _outside(window: Window, others: Sequence[Window]) -> float:
    """Return the seconds of a window that no other one cuts on all its channels; others are in order."""
    left, at = 0.0, window.start
    for other in others:
        if other.end <= at or other.start >= window.end or not set(window.channels) <= set(other.channels):
            continue
        left += max(0.0, other.start - at)
        at = max(at, other.end)
    return left + max(0.0, window.end - at)
