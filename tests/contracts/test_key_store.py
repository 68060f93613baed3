"""What every KeyStore must do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from storage.errors import Conflict, KeyGone
from storage.generations import FIRST, Floors, Generation
from storage.key_tables import DateKeyRow
from storage.keyring import Keyring
from storage.ports import KeyStore
from storage.records import HoldId, Item
from tests.contracts.builders import ETELA, KESKI, an_id

DAY = date(2027, 11, 22)
CASE = HoldId("c" * 32)


def test_a_derived_key_is_stable_and_belongs_to_one_recording_and_purpose(keys: KeyStore) -> None:
    first, second = an_id(), an_id()
    keys.create(first, controller=KESKI, delete_on=DAY)
    keys.create(second, controller=KESKI, delete_on=DAY)
    derived = [keys.derive(r, p) for r in (first, second) for p in ("object/plan/1", "object/plan/2")]
    assert len(set(derived)) == 4
    assert {len(key) for key in derived} == {32}
    assert keys.derive(first, "object/plan/1") == derived[0]


def test_a_second_key_for_a_recording_is_refused(keys: KeyStore) -> None:
    recording = an_id()
    keys.create(recording, controller=KESKI, delete_on=DAY)
    before = keys.derive(recording, "x")
    with pytest.raises(Conflict):
        keys.create(recording, controller=KESKI, delete_on=DAY)
    with pytest.raises(Conflict):
        keys.create(recording, controller=ETELA, delete_on=DAY)
    assert keys.derive(recording, "x") == before


def test_a_destroyed_key_is_gone(keys: KeyStore) -> None:
    recording = an_id()
    keys.create(recording, controller=KESKI, delete_on=DAY)
    assert keys.knows(recording)
    destroyed_at = keys.destroy(recording)
    assert destroyed_at is not None
    assert destroyed_at.tzinfo is not None
    assert not keys.knows(recording)
    with pytest.raises(KeyGone):
        keys.derive(recording, "x")


def test_destroying_a_key_twice_is_no_error_and_says_so(keys: KeyStore) -> None:
    recording = an_id()
    keys.create(recording, controller=KESKI, delete_on=DAY)
    keys.destroy(recording)
    assert keys.destroy(recording) is None


def test_destroying_one_key_leaves_the_others_of_that_day(keys: KeyStore) -> None:
    first, second = an_id(), an_id()
    for recording in (first, second):
        keys.create(recording, controller=KESKI, delete_on=DAY)
    kept = keys.derive(second, "x")
    keys.destroy(first)
    assert keys.derive(second, "x") == kept
    assert list(keys.recordings()) == [second]


def test_floors_only_rise_but_for_a_restore_and_die_with_the_key(keys: KeyStore) -> None:
    recording, other = an_id(), an_id()
    for each in (recording, other):
        keys.create(each, controller=KESKI, delete_on=DAY)
    keys.raise_floor(recording, Item.PLAN, Generation(4, 2))
    keys.raise_floor(recording, Item.PLAN, Generation(3, 9))
    keys.raise_floor(recording, Item.MASKED_AUDIO, Generation(99_999_999, 9_999))
    floors = keys.floors(recording)
    expected = {Item.PLAN: Generation(4, 2), Item.MASKED_AUDIO: Generation(99_999_999, 9_999)}
    assert {item: floors[item] for item in Item} == {**dict.fromkeys(Item, FIRST), **expected}
    assert keys.all_floors() == {recording: floors, other: Floors()}
    keys.lower_floor(recording, Item.PLAN, Generation(2, 0))
    assert keys.floors(recording)[Item.PLAN] == Generation(2, 0)
    keys.destroy(recording)
    assert keys.all_floors() == {other: Floors()}
    with pytest.raises(KeyGone):
        keys.floors(recording)
    with pytest.raises(KeyGone):
        keys.raise_floor(recording, Item.PLAN, Generation(5, 0))


def test_floors_that_are_raised_at_once_are_all_kept(keys: KeyStore) -> None:
    recording = an_id()
    keys.create(recording, controller=KESKI, delete_on=DAY)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda item: keys.raise_floor(recording, item, Generation(2, 0)), [*Item] * 3))
    assert {keys.floors(recording)[item] for item in Item} == {Generation(2, 0)}


def test_many_keys_are_destroyed_at_once_and_those_unknown_are_no_error(keys: KeyStore) -> None:
    doomed, kept = [an_id() for _ in range(30)], an_id()
    for recording in (*doomed, kept):
        keys.create(recording, controller=KESKI, delete_on=DAY)
    keys.destroy_all([*doomed, an_id()])
    assert list(keys.recordings()) == [kept]
    assert keys.derive(kept, "x")


def test_a_held_key_stays_the_same_and_outlives_its_day(keys: KeyStore) -> None:
    held, other, free = an_id(), an_id(), an_id()
    for recording in (held, other, free):
        keys.create(recording, controller=KESKI, delete_on=DAY)
    before = keys.derive(held, "x")
    keys.hold([held, other], hold=CASE)
    assert keys.held() == {held: CASE, other: CASE}
    keys.destroy(free)  # the last of the day
    assert keys.derive(held, "x") == before
    keys.move(other, controller=KESKI, delete_on=DAY)
    assert keys.held() == {held: CASE}
    keys.destroy(held)
    assert (keys.held(), keys.knows(held)) == ({}, False)


def test_a_hold_takes_all_keys_or_none(keys: KeyStore) -> None:
    recording = an_id()
    keys.create(recording, controller=KESKI, delete_on=DAY)
    with pytest.raises(KeyGone):
        keys.hold([recording, an_id()], hold=CASE)
    assert keys.held() == {}
    keys.hold([], hold=CASE)


def test_a_recording_never_had_is_unknown(keys: KeyStore) -> None:
    assert not keys.knows(an_id())
    with pytest.raises(KeyGone):
        keys.derive(an_id(), "x")


def test_a_tag_is_stable_within_a_controller_and_purpose_and_hides_its_value(keys: KeyStore) -> None:
    tag = keys.tag(KESKI, "phone", "0401234567")
    assert tag == keys.tag(KESKI, "phone", "0401234567")
    assert len(tag) == 64
    assert "0401234567" not in tag
    others = {keys.tag(ETELA, "phone", "0401234567"), keys.tag(KESKI, "call", "0401234567")}
    assert tag not in others
    assert len(others) == 2


def test_purpose_and_value_cannot_be_shifted_into_each_other(keys: KeyStore) -> None:
    assert keys.tag(KESKI, "ab", "c") != keys.tag(KESKI, "a", "bc")


def test_tags_agree_when_many_threads_ask_first(keys: KeyStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: keys.tag(KESKI, "phone", "1"), range(32)))) == 1


def test_many_keys_move_to_other_days_at_once_and_stay_the_same(keyring: Keyring) -> None:
    first, second, gone = an_id(), an_id(), an_id()
    for recording in (first, second):
        keyring.create(recording, controller=KESKI, delete_on=DAY)
    before = [keyring.derive(each, "x") for each in (first, second)]
    days = {first: DAY.replace(year=2026), second: DAY.replace(month=1), gone: DAY}
    for _ in range(2):
        keyring.move_all(days, controller=KESKI)
    assert [keyring.derive(each, "x") for each in (first, second)] == before
    with keyring.database.reading() as session:
        assert sorted(session.scalars(select(DateKeyRow.delete_on))) == sorted([days[first], days[second]])
