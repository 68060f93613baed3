"""The audit log in a file: line by line, so that it may be as long as it is, and sealed at its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import rfc8785

from recordings.errors import VaitiError
from recordings.factory import Vaiti
from recordings.receipts import audit_seal
from storage import audit_chain
from storage.errors import Tampered
from storage.receipt_chain import Head
from storage.records import Scope
from workers.files import whole_file


class AuditNotInParts(VaitiError):
    """The audit log has entries of others from before it could be shown in parts. Export the whole log."""

    slug = "audit-not-in-parts"


def export_audit(vaiti: Vaiti, path: Path, *, controller: str | None = None) -> audit_chain.Checked:
    """Write the audit log as `vaiti-audit/1`; of all but one controller's entries only digests, where one is named.

    Raises UnknownController, AuditNotInParts, Tampered for a log that does not hold,
    CannotWrite, Unavailable.
    """
    scope = Scope.system() if controller is None else Scope.of(vaiti.controllers.get(controller).slug)
    head, shown, forgotten = Head(), 0, 0
    vaiti.audit.verify()  # what stands as forgotten was to be
    with whole_file(path) as file:
        for entry, was_forgotten in _entries(vaiti, scope):
            head = audit_chain.follow(head, entry)
            shown += "content" not in entry
            forgotten += was_forgotten
            file.write(rfc8785.dumps(dict(entry)) + b"\n")
        if vaiti.audit.hash_of(head.number) != head.hash:
            raise Tampered(f"audit entry {head.number} is not what was written")
        seal = audit_seal(vaiti.clock.now(), controller=controller, head=head, shown=shown, forgotten=forgotten)
        file.write(rfc8785.dumps(dict(vaiti.signer.sign(seal))) + b"\n")
    return audit_chain.Checked(entries=head.number, shown=shown)


def _entries(vaiti: Vaiti, scope: Scope) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Yield entries as they are shown, and whether what they said was forgotten."""
    for entry in vaiti.audit.walk():
        if "content" in entry:
            yield entry, True
        elif scope.allows(entry["controller"]):
            yield entry, False
        elif "salt" in entry:
            yield audit_chain.hide(entry), False
        else:
            raise AuditNotInParts
