"""`vaiti models` as people run it, and that the demo model is named wherever it is used."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recordings.settings import Settings
from tests.unit.workers.hub import NAME, Hub, serving
from tests.unit.workers.sounds import pcm, tones
from tests.unit.workers.tiny_whisper import make_tiny_whisper
from workers.doctor import _check_model
from workers.engines.model_folder import TRYING_ONLY, find_model

FOLDER = NAME.replace("/", "--")
SHIPPED = Path(__file__).parents[3] / "workers" / "models" / "demo"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with serving(make_tiny_whisper(tmp_path_factory.mktemp("hub") / "tiny")) as serves:
        yield serves


def vaiti(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a Python of its own, as a person whose home and working folder are empty."""
    code = "import sys; from workers.main import run; sys.argv[0] = 'vaiti'; run()"
    path = str(Path(__file__).parents[3])
    given = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": path, **environment}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=home, env=given, capture_output=True, text=True, check=False
    )


def test_a_model_is_fetched_listed_and_checked(hub: Hub, tmp_path: Path) -> None:
    done = vaiti(tmp_path, "models", "fetch", NAME, HF_ENDPOINT=hub.address)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "  100 %  0.7 MB"), done.stderr
    assert f"VAITI_SPEECH_MODEL={FOLDER}" in done.stdout
    listed = vaiti(tmp_path, "models", "list")
    assert "0.7 MB; licence mit; checksums as the hub stated them" in listed.stdout
    assert "demo  shipped with Vaiti; for trying and testing only" in listed.stdout
    assert vaiti(tmp_path, "models", "check", FOLDER).returncode == 0
    weights = tmp_path / "vaiti-models" / FOLDER / "model.bin"
    content = weights.read_bytes()
    weights.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    checked = vaiti(tmp_path, "models", "check", NAME)
    assert checked.returncode == 1
    assert "model.bin" in checked.stderr
    assert "[model-damaged]" in checked.stderr
    weights.write_bytes(b"short")
    (listed,) = (
        each
        for each in json.loads(vaiti(tmp_path, "models", "list", "--json").stdout)["models"]
        if each["name"] == FOLDER
    )
    assert not listed["usable"]


def test_what_goes_wrong_is_one_line_that_says_what_to_do(hub: Hub, tmp_path: Path) -> None:
    done = vaiti(tmp_path, "models", "fetch", "Somebody/faster-whisper-tiny")
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "[model-refused]" in done.stderr
    done = vaiti(tmp_path, "models", "fetch", "tiny", HF_ENDPOINT="http://127.0.0.1:9")
    assert done.returncode == 1
    assert done.stderr.startswith("vaiti: The model hub does not answer")
    assert "[model-hub-unreachable]" in done.stderr
    assert "127.0.0.1" not in done.stderr
    done = vaiti(tmp_path, "models", "check", str(hub.folder))
    assert done.returncode == 1
    assert "[model-unchecked]" in done.stderr
    done = vaiti(tmp_path, "models", "list", VAITI_MODELS=str(hub.folder.parent))
    assert "tiny  put there by hand; not checked" in done.stdout


def test_a_name_that_was_not_fetched_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "call.wav").write_bytes(pcm(tones(0.5)))
    done = vaiti(tmp_path, "redact", "call.wav", "--model", "large-v3-turbo")
    assert done.returncode == 1
    assert "`vaiti models fetch turbo`" in done.stderr


@pytest.mark.skipif(not (SHIPPED / "model.bin").exists(), reason="the demo model is not in place")
def test_redact_says_that_the_demo_model_is_for_trying(tmp_path: Path, hub: Hub) -> None:
    (tmp_path / "call.wav").write_bytes(pcm(tones(0.5)))
    assert TRYING_ONLY in vaiti(tmp_path, "redact", "call.wav").stderr
    other = vaiti(tmp_path, "redact", "call.wav", "--model", str(hub.folder))
    assert TRYING_ONLY not in other.stderr
    assert find_model(str(SHIPPED)).for_trying_only  # by its path too


@pytest.mark.skipif(not (SHIPPED / "model.bin").exists(), reason="the demo model is not in place")
def test_doctor_says_which_model_is_used(tmp_path: Path, hub: Hub) -> None:
    assert _check_model(Settings(models=tmp_path)) == "demo, for trying and testing only"
    assert _check_model(Settings(models=hub.folder.parent, speech_model="tiny")) == "tiny"


def test_serve_says_that_the_demo_model_is_for_trying(tmp_path: Path) -> None:
    (tmp_path / "controllers.toml").write_text(
        '[controllers.a]\nname = "A Oy"\n[controllers.a.periods]\nother = "P6M"\n'
    )
    code = "import sys; from workers.main import run; sys.argv = ['vaiti', 'serve', '--port', '0']; run()"
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[3])}
    serving_demo = {**given, "VAITI_CONTROLLERS": "controllers.toml"}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, env=serving_demo, stderr=subprocess.PIPE, text=True
    ) as service:
        assert service.stderr is not None
        first = next(line for line in service.stderr if not line.startswith("{"))
        service.terminate()
    assert first.strip() == TRYING_ONLY
