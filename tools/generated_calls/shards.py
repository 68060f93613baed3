"""Generated calls as shards of an evaluation: made where they are counted, so that no file is written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tools.generated_calls.labelled import generate
from workers.evaluation.labelled import LabelledCall, read_call
from workers.evaluation.run import SHARD, Calls


def generated(count: int, seed: int, rate: float) -> list[Calls]:
    """Return the shards of `count` calls."""
    return [partial(read_generated, min(SHARD, count - first), seed, rate, first) for first in range(0, count, SHARD)]


def read_generated(count: int, seed: int, rate: float, first: int) -> Iterator[LabelledCall]:
    """Yield labelled calls."""
    for document in generate(count, seed, rate, first=first):
        yield read_call(document["case"], document)
