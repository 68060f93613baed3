"""One voice on two channels is written down once, and nothing that only one of them holds is lost."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from recordings.engines import Heard
from redaction.model import Channel, Role
from workers.engines.codec import AvCodec
from workers.engines.model_folder import find_model
from workers.engines.whisper import WhisperTranscriber

CHANNELS = (Channel(role=Role.AGENT), Channel(role=Role.CUSTOMER))
RATE = 8000


@cache
def sample() -> Any:
    """A minute of a sample call: (frames, 2) at 8 kHz, the agent on the first channel."""
    file = io.BytesIO((files("workers") / "samples" / "service.flac").read_bytes())
    return np.concatenate(list(AvCodec().decode(file)))[: 60 * RATE]


@cache
def model() -> WhisperTranscriber:
    return WhisperTranscriber(find_model("demo"), cpu_threads=1)


def hear(sound: Any) -> Heard:
    return model().transcribe([sound], rate=RATE, channels=CHANNELS, language="fi")


def texts(heard: Heard, channel: int) -> list[str]:
    return [word.text for word in heard.transcript.words if word.channel == channel]


def later(sound: Any, seconds: float) -> Any:
    return np.concatenate([np.zeros(round(seconds * RATE), sound.dtype), sound])[: len(sound)]


def pair(first: Any, second: Any) -> Any:
    return np.clip(np.stack([first, second], axis=1), -32768, 32767).astype(np.int16)


def test_the_same_sound_on_both_channels_is_one_conversation_of_unknown_speakers() -> None:
    mono = sample().astype(np.int32).sum(axis=1)
    heard = hear(pair(mono, mono))
    assert len(texts(heard, 0)) > 80
    assert texts(heard, 1) == []
    assert heard.speech[0]
    assert sum(end - start for start, end in heard.speech[1]) < 1.0  # breaths between the words
    assert {channel.role for channel in heard.transcript.channels} == {Role.UNKNOWN}


def test_dual_mono_is_seen_through_a_little_noise_and_a_slight_change_of_level() -> None:
    mono = sample().astype(np.float64).sum(axis=1)
    noise = np.random.default_rng(1).normal(0, 20, len(mono))
    heard = hear(pair(mono, mono * 0.97 + noise))
    assert len(texts(heard, 1)) <= 3  # a word that only one of them heard is kept
    assert {channel.role for channel in heard.transcript.channels} == {Role.UNKNOWN}


@pytest.mark.parametrize(("gain", "delay"), [(0.1, 0.02), (0.3, 0.2)])
def test_a_voice_that_leaks_into_the_other_channel_is_written_down_once(gain: float, delay: float) -> None:
    agent, customer = (sample()[:, channel].astype(np.float64) for channel in (0, 1))
    apart = hear(pair(agent, customer))
    leaking = hear(pair(agent, customer + gain * later(agent, delay)))
    assert texts(leaking, 0) == texts(apart, 0)
    assert len(texts(leaking, 1)) <= len(texts(apart, 1)) + 6
    assert [channel.role for channel in leaking.transcript.channels] == [Role.AGENT, Role.CUSTOMER]


def test_two_people_are_two_people_also_when_they_talk_at_once() -> None:
    agent, customer = (sample()[:, channel].astype(np.float64) for channel in (0, 1))
    apart = hear(pair(agent, customer))
    together = hear(pair(agent, np.roll(customer, -5 * RATE)))
    assert len(texts(together, 1)) > 0.9 * len(texts(apart, 1))
    assert [channel.role for channel in apart.transcript.channels] == [Role.AGENT, Role.CUSTOMER]
