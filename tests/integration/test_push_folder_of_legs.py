"""A watched folder in which each call is two mono files, as MixMonitor's `r()` and `t()` write them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from recordings.factory import Vaiti
from storage.records import Scope
from tests.integration.conftest import FACTS
from tests.integration.fakes import a_call
from tests.integration.pushers import DELETED, KEPT, command, ended, pusher, recordings_below, stored
from workers.engines.fenced import FencedCodec
from workers.engines.legs import LegsCodec
from workers.pushing.folder import Legs
from workers.pushing.report import count_lone_sidecars, left_in_folder

LEGS = Legs("-out", "-in")
WAIT = 5_000.0
# Seconds of the test's own clock, of which each look takes 1,000.


@pytest.fixture
def vaiti(vaiti: Vaiti) -> Vaiti:
    """The service, with the codec that puts two files side by side."""
    assert vaiti.given is not None
    return replace(vaiti, given=replace(vaiti.given, codec=LegsCodec(FencedCodec())))


@pytest.fixture
def folder(home: Path) -> Path:
    made = home / "spool"
    made.mkdir()
    return made


def mono(*, seed: int) -> bytes:
    return a_call(1.0, channels=1, seed=seed)


def lay_facts(folder: Path, name: str = "call") -> None:
    facts = {key: value for key, value in FACTS.items() if key != "channels"}
    (folder / f"{name}.json").write_text(json.dumps({**facts, "call_id": name}), encoding="utf-8")


def lay_leg(folder: Path, ending: str, name: str = "call") -> Path:
    path = folder / f"{name}{ending}.wav"
    path.write_bytes(mono(seed=len(ending)))
    return path


def test_two_files_are_one_call_of_two_channels_and_go_together(
    folder: Path, live: str, token: str, vaiti: Vaiti
) -> None:
    lay_facts(folder)
    for ending in ("-in", "-out"):
        lay_leg(folder, ending)
    with pusher(folder, live, token, delete=True, legs=LEGS) as watching:
        watching.push_all()
        assert watching.outcomes == [("stored", None, DELETED)]
    (found,) = vaiti.catalog.list(Scope.system())
    assert found.roles == ("agent", "customer")
    assert recordings_below(folder) == []


def test_a_pair_waits_until_both_files_are_finished(folder: Path, live: str, token: str, vaiti: Vaiti) -> None:
    lay_facts(folder)
    lay_leg(folder, "-in")
    growing = lay_leg(folder, "-out")
    with pusher(folder, live, token, legs=LEGS) as watching:
        watching.look()
        with growing.open("ab") as file:
            file.write(b"\0\0")
        watching.look(seconds=1_000)
        assert (stored(vaiti), watching.entries) == (0, [])
        growing.write_bytes(mono(seed=4))
        watching.push_all()
    assert stored(vaiti) == 1


def test_a_file_whose_other_never_comes_is_reported_and_left_until_it_does(
    folder: Path, live: str, token: str, vaiti: Vaiti
) -> None:
    lay_facts(folder)
    lay_leg(folder, "-in")
    with pusher(folder, live, token, delete=True, legs=LEGS, leg_wait=WAIT) as watching:
        watching.push_all()
        assert watching.entries == []  # it may still come
        watching.look(seconds=WAIT)
        assert watching.outcomes == [("refused", "leg-missing", KEPT)]
        assert stored(vaiti) == 0
        ledger = watching.watcher.ledger
        told = [(each.path.name, each.slug) for each in left_in_folder(folder, ledger, LEGS)]
        assert told == [("call-in.wav", "leg-missing")]
        assert count_lone_sidecars(folder, LEGS) == 0
        lay_leg(folder, "-out")
        watching.push_all()
        assert watching.outcomes == [("stored", None, DELETED)]
    assert recordings_below(folder) == []


def test_a_crash_between_two_deletions_leaves_no_file_of_a_pair(folder: Path, live: str, token: str) -> None:
    lay_facts(folder)
    customer, agent = lay_leg(folder, "-in"), lay_leg(folder, "-out")
    with pusher(folder, live, token, legs=LEGS) as keeping:
        keeping.push_all()
        assert keeping.outcomes == [("stored", None, KEPT)]
    (folder / "call.json").unlink()
    customer.unlink()
    with pusher(folder, live, token, delete=True, legs=LEGS, leg_wait=WAIT) as after:
        after.push_all()
        assert after.outcomes == [("stored", None, DELETED)]
    assert not agent.exists()


def test_a_file_that_is_no_leg_is_a_call_of_its_own(folder: Path, live: str, token: str, vaiti: Vaiti) -> None:
    for name in ("call", "other"):
        lay_facts(folder, name)
    for ending, name in (("-in", "call"), ("-out", "call"), ("", "other")):
        lay_leg(folder, ending, name)
    with pusher(folder, live, token, legs=LEGS) as watching:
        watching.push_all()
    assert sorted(each.roles for each in vaiti.catalog.list(Scope.system())) == [(), ("agent", "customer")]


@pytest.mark.parametrize("endings", ["-out", "-out,", ",-in", "-in,-in", "out,-out", "a/b,-in", "-a,-b,-c"])
def test_endings_by_which_files_cannot_be_told_apart_are_refused(folder: Path, home: Path, endings: str) -> None:
    given = command("http://127.0.0.1:9", home / "none", "--watch", folder, "--legs", endings)
    told = ended(given)
    assert told.returncode == 2
    assert "--legs" in told.stderr
