"""A stretch of a call is somebody else's: it is cut from the copy that the person is given, words and sound together.

Reads: catalog, vault (cuts). Writes: vault (cuts), audit. Next: access, which cuts the copy. The original stays whole,
and so do copies for an authority or a claim.

Cutting is the exception, so each cut is a recorded decision with its reason (GDPR Art. 15(4)), and the letter says that
there is one and why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from recordings.beside import MOST, Cut, CutReason, cuts_from_document, cuts_to_document
from recordings.documents import read_json, write_json
from recordings.engines import Clock
from recordings.errors import RequestInvalid, TooMany
from recordings.lifecycle import is_reachable
from storage.amendments import Amendment, Amendments
from storage.errors import KeyGone, NotFound
from storage.ports import Catalog
from storage.records import AuditEntry, Item, Recording, RecordingId, Reference, Scope
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What is cut, in seconds, and why."""

    start: float
    end: float
    reason: CutReason
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepCuts:
    """Decides about cuts. Safe to call from several threads."""

    amendments: Amendments
    catalog: Catalog
    vault: Vault
    clock: Clock

    def list(self, scope: Scope, recording: RecordingId) -> Sequence[Cut]:
        """Return what was decided about a call, oldest first, what was undone too. Raises NotFound."""
        return self._known(self._reachable(self.catalog.get(scope, recording)).id)

    def add(self, scope: Scope, recording: RecordingId, stretch: Stretch, *, actor: str) -> Cut:
        """Cut a stretch from later copies. Raises NotFound, RequestInvalid, TooMany."""
        cut = Cut(
            id=uuid4().hex,
            start=stretch.start,
            end=stretch.end,
            reason=stretch.reason,
            made_at=self.clock.now(),
            by=actor,
            case=stretch.case,
        )

        def change(row: Recording, known: tuple[Cut, ...]) -> tuple[Cut, ...]:
            if not 0 <= cut.start < cut.end or (row.seconds is not None and cut.start >= row.seconds):
                raise RequestInvalid([("start", "before_the_end_and_within_the_call")])
            if len(known) >= MOST:
                raise TooMany
            return (*known, cut)

        self._amend(scope, recording, change, ("cut.decided", cut), actor)
        return cut

    def undo(self, scope: Scope, recording: RecordingId, cut_id: str, *, actor: str) -> Cut:
        """Let later copies have the stretch; the decision stays in the history. Raises NotFound."""
        found = [each for each in self.list(scope, recording) if each.id == cut_id and not each.undone_at]
        if not found:
            raise NotFound
        undone = replace(found[0], undone_at=self.clock.now(), undone_by=actor)

        def change(_row: Recording, known: tuple[Cut, ...]) -> tuple[Cut, ...]:
            return tuple(undone if each.id == cut_id else each for each in known)

        self._amend(scope, recording, change, ("cut.undone", undone), actor)
        return undone

    def _amend(
        self,
        scope: Scope,
        recording: RecordingId,
        change: Callable[[Recording, tuple[Cut, ...]], tuple[Cut, ...]],
        act: tuple[str, Cut],
        actor: str,
    ) -> None:
        def seal(row: Recording, _known: Sequence[Reference]) -> Amendment:
            cuts = change(self._reachable(row), self._known(row.id))
            write_json(self.vault, row, Item.CUTS, cuts_to_document(cuts))
            action, cut = act
            audit = AuditEntry(
                at=self.clock.now(),
                actor=actor,
                action=action,
                controller=row.controller,
                recording=row.id,
                case=cut.case,
                purpose=cut.reason.value,
                detail={"cut": cut.id, "seconds": round(cut.end - cut.start, 3)},
            )
            return Amendment(audit=audit, changes={})

        self.amendments.amend(scope, recording, seal)

    def _reachable(self, recording: Recording) -> Recording:
        if not is_reachable(recording, self.clock.now()):
            raise NotFound
        return recording

    def _known(self, recording: RecordingId) -> tuple[Cut, ...]:
        try:
            return cuts_from_document(read_json(self.vault, recording, Item.CUTS))
        except KeyGone:  # a purge overtook this read
            raise NotFound from None
        except NotFound:
            return ()
