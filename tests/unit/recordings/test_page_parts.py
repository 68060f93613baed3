"""What pages are given: masks by kind, kept searches, the shape of a sound, and the policy's one hash of a style."""

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recordings import web
from recordings.peaks import draw
from recordings.web.call_models import view_masks
from recordings.web.found import KEPT_FOR, MOST, Found, Place, Question
from recordings.web.models import view_text
from recordings.web.search_form import SearchForm
from recordings.web.styles import WAVESURFER_STYLE
from redaction.interchange import plan_to_dict
from redaction.model import Finding, Plan, SoundFinding, Verdict, Window

STATIC = Path(web.__file__).resolve().parent / "static"


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def uptime(self) -> None:
        return None


def a_finding(kind: str, start: float | None, end: float | None) -> Finding:
    return Finding(type=kind, channel=1, first=0, last=0, datum=0, start=start, end=end, score=1.0)


def test_a_masked_line_shows_kinds_in_place_of_masks() -> None:
    pieces = view_text("tunnus on [FI_PERSONAL_IDENTITY_CODE] kiitos", "fi")
    assert [(piece.text, piece.mask) for piece in pieces] == [
        ("tunnus", ""),
        ("on", ""),
        ("", "henkilötunnus"),
        ("kiitos", ""),
    ]


def test_a_cut_is_named_by_the_kinds_that_lie_in_it_each_once() -> None:
    plan = Plan(
        verdict=Verdict.MASKED,
        findings=(
            a_finding("PERSON", 1.0, 1.5),
            a_finding("PERSON", 1.6, 2.0),
            a_finding("PHONE_NUMBER", 2.1, 3.0),
            a_finding("IBAN_CODE", None, None),
        ),
        windows=(
            Window(start=70.0, end=71.25, channels=(0,)),
            Window(start=0.8, end=3.2, channels=(0, 1)),
            Window(start=8.0, end=9.0, channels=(1,)),
        ),
        masked_words=(),
        sounds=(SoundFinding(type="KEYPAD", channel=0, start=70.1, end=71.0),),
    )
    masks = view_masks(plan_to_dict(plan), "fi")
    assert [(each.clock, each.name, each.length, each.channels) for each in masks] == [
        ("0:00", "nimi, puhelinnumero", "2,4", (0, 1)),
        ("0:08", "henkilötieto", "1,0", (1,)),
        ("1:10", "näppäilty numero", "1,2", (0,)),
    ]


def test_a_kept_search_is_found_by_who_asked_and_by_nobody_else() -> None:
    found = Found(Clock())
    name = found.keep(Question(form=SearchForm(query="lasku", kind="service")), actor="one")
    assert re.fullmatch("[0-9a-f]{32}", name)
    assert found.get(name, actor="one") == Question(form=SearchForm(query="lasku", kind="service"))
    assert found.get(name, actor="two") is None
    assert found.get("0" * 32, actor="one") is None
    found.note(name, (Place("a" * 32, 3.0),), (7,), actor="two")
    assert found.get(name, actor="one") == Question(form=SearchForm(query="lasku", kind="service"))
    found.note(name, (Place("a" * 32, 3.0),), (7,), actor="one")
    kept = found.get(name, actor="one")
    assert kept is not None
    assert kept.places == (Place("a" * 32, 3.0),)
    assert kept.ends == (7,)
    assert "lasku" not in repr(kept)


def test_a_search_is_kept_while_it_is_used_and_half_an_hour_longer() -> None:
    clock = Clock()
    found = Found(clock)
    name, unused = (found.keep(Question(form=SearchForm(query=each)), actor="one") for each in ("lasku", "sopimus"))
    clock.at += KEPT_FOR - timedelta(seconds=1)
    assert found.get(name, actor="one") is not None
    clock.at += timedelta(seconds=2)
    assert found.get(name, actor="one") is not None
    assert found.get(unused, actor="one") is None
    clock.at += KEPT_FOR
    assert found.get(name, actor="one") is None
    assert not found._kept


def test_kept_searches_have_a_limit_and_the_oldest_goes_first() -> None:
    found = Found(Clock())
    names = [found.keep(Question(form=SearchForm(query="lasku")), actor="one") for _ in range(MOST + 1)]
    assert found.get(names[0], actor="one") is None
    assert found.get(names[1], actor="one") is not None
    assert len(found._kept) == MOST


@given(
    sizes=st.lists(st.integers(min_value=1, max_value=900), min_size=1, max_size=6),
    channels=st.integers(min_value=1, max_value=2),
    seed=st.integers(min_value=0, max_value=999),
)
@settings(max_examples=60, deadline=None)
def test_a_shape_is_the_loudest_of_each_stretch_however_the_sound_comes_in_blocks(
    sizes: list[int], channels: int, seed: int
) -> None:
    sound = np.random.default_rng(seed).integers(-32768, 32768, size=(sum(sizes), channels)).astype(np.int16)

    def blocks() -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.int16]]]:
        at = 0
        for size in sizes:
            yield sound[at : at + size]
            at += size

    drawn = draw(blocks(), rate=8000, bits=16)
    assert drawn.per_second == 25
    expected = [
        [
            min(255, int(np.abs(sound[at : at + 320, channel].astype(int)).max()) >> 7)
            for at in range(0, len(sound), 320)
        ]
        for channel in range(channels)
    ]
    assert [list(each) for each in drawn.channels] == expected


def test_a_shape_of_24_bits_is_that_of_16() -> None:
    sound = np.random.default_rng(1).integers(-32768, 32768, size=(2000, 1)).astype(np.int16)
    high = draw([sound.astype(np.int32) << 16], rate=44_100, bits=24)
    assert high == draw([sound], rate=44_100, bits=16)
    assert draw([], rate=8000, bits=16).channels == ()


def test_the_policy_knows_the_very_style_that_wavesurfer_writes() -> None:
    source = (STATIC / "vendor" / "wavesurfer-8.0.1.esm.js").read_text(encoding="utf-8")
    height = re.search(r"FIRST_HEIGHT = (\d+);", (STATIC / "wave.js").read_text(encoding="utf-8"))
    assert height is not None
    begin = source.index('`:""}>', source.index("<style${")) + len('`:""}>')
    style = source[begin : source.index("</style>", begin)].replace("\\n", "\n")
    (gap,) = set(re.findall(r"\$\{[^}]*\}", style))
    digest = hashlib.sha256(style.replace(gap, height[1]).encode()).digest()
    assert f"'sha256-{base64.b64encode(digest).decode()}'" == WAVESURFER_STYLE
