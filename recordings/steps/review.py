"""A person looks at the doubtful places of a recording and decides; the decision is kept and applied at once.

Reads: masked store (plan with its doubtful places), vault (raw words, of these places only). Writes: audit, before
anything is opened; catalog. Next: detect, which plans by what was decided.

Nothing goes straight from quarantine to being seen: what was decided is planned, masked and verified again. What is
kept of a decision is a position and a shape: word classes, type, rule slugs. Never a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from recordings.audit import about
from recordings.documents import read_json, read_raw_words
from recordings.doubts import DoubtfulPlace, masked_places, read_doubts, shape_of, words_at, words_during
from recordings.engines import Clock
from recordings.errors import NotForReview, OfficerNeeded, PlaceUnknown, Restricted
from recordings.journal import KeepJournal
from recordings.lifecycle import is_reachable, is_usable
from redaction.interchange import plan_from_dict
from redaction.model import Transcript
from storage.errors import NotFound
from storage.masked_store import MaskedStore
from storage.ports import AuditLog, Catalog, JobQueue
from storage.records import (
    AuditEntry,
    Decision,
    DecisionAction,
    Item,
    Recording,
    RecordingId,
    Scope,
    SearchFilter,
    Stage,
)
from storage.vault import Vault

PURPOSE = "review"
REVIEWED = frozenset({Stage.QUARANTINED, Stage.FAILED, Stage.PUBLISHED})


class Verb(StrEnum):
    """What a person may decide."""

    MASK = "mask"  # this place is personal data
    CLEAR = "clear"  # it is none; the privacy officer's word only
    RELEASE = "release"  # none of the doubtful places is; the same
    RETRY = "retry"  # look again, with today's rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Who decides, as the audit log names them, and whether as the privacy officer."""

    actor: str
    officer: bool = False
    case: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A decision about some of the numbered places that `show` lists, or about places that a person names."""

    verb: Verb
    numbers: tuple[int, ...] = ()
    places: tuple[DoubtfulPlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A recording and its doubtful places."""

    recording: Recording
    places: tuple[DoubtfulPlace, ...]
    texts: tuple[str, ...] = ()  # of the places, in their order; only for the person who looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Shows what waits for a person, and takes the person's decision."""

    catalog: Catalog
    vault: Vault
    masked: MaskedStore
    audit: AuditLog
    queue: JobQueue
    clock: Clock
    journal: KeepJournal

    def list(self, scope: Scope, *, only: SearchFilter | None = None, limit: int = 50) -> Sequence[Waiting]:
        """Return what waits in quarantine, newest call first."""
        found = self.catalog.list(scope, only=only, stages=[Stage.QUARANTINED], limit=limit)
        now = self.clock.now()
        return [Waiting(recording=each, places=self._places(each)) for each in found if is_usable(each, now)]

    def show(self, scope: Scope, recording: RecordingId, reviewer: Reviewer, *, words: bool = False) -> Waiting:
        """Return one recording's places: the doubtful ones, or what a published copy masks; with their words on wish.

        Raises NotFound, NotForReview.
        """
        found = self._get(scope, recording)
        if found.stage is Stage.PUBLISHED or words:
            transcript = self._open_words(found, reviewer)
            places = self._places(found, transcript)
            texts = tuple(_text(transcript, each) for each in places) if words else ()
            return Waiting(recording=found, places=places, texts=texts)
        return Waiting(recording=found, places=self._places(found))

    def decide(self, scope: Scope, recording: RecordingId, choice: Choice, reviewer: Reviewer) -> Recording:
        """Keep the decision and send the recording on its way. Raises NotFound, NotForReview, OfficerNeeded, LostClaim.

        Raises PlaceUnknown for a place that is not there.
        """
        found = self._get(scope, recording)
        if choice.verb is Verb.RETRY:
            return self._retry(found, reviewer)
        if choice.verb is not Verb.MASK and not reviewer.officer:
            raise OfficerNeeded
        transcript = self._open_words(found, reviewer)
        decisions = [
            self._decision(found, shape_of(transcript, place), choice, reviewer)
            for place in self._chosen(found, choice, transcript)
        ]
        entries = [self._entry(found, each, choice.verb, reviewer) for each in decisions]
        return self._decide(found, decisions, to=Stage.TRANSCRIBED, audit=entries)

    def _retry(self, recording: Recording, reviewer: Reviewer) -> Recording:
        if recording.stage is Stage.PUBLISHED:
            raise NotForReview
        names = (stored.name for stored in self.vault.inventory(recording.id))
        heard = any(f"/{Item.RAW_WORDS}." in name for name in names)
        entry = self._about(recording, reviewer, decision=Verb.RETRY.value)
        return self._decide(recording, [], to=Stage.TRANSCRIBED if heard else Stage.RECEIVED, audit=[entry])

    def _decide(
        self, recording: Recording, decisions: Sequence[Decision], *, to: Stage, audit: Sequence[AuditEntry]
    ) -> Recording:
        moved = self.catalog.decide(recording, decisions, to=to, audit=audit)
        self.journal.note()
        self.queue.hint(moved, first=True)
        return moved

    def _chosen(self, recording: Recording, choice: Choice, transcript: Transcript) -> Sequence[DoubtfulPlace]:
        places = self._places(recording, transcript)
        if choice.verb is Verb.RELEASE:
            wanted = places if recording.stage is Stage.QUARANTINED else ()
        else:
            if not all(1 <= number <= len(places) for number in choice.numbers):
                raise PlaceUnknown
            wanted = (*(places[number - 1] for number in choice.numbers), *choice.places)
            if choice.verb is Verb.MASK:  # who marks a stretch of sound means its words too
                wanted += tuple(
                    each for named in choice.places if named.first is None for each in words_during(transcript, named)
                )
        if not wanted or not all(_exists(transcript, each) for each in wanted):
            raise PlaceUnknown
        return wanted

    def _decision(self, recording: Recording, place: DoubtfulPlace, choice: Choice, reviewer: Reviewer) -> Decision:
        masks = choice.verb is Verb.MASK
        by_words = place.first is not None
        return Decision(
            recording=recording.id,
            controller=recording.controller,
            at=self.clock.now(),
            actor=reviewer.actor,
            action=DecisionAction.MASK if masks else DecisionAction.CLEAR,
            type=place.type,
            channel=place.channel if by_words else None,
            first=place.first,
            last=place.last,
            # the times of words to be masked are judged and widened as those of any finding are
            start=None if masks and by_words else place.start,
            end=None if masks and by_words else place.end,
            shape=place.shape,
            why=place.why,
        )

    def _get(self, scope: Scope, recording: RecordingId) -> Recording:
        found = self.catalog.get(scope, recording)
        if not is_reachable(found, self.clock.now()):
            raise NotFound
        if found.restricted:
            raise Restricted
        if found.stage not in REVIEWED:
            raise NotForReview
        return found

    def _places(self, recording: Recording, transcript: Transcript | None = None) -> tuple[DoubtfulPlace, ...]:
        try:
            document = read_json(self.masked, recording.id, Item.PLAN)
        except NotFound:  # nothing was planned: detection did not finish, or speech was not heard
            return ()
        if recording.stage is Stage.PUBLISHED:
            return masked_places(plan_from_dict(document), transcript) if transcript is not None else ()
        return read_doubts(document)

    def _open_words(self, recording: Recording, reviewer: Reviewer) -> Transcript:
        """Open the vault, on record. Raises NotForReview when there are no words to open."""
        self.audit.append(self._about(recording, reviewer, action="raw.opened"))
        try:
            return read_raw_words(self.vault, recording.id).transcript
        except NotFound:
            raise NotForReview from None

    def _entry(self, recording: Recording, decision: Decision, verb: Verb, reviewer: Reviewer) -> AuditEntry:
        return self._about(
            recording,
            reviewer,
            decision=verb.value,
            type=decision.type,
            shape=" ".join(decision.shape),
            rules=" ".join(decision.why),
        )

    def _about(
        self, recording: Recording, reviewer: Reviewer, action: str = "review.decided", **detail: str | float
    ) -> AuditEntry:
        entry = about(recording, action, at=self.clock.now(), actor=reviewer.actor, **detail)
        role = {"role": "privacy-officer"} if reviewer.officer else {}
        return AuditEntry(
            at=entry.at,
            actor=entry.actor,
            action=entry.action,
            controller=entry.controller,
            recording=entry.recording,
            case=reviewer.case,
            purpose=PURPOSE,
            detail={**entry.detail, **role},
        )


def _text(transcript: Transcript, place: DoubtfulPlace) -> str:
    return " ".join(transcript.words[index].text for index in words_at(transcript, place))


def _exists(transcript: Transcript, place: DoubtfulPlace) -> bool:
    """Tell whether a place is one of this call: its words, or a time that begins within it."""
    if place.first is not None:
        return any(True for _ in words_at(transcript, place))
    if place.start is None or place.end is None or not 0 <= place.start < place.end:
        return False
    return transcript.duration is None or place.start < transcript.duration
