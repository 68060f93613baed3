"""What handlers of the API ask for: each name is one permission (`recordings.permissions`)."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path

from recordings.edge import OPEN, Service, needs, registers
from recordings.identity import Caller
from recordings.permissions import Permission

__all__ = ["OPEN", "OpaqueId", "Service", "registers"]

MayPush = Annotated[Caller, Depends(needs(Permission.CALLS_PUSH))]
MayRead = Annotated[Caller, Depends(needs(Permission.STATES_READ))]
MayList = Annotated[Caller, Depends(needs(Permission.STATES_LIST))]
MayAddFacts = Annotated[Caller, Depends(needs(Permission.CALLS_AMEND))]
MayMeasure = Annotated[Caller, Depends(needs(Permission.METRICS_READ))]
MayHear = Annotated[Caller, Depends(needs(Permission.MASKED_OPEN))]
MaySearch = Annotated[Caller, Depends(needs(Permission.MASKED_SEARCH))]
MayFlag = Annotated[Caller, Depends(needs(Permission.CALLS_FLAG))]
MayMask = Annotated[Caller, Depends(needs(Permission.MASKS_ADD))]
MayReview = Annotated[Caller, Depends(needs(Permission.REVIEW_READ))]
MayReadNotes = Annotated[Caller, Depends(needs(Permission.NOTES_READ))]
MayWriteNotes = Annotated[Caller, Depends(needs(Permission.NOTES_WRITE))]
MayReadCollections = Annotated[Caller, Depends(needs(Permission.COLLECTIONS_READ))]
MayCollect = Annotated[Caller, Depends(needs(Permission.COLLECTIONS_WRITE))]
MayFindCustomers = Annotated[Caller, Depends(needs(Permission.CUSTOMERS_FIND))]
MaySetProfiles = Annotated[Caller, Depends(needs(Permission.PROFILES_SET))]
MayReadClearances = Annotated[Caller, Depends(needs(Permission.CLEARANCES_READ))]
MayClear = Annotated[Caller, Depends(needs(Permission.CLEARANCES_DECIDE))]
MayOpenOriginals = Annotated[Caller, Depends(needs(Permission.ORIGINALS_OPEN))]
MayReadCases = Annotated[Caller, Depends(needs(Permission.CASES_READ))]
MayKeepCases = Annotated[Caller, Depends(needs(Permission.CASES_WRITE))]
MayReadObjections = Annotated[Caller, Depends(needs(Permission.OBJECTIONS_READ))]
MayKeepObjections = Annotated[Caller, Depends(needs(Permission.OBJECTIONS_WRITE))]
MayUsePortal = Annotated[Caller, Depends(needs(Permission.PORTAL_USE))]
MayGiveCalls = Annotated[Caller, Depends(needs(Permission.CASES_GIVE))]
MayErase = Annotated[Caller, Depends(needs(Permission.CALLS_ERASE))]
MayReadHolds = Annotated[Caller, Depends(needs(Permission.HOLDS_READ))]
MayHold = Annotated[Caller, Depends(needs(Permission.HOLDS_PLACE))]
MayRelease = Annotated[Caller, Depends(needs(Permission.HOLDS_RELEASE))]
MayReadReceipts = Annotated[Caller, Depends(needs(Permission.RECEIPTS_READ))]
MayCount = Annotated[Caller, Depends(needs(Permission.COUNTS_READ))]
MayAudit = Annotated[Caller, Depends(needs(Permission.AUDIT_READ))]
OpaqueId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
