"""The second set of talk is whole, says nothing that the first says, and its page names no call."""

import json
import re
from pathlib import Path
from random import Random

import pytest

from tools.generated_calls.__main__ import main
from tools.generated_calls.calls import KINDS
from tools.generated_calls.labelled import generate
from tools.generated_calls.model import TalkSet
from tools.generated_calls.people import a_person
from tools.generated_calls.places import an_address
from tools.generated_calls.sayings_harmless import HARMLESS
from tools.generated_calls.script import talk
from tools.generated_calls.slots import NAME_FORMS, NAME_PARTS, WHERE, Cast, fill
from workers.evaluation.labelled import read_call
from workers.evaluation.page import write_blind_page
from workers.evaluation.report import report
from workers.evaluation.systems import System
from workers.evaluation.tally import Tally, score

FILES = ("opening", "personal", "harmless", "closing")
SECOND = TalkSet.SECOND
READ = tuple(which for which in TalkSet if which is not SECOND)
SLOT = re.compile(r"\{([^}]*)\}")
AGENT_FORMS = {"full", "again"}


def turns(which: TalkSet) -> list[str]:
    """Return every turn as it stands in the files, without who says it."""
    return [
        turn.strip()[3:]
        for name in FILES
        for section in talk(name, which).values()
        for exchange in section
        for turn in exchange.split("|")
    ]


def known(slot: str) -> bool:
    if slot in HARMLESS or slot == "company_phone":
        return True
    head, *forms = slot.split(".")
    allowed = {"name": NAME_FORMS | NAME_PARTS, "other": NAME_FORMS | NAME_PARTS, "agent": AGENT_FORMS}
    allowed |= dict.fromkeys(("address", "street", "new"), WHERE)
    if head in allowed:
        return set(forms) <= allowed[head]
    try:
        return bool(fill(slot, Cast(Random(1)), Random(1))[1](Random(1)).chunks)
    except KeyError:
        return False


@pytest.mark.parametrize("which", TalkSet)
def test_every_slot_is_known_and_every_turn_has_a_speaker(which: TalkSet) -> None:
    slots = {slot.rstrip("?!=") for turn in turns(which) for slot in SLOT.findall(turn)}
    assert [slot for slot in sorted(slots) if not known(slot)] == []
    assert not known("nonsense")
    for name in FILES:
        for section in talk(name, which).values():
            for exchange in section:
                assert all(turn.strip()[:3] in {"A: ", "C: "} for turn in exchange.split("|")), exchange


def test_every_set_has_every_section() -> None:
    for name in FILES:
        assert talk(name).keys() == talk(name, TalkSet.SECOND).keys() == talk(name, TalkSet.DEVELOPMENT).keys()
    assert set(KINDS) < talk("opening", TalkSet.SECOND).keys()


@pytest.mark.parametrize("read", READ)
def test_no_sentence_of_the_second_set_is_in_a_set_that_rules_are_written_on(read: TalkSet) -> None:
    known, second = ({turn for turn in turns(which) if len(SLOT.sub("", turn).split()) > 1} for which in (read, SECOND))
    assert known & second == set()
    assert sum("{" in turn for turn in second) >= 250


@pytest.mark.parametrize("read", READ)
def test_the_second_set_has_its_own_names_streets_and_secrets(read: TalkSet) -> None:
    rng = Random(1)
    first, second = ([a_person(rng, which) for _ in range(500)] for which in (read, SECOND))
    assert {each.last for each in first if not each.listed} & {each.last for each in second} == set()
    assert 0.4 < sum(each.listed for each in second) / len(second) < 0.6
    streets = [{an_address(rng, which).street("nom") for _ in range(500)} for which in (read, SECOND)]
    assert streets[0] & streets[1] == set()
    assert set(Cast(rng, read).secrets) & set(Cast(rng, SECOND).secrets) == set()


def test_the_same_seed_is_the_same_call_of_the_second_set() -> None:
    one, again = (next(generate(1, 1, 0.1, first=3, which=TalkSet.SECOND)) for _ in range(2))
    assert one == again
    assert one["case"] == "second-1-00003"
    assert one["words"] != next(generate(1, 1, 0.1, first=3))["words"]


def test_labels_of_the_second_set_point_at_words_that_show_something() -> None:
    for document in generate(60, 5, 0.2, which=TalkSet.SECOND):
        call = read_call("here", document)
        for mark, must, word in zip(call.marks, call.must, call.transcript.words, strict=True):
            assert not must or (mark is not None and any(char.isalnum() for char in word.text))


def test_the_command_writes_the_set_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["generated_calls", str(tmp_path), "--calls", "2", "--talk", "second"])
    main()
    lines = (tmp_path / "calls-second-1-0.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["case"] for line in lines] == ["second-1-00000", "second-1-00001"]


def test_the_page_of_the_second_set_names_no_call(tmp_path: Path) -> None:
    tally = Tally()
    for document in generate(5, 5, 0.0, which=TalkSet.SECOND):
        score(read_call("here", document), System(name="finds nothing", find=lambda _call: []), tally)
    assert tally.leaks
    page = write_blind_page(
        {"calls": 5, "seed": 5, "commit": "c0ffee", "rates": {"0": report({"vaiti": tally})}}, tmp_path
    )
    text = page.read_text(encoding="utf-8")
    assert "0.0 %" in text
    assert "second-5-" not in text
    assert [each.name for each in tmp_path.iterdir()] == ["second-talk.md"]
