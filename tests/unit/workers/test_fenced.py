"""Decoding apart: the same samples, a process that can do nothing else, and what happens when somebody kills it."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any, cast

import numpy as np
import pytest

from recordings.errors import BadAudio, DecoderStopped
from tests.unit.workers.sounds import pcm, tones
from tests.unit.workers.test_codec import ALL, BAD
from workers.engines import fenced
from workers.engines.codec import AvCodec
from workers.engines.fenced import FencedCodec, find_protections
from workers.engines.refusals import refusal

CODEC = FencedCodec()
LONG = pcm(tones(60.0))  # more than the lines hold at once: its decoder waits for us


def decoded(codec: Any, data: bytes) -> Any:
    return np.concatenate(list(codec.decode(io.BytesIO(data))))


def slug_of(action: Callable[[], object]) -> str:
    with pytest.raises(BadAudio) as refused:
        action()
    return refused.value.slug


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def host() -> int:
    find_protections()
    assert fenced._host._process is not None
    return fenced._host._process.pid


def the_decoder() -> int:
    """The process id of the only decoder there is."""
    wait_until(lambda: len(children(host_now())) == 1)
    return children(host_now())[0]


def host_now() -> int:
    assert fenced._host._process is not None
    return fenced._host._process.pid


def wait_until(done: Callable[[], bool]) -> None:
    begun = monotonic()
    while not done():
        assert monotonic() - begun < 60
        sleep(0.01)


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize("name", ALL)
def test_apart_the_same_samples_and_facts_come_out(name: str) -> None:
    apart, here = decoded(CODEC, ALL[name]), decoded(AvCodec(), ALL[name])
    assert apart.dtype == here.dtype
    assert np.array_equal(apart, here)
    assert CODEC.probe(io.BytesIO(ALL[name])) == AvCodec().probe(io.BytesIO(ALL[name]))


@pytest.mark.parametrize("name", BAD)
def test_apart_the_same_is_refused(name: str) -> None:
    data, slug = BAD[name]
    assert slug_of(lambda: decoded(CODEC, data)) == slug


@pytest.mark.skipif(sys.platform != "linux", reason="the filter of system calls is Linux's")
def test_a_decoder_reaches_no_file_no_network_and_no_process() -> None:
    assert set(find_protections().values()) == {True}


WITHOUT_A_FILTER = """
from workers.engines import confine
confine._forbid_calls = lambda: None
confine.confine(cpu_seconds=10)
print(confine.name_protections())
"""


def test_without_the_filter_it_is_said_that_nothing_is_forbidden() -> None:
    command = [sys.executable, "-c", WITHOUT_A_FILTER]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "'no files': False, 'no network': False, 'no other processes': False" in said


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_the_host_has_no_setting_no_file_and_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAITI_ROOT_KEY", "a secret of the parent")
    os.kill(host(), signal.SIGKILL)
    wait_until(lambda: is_gone(host_now()))
    pid = host()
    assert Path(f"/proc/{pid}/environ").read_bytes().strip(b"\0") == b"OPENBLAS_NUM_THREADS=1"
    opened = {str(each.readlink()).split(":")[0] for each in Path(f"/proc/{pid}/fd").iterdir()}
    assert opened == {"/dev/null", "socket"}
    assert len(list(Path(f"/proc/{pid}/task").iterdir())) == 1
    loaded = Path(f"/proc/{pid}/maps").read_text()
    assert "ctranslate2" not in loaded
    assert "onnxruntime" not in loaded


def test_a_decoder_that_is_killed_is_no_fault_of_the_file() -> None:
    blocks = CODEC.decode(io.BytesIO(LONG))
    next(blocks)
    os.kill(the_decoder(), signal.SIGKILL)
    with pytest.raises(DecoderStopped):
        list(blocks)
    assert len(decoded(CODEC, LONG)) == 60 * 8000


@pytest.mark.parametrize(
    ("how", "slug"),
    [
        (signal.SIGSEGV, "audio-breaks-decoder"),
        (signal.SIGABRT, "audio-breaks-decoder"),
        (signal.SIGXCPU, "audio-takes-too-long"),
    ],
)
def test_a_file_that_breaks_its_decoder_is_refused(how: signal.Signals, slug: str) -> None:
    blocks = CODEC.decode(io.BytesIO(LONG))
    next(blocks)
    os.kill(the_decoder(), how)
    assert slug_of(lambda: list(blocks)) == slug
    assert len(decoded(CODEC, LONG)) == 60 * 8000


def test_a_decoder_that_says_nothing_is_ended_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = CODEC.decode(io.BytesIO(LONG))
    next(blocks)
    pid = the_decoder()
    monkeypatch.setattr(fenced, "PATIENCE_PER_SECOND", 0.0)
    os.kill(pid, signal.SIGSTOP)
    decoder = cast("Any", blocks).gi_frame.f_locals["decoder"]
    decoder._patience = 0.5
    with pytest.raises(DecoderStopped):
        list(blocks)
    wait_until(lambda: is_gone(pid))


def test_a_host_that_died_is_started_again() -> None:
    blocks = CODEC.decode(io.BytesIO(LONG))
    next(blocks)
    decoder, first = the_decoder(), host_now()
    os.kill(first, signal.SIGKILL)
    with pytest.raises(DecoderStopped):
        list(blocks)
    wait_until(lambda: is_gone(decoder))
    assert len(decoded(CODEC, LONG)) == 60 * 8000
    assert host_now() != first


def test_who_stops_listening_leaves_no_decoder_behind() -> None:
    blocks = CODEC.decode(io.BytesIO(LONG))
    next(blocks)
    pid = the_decoder()
    cast("Any", blocks).close()
    wait_until(lambda: is_gone(pid))


DECODING = """
import io, sys
from tests.unit.workers.test_fenced import CODEC, LONG, host_now, the_decoder
blocks = CODEC.decode(io.BytesIO(LONG))
next(blocks)
print(host_now(), the_decoder(), flush=True)
sys.stdin.read()
"""


def test_all_die_with_the_process_that_asked() -> None:
    asking = subprocess.Popen(
        [sys.executable, "-c", DECODING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with asking:
        assert asking.stdout is not None
        started = [int(each) for each in asking.stdout.readline().split()]
        assert len(started) == 2
        asking.kill()
    for pid in started:
        wait_until(lambda pid=pid: is_gone(pid))  # type: ignore[misc]


def test_what_the_source_raises_comes_out_as_it_is() -> None:
    class Tampered(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 100_000:
                raise ConnectionError
            return super().read(size)

    with pytest.raises(ConnectionError):
        list(CODEC.decode(Tampered(LONG)))


def test_a_decoder_that_lies_is_not_believed() -> None:
    honest = {"container": "wav", "codec": "pcm", "rate": 8000, "channels": 2, "bits": 16, "frames": 8, "seconds": 1.0}
    facts = fenced._facts(bytearray(json.dumps(honest).encode()))
    lies: list[dict[str, Any]] = [
        {"rate": 10**9},
        {"channels": 65_535},
        {"frames": -1},
        {"seconds": "nan"},
        {"codec": "131052-308T"},
        {"container": "../../x"},
        {"more": 1},
    ]
    for lie in lies:
        content = bytearray(json.dumps({**honest, **lie}).encode())
        assert slug_of(lambda content=content: fenced._facts(content)) == "audio-breaks-decoder"  # type: ignore[misc]
    for blocks in (b"", b"\2\4\0\0" + bytes(8), b"\2\2\0\0" + bytes(7), b"\0\2\0\0"):
        assert slug_of(lambda blocks=blocks: fenced._samples(bytearray(blocks), facts)) == "audio-breaks-decoder"  # type: ignore[misc]
    assert refusal("131052-308T").slug == "audio-breaks-decoder"
