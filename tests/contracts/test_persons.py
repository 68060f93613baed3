"""What every store of persons must do: join, part and join again with a history; shared numbers join nobody."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from storage.amendments import Amendment, Amendments
from storage.errors import Conflict, NotFound
from storage.objections import Objections
from storage.persons import Bond, DecisionId, Evidence, PersonDecision, Persons, Role
from storage.ports import AuditLog, Catalog
from storage.records import CustomerId, Kind, Recording, Reference, Scope
from tests.contracts.builders import ETELA, KESKI, NOW, a_reference, added, an_entry, an_objection, decided, purged

SYSTEM = Scope.system()


def undone(persons: Persons, decision: PersonDecision) -> PersonDecision:
    return persons.undo(SYSTEM, decision.id, at=NOW, by="officer-2", audit=an_entry(action="person.undone"))


def who(catalog: Catalog, reference: Reference) -> CustomerId:
    found = catalog.find_customer(SYSTEM, KESKI, reference)
    assert found is not None
    return found


def calls(catalog: Catalog, reference: Reference) -> set[str]:
    return {each.id for each in catalog.recordings_of(SYSTEM, who(catalog, reference))}


def ids(*recordings: Recording) -> set[str]:
    return {each.id for each in recordings}


def test_references_become_one_person_and_part_again(catalog: Catalog, persons: Persons) -> None:
    phone, number = a_reference(), a_reference("customer_number")
    first, second = added(catalog, references=[phone]), added(catalog, references=[number])
    same = decided(persons, Bond.SAME, phone, number)
    assert calls(catalog, phone) == calls(catalog, number) == ids(first, second)
    third = added(catalog, references=[number])
    assert calls(catalog, phone) == ids(first, second, third)
    undone(persons, same)
    assert (calls(catalog, phone), calls(catalog, number)) == (ids(first), ids(second, third))
    (kept,) = persons.history(SYSTEM, who(catalog, phone))
    assert kept == replace(same, undone_at=NOW, undone_by="officer-2")
    with pytest.raises(Conflict):
        undone(persons, same)


def test_two_who_were_pushed_together_part_and_stay_apart(catalog: Catalog, persons: Persons) -> None:
    wife, husband = a_reference(), a_reference("customer_number")
    own, both = added(catalog, references=[wife]), added(catalog, references=[wife, husband])
    apart = decided(persons, Bond.APART, wife, husband)
    assert (calls(catalog, wife), calls(catalog, husband)) == (ids(own, both), ids(both))
    again = added(catalog, references=[husband, wife])
    assert who(catalog, wife) != who(catalog, husband)
    email = a_reference("email")
    added(catalog, references=[wife, email])
    joined = added(catalog, references=[email, husband])  # not by way of a third either
    assert who(catalog, wife) != who(catalog, husband)
    undone(persons, apart)
    assert calls(catalog, wife) >= ids(own, both, again, joined)


def test_apart_holds_for_whole_persons(catalog: Catalog, persons: Persons) -> None:
    a, b, c, d = (a_reference() for _ in range(4))
    added(catalog, references=[a, b])
    added(catalog, references=[c, d])
    decided(persons, Bond.APART, b, d)
    added(catalog, references=[a, c], started_at=NOW)  # the newest call: those before it count first
    assert who(catalog, b) != who(catalog, d)
    assert who(catalog, a) == who(catalog, b)


def test_a_shared_number_is_no_person_and_joins_nobody(catalog: Catalog, persons: Persons) -> None:
    home, one, other = a_reference(), a_reference("customer_number"), a_reference("customer_number")
    first, second = added(catalog, references=[home, one]), added(catalog, references=[home, other])
    third = added(catalog, references=[home])
    assert who(catalog, one) == who(catalog, other)
    household = decided(persons, Bond.HOUSEHOLD, home)
    assert len({who(catalog, each) for each in (home, one, other)}) == 3
    fourth = added(catalog, references=[other, home])
    assert (calls(catalog, one), calls(catalog, other)) == (ids(first), ids(second, fourth))
    links = persons.links(SYSTEM, who(catalog, one))
    assert {(each.recording, each.shared) for each in links if each.reference == one} == {(first.id, False)}
    by_home = {each.recording for each in links if each.reference == home and each.shared}
    assert by_home == ids(first, second, third, fourth)
    undone(persons, household)
    assert who(catalog, one) == who(catalog, other) == who(catalog, home)


def test_a_companys_number_leads_from_nobody_to_all_who_work_there(catalog: Catalog, persons: Persons) -> None:
    office, one = a_reference(), a_reference("customer_number")
    mine, other = added(catalog, references=[office, one]), added(catalog, references=[office])
    decided(persons, Bond.COMPANY, office)
    assert {each.recording for each in persons.links(SYSTEM, who(catalog, one))} == {mine.id}
    by_office = persons.links(SYSTEM, who(catalog, office))
    assert {each.recording for each in by_office} == {mine.id, other.id}
    assert all(each.shared for each in by_office)


def test_a_link_has_a_role_and_a_wrong_one_goes(catalog: Catalog, persons: Persons, audit: AuditLog) -> None:
    hers, his = a_reference(), a_reference("customer_number")
    call, other = added(catalog, references=[hers, his]), added(catalog, references=[hers])
    (link,) = [each for each in persons.links(SYSTEM, who(catalog, his)) if each.reference == his]
    assert (link.role, link.evidence, link.shared) == (Role.CUSTOMER, Evidence.PUSHED, False)
    entry = an_entry(call, "person.link-corrected", controller=KESKI)
    persons.correct(call.id, hers, Role.REPRESENTATIVE, Evidence.POWER_OF_ATTORNEY, audit=entry)
    (spoke,) = [each for each in persons.links(SYSTEM, who(catalog, hers)) if each.recording == call.id]
    assert (spoke.role, spoke.evidence) == (Role.REPRESENTATIVE, Evidence.POWER_OF_ATTORNEY)
    assert who(catalog, hers) != who(catalog, his)  # who speaks for somebody is not that person
    persons.correct(call.id, hers, None, Evidence.SAID, audit=entry)
    assert (calls(catalog, hers), calls(catalog, his)) == (ids(other), ids(call))
    with pytest.raises(NotFound):
        persons.correct(call.id, hers, None, Evidence.SAID, audit=entry)
    persons.correct(call.id, his, None, Evidence.SAID, audit=entry)
    assert catalog.find_customer(SYSTEM, KESKI, his) is None
    assert [each.action for each in audit.list(SYSTEM, recording=call.id)].count("person.link-corrected") == 3


def test_a_role_that_was_pushed_joins_nobody_of_another_role(catalog: Catalog, persons: Persons) -> None:
    number, hers, his = a_reference("customer_number"), a_reference(), a_reference("email")
    speaking = [replace(each, role="representative") for each in (hers, his)]
    call = added(catalog, references=[number, *speaking])
    assert who(catalog, hers) == who(catalog, his) != who(catalog, number)
    found = {each.reference.type: (each.role, each.evidence) for each in persons.links(SYSTEM, who(catalog, hers))}
    assert found == dict.fromkeys(("phone", "email"), (Role.REPRESENTATIVE, Evidence.PUSHED))
    assert calls(catalog, hers) == calls(catalog, number) == ids(call)
    decided(persons, Bond.APART, hers, a_reference_of(catalog))  # grouped anew, it is the same
    assert who(catalog, hers) == who(catalog, his) != who(catalog, number)


def a_reference_of(catalog: Catalog) -> Reference:
    """A reference that some other call has."""
    other = a_reference()
    added(catalog, references=[other])
    return other


def test_a_link_that_was_wrong_stays_away_until_somebody_takes_that_back(
    catalog: Catalog, persons: Persons, amendments: Amendments
) -> None:
    hers, his = a_reference(), a_reference("customer_number")
    call, other = added(catalog, references=[hers, his]), added(catalog, references=[hers])
    entry = an_entry(call, "person.link-corrected", controller=KESKI)
    persons.correct(call.id, hers, None, Evidence.SAID, audit=entry)

    def again(_: Recording, known: Sequence[Reference]) -> Amendment | None:
        assert set(known) == {hers, his}  # so it is not asked for again
        return Amendment(audit=entry, changes={}, references=[hers])

    amendments.amend(SYSTEM, call.id, again)
    assert calls(catalog, hers) == ids(other)
    persons.correct(call.id, hers, Role.CUSTOMER, Evidence.PERSON, audit=entry)
    assert calls(catalog, hers) == ids(call, other)
    with pytest.raises(NotFound):
        persons.correct(call.id, a_reference(), Role.CUSTOMER, Evidence.PERSON, audit=entry)


def test_an_objection_follows_the_person(catalog: Catalog, persons: Persons, objections: Objections) -> None:
    hers, his = a_reference(), a_reference()
    call = added(catalog, references=[his], kind=Kind.DIRECT_MARKETING)
    objections.add(an_objection(), [hers], audit=an_entry(action="x"))
    added(catalog, references=[hers])
    same = decided(persons, Bond.SAME, hers, his)
    assert catalog.get(SYSTEM, call.id).objected
    undone(persons, same)
    assert not catalog.get(SYSTEM, call.id).objected
    wrong = added(catalog, references=[hers], kind=Kind.DIRECT_MARKETING)
    assert catalog.get(SYSTEM, wrong.id).objected
    persons.correct(wrong.id, hers, None, Evidence.SAID, audit=an_entry(wrong, controller=KESKI))
    assert not catalog.get(SYSTEM, wrong.id).objected


def test_a_decision_goes_with_the_last_call_of_a_reference(catalog: Catalog, persons: Persons) -> None:
    hers, his = a_reference(), a_reference()
    added(catalog, references=[hers])
    last = added(catalog, references=[his])
    decided(persons, Bond.SAME, hers, his)
    purged(catalog, last)
    assert persons.history(SYSTEM, who(catalog, hers)) == []


def test_what_is_not_there_or_decided_already_is_refused(catalog: Catalog, persons: Persons) -> None:
    hers, his = a_reference(), a_reference()
    added(catalog, references=[hers])
    with pytest.raises(NotFound):
        decided(persons, Bond.SAME, hers, his)
    added(catalog, references=[his])
    decided(persons, Bond.SAME, hers, his)
    with pytest.raises(Conflict):
        decided(persons, Bond.SAME, his, hers)
    with pytest.raises(NotFound):
        persons.undo(SYSTEM, DecisionId("f" * 32), at=NOW, by="o", audit=an_entry(action="x"))
    assert persons.links(Scope.of(ETELA), who(catalog, hers)) == []
    assert persons.history(Scope.of(ETELA), who(catalog, hers)) == []
