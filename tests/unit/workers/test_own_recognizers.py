"""Recognizers of one's own: one setting for every command; a file that cannot be used stops the start, not a call."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from recordings.errors import SettingsWrong
from recordings.settings import Settings
from redaction.model import Channel, Role, Transcript, Word
from workers.doctor import _check_detector
from workers.engines.build import detector_builder
from workers.main import app
from workers.recognizers import read_recognizers

FALCONS = """
recognizers:
  - name: Falcons
    supported_languages: [fi]
    supported_entity: PROJECT
    deny_list: [haukka]
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.yaml"
    file.write_text(FALCONS, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("recognizers: 5\n", "recognizers-not-a-list"),
        ("a: [", "not YAML"),
        ("\N{SNOWMAN}".encode("utf-16"), "not YAML"),
    ],
)
@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_file_that_cannot_be_used_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | bytes, says: str, by: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    options = ["--data", str(tmp_path / "data"), "--port", "0"]
    if by == "option":
        options += ["--recognizers", str(file)]
    else:
        monkeypatch.setenv("VAITI_RECOGNIZERS", str(file))
    stopped = CliRunner().invoke(app, ["serve", *options]).exception
    assert isinstance(stopped, SettingsWrong)
    assert str(stopped).startswith("mine.yaml is not")
    assert says in str(stopped)
    assert not (tmp_path / "data").exists()


def test_without_a_file_there_are_none() -> None:
    assert read_recognizers(None, "fi") is None


def test_the_setting_reaches_the_detector(mine: Path) -> None:
    call = Transcript(
        language="fi",
        channels=(Channel(role=Role.CUSTOMER),),
        words=(Word(text="haukka", start=0.0, end=0.5, channel=0),),
    )
    found = detector_builder(language="fi", own=mine)().detect(call)
    assert [each.type for each in found] == ["PROJECT"]
    assert detector_builder(language="fi")().detect(call) == ()


def test_doctor_builds_them_and_says_whose(mine: Path, tmp_path: Path) -> None:
    assert _check_detector(Settings(recognizers=mine)) == "built, with those of mine.yaml"
    assert _check_detector(Settings()) == "built"
    with pytest.raises(SettingsWrong):
        _check_detector(Settings(recognizers=tmp_path / "gone.yaml"))
