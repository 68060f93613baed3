"""What a push says of a call: strict, and refused by field and rule, never by value."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordings.errors import FactsInvalid, StartedInFuture
from recordings.facts import MAX_FACTS_BYTES, Facts, check_start, normal_reference, parse_facts, without_known

LEAST: dict[str, Any] = {
    "controller": "kuopio",
    "kind": "service",
    "call_id": "pbx-1",
    "started_at": "2026-03-01T10:00:00+02:00",
}


def parse(**changes: Any) -> Facts:
    return parse_facts(json.dumps({**LEAST, **changes}).encode())


def problems(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(FactsInvalid) as refused:
        parse(**changes)
    assert "pbx-1" not in str(refused.value)
    return list(refused.value.problems)


def test_the_least_facts_are_enough_and_keep_their_offset() -> None:
    facts = parse()
    assert (facts.part, facts.channels, facts.zone_offset) == (1, (), 7200)


@pytest.mark.parametrize("name", LEAST)
def test_each_of_the_four_is_needed(name: str) -> None:
    with pytest.raises(FactsInvalid) as refused:
        parse_facts(json.dumps({key: value for key, value in LEAST.items() if key != name}).encode())
    assert list(refused.value.problems) == [(name, "missing")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"started_at": "2026-03-01T10:00:00"}, "started_at"),
        ({"started_at": "2026-03-01"}, "started_at"),
        ({"started_at": 1772352000}, "started_at"),
        ({"started_at": "1772352000"}, "started_at"),
        ({"started_at": "2026-13-01T10:00:00Z"}, "started_at"),
        ({"part": 0}, "part"),
        ({"part": "1"}, "part"),
        ({"part": True}, "part"),
        ({"call_id": "x" * 201}, "call_id"),
        ({"channels": ["boss"]}, "channels.0"),
        ({"channels": ["agent"] * 9}, "channels"),
        ({"language": "finnish"}, "language"),
        ({"queue": "a\nb"}, "queue"),
        ({"customer": [{"type": "shoe_size", "value": "43"}]}, "customer.0.type"),
        ({"known": {"name": [1]}}, "known.name.0"),
        ({"customer": {"phone": "040"}}, "customer"),
    ],
)
def test_wrong_facts_are_named_by_field(changes: dict[str, Any], field: str) -> None:
    assert [place for place, _ in problems(**changes)] == [field]


def test_an_unknown_field_is_refused_without_its_name() -> None:
    assert problems(**{"0401234567": "Aino"}) == [("facts", "extra_forbidden")]
    assert problems(known={"0401234567": "Aino"}) == [("known", "extra_forbidden")]


@pytest.mark.parametrize("document", [b"", b"null", b"[]", b"{", b'"x"', b"\xff\xfe"])
def test_what_is_no_object_is_refused(document: bytes) -> None:
    with pytest.raises(FactsInvalid):
        parse_facts(document)


def test_facts_have_a_largest_size() -> None:
    with pytest.raises(FactsInvalid):
        parse_facts(b" " * (MAX_FACTS_BYTES + 1))


def test_one_known_answer_may_be_written_without_a_list() -> None:
    assert parse(known={"name": "Aino", "phone": ["040", "050"]}).known.name == ("Aino",)


def test_the_known_answers_can_be_dropped() -> None:
    facts = parse(known={"name": "Aino"}).model_dump(mode="json")
    assert "Aino" not in json.dumps(without_known(facts))


def test_a_call_may_start_ten_minutes_ahead_and_no_more() -> None:
    now = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    check_start(now + timedelta(minutes=10), now)
    with pytest.raises(StartedInFuture):
        check_start(now + timedelta(minutes=10, seconds=1), now)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("phone", ["040 123 4567", "+358 40 1234567", "00358401234567", "(040) 123-4567"]),
        ("email", ["Aino@Posti.fi", " aino@posti.fi"]),
        ("metering_point", ["6439 9999 0000 0000 15", "643999990000000015"]),
        ("contract", ["ab-12/3", "AB123"]),
    ],
)
def test_one_reference_written_in_several_ways_is_one(kind: str, written: list[str]) -> None:
    assert len({normal_reference(kind, value) for value in written}) == 1


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_facts_or_refused(document: bytes) -> None:
    with suppress(FactsInvalid):
        parse_facts(document)


@given(st.sampled_from(["phone", "email", "contract"]), st.text(min_size=1, max_size=50))
def test_any_reference_has_a_normal_form_that_stays(kind: str, value: str) -> None:
    once = normal_reference(kind, value)
    assert normal_reference(kind, once) == once or kind == "phone"
