"""What every register of objections must do: mark calls at once, be followed by its feed, and keep registers apart."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.amendments import Amendment, Amendments
from storage.errors import Conflict, NotFound
from storage.objections import Objection, ObjectionId, ObjectionKind, Objections, Telling
from storage.ports import AuditLog, Catalog, SearchIndex
from storage.records import Kind, Recording, Reference, Scope, SearchFilter
from tests.contracts.builders import (
    ETELA,
    KESKI,
    NOW,
    a_reference,
    added,
    an_entry,
    an_id,
    an_objection,
    published,
    purged,
)

SYSTEM = Scope.system()
MARKETING = {"kind": Kind.DIRECT_MARKETING}
WITHDRAWAL = {"kind": ObjectionKind.CONSENT_WITHDRAWAL, "stops": (Kind.OTHER, Kind.DIRECT_MARKETING)}


def kept(objections: Objections, *references: Reference, **changes: object) -> Objection:
    objection = an_objection(**changes)
    entry = an_entry(action="objection.recorded", controller=objection.controller)
    return objections.add(objection, references, audit=entry)


def marked(catalog: Catalog, recording: Recording) -> bool:
    return catalog.get(SYSTEM, recording.id).objected


def test_calls_that_fall_under_it_are_marked_and_no_others(objections: Objections, catalog: Catalog) -> None:
    hers, phone = a_reference(), a_reference("customer_number")
    call = added(catalog, references=[hers, phone], **MARKETING)
    also = added(catalog, references=[hers], kinds=(Kind.DIRECT_MARKETING,))
    service, other = added(catalog, references=[hers]), added(catalog, references=[a_reference()], **MARKETING)
    kept(objections, phone)
    assert [marked(catalog, each) for each in (call, also, service, other)] == [True, True, False, False]


def test_a_call_that_comes_later_falls_under_it_too(objections: Objections, catalog: Catalog) -> None:
    hers, joined = a_reference(), a_reference("contract")
    kept(objections, hers)  # nobody has called yet
    assert marked(catalog, added(catalog, references=[hers], **MARKETING))
    before = added(catalog, references=[joined], **MARKETING)
    assert not marked(catalog, before)
    added(catalog, references=[hers, joined])  # now it is known who that was
    assert marked(catalog, before)


def test_a_kind_that_is_learnt_later_counts(objections: Objections, catalog: Catalog, amendments: Amendments) -> None:
    hers = a_reference()
    kept(objections, hers)
    call = added(catalog, references=[hers])
    change = Amendment(audit=an_entry(call), changes={"kinds": (Kind.DIRECT_MARKETING,)})
    amendments.amend(SYSTEM, call.id, lambda *_: change)
    assert marked(catalog, call)


def test_what_is_marked_is_not_searched_and_what_is_marked_no_longer_is(
    objections: Objections, catalog: Catalog, index: SearchIndex
) -> None:
    hers = a_reference()
    published(catalog, index, "uusi sopimus", references=[hers], **MARKETING)
    objection = kept(objections, hers)
    assert index.search(SYSTEM, "sopimus", only=SearchFilter(), now=NOW) == []
    assert index.count(SYSTEM, "sopimus", only=SearchFilter(), now=NOW).calls == 0
    objections.change(replace(objection, ended_at=NOW, ended_by="officer-1"), audit=an_entry(action="x"))
    assert len(index.search(SYSTEM, "sopimus", only=SearchFilter(), now=NOW)) == 1


def test_the_feed_gives_each_change_a_number_of_its_own(objections: Objections) -> None:
    first, second = kept(objections, a_reference()), kept(objections, a_reference())
    assert [each.number for each in (first, second)] == [1, 2]
    ended = objections.change(replace(first, ended_at=NOW, ended_by="o"), audit=an_entry(action="x"))
    assert ended.number == 3
    assert [each.id for each in objections.since(SYSTEM, KESKI, 0)] == [second.id, first.id]
    assert [each.id for each in objections.since(SYSTEM, KESKI, 2)] == [first.id]
    assert objections.since(SYSTEM, KESKI, 3) == []
    assert [each.id for each in objections.since(SYSTEM, KESKI, 0, limit=1)] == [second.id]
    with pytest.raises(Conflict):
        objections.change(replace(first, ended_at=NOW), audit=an_entry(action="x"))


def test_objections_that_come_at_once_have_numbers_of_their_own(objections: Objections) -> None:
    with ThreadPoolExecutor(4) as pool:
        numbers = [each.number for each in pool.map(lambda _: kept(objections, a_reference()), range(12))]
    assert sorted(numbers) == list(range(1, 13))


def test_it_is_said_what_a_person_objected_to_by_any_of_her_names(objections: Objections, catalog: Catalog) -> None:
    hers, phone, nobody = a_reference(), a_reference("customer_number"), a_reference()
    added(catalog, references=[hers, phone])
    kept(objections, hers)
    kept(objections, phone, kind=ObjectionKind.PROFILING, stops=())
    ended = kept(objections, hers, kind=ObjectionKind.OPINION_POLLS, stops=())
    objections.change(replace(ended, ended_at=NOW), audit=an_entry(action="x"))
    found = objections.against(SYSTEM, KESKI, [phone, nobody])
    assert found == {phone: {ObjectionKind.DIRECT_MARKETING, ObjectionKind.PROFILING}}


def test_a_withdrawn_consent_names_the_calls_that_rested_on_it_alone(objections: Objections, catalog: Catalog) -> None:
    hers = a_reference()
    alone = added(catalog, references=[hers], kind=Kind.OTHER, kinds=(Kind.DIRECT_MARKETING,))
    both = added(catalog, references=[hers], kind=Kind.OTHER, kinds=(Kind.SERVICE,))
    later = added(catalog, references=[hers], kind=Kind.OTHER, started_at=NOW + timedelta(hours=1))
    objection = kept(objections, hers, **WITHDRAWAL)
    assert objections.withdrawn() == [alone.id]
    assert [marked(catalog, each) for each in (alone, both, later)] == [True, False, False]
    purged(catalog, alone)
    assert objections.withdrawn() == []
    assert objections.get(SYSTEM, objection.id) == objection  # it outlives the calls


def test_an_objection_is_forgotten_with_its_names_and_marks(objections: Objections, catalog: Catalog) -> None:
    hers = a_reference()
    call = added(catalog, references=[hers], **MARKETING)
    objection = kept(objections, hers, forget_on=date(2030, 1, 1))
    assert objections.over(SYSTEM, date(2029, 12, 31)) == []
    assert objections.over(SYSTEM, date(2030, 1, 1)) == [objection]
    objections.forget(objection, audit=an_entry(action="objection.forgotten"))
    assert not marked(catalog, call)
    assert objections.against(SYSTEM, KESKI, [hers]) == {}
    with pytest.raises(NotFound):
        objections.forget(objection, audit=an_entry(action="x"))


def test_it_is_kept_how_far_a_register_was_told(objections: Objections) -> None:
    assert objections.telling(KESKI) == Telling(controller=KESKI)
    telling = Telling(controller=KESKI, told=4, attempts=2, next_at=NOW, failed="webhook-refused")
    objections.keep_telling(telling)
    assert objections.telling(KESKI) == telling
    assert kept(objections, a_reference()).number == 1


def test_registers_are_apart_and_nobody_is_no_person(objections: Objections, catalog: Catalog, audit: AuditLog) -> None:
    hers = a_reference()
    call = added(catalog, references=[hers], controller=ETELA, **MARKETING)
    mine = kept(objections, hers)
    assert not marked(catalog, call)
    assert objections.since(Scope.of(ETELA), KESKI, 0) == []
    with pytest.raises(NotFound):
        objections.get(Scope.of(ETELA), mine.id)
    with pytest.raises(NotFound):
        kept(objections)
    with pytest.raises(NotFound):
        objections.get(SYSTEM, ObjectionId(an_id()))
    assert [each.action for each in audit.list(SYSTEM)].count("objection.recorded") == 1


def test_what_the_journal_says_is_kept_under_its_number_and_what_was_forgotten_goes(
    objections: Objections, catalog: Catalog
) -> None:
    hers, his = a_reference(), a_reference()
    calls = [added(catalog, references=[each], **MARKETING) for each in (hers, his)]
    known = kept(objections, hers)  # the backup has it as number 1; since then it has changed
    ended = replace(known, number=3, ended_at=NOW, ended_by="officer-1")
    since = an_objection(number=2)
    for each, names in ((since, [his]), (ended, [hers]), (since, [his])):
        objections.replay(each, names)
    assert [each.id for each in objections.since(SYSTEM, KESKI, 0)] == [since.id, ended.id]
    assert [marked(catalog, each) for each in calls] == [False, True]
    assert kept(objections, a_reference()).number == 4
    objections.drop(since.id)
    objections.drop(since.id)
    assert not marked(catalog, calls[1])


def test_a_number_that_another_has_in_the_backup_is_given_to_whom_the_journal_gives_it(objections: Objections) -> None:
    first, second = kept(objections, a_reference()), kept(objections, a_reference())
    later = replace(first, number=2)  # the backup's second was forgotten, or comes next in the journal
    objections.replay(later, [a_reference()])
    assert objections.get(SYSTEM, first.id).number == 2
    assert objections.get(SYSTEM, second.id).number > 2
