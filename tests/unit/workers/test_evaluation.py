"""The benchmark counts right, and its generated calls are what they say they are."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from redaction.errors import BadInput
from redaction.model import Finding, Window
from tools.generated_calls.labelled import generate
from tools.generated_calls.script import talk
from workers.evaluation.intervals import Ratio, wilson
from workers.evaluation.labelled import LabelledCall, read_call
from workers.evaluation.plot import plot
from workers.evaluation.report import report
from workers.evaluation.sound import covered, measure
from workers.evaluation.systems import System, jitter
from workers.evaluation.table import tables
from workers.evaluation.tally import Tally, score
from workers.main import app

WORDS = ("numero", "on", "nolla", "joo", "viis", "viiva", "kiitos")
DOCUMENT = {
    "format": "vaiti-transcript/1",
    "case": "one",
    "language": "fi",
    "duration": 7.0,
    "channels": [{"role": "agent"}, {"role": "customer"}],
    "items": [{"item": 0, "type": "PHONE_NUMBER", "form": "digits", "tags": ["cued"]}],
    "words": [
        {"text": text, "start": float(at), "end": at + 0.5, "channel": 1}
        | ({"item": 0} if text in {"nolla", "viis", "viiva"} else {})
        | ({"free": True} if text == "viiva" else {})
        for at, text in enumerate(WORDS)
    ],
}


def a_system(*found: tuple[str, int]) -> System:
    def find(call: LabelledCall) -> list[Finding]:
        words = call.transcript.words
        return [
            Finding(type=type_, channel=1, first=at, last=at, datum=0, start=words[at].start, end=None, score=1.0)
            for type_, at in found
        ]

    return System(name="a system", find=find)


def counted(*found: tuple[str, int]) -> Tally:
    tally = Tally()
    score(read_call("here", DOCUMENT), a_system(*found), tally)
    return tally


def test_an_item_is_found_only_when_every_word_that_shows_it_is_masked() -> None:
    type_ = ("type", "PHONE_NUMBER")
    assert counted(("PHONE_NUMBER", 2)).found[type_] == 0
    assert counted(("PHONE_NUMBER", 2), ("LONG_NUMBER", 4)).found[type_] == 1
    assert counted(("PHONE_NUMBER", 2)).leaks[0].case == "one"


def test_the_type_is_right_when_most_words_have_it() -> None:
    assert counted(("PHONE_NUMBER", 2), ("PHONE_NUMBER", 4)).typed[("type", "PHONE_NUMBER")] == 1
    assert counted(("LONG_NUMBER", 2), ("PERSON", 4)).typed[("type", "PHONE_NUMBER")] == 0


def test_words_beside_an_item_are_false_and_its_sign_words_are_not() -> None:
    tally = counted(("PHONE_NUMBER", 3), ("PHONE_NUMBER", 5))
    assert (tally.false_words.x, tally.false_words.y) == (1, 4)


def test_seconds_audible_and_over_cut_are_counted_by_the_true_times() -> None:
    call = read_call("here", DOCUMENT)
    seconds = measure(call, (Window(start=2.25, end=3.75, channels=(0, 1)),))
    assert seconds.personal == pytest.approx(1.0)
    assert seconds.audible == pytest.approx(0.75)
    assert seconds.harmless_cut == pytest.approx(0.5)
    assert seconds.over == pytest.approx(1.25)  # from the end of "nolla" to the window's end
    assert covered((0.0, 1.0), [(0.5, 0.75), (0.9, 2.0)]) == pytest.approx(0.35)


def test_what_a_recognizer_dropped_is_still_personal_in_the_sound() -> None:
    document = {**DOCUMENT, "speech": [{"start": 2.0, "end": 4.5, "channel": 1, "item": 0}]}
    assert measure(read_call("here", document), ()).audible == pytest.approx(2.5)


def test_jittered_words_are_off_but_never_backwards() -> None:
    call = read_call("here", DOCUMENT)
    pairs = list(zip(jitter(call).words, call.transcript.words, strict=True))
    assert all(moved.start is not None and moved.end is not None and moved.start <= moved.end for moved, _ in pairs)
    assert any(moved.start != word.start for moved, word in pairs)
    assert jitter(call) == jitter(call)


@pytest.mark.parametrize(
    "broken",
    [
        {"items": [{"item": "0", "type": "PHONE_NUMBER"}]},
        {"items": [{"item": 0}]},
        {"items": []},
        {"items": {}},
        {"speech": [{"start": 1.0, "end": 0.5, "channel": 0}]},
        {"speech": [7]},
    ],
)
def test_broken_labels_are_refused(broken: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refusal:
        read_call("here", {**DOCUMENT, **broken})
    assert refusal.value.slug == "labelled-call"


def test_wilson_is_as_in_the_books_and_stays_on_the_scale() -> None:
    low, high = wilson(81, 263) or (0, 0)
    assert low == pytest.approx(0.2553, abs=1e-3)
    assert high == pytest.approx(0.3662, abs=1e-3)
    assert (wilson(10, 10) or (0, 0))[1] == pytest.approx(1.0)
    assert wilson(0, 0) is None


def test_a_ratio_of_equal_calls_is_sure_and_of_unequal_ones_is_not() -> None:
    even, uneven = Ratio(), Ratio()
    for x in (1.0, 1.0, 1.0):
        even.add(x, 100)
    for x in (0.0, 0.0, 3.0):
        uneven.add(x, 100)
    assert even.value == uneven.value == pytest.approx(0.01)
    assert max(even.interval or ()) == pytest.approx(0.01)
    assert max(uneven.interval or ()) > 0.02


def test_a_report_holds_leaks_by_case_and_no_word_of_the_call() -> None:
    document = report({"vaiti": counted(("PHONE_NUMBER", 2))})
    text = json.dumps(document) + tables(document)
    assert document["systems"]["vaiti"]["leaks"] == [{"case": "one", "type": "PHONE_NUMBER", "form": "digits"}]
    assert "nolla" not in text
    assert plot({"0": document}).startswith("<svg")


def test_the_same_seed_is_the_same_call_and_another_one_is_not() -> None:
    first, second, other = (next(generate(1, seed, 0.1, first=3)) for seed in (1, 1, 2))
    assert first == second
    assert first != other
    assert [call["case"] for call in generate(2, 1, 0.1, first=3)] == ["1-00003", "1-00004"]


def test_generated_labels_point_at_words_that_show_something() -> None:
    for document in generate(40, 5, 0.2):
        call = read_call("here", document)
        for mark, must, word in zip(call.marks, call.must, call.transcript.words, strict=True):
            assert not must or (mark is not None and any(char.isalnum() for char in word.text))
        starts = [word.start for word in call.transcript.words if word.start is not None]
        assert starts == sorted(starts)


def test_there_are_plenty_of_different_turns_with_slots() -> None:
    turns = {
        turn.strip()
        for name in ("opening", "personal", "harmless", "closing")
        for section in talk(name).values()
        for exchange in section
        for turn in exchange.split("|")
    }
    assert sum("{" in turn for turn in turns) >= 150


def test_the_command_measures_a_folder_and_refuses_one_with_a_broken_call(tmp_path: Path) -> None:
    (tmp_path / "calls.jsonl").write_text(json.dumps(DOCUMENT) + "\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["evaluate", str(tmp_path), "--no-peers", "--jobs", "1", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["systems"]["vaiti"]["calls"]["all"] == 1
    (tmp_path / "more.json").write_text("{}", encoding="utf-8")
    refused = CliRunner().invoke(app, ["evaluate", str(tmp_path), "--no-peers", "--jobs", "1"])
    assert refused.exit_code == 3


def test_recognizers_of_ones_own_are_measured_with_the_rules(tmp_path: Path) -> None:
    words = [
        {"text": text, "start": float(at), "end": at + 0.5, "channel": 1} | ({"item": 0} if text == "haukka" else {})
        for at, text in enumerate("se sähkö meni poikki eilen illalla kun siinä pihalla oli silloin haukka".split())
    ]
    items = [{"item": 0, "type": "PROJECT", "form": "word", "tags": []}]
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "one.json").write_text(
        json.dumps({**DOCUMENT, "duration": 20.0, "items": items, "words": words})
    )
    (tmp_path / "mine.yaml").write_text("[{name: birds, supported_entity: PROJECT, deny_list: [haukka]}]")
    command = ["evaluate", str(tmp_path / "calls"), "--no-peers", "--jobs", "1", "--json"]
    alone, helped = (
        json.loads(CliRunner().invoke(app, [*command, *more]).stdout)["systems"]["vaiti"]["leaks"]
        for more in ([], ["--recognizers", str(tmp_path / "mine.yaml")])
    )
    assert [leak["type"] for leak in alone] == ["PROJECT"]
    assert helped == []
