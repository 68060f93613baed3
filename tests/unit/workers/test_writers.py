"""Sound out: what is written decodes to the same samples, holds no metadata, and states its length."""

import io
import itertools
from typing import Any

import numpy as np
import pytest

from tests.unit.workers.sounds import tones
from tests.unit.workers.test_codec import ALL, CODEC, decoded
from workers.engines.writers import Pcm, write_flac, write_wav


class Pipe(io.BytesIO):
    """A target that cannot seek, as a sealed object is."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: Any) -> int:
        raise OSError("cannot seek")


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("write", [write_flac, write_wav])
def test_what_is_written_is_the_decoded_original_sample_for_sample(name: str, write: Any) -> None:
    facts = CODEC.probe(io.BytesIO(ALL[name]))
    original = decoded(ALL[name])
    out = io.BytesIO()
    written = write(
        CODEC.decode(io.BytesIO(ALL[name])),
        Pcm(rate=facts.rate, channels=facts.channels, bits=facts.bits),
        out=out,
    )
    again = decoded(out.getvalue())
    assert written == len(original)
    assert again.dtype == original.dtype
    assert np.array_equal(again, original)
    after = CODEC.probe(io.BytesIO(out.getvalue()))
    assert (after.rate, after.channels, after.bits, after.frames) == (facts.rate, facts.channels, facts.bits, written)


@pytest.mark.parametrize("write", [write_flac, write_wav])
@pytest.mark.parametrize("known", [True, False])
def test_a_target_that_cannot_seek_gets_a_whole_file(write: Any, *, known: bool) -> None:
    sound = tones()
    out = Pipe()
    write([sound], Pcm(rate=8000, channels=2, bits=16), out=out, frames=len(sound) if known else None)
    if known:
        assert CODEC.probe(io.BytesIO(out.getvalue())).frames == len(sound)
        assert np.array_equal(decoded(out.getvalue()), sound)
    elif write is write_flac:
        assert np.array_equal(decoded(out.getvalue()), sound)


def test_blocks_of_any_size_give_the_same_file() -> None:
    sound, shape = tones(), Pcm(rate=8000, channels=2, bits=16)
    whole, parts = io.BytesIO(), io.BytesIO()
    write_flac([sound], shape, out=whole)
    cuts = [0, 1, 7, 4608, 4609, 9000, len(sound)]
    write_flac([sound[a:b] for a, b in itertools.pairwise(cuts)] + [sound[:0]], shape, out=parts)
    assert parts.getvalue() == whole.getvalue()


@pytest.mark.parametrize("write", [write_flac, write_wav])
def test_files_name_no_program_and_no_version(write: Any) -> None:
    out = io.BytesIO()
    write([tones()], Pcm(rate=8000, channels=2, bits=16), out=out)
    assert b"Lavf" not in out.getvalue()
    assert b"LIST" not in out.getvalue()[:200]
