"""Whole calls of the five kinds, as many as are asked for, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tools.generated_calls.model import Call, TalkSet
from tools.generated_calls.sayings_harmless import COMPANY_NUMBERS
from tools.generated_calls.script import Script, talk
from tools.generated_calls.slots import Cast

KINDS = ("service", "contract", "direct-marketing", "fault-report", "other")
_KIND_WEIGHTS = (35, 22, 15, 18, 10)
CLEAN_SHARE, MONO_SHARE = 0.1, 0.2
# A tenth of the calls hold nothing personal at all; a fifth were recorded in one channel.
_HARMLESS = {
    "service": ("prices", "usage", "times", "smalltalk", "smalltalk"),
    "contract": ("prices", "usage", "times", "smalltalk"),
    "direct-marketing": ("pitch", "pitch", "prices", "usage", "smalltalk"),
    "fault-report": ("fault", "fault", "fault", "times", "smalltalk"),
    "other": ("times", "usage", "smalltalk", "prices", "smalltalk"),
}
_COMPANY_SHARE = 0.2
# In a fifth of the calls somebody says the company's own number.
_PERSONAL = {  # sections of personal.txt and how likely each is drawn
    "service": {"identity": 3, "birth": 1, "account": 2, "card": 1, "phone": 2, "email": 2, "customer": 4,
                "contract": 1, "metering": 2, "names": 2, "address": 2, "secret": 2, "papers": 2},
    "contract": {"identity": 4, "birth": 2, "account": 1, "phone": 2, "email": 3, "customer": 1, "contract": 3,
                 "metering": 3, "names": 2, "address": 4, "secret": 1, "papers": 1},
    "direct-marketing": {"identity": 2, "birth": 2, "phone": 2, "email": 3, "names": 4, "address": 2, "metering": 1},
    "fault-report": {"phone": 4, "names": 3, "address": 5, "secret": 2, "metering": 2, "customer": 1, "papers": 1},
    "other": {"names": 3, "phone": 3, "email": 2, "papers": 4, "account": 1, "card": 1, "address": 1, "contract": 1},
}  # fmt: skip


def make_calls(count: int, seed: int, *, first: int = 0, which: TalkSet = TalkSet.FIRST) -> Iterator[Call]:
    """Yield calls number `first` and on; each depends on the seed and its number alone."""
    for number in range(first, first + count):
        yield make_call(number, seed, which)


def make_call(number: int, seed: int, which: TalkSet = TalkSet.FIRST) -> Call:
    """Make one call."""
    rng = Random(f"{seed}/{number}")
    kind = rng.choices(KINDS, weights=_KIND_WEIGHTS)[0]
    clean = rng.random() < CLEAN_SHARE
    own = rng.choice(COMPANY_NUMBERS)
    script = Script(Cast(rng, which), own, rng)
    script.play(rng.choice(talk("opening", which)["clean" if clean else kind]))
    for exchange in _middle(kind, which, rng, clean=clean):
        script.play(exchange)
    ending = "any" if clean or rng.random() < 0.8 else "named"
    script.play(rng.choice(talk("closing", which)[ending]))
    return Call(
        case=f"{which.mark}{seed}-{number:05d}",
        kind=kind,
        turns=tuple(script.turns),
        items=tuple(script.items),
        own_numbers=(own,),
        mono=rng.random() < MONO_SHARE,
    )


def _middle(kind: str, which: TalkSet, rng: Random, *, clean: bool) -> list[str]:
    """Return harmless and personal exchanges; who is asked for a number is mostly asked for another one soon."""
    sections = talk("harmless", which)
    drawn = (rng.choice(sections[rng.choice(_HARMLESS[kind])]) for _ in range(rng.randrange(6, 18)))
    harmless = list(dict.fromkeys(drawn))
    if rng.random() < _COMPANY_SHARE:
        harmless.insert(rng.randrange(len(harmless)), rng.choice(sections["company"]))
    if clean:
        return harmless
    weights = _PERSONAL[kind]
    asked = rng.choices(tuple(weights), weights=tuple(weights.values()), k=rng.randrange(3, 8))
    personal = list(dict.fromkeys(rng.choice(talk("personal", which)[section]) for section in asked))
    middle = list(harmless)
    at = rng.randrange(len(middle) + 1)
    for exchange in personal:
        middle.insert(at, exchange)
        at = min(len(middle), at + 1 + (rng.randrange(3) if rng.random() < 0.5 else 0))
    return middle
