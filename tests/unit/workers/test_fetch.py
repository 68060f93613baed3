"""Fetching a model from a hub over real HTTP: all of it and checked, or nothing."""

import errno
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import huggingface_hub.constants as hub_settings
import pytest

from recordings.errors import VaitiError
from tests.unit.workers.hub import LARGE, NAME, REPOSITORY, REVISION, Hub, serving, sha256
from tests.unit.workers.tiny_whisper import make_tiny_whisper
from workers.engines import fetch
from workers.engines.fetch import DiskFull, FetchRefused, HubUnreachable, fetch_model
from workers.engines.model_folder import FETCHING, ModelMissing, find_model, list_models
from workers.engines.model_manifest import MANIFEST, ModelDamaged, ModelFile
from workers.engines.model_pins import PINS, Pin
from workers.engines.whisper import WhisperTranscriber

FOLDER = f"Somebody--faster-whisper-tiny@{REVISION}"


class Told:
    def __init__(self) -> None:
        self.total = self.here = 0

    def begin(self, total: int) -> None:
        self.total = total

    def advance(self, count: int) -> None:
        self.here += count


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_whisper(tmp_path_factory.mktemp("hub") / "tiny")


@pytest.fixture
def hub(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    shutil.copytree(made, tmp_path / "hub")
    with serving(tmp_path / "hub") as serves:
        monkeypatch.setattr(hub_settings, "ENDPOINT", serves.address)
        template = serves.address + "/{repo_id}/resolve/{revision}/{filename}"
        monkeypatch.setattr(hub_settings, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(hub_settings, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(hub_settings, "DOWNLOAD_CHUNK_SIZE", 4096)
        monkeypatch.setattr(time, "sleep", lambda _: None)  # the library waits longer before each new attempt
        yield serves


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def pinned(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Pin:
    """The name `tiny`, for the model that this hub has; like the real one it lacks a preprocessor's file."""
    (hub.folder / "preprocessor_config.json").unlink()
    files = tuple(ModelFile(each.name, each.stat().st_size, sha256(each.read_bytes())) for each in hub.folder.iterdir())
    pin = Pin(repository=REPOSITORY, revision=REVISION, files=files)
    monkeypatch.setitem(PINS, "tiny", pin)
    return pin


def left_in(models: Path) -> list[str]:
    return sorted(path.name for path in models.iterdir()) if models.exists() else []


def test_a_repository_at_a_commit_is_fetched_checked_and_loads(hub: Hub, models: Path) -> None:
    told = Told()
    model, was_here = fetch_model(NAME, models, told)
    assert (model.name, was_here) == (FOLDER, False)
    assert left_in(models) == [FOLDER]
    manifest = model.manifest
    assert manifest is not None
    assert (manifest.repository, manifest.revision, manifest.licence) == (REPOSITORY, REVISION, "mit")
    assert manifest.checksums == "stated-by-hub"
    assert {each.name: each.sha256 for each in manifest.files} == {
        each.name: sha256(each.read_bytes()) for each in hub.folder.iterdir()
    }
    assert told.total == told.here == manifest.size
    assert {each.name for each in model.path.iterdir()} == {each.name for each in manifest.files} | {MANIFEST}
    for asked in (NAME, str(model.path)):
        assert WhisperTranscriber(find_model(asked, models), cpu_threads=1)._get_model() is not None
    assert FOLDER in [each.name for each in list_models(models)]


def test_a_name_is_its_pin_and_a_missing_preprocessor_is_written(hub: Hub, pinned: Pin, models: Path) -> None:
    model, _ = fetch_model("tiny", models, Told())
    assert model.name == "tiny"
    assert model.manifest is not None
    assert model.manifest.checksums == "pinned"
    assert [each.name for each in model.manifest.files if each.made_here] == ["preprocessor_config.json"]
    assert json.loads((model.path / "preprocessor_config.json").read_text()) == {"feature_size": pinned.mels}
    assert find_model("tiny", models).path == models / "tiny"


def test_nothing_about_this_machine_is_sent(hub: Hub, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    fetch_model(NAME, models, Told())
    for _, path, headers in hub.asked:
        assert "authorization" not in headers
        assert "torch" not in headers["user-agent"]
        assert path.startswith(("/api/models/", f"/{REPOSITORY}/", "/far/"))


def test_a_model_that_is_here_is_not_asked_for_again(hub: Hub, models: Path) -> None:
    fetch_model(NAME, models, Told())
    hub.asked.clear()
    assert fetch_model(NAME, models, Told())[1]
    assert hub.asked == []


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_a_wrong_checksum_is_refused_and_nothing_is_left(hub: Hub, models: Path, name: str) -> None:
    right = hub.sent(name)
    assert (len(right) >= LARGE) == (name == "model.bin")  # one is stated by SHA-256, one by git's own name
    hub.stated[name] = right
    (hub.folder / name).write_bytes(right[:-1] + bytes([right[-1] ^ 1]))
    with pytest.raises(ModelDamaged, match=name):
        fetch_model(NAME, models, Told())
    assert left_in(models) == []


def test_a_hub_that_states_other_files_than_the_pin_is_not_downloaded_from(hub: Hub, pinned: Pin, models: Path) -> None:
    content = hub.sent("model.bin")
    (hub.folder / "model.bin").write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ModelDamaged, match=r"model\.bin"):
        fetch_model("tiny", models, Told())
    assert [path for path in hub.paths() if "/far/" in path] == []
    assert left_in(models) == []


def test_a_small_file_is_compared_with_the_pin_too(hub: Hub, pinned: Pin, models: Path) -> None:
    (hub.folder / "config.json").write_bytes(hub.sent("config.json").replace(b'"', b"'", 1))
    with pytest.raises(ModelDamaged, match=r"config\.json"):
        fetch_model("tiny", models, Told())
    assert left_in(models) == []


def test_a_connection_that_is_cut_goes_on_where_it_was(hub: Hub, models: Path) -> None:
    hub.cut_after = [20_000, 9_000]
    told = Told()
    fetch_model(NAME, models, told)
    assert hub.ranges()[0].startswith("bytes=")
    assert hub.ranges()[0] != "bytes=0-"
    assert told.here == told.total


def test_a_fetch_that_broke_off_is_no_model_and_is_taken_up_again(hub: Hub, models: Path) -> None:
    hub.cut_after = [8_192, *[0] * 20]
    with pytest.raises(HubUnreachable, match="run the command again"):
        fetch_model(NAME, models, Told())
    half = models / f"{FETCHING}{FOLDER}"
    assert (half / "config.json").is_file()
    assert FOLDER not in [each.name for each in list_models(models)]
    for asked in (NAME, str(half), half.name):
        with pytest.raises(ModelMissing):
            find_model(asked, models)
    hub.cut_after = []
    hub.asked.clear()
    told = Told()
    fetch_model(NAME, models, told)
    assert f"/{REPOSITORY}/resolve/{REVISION}/config.json" not in hub.paths()
    assert left_in(models) == [FOLDER]
    assert told.here == told.total


def test_a_whole_half_is_no_model_before_it_was_checked(made: Path, models: Path) -> None:
    half = models / f"{FETCHING}tiny"
    shutil.copytree(made, half)
    with pytest.raises(ModelMissing, match="being fetched"):
        find_model(str(half))
    assert half.name not in [each.name for each in list_models(models)]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gigantic", "Known: tiny, base"),
        (REPOSITORY, "can be moved"),
        (f"{REPOSITORY}@main", "can be moved"),
        (f"{REPOSITORY}@{REVISION[:12]}", "can be moved"),
        (f"../{REPOSITORY}@{REVISION}", "no model of this name"),
        (f"Nobody/nothing@{REVISION}", "no such public repository or commit"),
        (f"{REPOSITORY}@{'f' * 40}", "no such public repository or commit"),
        ("", "no model of this name"),
    ],
)
def test_what_cannot_be_fetched_is_refused_with_the_reason(hub: Hub, models: Path, name: str, says: str) -> None:
    with pytest.raises(FetchRefused, match=says):
        fetch_model(name, models, Told())
    assert left_in(models) == []


def test_a_hub_that_gives_another_commit_is_refused(hub: Hub, models: Path) -> None:
    hub.commit = "f" * 40
    with pytest.raises(FetchRefused, match="another commit"):
        fetch_model(NAME, models, Told())


def test_a_repository_that_changed_its_name_is_followed(hub: Hub, models: Path) -> None:
    model, _ = fetch_model(f"{hub.old_name}@{REVISION}", models, Told())
    assert model.name == f"Before--faster-whisper-tiny@{REVISION}"


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "vocabulary.json"])
def test_a_repository_that_is_no_whisper_model_is_refused_before_the_download(
    hub: Hub, models: Path, name: str
) -> None:
    (hub.folder / name).unlink()
    with pytest.raises(FetchRefused, match=name):
        fetch_model(NAME, models, Told())
    assert [path for path in hub.paths() if "/far/" in path] == []


def test_weights_that_cannot_be_read_are_refused_and_removed(hub: Hub, models: Path) -> None:
    (hub.folder / "model.bin").write_bytes(b"no weights" * LARGE)
    with pytest.raises(FetchRefused, match="no Whisper model"):
        fetch_model(NAME, models, Told())
    assert left_in(models) == []


def test_without_a_network_it_says_what_to_do(hub: Hub, models: Path) -> None:
    hub.deaf = True
    with pytest.raises(HubUnreachable, match="VAITI_SPEECH_MODEL=/models/large-v3"):
        fetch_model(NAME, models, Told())


def test_a_process_that_is_offline_stays_so(hub: Hub, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_settings, "HF_HUB_OFFLINE", True)
    with pytest.raises(HubUnreachable, match="HF_HUB_OFFLINE"):
        fetch_model(NAME, models, Told())
    assert hub.asked == []


def test_a_disk_without_room_is_told_before_and_during(hub: Hub, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(fetch, "hf_hub_download", full)
    with pytest.raises(DiskFull, match="VAITI_MODELS"):
        fetch_model(NAME, models, Told())
    monkeypatch.setattr(fetch, "_SPARE", 2**80)
    with pytest.raises(DiskFull, match="MB"):
        fetch_model(NAME, models, Told())


def test_two_fetches_of_one_model_do_not_mix(hub: Hub, models: Path) -> None:
    with fetch._own_folder(models / f"{FETCHING}{FOLDER}"), pytest.raises(FetchRefused, match="another process"):
        fetch_model(NAME, models, Told())


def test_a_folder_that_was_put_there_by_hand_is_not_replaced(hub: Hub, made: Path, models: Path, pinned: Pin) -> None:
    shutil.copytree(made, models / "tiny")
    with pytest.raises(FetchRefused, match="by hand"):
        fetch_model("tiny", models, Told())
    assert find_model("tiny", models).manifest is None


@pytest.mark.parametrize("change", ["shorter", "missing", "added", "manifest", "leads out"])
def test_a_model_that_is_not_what_was_fetched_is_refused_when_it_is_found(hub: Hub, models: Path, change: str) -> None:
    folder = fetch_model(NAME, models, Told())[0].path
    if change == "shorter":
        (folder / "model.bin").write_bytes(b"short")
    elif change == "missing":
        (folder / "vocabulary.json").unlink()
    elif change == "added":
        (folder / "vocabulary.txt").write_text("of unknown origin")
    elif change == "manifest":
        (folder / MANIFEST).write_text("{")
    else:
        text = (folder / MANIFEST).read_text()
        (folder / MANIFEST).write_text(text.replace('"config.json"', '"../config.json"'))
    with pytest.raises(VaitiError) as refused:
        find_model(NAME, models)
    assert refused.value.slug in {"model-damaged", "model-missing"}
    assert FOLDER not in [each.name for each in list_models(models)]


def test_every_name_is_a_whole_commit_with_a_digest_for_each_file() -> None:
    needed = {"config.json", "model.bin", "tokenizer.json"}
    for pin in PINS.values():
        names = [each.name for each in pin.files]
        assert needed <= set(names)
        assert len(set(names)) == len(names)
        assert sum(name.startswith("vocabulary.") for name in names) == 1
        assert ("preprocessor_config.json" in names) == (pin.mels == 128)  # 80 is what the library takes without it
        assert len(pin.revision) == 40
        assert all(len(each.sha256) == 64 for each in pin.files)
        int(pin.revision + "".join(each.sha256 for each in pin.files), 16)
    assert len({pin.revision for pin in PINS.values()}) == len(PINS)
