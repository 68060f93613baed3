"""Finding: words in masked turns, and customers by how the company names them. Bodies only: no address holds a term."""

from __future__ import annotations

from fastapi import APIRouter

from recordings.api.deps import MayFindCustomers, MaySearch, OpaqueId, Service, registers
from recordings.api.schemas import CustomerOut, FindCustomerIn, HitOut, RecordingList, SearchIn, SearchOut
from recordings.facts import CustomerReference
from storage.errors import NotFound
from storage.records import CustomerId

router = APIRouter(tags=["search"])


@router.post("/search")
def search(body: SearchIn, vaiti: Service, caller: MaySearch) -> SearchOut:
    """Find published recordings in which all the words are said."""
    hits = vaiti.search(registers(vaiti, caller), body.query, actor=caller.actor, only=body.filter(), limit=body.limit)
    return SearchOut(hits=[HitOut.of(hit) for hit in hits])


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
