"""Facts from file names by a pattern, and from the columns of a table."""

from zoneinfo import ZoneInfo

import pytest

from recordings.errors import SettingsWrong
from workers.pushing.fields import NotAFact, facts_from_texts
from workers.pushing.names import compile_pattern

HELSINKI = ZoneInfo("Europe/Helsinki")


def test_a_name_gives_the_facts_that_the_pattern_names() -> None:
    pattern = compile_pattern("{started_at}-{queue}-{agent}-{call_id}.wav", HELSINKI)
    assert pattern.read("20260301T093000-service-a17-1772350200.123.wav") == {
        "started_at": "2026-03-01T09:30:00+02:00",
        "queue": "service",
        "agent": "a17",
        "call_id": "1772350200.123",
    }


def test_a_name_of_another_form_is_not_guessed_at() -> None:
    pattern = compile_pattern("{queue}-{started_at:%Y%m%d}-{call_id}.wav", HELSINKI)
    assert pattern.read("service-2026-03-01-1.wav") is None
    assert pattern.read("service-20260301-1.mp3") is None


def test_a_word_of_the_name_can_stand_for_a_fact() -> None:
    pattern = compile_pattern("{direction:out=outbound}-{customer.phone}-{}-{started_at:%s}-{call_id}.wav", None)
    assert pattern.read("out-0401234567-201-1772350200-x.wav") == {
        "direction": "outbound",
        "customer": [{"type": "phone", "value": "0401234567"}],
        "started_at": "2026-03-01T07:30:00+00:00",
        "call_id": "x",
    }
    assert pattern.read("in-0401234567-201-1772350200-x.wav") is None


@pytest.mark.parametrize("caller", ["anonymous", "unknown", "201"])
def test_hidden_callers_are_not_taken_for_one_person(caller: str) -> None:
    pattern = compile_pattern("{customer.phone}_{started_at:%s}_{call_id}.wav", None)
    assert (pattern.read(f"{caller}_1772350200_x.wav") or {}).get("customer") == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("20261025-033000", "2026-10-25T03:30:00+03:00"),  # comes twice: the first
        ("20260329-033000", "2026-03-29T03:30:00+02:00"),  # was skipped
    ],
)
def test_a_local_time_is_read_in_its_zone(said: str, meant: str) -> None:
    pattern = compile_pattern("{started_at:%Y%m%d-%H%M%S}-{call_id}.wav", HELSINKI)
    assert (pattern.read(f"{said}-1.wav") or {})["started_at"] == meant


@pytest.mark.parametrize(
    "pattern",
    [
        "{started_at}.wav",
        "{call_id}.wav",
        "{call_id}-{started_at:%Y%m%d}.wav",  # no zone
        "{call_id}-{started_at:%j}.wav",
        "{call_id}-{call_id}-{started_at}.wav",
        "{call_id.__class__}-{started_at}.wav",
        "{call_id}-{started_at",
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused_at_the_start(pattern: str) -> None:
    with pytest.raises(SettingsWrong):
        compile_pattern(pattern, None)


def test_a_pattern_holds_no_code_and_no_expression() -> None:
    pattern = compile_pattern("(.*)[{call_id}]+{started_at}.wav", None)
    assert pattern.read("(.*)[x]+2026-03-01T09:30:00Z.wav") is not None
    assert pattern.read("anything[x]+2026-03-01T09:30:00Z.wav") is None


def test_a_table_names_several_values_and_reaches_into_what_is_known() -> None:
    texts = {
        "customer.phone": "040 123 4567|+358 50 765 4321",
        "known.name": "Aino Esimerkki",
        "part": "2",
        "queue": " ",
    }
    assert facts_from_texts(texts) == {
        "customer": [{"type": "phone", "value": "040 123 4567"}, {"type": "phone", "value": "+358 50 765 4321"}],
        "known": {"name": ["Aino Esimerkki"]},
        "part": 2,
    }


@pytest.mark.parametrize("texts", [{"started_at": "2026-03-01 09:30"}, {"started_at": "yesterday"}, {"part": "II"}])
def test_what_is_no_fact_is_named_by_its_field(texts: dict[str, str]) -> None:
    with pytest.raises(NotAFact, match=next(iter(texts))):
        facts_from_texts(texts)
