"""The table of receipts: each is linked to its controller's last one in the transaction that keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from storage.ports import Sealing
from storage.receipt_chain import Head, head_of
from storage.sql.session import ScopedSession
from storage.sql.tables import ReceiptRow


def keep(session: ScopedSession, controller: str, recording: str | None, seal: Sealing) -> Mapping[str, Any]:
    """Let the next receipt of a register be signed and keep it; returns it."""
    return keep_all(session, [(controller, recording, seal)])[0]


def keep_all(session: ScopedSession, wanted: Sequence[tuple[str, str | None, Sealing]]) -> Sequence[Mapping[str, Any]]:
    """Let receipts be signed and keep them, in this order, as `keep` does each."""
    session.wait_turn("receipts")
    ends = {controller: _end(session, controller) for controller in {controller for controller, _, _ in wanted}}
    kept = []
    for controller, recording, seal in wanted:
        receipt = seal(ends[controller].link())
        ends[controller] = head_of(receipt)
        session.add(ReceiptRow(controller=controller, recording=recording, body=dict(receipt)))
        kept.append(receipt)
    session.flush()
    return kept


def _end(session: ScopedSession, controller: str) -> Head:
    last = select(ReceiptRow).where(ReceiptRow.controller == controller).order_by(ReceiptRow.number.desc()).limit(1)
    row = session.scalars(last).first()
    return head_of(row.body if row else None)


def heads(session: ScopedSession) -> Mapping[str, Head]:
    """Return the last receipt of each register in the scope."""
    newest = select(func.max(ReceiptRow.number)).group_by(ReceiptRow.controller)
    return {
        row.controller: head_of(row.body)
        for row in session.scalars(select(ReceiptRow).where(ReceiptRow.number.in_(newest)))
    }
