"""What every Catalog must do with references: who called is one customer, whatever names were used."""

import pytest

from storage.errors import NotFound
from storage.ports import Catalog
from storage.records import Scope
from tests.contracts.builders import ETELA, KESKI, a_reference, added, an_id, purged

SYSTEM = Scope.system()


def test_references_of_one_push_are_one_customer(catalog: Catalog) -> None:
    phone, number = a_reference("phone"), a_reference("customer_number")
    recording = added(catalog, references=[phone, number, phone])
    customer = catalog.find_customer(SYSTEM, KESKI, phone)
    assert customer is not None
    assert catalog.find_customer(SYSTEM, KESKI, number) == customer
    assert catalog.recordings_of(SYSTEM, customer) == [recording]


def test_a_known_reference_brings_a_new_one_to_its_customer(catalog: Catalog) -> None:
    phone, email = a_reference("phone"), a_reference("email")
    first = added(catalog, references=[phone])
    customer = catalog.find_customer(SYSTEM, KESKI, phone)
    assert customer is not None
    second = added(catalog, references=[phone, email])
    assert catalog.find_customer(SYSTEM, KESKI, email) == customer
    assert {r.id for r in catalog.recordings_of(SYSTEM, customer)} == {first.id, second.id}


def test_a_push_that_names_two_customers_merges_them_into_the_smallest_id(catalog: Catalog) -> None:
    references = [a_reference() for _ in range(3)]
    calls = [added(catalog, references=[reference]) for reference in references]
    before = [catalog.find_customer(SYSTEM, KESKI, reference) for reference in references]
    calls.append(added(catalog, references=references))
    kept = min(customer for customer in before if customer)
    assert {catalog.find_customer(SYSTEM, KESKI, reference) for reference in references} == {kept}
    assert {r.id for r in catalog.recordings_of(SYSTEM, kept)} == {r.id for r in calls}
    for customer in before:
        if customer and customer != kept:
            with pytest.raises(NotFound):
                catalog.recordings_of(SYSTEM, customer)


def test_the_same_type_and_tag_of_another_controller_is_another_customer(catalog: Catalog) -> None:
    phone = a_reference()
    added(catalog, references=[phone])
    added(catalog, references=[phone], controller=ETELA)
    assert catalog.find_customer(SYSTEM, KESKI, phone) != catalog.find_customer(SYSTEM, ETELA, phone)


def test_a_reference_goes_with_its_last_recording(catalog: Catalog) -> None:
    phone, email = a_reference("phone"), a_reference("email")
    first = added(catalog, references=[phone])
    second = added(catalog, references=[phone, email])
    customer = catalog.find_customer(SYSTEM, KESKI, phone)
    assert customer is not None
    purged(catalog, second)
    assert catalog.find_customer(SYSTEM, KESKI, email) is None
    assert catalog.recordings_of(SYSTEM, customer) == [first]
    purged(catalog, first)
    assert catalog.find_customer(SYSTEM, KESKI, phone) is None
    with pytest.raises(NotFound):
        catalog.recordings_of(SYSTEM, customer)


def test_a_call_without_references_belongs_to_nobody(catalog: Catalog) -> None:
    added(catalog)
    with pytest.raises(NotFound):
        catalog.recordings_of(SYSTEM, an_id())  # type: ignore[arg-type]
