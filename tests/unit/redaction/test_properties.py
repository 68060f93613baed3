"""Random talk: the detector never fails, never points outside, and never lets a number's words through in halves."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redaction.cues import find_cues
from redaction.model import Channel, Transcript, Word
from redaction.numbers.runs import find_runs
from redaction.recognizers.registry import PresidioDetector
from redaction.views import make_views
from redaction.wordlist import word_list
from tests.builders import a_transcript, covered

VOCABULARY = word_list(
    """
    joo se on ja ei kun niin kuin asiakasnumero henkilötunnus loppuosa tunnussana osoite puhelinnumero sähköposti
    tilinumero nolla yks kaksi kolme neljä viis kuus seiska kasi ysi kymmenen kakskyt sata tuhat viiva miinus plus
    piste ät vee aa ee 131052-930V 0401234567 13.10.52 7,25 8.00-16.00 euroa senttiä kello Matti Meikäläinen
    Esimerkkikatu viidessä Kuopio 70100 maija@example.fi toista kolmas maaliskuuta tupla viis nollaa kertaa anteeksi
    [PHONE_NUMBER] ? . , - äiti FI21 RF85 ۱۲۳
    """
)
words = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(VOCABULARY), st.text(max_size=6)),
        st.integers(0, 2),
        st.one_of(st.none(), st.floats(0, 60)),
    ),
    max_size=40,
)


def a_random_call(rows: list[tuple[str, int, float | None]]) -> Transcript:
    said = tuple(
        Word(text=text, start=start, end=None if start is None else start + 0.3, channel=channel)
        for text, channel, start in rows
    )
    return Transcript(language="fi", channels=(Channel(),) * 3, words=said, duration=60.0)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words)
def test_any_talk_is_read_and_findings_lie_inside_it(
    detector: PresidioDetector, rows: list[tuple[str, int, float | None]]
) -> None:
    call = a_random_call(rows)
    for finding in detector.detect(call, known={"phone": "0401234567", "names": ["Matti Meikäläinen"]}):
        assert 0 <= finding.first <= finding.last < len(call.words)
        assert all(call.words[i].channel == finding.channel for i in range(finding.first, finding.last + 1))
        assert 0 < finding.score <= 1
        assert finding.why


@settings(max_examples=150, deadline=None)
@given(words, st.data())
def test_every_character_of_a_view_maps_into_the_transcript(
    rows: list[tuple[str, int, float | None]], data: st.DataObject
) -> None:
    call = a_random_call(rows)
    breaks = {cue.first for cue in find_cues(call.words)}
    for view in make_views(call.words, find_runs(call.words, breaks=breaks)):
        start = data.draw(st.integers(0, len(view.text) - 1))
        end = data.draw(st.integers(start + 1, len(view.text)))
        first, last = view.words(start, end)
        assert 0 <= first <= last < len(call.words)
        assert call.words[first].channel == call.words[last].channel == view.channel


def test_views_of_a_long_call_are_cut_and_cover_every_word() -> None:
    talk = "C: " + "tämä on ihan tavallista puhetta jossa ei ole mitään. " * 300 + "numero on 0401234567 ja " * 100
    call = a_transcript(talk)
    views = list(make_views(call.words, find_runs(call.words)))
    assert max(len(view.text) for view in views) <= 7_000
    for kind in ("as-written", "spoken"):
        pieces = [pair for view in views if view.kind == kind for pair in zip(view.first, view.last, strict=True)]
        seen = {index for first, last in pieces for index in range(first, last + 1)}
        assert seen == set(range(len(call.words)))


def test_a_spoken_phone_number_survives_a_wrong_word_anywhere(detector: PresidioDetector) -> None:
    generator = random.Random(7)
    digits = "nolla neljä nolla yks kaks kolme neljä viis kuus seittemän".split()
    for place in range(1, len(digits) - 1):
        heard = [*digits]
        heard[place] = "".join(generator.sample("aeioklmnst", 5))
        call = a_transcript(f"A: mikä on puhelinnumeronne? C: se on {' '.join(heard)}")
        assert set(range(5, 15)) <= covered(detector.detect(call)), place
