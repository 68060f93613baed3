"""Once a day the heads of the audit log and of the receipts are signed and kept outside.

Reads: audit log, receipts, the folder of anchors. Writes: one file a day there. Next: nothing.

Whoever can write to the database could cut the end off both chains and nobody would know. An anchor is what an auditor
compares with; before a new one is written the service compares with the last one itself.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, timedelta

from recordings.engines import Clock
from recordings.receipts import anchor_body
from storage import receipts
from storage.anchors import AnchorFolder
from storage.errors import Tampered
from storage.ports import AuditLog, Catalog, ReceiptSigner
from storage.records import Scope

OLD = timedelta(days=2)
# One is written each day; a weekend's outage apart, an older one means that nobody writes them.


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Writes the anchor of a day, and tells whether the last one still holds."""

    catalog: Catalog
    audit: AuditLog
    signer: ReceiptSigner
    clock: Clock
    folder: AnchorFolder

    def __call__(self) -> bool:
        """Write today's anchor (UTC) unless it is there; tells whether it did. Raises Tampered, Unavailable."""
        now = self.clock.now().astimezone(UTC)
        if self.folder.has(now.date()):
            return False
        self.check()
        number, head = self.audit.head()
        heads = {controller: asdict(each) for controller, each in self.catalog.receipt_heads(Scope.system()).items()}
        body = anchor_body(now, audit={"number": number, "hash": head}, receipts=heads)
        self.folder.add(now.date(), self.signer.sign(body))
        return True

    def check(self) -> date | None:
        """Compare the audit log with the newest anchor; returns its day, None without one. Raises Tampered."""
        anchors = self.folder.list()
        if not anchors:
            return None
        last = anchors[-1]
        receipts.verify(last, self.signer.public_key(), form=receipts.ANCHOR)
        kept = last["audit"]
        if self.audit.hash_of(kept["number"]) != kept["hash"]:
            raise Tampered(
                f"the audit log is not the one that was anchored on {last['day']}: its end was cut or changed"
            )
        heads = self.catalog.receipt_heads(Scope.system())
        if any(each not in heads or heads[each].number < head["number"] for each, head in last["receipts"].items()):
            raise Tampered(f"there are fewer receipts than were anchored on {last['day']}")
        return date.fromisoformat(last["day"])
