"""The table of receipts: each is linked to its controller's last one in the transaction that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from storage.ports import Sealing
from storage.receipt_chain import Head, head_of
from storage.sql.session import ScopedSession
from storage.sql.tables import ReceiptRow


def keep(session: ScopedSession, controller: str, recording: str | None, seal: Sealing) -> Mapping[str, Any]:
    """Let the next receipt of a register be signed and keep it; returns it."""
    session.wait_turn("receipts")
    last = select(ReceiptRow).where(ReceiptRow.controller == controller).order_by(ReceiptRow.number.desc()).limit(1)
    row = session.scalars(last).first()
    receipt = seal(head_of(row.body if row else None).link())
    session.add(ReceiptRow(controller=controller, recording=recording, body=dict(receipt)))
    session.flush()
    return receipt


def heads(session: ScopedSession) -> Mapping[str, Head]:
    """Return the last receipt of each register in the scope."""
    newest = select(func.max(ReceiptRow.number)).group_by(ReceiptRow.controller)
    return {
        row.controller: head_of(row.body)
        for row in session.scalars(select(ReceiptRow).where(ReceiptRow.number.in_(newest)))
    }
