"""Logs and identity."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from recordings import observability
from recordings.controllers import Controllers
from recordings.identity import Gate
from recordings.observability import ALLOWED_KEYS, Unlisted, configure_logging, drop_unlisted, log
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


def test_a_log_that_cannot_be_written_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    configure_logging(closed)
    log.info("step.ended", stage="masked")
    configure_logging()
    monkeypatch.setattr("sys.stderr", closed)
    log.info("step.ended", stage="masked")
