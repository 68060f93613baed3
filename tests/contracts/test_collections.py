"""What every store of tags and collections must do: keep them with the call, in its register, and lose them with it."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from storage.collections import CallCollection, Collected, CollectionId, Collections, Tags
from storage.errors import Conflict, NotFound
from storage.ports import Catalog
from storage.records import AuditEntry, Recording, Scope, Stage
from tests.contracts.builders import ETELA, KESKI, NOW, added, an_id, purged

SYSTEM = Scope.system()


def said(action: str = "recording.tagged", *, controller: str = KESKI) -> AuditEntry:
    return AuditEntry(at=NOW, actor="trainer-1", action=action, controller=controller)


def a_collection(
    collections: Collections, name: str = "Hyviä aloituksia", *, controller: str = KESKI
) -> CallCollection:
    made = CallCollection(
        id=CollectionId(uuid4().hex), controller=controller, name=name, about="", made_at=NOW, made_by="trainer-1"
    )
    collections.add(made, audit=said("collection.made", controller=controller))
    return made


def put(collections: Collections, collection: CallCollection, call: Recording, **stretch: float) -> None:
    item = Collected(recording=call.id, added_at=NOW, added_by="trainer-1", **stretch)
    collections.collect(collection, item, audit=said("collection.added", controller=collection.controller))


def test_a_call_has_the_tags_that_it_was_given_last(catalog: Catalog, tags: Tags) -> None:
    call, other = added(catalog), added(catalog)
    tags.put(call, ["hinta", "hyvä"], audit=said())
    tags.put(call, ["hinta", "irtisanominen"], audit=said())
    tags.put(other, ["hinta"], audit=said())
    assert tags.of(SYSTEM, [call.id, other.id]) == {call.id: ["hinta", "irtisanominen"], other.id: ["hinta"]}
    assert tags.counts(SYSTEM) == {"hinta": 2, "irtisanominen": 1}


def test_who_tags_a_call_at_once_with_others_takes_nobodys_tag_away(catalog: Catalog, tags: Tags) -> None:
    call = added(catalog)
    tags.put(call, ["vanha"], audit=said())
    names = [f"tunniste {number}" for number in range(8)]
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda tag: tags.change(call, add=tag, drop="vanha", most=20, audit=said()), names))
    assert tags.of(SYSTEM, [call.id])[call.id] == names
    with pytest.raises(Conflict):
        tags.change(call, add="yksi liikaa", drop=None, most=8, audit=said())
    tags.change(call, add=names[0], drop=None, most=8, audit=said())  # it has it
    tags.change(call, add="vaihto", drop=names[0], most=8, audit=said())
    assert tags.of(SYSTEM, [call.id])[call.id] == [*names[1:], "vaihto"]


def test_tags_stay_in_their_register(catalog: Catalog, tags: Tags) -> None:
    mine, theirs = added(catalog), added(catalog, controller=ETELA)
    tags.put(mine, ["hinta"], audit=said())
    tags.put(theirs, ["sopimus"], audit=said(controller=ETELA))
    assert tags.counts(Scope.of(KESKI)) == {"hinta": 1}
    assert tags.of(Scope.of(KESKI), [mine.id, theirs.id]) == {mine.id: ["hinta"]}


def test_a_call_that_is_gone_takes_no_tag(tags: Tags, catalog: Catalog) -> None:
    call = added(catalog)
    purged(catalog, call)
    with pytest.raises(NotFound):
        tags.put(call, ["hinta"], audit=said())


def test_tags_and_places_in_collections_go_with_their_call(
    catalog: Catalog, tags: Tags, collections: Collections
) -> None:
    call, other = added(catalog, stage=Stage.PUBLISHED), added(catalog)
    collection = a_collection(collections)
    for each in (call, other):
        tags.put(each, ["hinta"], audit=said())
        put(collections, collection, each)
    assert catalog.count_rows([call.id]) == {call.id: 3}
    purged(catalog, call)
    assert catalog.count_rows([call.id]) == {}
    assert tags.counts(SYSTEM) == {"hinta": 1}
    assert [item.recording for item in collections.items(SYSTEM, collection.id)] == [other.id]
    assert collections.get(SYSTEM, collection.id).count == 1


def test_a_collection_is_found_by_its_register_only(collections: Collections) -> None:
    mine, theirs = a_collection(collections), a_collection(collections, controller=ETELA)
    assert [each.id for each in collections.list(Scope.of(KESKI))] == [mine.id]
    with pytest.raises(NotFound):
        collections.get(Scope.of(KESKI), theirs.id)


def test_two_collections_of_a_register_have_two_names(collections: Collections) -> None:
    first, second = a_collection(collections), a_collection(collections, "Vaikeita")
    with pytest.raises(Conflict):
        a_collection(collections, first.name)
    clash = CallCollection(id=second.id, controller=KESKI, name=first.name, about="", made_at=NOW, made_by="trainer-1")
    with pytest.raises(Conflict):
        collections.change(clash, audit=said("collection.changed"))
    assert [each.name for each in collections.list(SYSTEM)] == [first.name, "Vaikeita"]


def test_another_registers_call_is_not_collected(catalog: Catalog, collections: Collections) -> None:
    theirs = added(catalog, controller=ETELA)
    with pytest.raises(NotFound):
        put(collections, a_collection(collections), theirs)


def test_a_call_that_is_there_has_its_stretch_changed(catalog: Catalog, collections: Collections) -> None:
    collection, call = a_collection(collections), added(catalog)
    put(collections, collection, call)
    put(collections, collection, call, start=3.0, end=9.5)
    (item,) = collections.items(SYSTEM, collection.id)
    assert (item.start, item.end) == (3.0, 9.5)


def test_what_is_dropped_or_removed_leaves_the_call(catalog: Catalog, collections: Collections) -> None:
    collection, call = a_collection(collections), added(catalog)
    put(collections, collection, call)
    collections.drop(collection, call.id, audit=said("collection.dropped"))
    with pytest.raises(NotFound):
        collections.drop(collection, call.id, audit=said("collection.dropped"))
    put(collections, collection, call)
    collections.remove(collection, audit=said("collection.removed"))
    assert catalog.get(SYSTEM, call.id) == call
    with pytest.raises(NotFound):
        collections.get(SYSTEM, collection.id)


def test_what_was_never_there_has_no_tags(tags: Tags) -> None:
    assert tags.of(SYSTEM, [an_id()]) == {}
