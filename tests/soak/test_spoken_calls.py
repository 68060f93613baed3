"""Generated calls said aloud: the labels lie where the sound is. Needs espeak-ng and requirements-train.in."""

import numpy as np
import pytest

pytest.importorskip("scipy", reason="needs requirements-train.in")

from tools.demo_model.speech import Synthesiser
from tools.generated_calls.calls import make_calls
from tools.generated_calls.voice import NOISE, RATE, speak

pytestmark = pytest.mark.soak


def test_every_word_is_where_its_label_says_and_elsewhere_it_is_quiet() -> None:
    synthesiser = Synthesiser()
    for call in make_calls(20, 5):
        spoken = speak(call, synthesiser)
        said = np.zeros(len(spoken.sound), dtype=bool)
        levels = []
        for turn, parts in spoken.turns:
            channel = 0 if call.mono else turn.channel
            for timed in (timed for breaths in parts for breath in breaths for timed in breath):
                first, last = round(timed.start * RATE), round(timed.end * RATE)
                said[max(0, first - RATE // 10) : last + RATE // 10] = True
                if last > first:
                    levels.append(np.sqrt(np.mean(np.square(spoken.sound[first:last, channel]))))
        assert np.mean(np.array(levels) > 5 * NOISE) > 0.99
        assert np.abs(spoken.sound[~said]).max() < 12 * NOISE


def test_a_call_is_said_alike_every_time_but_for_the_synthesisers_own_flutter() -> None:
    synthesiser = Synthesiser()
    call = next(make_calls(1, 8))
    once, again = speak(call, synthesiser), speak(call, synthesiser)
    assert len(once.sound) == pytest.approx(len(again.sound), rel=0.02)
    assert [turn for turn, _ in once.turns] == [turn for turn, _ in again.turns] == list(call.turns)
