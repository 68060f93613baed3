"""What every ObjectStore must do."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.errors import Conflict, NotFound
from storage.ports import ObjectStore

FOLDER = "ab/" + "ab" * 16
NAME = f"{FOLDER}/raw-audio.00000001-0000"


def put(objects: ObjectStore, name: str, content: bytes) -> None:
    with objects.write(name) as out:
        out.write(content)


def names(objects: ObjectStore, prefix: str) -> list[str]:
    return [stored.name for stored in objects.inventory(prefix)]


def test_what_was_written_is_read_back_from_any_place(objects: ObjectStore) -> None:
    put(objects, NAME, b"0123456789")
    with objects.open(NAME) as source:
        source.seek(4)
        assert source.read() == b"456789"


def test_an_object_is_never_replaced(objects: ObjectStore) -> None:
    put(objects, NAME, b"first")
    with pytest.raises(Conflict):
        put(objects, NAME, b"second")
    with objects.open(NAME) as source:
        assert source.read() == b"first"


def test_of_many_writers_of_one_name_exactly_one_wins(objects: ObjectStore) -> None:
    def attempt(number: int) -> bool:
        try:
            put(objects, NAME, b"%d" % number)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(attempt, range(16)))
    assert won.count(True) == 1
    with objects.open(NAME) as source:
        assert source.read() == b"%d" % won.index(True)
    assert names(objects, FOLDER + "/") == [NAME]


def test_a_write_that_fails_leaves_no_object(objects: ObjectStore) -> None:
    def fail() -> None:
        with objects.write(NAME) as out:
            out.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with pytest.raises(NotFound):
        objects.open(NAME)
    assert names(objects, "") == []


def test_an_object_does_not_exist_before_its_write_ends(objects: ObjectStore) -> None:
    with objects.write(NAME) as out:
        out.write(b"whole")
        with pytest.raises(NotFound):
            objects.open(NAME)
    objects.open(NAME).close()


def test_an_unknown_object_is_not_found(objects: ObjectStore) -> None:
    with pytest.raises(NotFound):
        objects.open(NAME)


def test_an_inventory_lists_names_and_sizes_under_a_prefix(objects: ObjectStore) -> None:
    put(objects, NAME, b"12345")
    put(objects, f"{FOLDER}/plan.00000001-0000", b"1")
    put(objects, "cd/other.1", b"1")
    assert {(stored.name, stored.size) for stored in objects.inventory(FOLDER + "/")} == {
        (NAME, 5),
        (f"{FOLDER}/plan.00000001-0000", 1),
    }
    assert names(objects, f"{FOLDER}/raw-audio.") == [NAME]
    assert len(objects.inventory("")) == 3


def test_everything_is_listed_what_begins_alike_at_a_time(objects: ObjectStore) -> None:
    assert [each for some in objects.inventories() for each in some] == []
    for name in (NAME, f"{FOLDER}/plan.00000001-0000", "ab/other", "cd/other.1", "at-the-top", "ab.txt"):
        put(objects, name, b"1")
    with objects.write("ef/half/raw-audio.00000001-0000") as out:
        out.write(bytes(9_000_000))
        found = [[stored.name for stored in some] for some in objects.inventories()]
        assert sorted(name for some in found for name in some) == names(objects, "")
        assert {frozenset(name.partition("/")[0] for name in some if "/" in name) for some in found} == {
            frozenset(),
            *map(frozenset, (["ab"], ["cd"], ["ef"])),
        }
        assert all(some == sorted(some) for some in found)
        assert sorted(name for some in found for name in some if "/" not in name) == ["ab.txt", "at-the-top"]


def test_destroying_a_prefix_leaves_the_neighbours(objects: ObjectStore) -> None:
    put(objects, NAME, b"1")
    put(objects, f"{FOLDER}/raw-audio.00000002-0000", b"1")
    put(objects, f"{FOLDER}/plan.00000001-0000", b"1")
    put(objects, "cd/other.1", b"1")
    assert objects.destroy(f"{FOLDER}/raw-audio.") == 2
    assert objects.destroy(f"{FOLDER}/") == 1
    assert names(objects, "") == ["cd/other.1"]


def test_destroying_nothing_is_no_error(objects: ObjectStore) -> None:
    assert objects.destroy(f"{FOLDER}/") == 0


def test_more_than_a_page_of_objects_is_listed_and_destroyed(objects: ObjectStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: put(objects, f"{FOLDER}/plan.{number:08d}-0000", b""), range(1001)))
    assert len(objects.inventory(f"{FOLDER}/")) == 1001
    assert objects.destroy(f"{FOLDER}/") == 1001
    assert objects.inventory("") == []


def test_everything_cannot_be_destroyed_at_once(objects: ObjectStore) -> None:
    put(objects, NAME, b"1")
    with pytest.raises(ValueError, match="every recording"):
        objects.destroy("")
    assert names(objects, "") == [NAME]


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "A", "a/.tmp-1", "a\x00", "ä"])
def test_a_name_cannot_leave_the_store(objects: ObjectStore, name: str) -> None:
    with pytest.raises(ValueError, match="not an object name"):
        objects.open(name)
    with pytest.raises(ValueError, match="not an object name"), objects.write(name):
        pass
