"""The daily anchor of a running service, and what `vaiti doctor` says of the anchors."""

from __future__ import annotations

from recordings.errors import VaitiError
from recordings.factory import Vaiti
from recordings.steps.anchor import OLD, Anchor
from storage.anchors import AnchorFolder


class AnchorOld(VaitiError):
    """No anchor was written for two days: a cut end of the audit log would not show. Is the service running?"""

    slug = "anchor-old"


def anchor_for(vaiti: Vaiti) -> Anchor | None:
    """Return what writes anchors; None where no folder was chosen (VAITI_ANCHORS)."""
    if vaiti.settings.anchors is None:
        return None
    folder = AnchorFolder(vaiti.settings.anchors)
    return Anchor(catalog=vaiti.catalog, audit=vaiti.audit, signer=vaiti.signer, clock=vaiti.clock, folder=folder)


def write_anchor(vaiti: Vaiti) -> bool:
    """Write today's anchor where a folder was chosen; tells whether it did. Raises Tampered, Unavailable."""
    anchor = anchor_for(vaiti)
    return anchor is not None and anchor()


def check_anchors(vaiti: Vaiti) -> str:
    """Say how the anchors stand. Raises AnchorOld, Tampered, Unavailable."""
    anchor = anchor_for(vaiti)
    if anchor is None:
        return "none are written (VAITI_ANCHORS): a cut end of the audit log would not show"
    last = anchor.check()
    if last is None or vaiti.clock.now().date() - last > OLD:
        raise AnchorOld
    return f"the audit log and the receipts are those of {last}"
