"""A privacy officer reads and hears a call as it was, for the case of the person who asked; each opening is on record.

Reads: cases, persons, catalog, vault (raw words, stretches of raw audio). Writes: audit, before anything is opened.
Next: cut and rectify, which this is for.

What is somebody else's in a call can be told by nobody who has not heard it. So the call opens for a case that is under
way, of a person whose references lead to it, and for some hours: sound is played to whoever has opened the page.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from recordings.case_errors import CaseDiffers, IdentityNeeded
from recordings.documents import read_raw_words
from recordings.engines import AudioCodec, Clock
from recordings.errors import PlaceUnknown
from recordings.excerpts import cut_out
from recordings.lifecycle import is_reachable
from redaction.model import Transcript
from storage.cases import Case, CaseId, CaseKind, Cases, CaseState
from storage.errors import KeyGone, NotFound
from storage.persons import Persons
from storage.ports import AuditLog, Catalog
from storage.records import AuditEntry, Item, Recording, RecordingId, Scope
from storage.vault import Vault

KINDS: Final = frozenset({CaseKind.ACCESS, CaseKind.PORTABILITY, CaseKind.RECTIFICATION})
# What needs the words of a call: a copy, or something that is wrong in it.
ACTION: Final = "raw.opened"
OPEN_FOR: Final = timedelta(hours=4)
LONGEST: Final = 60.0
# Seconds of sound in one answer: a page asks for one stretch after the other.
_ENTRIES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Original:
    """A call as it was; no words where it was never transcribed."""

    case: Case
    recording: Recording
    transcript: Transcript | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOriginal:
    """Opens calls of a case's person."""

    cases: Cases
    persons: Persons
    catalog: Catalog
    vault: Vault
    codec: AudioCodec
    audit: AuditLog
    clock: Clock

    def __call__(self, scope: Scope, case: CaseId, recording: RecordingId, *, actor: str) -> Original:
        """Open a call's words. Raises NotFound, IdentityNeeded, CaseDiffers."""
        named, found = self._find(scope, case, recording)
        self.audit.append(
            AuditEntry(
                at=self.clock.now(),
                actor=actor,
                action=ACTION,
                controller=found.controller,
                recording=found.id,
                case=named.name,
                purpose="rectification" if named.kind is CaseKind.RECTIFICATION else "access-request",
            )
        )
        try:
            return Original(named, found, read_raw_words(self.vault, found.id).transcript)
        except KeyGone:  # a purge overtook this read
            raise NotFound from None
        except NotFound:
            return Original(named, found, None)

    def hear(  # noqa: PLR0913 - which stretch, of which call, for which case
        self, scope: Scope, case: CaseId, recording: RecordingId, *, start: float, end: float, actor: str
    ) -> bytes:
        """Return a stretch's sound as PCM WAV, to who has opened the call for this case.

        Raises NotFound, IdentityNeeded, CaseDiffers, PlaceUnknown, BadAudio.
        """
        named, found = self._find(scope, case, recording)
        if not 0 <= start < end <= start + LONGEST:
            raise PlaceUnknown
        since = self.clock.now() - OPEN_FOR
        opened = self.audit.list(Scope.of(found.controller), recording=found.id, limit=_ENTRIES)
        if not any(
            (each.action, each.actor, each.case) == (ACTION, actor, named.name) and each.at >= since for each in opened
        ):
            raise CaseDiffers
        try:
            with closing(self.vault.open(found.id, Item.RAW_AUDIO)) as raw:
                return cut_out(self.codec, raw, start, end)
        except KeyGone:  # a purge overtook this read
            raise NotFound from None

    def _find(self, scope: Scope, case_id: CaseId, recording: RecordingId) -> tuple[Case, Recording]:
        case = self.cases.get(scope, case_id)
        if case.state is CaseState.IDENTITY_AWAITED:
            raise IdentityNeeded
        if case.state is not CaseState.OPEN or case.kind not in KINDS or case.customer is None:
            raise CaseDiffers
        its = Scope.of(case.controller)
        if recording not in {link.recording for link in self.persons.links(its, case.customer)}:
            raise NotFound
        found = self.catalog.get(its, recording)
        if not is_reachable(found, self.clock.now()):
            raise NotFound
        return case, found
