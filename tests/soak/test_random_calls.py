"""Half an hour of calls that nobody would write: the detector neither crashes nor points outside what was said."""

import os
import random
import time

import pytest

from redaction.interchange import plan_from_dict, plan_to_dict
from redaction.model import Channel, Role, Transcript, Word
from redaction.plan import make_plan
from redaction.policy import default_policy
from redaction.recognizers.registry import build_detector

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
PIECES = (
    "yks kaks kolme neljä viis kuus seittemän kaheksan yheksän nolla kymmenen kakskyt kolkytviis sata tuhat viissataa "
    "viiva miinus piste ät alaviiva plus äf ii aa vee tupla tripla kolmastoista kymmenettä toista viis nollaa eiku "
    "henkilötunnus puhelinnumero tilinumero asiakasnumero osoite sähköposti nimeni on joo kyllä euroa kilowattituntia "
    "131052-930V 040 1234567 FI21 1234 5600 0007 85 13.10.52 4111-1111 a.b@example.fi 12,50 08:30 Esimerkkikatu 5 B 12"
).split()
ODDITIES = ("", " ", "—", "\u200b", "🙂", "ﬁ", "١٢٣", "\x00", "-" * 50, "9" * 200, "Ä\u0308", "İ", "ß")


def a_random_call(chosen: random.Random) -> Transcript:
    words, at = [], 0.0
    for _ in range(chosen.randrange(0, 120)):
        text = chosen.choice(ODDITIES) if chosen.random() < 0.05 else chosen.choice(PIECES)
        at += chosen.uniform(-0.2, 0.8)
        start = None if chosen.random() < 0.05 else at
        end = None if chosen.random() < 0.05 else at + chosen.uniform(-0.5, 3.0)
        words.append(Word(text=text, start=start, end=end, channel=chosen.randrange(2)))
    channels = (Channel(role=Role.AGENT), Channel(role=Role.CUSTOMER))
    return Transcript(language="fi", channels=channels, words=tuple(words), duration=max(at, 0.0) + 3.0)


@pytest.mark.soak
def test_random_calls_never_crash_the_detector_or_make_it_point_outside() -> None:
    detector, policy, ends = build_detector(), default_policy(), time.monotonic() + MINUTES * 60
    seed = calls = 0
    while time.monotonic() < ends:
        seed += 1
        call = a_random_call(random.Random(seed))
        findings = detector.detect(call)
        plan = make_plan(call, findings, policy=policy)
        calls += 1
        assert len(plan.masked_words) == len(call.words), seed
        for finding in findings:
            assert 0 <= finding.first <= finding.last < len(call.words), seed
            assert call.words[finding.first].channel == call.words[finding.last].channel == finding.channel, seed
        for window in plan.windows:
            assert 0 <= window.start <= window.end <= (call.duration or 0.0) + 1e-6, seed
        assert plan_from_dict(plan_to_dict(plan)).verdict is plan.verdict, seed
    assert calls > MINUTES * 60
