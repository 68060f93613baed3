"""The person is told that nothing is done, or that it takes longer: the letter of GDPR Art. 12(3) and 12(4), as a PDF.

Reads: cases. Writes: audit. Next: nothing; the company sends it and keeps it with its letters.

It is made anew from the case each time. What the officer adds in her own words stands in the letter alone: it is kept
nowhere here, and identity codes in it are masked.
"""

from __future__ import annotations

from dataclasses import dataclass

from recordings.beside import LONGEST, without_codes
from recordings.case_errors import NothingToTell
from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.errors import RequestInvalid
from recordings.letter.content import letter_language
from recordings.letter.render import render
from recordings.letter.reply import Reply, is_to_be_told, write_reply
from storage.cases import CaseId, Cases
from storage.ports import AuditLog
from storage.records import AuditEntry, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReply:
    """Writes the letter that a case asks for."""

    cases: Cases
    audit: AuditLog
    controllers: Controllers
    clock: Clock

    def __call__(
        self, scope: Scope, case_id: CaseId, *, actor: str, language: str | None = None, explanation: str = ""
    ) -> bytes:
        """Return the PDF. Raises NotFound, NothingToTell, RequestInvalid for an explanation that is too long."""
        words = without_codes(explanation)
        if len(words) > LONGEST:
            raise RequestInvalid([("explanation", f"up_to_{LONGEST}")])
        case = self.cases.get(scope, case_id)
        if not is_to_be_told(case):
            raise NothingToTell
        controller, now = self.controllers.get(case.controller), self.clock.now()
        reply = Reply(case=case, at=now, language=letter_language(language, controller), explanation=words)
        made = render(write_reply(reply, controller))
        self.audit.append(
            AuditEntry(
                at=now,
                actor=actor,
                action="case.letter-written",
                controller=case.controller,
                case=case.name,
                purpose=case.kind.value,
                detail={"case": case.id, "state": case.state.value},
            )
        )
        return made
