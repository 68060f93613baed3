"""Generated calls as shards of an evaluation: made where they are counted, so that no file is written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tools.generated_calls.labelled import generate
from tools.generated_calls.model import TalkSet
from workers.evaluation.labelled import LabelledCall, read_call
from workers.evaluation.run import SHARD, Calls


def generated(count: int, seed: int, rate: float, which: TalkSet = TalkSet.FIRST) -> list[Calls]:
    """Return the shards of `count` calls."""
    return [
        partial(read_generated, min(SHARD, count - first), seed, rate, first, which) for first in range(0, count, SHARD)
    ]


def read_generated(
    count: int, seed: int, rate: float, first: int, which: TalkSet = TalkSet.FIRST
) -> Iterator[LabelledCall]:
    """Yield labelled calls."""
    for document in generate(count, seed, rate, first=first, which=which):
        yield read_call(document["case"], document)
