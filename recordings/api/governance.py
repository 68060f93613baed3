"""Answering for it: a person's request, and the receipts of what is gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, StreamingResponse
from pydantic import AwareDatetime

from recordings.api.deps import MayCount, MayOpenOriginals, MayReadReceipts, Service, registers
from recordings.api.schemas import Id, NoticeCountOut, RequestIn
from recordings.errors import RequestTypeUnsupported
from recordings.factory import Vaiti
from recordings.steps.access import AccessRequest
from recordings.streams import answer_archive
from storage.records import CustomerId, RecordingId

router = APIRouter(tags=["governance"])


@router.post("/requests", response_class=StreamingResponse, responses={200: {"content": {"application/zip": {}}}})
def answer_request(body: RequestIn, vaiti: Service, caller: MayOpenOriginals) -> StreamingResponse:
    """Answer an access request with all the customer's calls, unedited, as a zip that the passphrase opens (AES-256).

    A transfer that breaks off is an archive without its end: ask again.
    """
    if body.type != "access":
        raise RequestTypeUnsupported
    request = AccessRequest(
        scope=registers(vaiti, caller),
        customer=CustomerId(body.customer),
        purpose=body.purpose,
        case=body.case,
        actor=caller.actor,
        passphrase=body.passphrase,
        language=body.language,
        confirmed=tuple(map(RecordingId, body.confirmed)),
        left_out=tuple(map(RecordingId, body.left_out)),
        recipient=body.recipient,
        untold=body.untold,
    )
    return stream_archive(vaiti, request)


def stream_archive(vaiti: Vaiti, request: AccessRequest) -> StreamingResponse:
    """Answer with the archive while it is written. Raises what can be refused before the answer begins."""
    access = vaiti.access
    access.find(request)
    return answer_archive(lambda out: access(request, out))


@router.get("/receipts")
def list_receipts(
    vaiti: Service,
    caller: MayReadReceipts,
    recording: Id | None = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> list[Mapping[str, Any]]:
    """List signed receipts, newest first."""
    only = RecordingId(recording) if recording else None
    return [*vaiti.catalog.receipts(registers(vaiti, caller), recording=only, limit=limit)]


@router.get("/notices")
def count_notices(vaiti: Service, caller: MayCount, since: AwareDatetime, until: AwareDatetime) -> list[NoticeCountOut]:
    """Count the calls that began in [since, until) by whether the caller was told that the call is recorded."""
    counts = vaiti.notices.count(registers(vaiti, caller), since=since, until=until)
    return [NoticeCountOut.of(each) for each in counts]


class PemResponse(PlainTextResponse):
    """A key as PEM."""

    media_type = "application/x-pem-file"


@router.get("/receipts/public-key", response_class=PemResponse)
def get_public_key(vaiti: Service, _caller: MayReadReceipts) -> PemResponse:
    """Return the public key (PEM, Ed25519) that receipts are checked with; keep a copy out of the service's reach."""
    return PemResponse(vaiti.signer.public_key())
