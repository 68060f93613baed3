"""Finding: words in masked turns, and customers by how the company names them. Bodies only: no address holds a term."""

from __future__ import annotations

from fastapi import APIRouter

from recordings.api.deps import MayFindCustomers, MaySearch, OpaqueId, Service, registers
from recordings.api.schemas import CustomerOut, FindCustomerIn, RecordingList
from recordings.api.search_schemas import (
    AskedIn,
    CountOut,
    ReadyMadeOut,
    SavedSearchOut,
    SaveSearchIn,
    SearchesOut,
    SearchIn,
    SearchOut,
)
from recordings.facts import CustomerReference
from recordings.ready_made import READY_MADE
from storage.errors import NotFound
from storage.records import CustomerId
from storage.saved_searches import SearchId

router = APIRouter(tags=["search"])


@router.post("/search")
def search(body: SearchIn, vaiti: Service, caller: MaySearch) -> SearchOut:
    """Find published recordings in which all the words are said, newest call first."""
    after = None if body.after is None else int(body.after)
    hits = vaiti.search(
        registers(vaiti, caller), body.query, actor=caller.actor, only=body.filter(), limit=body.limit, after=after
    )
    return SearchOut.of(hits, limit=body.limit)


@router.post("/search/count")
def count(body: AskedIn, vaiti: Service, caller: MaySearch) -> CountOut:
    """Count what a search finds, up to 10,000: apart from it, so that the hits need not wait."""
    return CountOut.of(vaiti.search.count(registers(vaiti, caller), body.query, only=body.filter()))


@router.get("/searches")
def list_searches(vaiti: Service, caller: MaySearch) -> SearchesOut:
    """List the caller's own searches, and the ready-made ones."""
    own = [SavedSearchOut.of(each) for each in vaiti.keep_searches.list(caller.actor)]
    return SearchesOut(own=own, ready_made=[ReadyMadeOut.of(each) for each in READY_MADE])


@router.post("/searches", status_code=201)
def save_search(body: SaveSearchIn, vaiti: Service, caller: MaySearch) -> SavedSearchOut:
    """Keep a search for the next time; nobody else sees it, and it goes with the account."""
    plain = body.search.model_dump(mode="json", exclude_defaults=True)
    return SavedSearchOut.of(vaiti.keep_searches.save(body.name, plain, actor=caller.actor))


@router.delete("/searches/{search_id}", status_code=204)
def remove_search(search_id: OpaqueId, vaiti: Service, caller: MaySearch) -> None:
    """Remove one of the caller's own searches."""
    vaiti.keep_searches.remove(SearchId(search_id), actor=caller.actor)


@router.post("/customers/find")
def find_customer(body: FindCustomerIn, vaiti: Service, caller: MayFindCustomers) -> CustomerOut:
    """Return the opaque id of whom a reference names."""
    caller.check_controller(body.controller, vaiti.controllers.scope)
    reference = CustomerReference(type=body.type, value=body.value)
    found = vaiti.search.find_customer(
        registers(vaiti, caller), reference, controller=body.controller, actor=caller.actor
    )
    if found is None:
        raise NotFound
    return CustomerOut(customer=found)


@router.get("/customers/{customer}/recordings")
def list_customer_recordings(customer: OpaqueId, vaiti: Service, caller: MayFindCustomers) -> RecordingList:
    """List a customer's recordings, oldest first."""
    found = vaiti.view.list_of(registers(vaiti, caller), CustomerId(customer))
    return RecordingList.of([*found], overdue_held=vaiti.view.count_overdue(registers(vaiti, caller)))
