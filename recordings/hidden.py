"""What was hidden since a backup stays hidden after its restore; what was shown since is asked for again.

A stricter profile, a flag, a refusal, a mask by hand, a copy that was taken out of reach: the journal's acts after the
backup say so, and a replay follows them. It follows none that would let staff see more (a grant, a cleared finding, a
profile set back): a lost line, or a journal that somebody wrote to, can so show nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from pydantic import TypeAdapter

from recordings.audit import about
from recordings.engines import Clock
from redaction.policy import Profile
from storage import crash_points
from storage.errors import NotFound
from storage.journal import Act
from storage.ports import Catalog, SearchIndex
from storage.records import Clearance, Decision, Recording, RecordingId, Reference, Scope, Stage, Tag

ACTOR: Final = "restore"
_OUT_OF_REACH: Final = frozenset({"recording.planned-again", "recording.remasking"})
_WITHHELD: Final = {"recording.flagged": Clearance.WAITING, "clearance.refused": Clearance.REFUSED}
_SHOWN: Final = frozenset({"clear", "release"})
_MASKS: Final = TypeAdapter(tuple[Decision, ...])


class HiddenRows(Protocol):
    """Writes into a catalog that was put back and serves nobody. Each can be done again with the same result."""

    def tighten(self, controller: str, reference: Reference, keep: Callable[[str | None], str], *, id_: str) -> None:
        """Keep what `keep` makes of a person's profile as it is here, under this id."""

    def keep_masks(self, recording: RecordingId, masks: Sequence[Decision]) -> None:
        """Keep what a person masked and what is not known here; nothing where the recording is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What the acts after a backup hide, and how many of them show more."""

    profiles: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # by their ids, as they were last
    withheld: dict[RecordingId, Clearance] = field(default_factory=dict)
    masks: dict[RecordingId, tuple[Decision, ...]] = field(default_factory=dict)
    out_of_reach: set[RecordingId] = field(default_factory=set)
    shown: list[int] = field(default_factory=list)  # their numbers in the audit log

    @classmethod
    def read(cls, acts: Iterable[Act], *, since: int) -> Since:
        """Read the acts after an entry of the audit log."""
        found = cls()
        for act in acts:
            if act.anchor.number > since:
                found._note(act)
        return found

    def _note(self, act: Act) -> None:
        action, recording = act.entry["action"], RecordingId(str(act.entry["recording"]))
        if act.kind == "profile":
            self.profiles[act.body["id"]] = act.body
        elif act.kind == "masks":
            self.masks[recording] = _MASKS.validate_python(act.body["masks"])
        elif action in _OUT_OF_REACH:
            self.out_of_reach.add(recording)
        elif action in _WITHHELD:
            self.withheld[recording] = _WITHHELD[action]
        if _shows(act):
            self.shown.append(act.anchor.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hide:
    """Hides again. Can be done again with the same result."""

    catalog: Catalog
    writes: HiddenRows
    index: SearchIndex
    clock: Clock

    def __call__(self, found: Since) -> int:
        """Hide what is there; returns how many recordings. What was pushed since has to be taken up before."""
        theirs = {each for body in found.profiles.values() for each in self._ask(body)}
        crash_points.reach("replay.profiles-kept")
        for recording, masks in found.masks.items():
            self.writes.keep_masks(recording, masks)
        crash_points.reach("replay.masks-kept")
        withheld = {each for each, clearance in found.withheld.items() if self._withhold(each, clearance)}
        again = {each for each in theirs | found.masks.keys() | found.out_of_reach if self._plan_again(each)}
        return len(withheld | again)

    def _ask(self, body: Mapping[str, Any]) -> Iterator[RecordingId]:
        """Keep a person's profile, the stricter of the journal's and the backup's; yields the person's calls."""
        if not body.get("profile"):
            return  # it was set back, or set anew under another id
        asked = Profile(body["profile"])
        named = Reference(type=body["type"], tag=Tag(body["tag"]))

        def stricter(known: str | None) -> str:
            return max(asked, Profile(known or Profile.STANDARD), key=lambda each: each.rank).value

        self.writes.tighten(body["controller"], named, stricter, id_=body["id"])
        scope = Scope.of(body["controller"])
        customer = self.catalog.find_customer(scope, body["controller"], named)
        if customer is not None:
            yield from (each.id for each in self.catalog.recordings_of(scope, customer))

    def _withhold(self, recording_id: RecordingId, clearance: Clearance) -> bool:
        recording = self._find(recording_id)
        if recording is None:
            return False
        if recording.clearance is not clearance:
            audit = about(recording, "recording.withheld", at=self.clock.now(), actor=ACTOR)
            self.catalog.note(recording, changes={"clearance": clearance}, audit=audit)
            crash_points.reach("replay.withheld")
        return True

    def _plan_again(self, recording_id: RecordingId) -> bool:
        """Take a call out of everybody's reach until its copy was planned, masked and verified anew."""
        recording = self._find(recording_id)
        if recording is None:
            return False
        self.index.remove(recording.id)
        crash_points.reach("replay.words-removed")
        audit = about(recording, "recording.planned-again", at=self.clock.now(), actor=ACTOR)
        return self.catalog.plan_again(recording.id, audit=audit) is not None

    def _find(self, recording: RecordingId) -> Recording | None:
        with suppress(NotFound):
            found = self.catalog.get(Scope.system(), recording)
            return None if found.stage is Stage.PURGING else found
        return None


def _shows(act: Act) -> bool:
    """Tell whether an act lets staff see more."""
    action, detail = act.entry["action"], act.entry["detail"]
    return (
        action == "clearance.granted"
        or (action == "review.decided" and detail.get("decision") in _SHOWN)
        or (action == "customer.profile-set" and detail.get("profile") == Profile.STANDARD)
    )
