"""The copies that a person asked for, made within her case: whose they are is proved first, and the case says when.

An archive that was not written to its end is not noted: the case waits for another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from recordings.measured import Measured
from recordings.steps.access import Access, AccessRequest, Progress, Purpose
from recordings.steps.cases import KeepCases
from storage.cases import Case, CaseId
from storage.records import RecordingId, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOrder:
    """Which case's pack, its passphrase and language, and of the doubtful calls those that are hers and are not."""

    scope: Scope
    case: CaseId
    actor: str
    passphrase: str | None = field(repr=False)  # None: by a link of hers, over TLS
    language: str | None = None
    confirmed: tuple[RecordingId, ...] = ()
    left_out: tuple[RecordingId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WritePack:
    """Writes the archive of a case of access or portability, and notes on the case that it was written."""

    cases: KeepCases
    access: Access

    def check(self, order: PackOrder) -> Case:
        """Return the case whose pack can be written now.

        Raises NotFound, IdentityNeeded, CaseDiffers, PassphraseShort, NothingToGive, ConfirmationNeeded.
        """
        case = self.cases.releasable(order.scope, order.case, by_link=order.passphrase is None)
        self.access.find(_request(case, order))
        return case

    def __call__(self, order: PackOrder, out: BinaryIO, progress: Progress | None = None) -> dict[str, Any]:
        """Write the archive to `out`, which need not seek; returns its manifest. Raises as `check` and storage do."""
        case = self.check(order)
        measured = Measured(out)
        try:
            manifest = self.access(_request(case, order), cast("BinaryIO", measured), progress)
        except ValueError as error:  # the zip complains that it is not whole, and hides that the disk is full
            if isinstance(error.__context__, OSError):
                raise error.__context__ from None
            raise
        self.cases.packed(case, calls=len(manifest["calls"]), sha256=measured.digest, actor=order.actor)
        return manifest


def _request(case: Case, order: PackOrder) -> AccessRequest:
    return AccessRequest(
        scope=Scope.of(case.controller),
        customer=case.customer,
        purpose=Purpose.ACCESS_REQUEST,
        case=case.name,
        actor=order.actor,
        passphrase=order.passphrase,
        language=order.language,
        confirmed=order.confirmed,
        left_out=order.left_out,
    )
