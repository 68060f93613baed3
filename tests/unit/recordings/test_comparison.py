"""Stores that are compared part by part tell the same as at once, and what agrees is not remembered."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from recordings.comparison import Picture, expected_items, joined
from storage.generations import Floors, Generation
from storage.records import Item, RecordingId, Stage
from storage.survey import Survey

IDS = [RecordingId(f"{beginning}{number:030x}") for beginning in ("00", "7f", "ff") for number in range(3)]
FIRST, NEXT = Generation(0, 0), Generation(1, 0)
FLOORS = [Floors(), Floors().moved(Item.PLAN, NEXT)]
ITEMS = st.dictionaries(st.sampled_from([*Item, "strange"]), st.sampled_from([str(FIRST), str(NEXT)]), max_size=8)


def whole(
    floors: Mapping[RecordingId, Floors], items: Mapping[RecordingId, Any], stages: Any, *, tombs: Any
) -> Picture:
    orphans = (floors.keys() | items.keys()) - stages.keys()
    unfinished = [f"{each[:2]}/{each}/.tmp-0" for each in items]
    return Picture(
        floors=floors,
        survey=Survey(items=items, unfinished=unfinished, foreign=1),
        stages=stages,
        orphans=orphans,
        purged=frozenset(tombs & orphans),
        rows=len(stages),
    )


def parts(all_of_it: Picture) -> Sequence[Picture]:
    def mine(beginning: str, some: Any) -> Any:
        return {each: value for each, value in some.items() if each.startswith(beginning)}

    return [
        whole(
            mine(beginning, all_of_it.floors),
            mine(beginning, all_of_it.survey.items),
            mine(beginning, all_of_it.stages),
            tombs=all_of_it.purged,
        )
        for beginning in ("00", "7f", "ff")
    ]


def lost(picture: Picture) -> set[tuple[RecordingId, str]]:
    """What the sweep looks at again one by one."""
    no_key = {(each, "key") for each in picture.stages if each not in picture.keys}
    return no_key | {
        (each, "objects") for each, stage in picture.stages.items() if not expected_items(stage) <= picture.items(each)
    }


@given(
    st.dictionaries(st.sampled_from(IDS), st.sampled_from(FLOORS)),
    st.dictionaries(st.sampled_from(IDS), ITEMS),
    st.dictionaries(st.sampled_from(IDS), st.sampled_from(Stage)),
    st.sets(st.sampled_from(IDS)),
)
def test_parts_tell_what_the_whole_tells(floors: Any, items: Any, stages: Any, tombs: Any) -> None:
    at_once = whole(floors, items, stages, tombs=tombs)
    found = joined(each.noteworthy() for each in parts(at_once))
    assert (found.orphans, found.purged, found.rows) == (at_once.orphans, at_once.purged, at_once.rows)
    assert (found.passing(), found.survey.foreign) == (at_once.passing(), 3)
    assert (lost(found), sorted(found.unfinished)) == (lost(at_once), sorted(at_once.unfinished))
    for newer in (True, False):
        assert set(found.beside_floors(newer=newer)) == set(at_once.beside_floors(newer=newer))
    assert {each in found.keys for each in found.orphans & at_once.keys} <= {True}


def test_what_agrees_is_counted_and_not_remembered() -> None:
    items = {each: dict.fromkeys(Item, str(FIRST)) for each in IDS}
    found = whole(dict.fromkeys(IDS, Floors()), items, dict.fromkeys(IDS, Stage.PUBLISHED), tombs=set()).noteworthy()
    assert (found.rows, *map(len, (found.stages, found.floors, found.survey.items))) == (len(IDS), 0, 0, 0)
