"""The demo's folder, its clock and its honesty about what was not covered."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from recordings.controllers import Controllers
from recordings.errors import SettingsWrong
from storage.records import Kind
from workers.clock import SystemClock
from workers.demo.coverage import find_gaps, overlaps
from workers.demo.folder import CONTROLLER, make_folder
from workers.demo.samples import Personal, load_samples
from workers.place import clock_for, demo_settings, is_marked, settings_for


def test_a_folder_that_no_demo_made_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(SettingsWrong, match="no demo made it"):
        make_folder(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_or_a_link_in_its_place_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("keep")
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    for name in ("file", "link"):
        with pytest.raises(SettingsWrong, match="not a folder"):
            make_folder(tmp_path / name)


def test_a_second_demo_begins_afresh(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    make_folder(folder)
    (folder / "data" / "old").write_text("old")
    make_folder(folder)
    assert not (folder / "data" / "old").exists()
    assert is_marked(folder)
    assert is_marked(folder / "data")
    assert folder.stat().st_mode & 0o077 == 0


def test_the_demos_controller_keeps_each_kind_for_a_year(tmp_path: Path) -> None:
    make_folder(tmp_path / "demo")
    controller = Controllers.read(tmp_path / "demo" / "controllers.toml").get(CONTROLLER)
    assert set(controller.periods) == set(Kind)


def test_keys_lie_outside_the_data_folder(tmp_path: Path) -> None:
    settings = demo_settings(tmp_path)
    assert not settings.key_path.is_relative_to(settings.data)
    assert not settings.token_path.is_relative_to(settings.data)


def test_a_demo_writes_into_none_of_an_operators_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BACKUPS", "KEY_BACKUPS", "ANCHORS", "JOURNAL", "PKCS11_MODULE", "PKCS11_TOKEN"):
        monkeypatch.setenv(f"VAITI_{name}", str(tmp_path / "operator" / name))
    settings = demo_settings(tmp_path / "demo")
    assert str(tmp_path / "operator") not in repr(settings)


def test_another_clock_works_on_the_demos_folder_alone(tmp_path: Path) -> None:
    make_folder(tmp_path / "demo")
    marked = settings_for(tmp_path / "demo" / "data")
    assert marked == settings_for(tmp_path / "demo") == demo_settings(tmp_path / "demo")
    assert clock_for(marked, "2027-11-22").now() == datetime(2027, 11, 22, tzinfo=UTC)
    assert clock_for(marked, "2027-11-22T02:00+02:00").now() == datetime(2027, 11, 22, tzinfo=UTC)
    assert isinstance(clock_for(marked, None), SystemClock)
    with pytest.raises(SettingsWrong, match="only on a folder"):
        clock_for(settings_for(tmp_path / "real"), "2027-11-22")
    for wrong in ("tomorrow", "2027-13-01", "2027-11-22T09:00:00"):
        with pytest.raises(SettingsWrong, match="with its offset"):
            clock_for(marked, wrong)


def stretch(start: float, end: float, channel: int = 1) -> Personal:
    return Personal(type="PHONE_NUMBER", channel=channel, first=0, last=0, start=start, end=end)


@pytest.mark.parametrize(
    ("windows", "left"),
    [
        ([], [(10.0, 14.0)]),
        ([(9.0, 15.0)], []),
        ([(10.0, 14.0)], []),
        ([(9.0, 12.0)], [(12.0, 14.0)]),
        ([(11.0, 12.0)], [(10.0, 11.0), (12.0, 14.0)]),
        ([(9.0, 12.0), (11.0, 16.0)], []),
        ([(12.0, 16.0), (8.0, 12.5)], []),
        ([(1.0, 2.0), (20.0, 21.0)], [(10.0, 14.0)]),
        ([(10.01, 13.99)], []),
    ],
)
def test_what_is_not_covered_is_told_to_the_second(
    windows: list[tuple[float, float]], left: list[tuple[float, float]]
) -> None:
    cuts = [{"start": a, "end": b, "channels": [0, 1]} for a, b in windows]
    gaps = find_gaps([stretch(10.0, 14.0)], cuts)
    assert [(gap.start, gap.end) for gap in gaps] == left


def test_a_cut_on_the_other_channel_covers_nothing() -> None:
    gaps = find_gaps([stretch(10.0, 14.0, channel=1)], [{"start": 0.0, "end": 20.0, "channels": [0]}])
    assert [gap.seconds for gap in gaps] == [4.0]
    assert overlaps(gaps, 14.5, 20.0)
    assert not overlaps(gaps, 16.0, 20.0)


def test_the_shipped_samples_are_the_six_calls_of_the_story() -> None:
    samples = load_samples()
    now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    kinds = [sample.facts(controller=CONTROLLER, now=now)["kind"] for sample in samples]
    assert len(samples) == 6
    assert set(kinds) == {kind.value for kind in Kind}
    assert all(sample.audio.is_file() for sample in samples)
    assert all(0 <= p.start < p.end <= sample.document["duration"] for sample in samples for p in sample.personal)
