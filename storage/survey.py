"""What a listing of all objects says: which recordings have which items, and what is no item of any. Pure.

Names are as `sealed_objects` makes them, and unfinished writes as the stores do (`folder`, `s3.writing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from storage.probe import PREFIX as PROBE
from storage.records import RecordingId, StoredObject

_NAME: Final = re.compile(
    r"(?P<two>[0-9a-f]{2})/(?P<recording>(?P=two)[0-9a-f]{30})/"
    r"((?P<item>[a-z-]+)\.(?P<generation>[0-9]{8}-[0-9]{4})(?P<content>\.content-[0-9a-f]{16})?|\.tmp-[0-9a-f]{16})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All objects, sorted."""

    items: Mapping[RecordingId, Mapping[str, str]]
    # what is there whole, of every recording that has anything at all: each item's newest generation, as in its name
    unfinished: Sequence[str]  # names of what a write left, or is being written now
    foreign: int  # what Vaiti never wrote


def survey(stored: Iterable[StoredObject]) -> Survey:
    """Sort a listing."""
    items: dict[RecordingId, dict[str, str]] = {}
    names: set[str] = set()
    beside: list[StoredObject] = []
    unfinished: set[str] = set()
    foreign = 0
    for each in stored:
        found = _NAME.fullmatch(each.name)
        if found is None:
            foreign += not each.name.startswith(f"{PROBE}/")
            unfinished |= {each.name} if each.name.startswith(f"{PROBE}/") else set()
            continue
        mine = items.setdefault(RecordingId(found["recording"]), {})
        if found["content"]:
            beside.append(each)
        elif found["item"] is None:
            unfinished.add(each.name)
        else:
            names.add(each.name)
            mine[found["item"]] = max(found["generation"], mine.get(found["item"], ""))
    # content that a link at its base name leads to is a large object; an upload has no size, and may be one to come
    linked = {each.name for each in beside if each.size and each.name.rpartition(".")[0] in names}
    unfinished |= {each.name for each in beside} - linked
    return Survey(items=items, unfinished=sorted(unfinished), foreign=foreign)
