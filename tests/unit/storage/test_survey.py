"""Every object of a listing is an item of a recording, something unfinished, or not ours."""

from storage.records import StoredObject
from storage.survey import survey

CALL, OTHER = "ab" * 16, "cd" * 16
AUDIO = f"ab/{CALL}/raw-audio.00000000-0000"
CONTENT = f"{AUDIO}.content-{'0' * 16}"


def listed(*names: str, size: int = 5) -> list[StoredObject]:
    return [StoredObject(name=name, version=None, size=size) for name in names]


def test_whole_items_are_told_by_recording() -> None:
    found = survey(listed(AUDIO, f"ab/{CALL}/plan.00000002-0001", f"cd/{OTHER}/plan.00000001-0000"))
    first = "00000000-0000"
    assert found.items == {CALL: {"raw-audio": first, "plan": "00000002-0001"}, OTHER: {"plan": "00000001-0000"}}
    assert (found.unfinished, found.foreign) == ([], 0)


def test_of_several_generations_the_newest_is_told() -> None:
    names = [f"ab/{CALL}/plan.0000000{token}-000{number}" for token, number in ((2, 1), (3, 0), (2, 9))]
    assert survey(listed(*names)).items == {CALL: {"plan": "00000003-0000"}}


def test_a_large_object_in_a_bucket_is_one_item_and_nothing_unfinished() -> None:
    found = survey(listed(AUDIO, CONTENT))
    assert found.items == {CALL: {"raw-audio": "00000000-0000"}}
    assert found.unfinished == []


def test_what_a_write_left_is_unfinished_and_its_recording_is_known() -> None:
    left = f"cd/{OTHER}/.tmp-{'1' * 16}"
    found = survey([*listed(left, CONTENT), *listed(f"{AUDIO}.content-{'2' * 16}", size=0)])
    assert found.items == {CALL: {}, OTHER: {}}
    assert set(found.unfinished) == {left, CONTENT, f"{AUDIO}.content-{'2' * 16}"}


def test_an_upload_beside_its_whole_object_is_unfinished() -> None:
    """What fits into one part is put at its name, and the upload is dropped after: a crash may come between."""
    found = survey([*listed(AUDIO), *listed(CONTENT, size=0)])
    assert found.items == {CALL: {"raw-audio": "00000000-0000"}}
    assert found.unfinished == [CONTENT]


def test_what_a_probe_left_is_unfinished_and_other_names_are_foreign() -> None:
    strange = ["readme.txt", f"ab/{OTHER}/plan.00000001-0000", f"ab/{CALL}/plan", f"ab/{CALL}/x/plan.00000001-0000"]
    found = survey(listed("probe/0123/small.1", *strange))
    assert (found.unfinished, found.foreign, found.items) == (["probe/0123/small.1"], 4, {})
