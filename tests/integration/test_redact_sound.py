"""One sound file masked without a service: what the service cuts of it, redact cuts too."""

import io
from pathlib import Path

import numpy as np

from redaction.mask_samples import window_frames
from redaction.model import Plan, Verdict
from redaction.policy import default_policy
from tests.integration.fakes import DigitDetector, Playback, SquareTone, WavCodec, a_call, said
from workers.redact import SoundRedactor

MUMBLED = (3.0, 5.0)


def a_redactor(playback: Playback) -> SoundRedactor:
    return SoundRedactor(
        codec=WavCodec(),
        transcriber=lambda: playback,
        detector=DigitDetector,
        tone=SquareTone(),
        policy=default_policy(),
    )


def cut_seconds(plan: Plan) -> list[tuple[float, float, tuple[int, ...]]]:
    return [(round(each.start, 1), round(each.end, 1), each.channels) for each in plan.windows]


def test_speech_that_gave_no_words_is_cut_on_every_channel(tmp_path: Path) -> None:
    source = tmp_path / "call.wav"
    source.write_bytes(a_call())
    playback = Playback(words=said("hei vaan"), speech=[[(0.4, 1.2), MUMBLED], []])
    redactor = a_redactor(playback)
    plan = redactor.plan(source, language="fi")
    assert (plan.verdict, plan.findings, cut_seconds(plan)) == (Verdict.MASKED, (), [(*MUMBLED, (0, 1))])
    out = io.BytesIO()
    redactor.write(source, plan, out, container="wav")
    before, after = (
        np.concatenate(list(WavCodec().decode(io.BytesIO(x)))) for x in (source.read_bytes(), out.getvalue())
    )
    first, last = window_frames(plan.windows[0], 8000)
    assert not np.any(before[first:last] == after[first:last])
    assert np.array_equal(before[:first], after[:first])


def test_a_call_whose_words_cover_its_speech_is_left_whole(tmp_path: Path) -> None:
    source = tmp_path / "call.wav"
    source.write_bytes(a_call())
    plan = a_redactor(Playback(words=said("hei vaan"))).plan(source, language="fi")
    assert (plan.verdict, plan.windows) == (Verdict.CLEAN, ())
