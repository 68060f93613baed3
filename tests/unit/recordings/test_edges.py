"""Logs, identity and the pages' words."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from recordings import observability
from recordings.controllers import Controllers
from recordings.identity import Gate
from recordings.observability import ALLOWED_KEYS, Unlisted, configure_logging, drop_unlisted, log
from recordings.web.models import view_text
from recordings.web.texts import (
    KINDS,
    LANGUAGES,
    STAGES,
    TEXTS,
    choose_language,
    name_type,
    write_length,
    write_time,
)
from redaction.policy import ENTITY_TYPES
from storage.records import Kind, Stage
from storage.sql import SqlApiKeyStore, SqlSignIns, open_database
from tests.conftest import REFUSED


class Clock:
    at = datetime(2026, 3, 2, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def uptime(self) -> None:
        return None


@pytest.fixture
def in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drop what tests refuse."""
    monkeypatch.setattr(observability, "drop_unlisted", drop_unlisted)


@pytest.mark.usefixtures("in_production")
def test_a_log_line_has_allowed_keys_and_nothing_else() -> None:
    stream = io.StringIO()
    configure_logging(stream)
    log.info("step.ended", recording="a" * 32, slug=None, text="131052-308T", count=3, error={"value": "131052-308T"})
    line = json.loads(stream.getvalue())
    assert set(line) <= ALLOWED_KEYS
    assert {name: value for name, value in line.items() if name != "timestamp"} == {
        "event": "step.ended",
        "level": "info",
        "recording": "a" * 32,
        "slug": None,
        "count": 3,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "hei"},
        {"slug": "Aino Kanäriäinen"},
        {"recording": "+358 40 123 4567"},
        {"error": "no key '131052-308T'"},
        {"count": "131052"},
        {"event": "Aino called"},
    ],
)
def test_what_is_not_on_the_list_is_refused_in_tests_and_dropped_in_production(
    wrong: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    configure_logging(stream)
    event = {"event": "step.ended", **wrong}
    with pytest.raises(Unlisted) as refused:
        log.info(**event)
    REFUSED.clear()
    monkeypatch.setattr(observability, "drop_unlisted", drop_unlisted)
    configure_logging(stream)
    log.info(**event)
    (value,) = wrong.values()
    assert value not in stream.getvalue() + str(refused.value)
    assert json.loads(stream.getvalue())["event"] == ("event.unnamed" if "event" in wrong else "step.ended")


@pytest.mark.usefixtures("in_production")
def test_a_log_line_never_carries_an_exceptions_text() -> None:
    stream = io.StringIO()
    configure_logging(stream)
    try:
        int("131052-308T")
    except ValueError:
        log.exception("step.broke", error="ValueError")
    assert "131052" not in stream.getvalue()


def a_gate(folder: Path, clock: Clock) -> Gate:
    database = open_database(folder / "data" / "catalog.db")
    keys, sign_ins = SqlApiKeyStore(database), SqlSignIns(database)
    return Gate("t" * 43, keys=keys, sign_ins=sign_ins, controllers=Controllers({}), clock=clock)


def test_a_gate_takes_its_token_alone(tmp_path: Path) -> None:
    gate = a_gate(tmp_path, Clock())
    assert gate.accepts("t" * 43)
    assert not gate.accepts("t" * 42)
    assert not gate.accepts("")
    assert gate.find_by_token("x") is None
    caller = gate.find_by_token("t" * 43)
    assert caller is not None
    assert not caller.by_cookie
    assert gate.find_by_session("guess") is None


def test_both_languages_have_the_same_texts() -> None:
    assert set(TEXTS) == set(KINDS) == set(STAGES) == set(LANGUAGES)
    assert set(TEXTS["fi"]) == set(TEXTS["en"])
    for language in LANGUAGES:
        assert set(KINDS[language]) == {kind.value for kind in Kind}
        assert set(STAGES[language]) == {stage.value for stage in Stage} - {"purging", "purged"}


def test_every_entity_type_has_a_finnish_name() -> None:
    assert all(name_type(each, "fi") != each.removeprefix("FI_").replace("_", " ").lower() for each in ENTITY_TYPES)
    assert name_type("SHOE_SIZE", "fi") == "shoe size"
    assert name_type("FI_PERSONAL_IDENTITY_CODE", "en") == "identity code"


@pytest.mark.parametrize(
    ("accept", "language"),
    [("fi-FI,fi;q=0.9", "fi"), ("en-GB,en", "en"), ("sv, fi;q=0.5", "fi"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_the_readers_language_is_chosen(accept: str | None, language: str) -> None:
    assert choose_language(accept) == language


def test_times_and_lengths_are_written_as_people_do() -> None:
    moment = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    assert write_time(moment, "fi") == "1.3.2026 klo 9.05"
    assert write_time(moment, "en") == "1 Mar 2026, 09:05"
    assert [write_length(each) for each in (None, 5.4, 59.6, 600)] == ["-", "0:05", "1:00", "10:00"]


def test_a_masked_line_shows_kinds_in_place_of_masks() -> None:
    pieces = view_text("tunnus on [FI_PERSONAL_IDENTITY_CODE] kiitos", "fi")
    assert [(piece.text, piece.mask) for piece in pieces] == [
        ("tunnus", ""),
        ("on", ""),
        ("", "henkilötunnus"),
        ("kiitos", ""),
    ]


def test_a_log_that_cannot_be_written_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    configure_logging(closed)
    log.info("step.ended", stage="masked")
    configure_logging()
    monkeypatch.setattr("sys.stderr", closed)
    log.info("step.ended", stage="masked")
