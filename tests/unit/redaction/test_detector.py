"""The detector as others call it: read-backs, questions, known answers, users' recognizers, and failing closed."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from presidio_analyzer import EntityRecognizer, PatternRecognizer, RecognizerResult

from redaction.errors import BadInput, DetectionFailed
from redaction.model import Checksum, Transcript
from redaction.recognizers.registry import PresidioDetector, build_detector
from tests.builders import a_transcript, covered, found_in

ROOT = Path(__file__).resolve().parents[3]
CONTEXT = json.loads((ROOT / "tests" / "corpus" / "context_vectors.json").read_text(encoding="utf-8"))


def types(detector: PresidioDetector, dialogue: str) -> list[str]:
    return [each.type for each in detector.detect(a_transcript(dialogue))]


def test_a_number_split_by_the_other_speaker_is_one_datum_in_pieces(detector: PresidioDetector) -> None:
    dialogue = "C: nolla neljäkymmentä A: joo C: yks kaks kolme A: yks kaks kolme C: neljä viis kuus seittemän"
    findings = detector.detect(a_transcript(dialogue))
    assert [(each.channel, each.first, each.last) for each in findings] == [(1, 0, 1), (1, 3, 5), (0, 6, 8), (1, 9, 12)]
    assert {each.datum for each in findings} == {0}


def test_pieces_of_different_data_have_different_numbers(detector: PresidioDetector) -> None:
    findings = detector.detect(a_transcript("C: 131052-930V ja sähköposti on maija@example.fi"))
    assert [each.datum for each in findings] == [0, 1]


def test_times_and_words_of_a_finding_agree(detector: PresidioDetector) -> None:
    transcript = a_transcript("C: numero on 0401234567 kiitos")
    (finding,) = detector.detect(transcript)
    word = transcript.words[finding.first]
    assert (finding.start, finding.end) == (word.start, word.end)


@pytest.mark.parametrize(
    ("dialogue", "kind"),
    [
        ("A: asiakasnumero? C: se on kolme neljä viisi", "CUSTOMER_NUMBER"),
        ("C: asiakasnumeroni on 445566", "CUSTOMER_NUMBER"),
        ("A: mikä on puhelinnumeronne? C: joo kakskyt kolmekyt", "PHONE_NUMBER"),
        ("A: kertoisitko tilinumeron C: no se on 123456 785", "FI_ACCOUNT_NUMBER"),
        ("A: ja tilinumero? C: FI21 1234 5600 0007 86", "IBAN_CODE"),
        ("A: viitenumero? C: 12 34 56 2", "REFERENCE_NUMBER"),
        ("C: passin numero on XP1234567", "PASSPORT"),
        ("C: liittymän numero on 778 12", "CONNECTION_NUMBER"),
        ("A: syntymäaika? C: 13.10.2015", "DATE_OF_BIRTH"),
        ("C: salasana oli kesä kaksikymmentä", "SECRET"),
        ("C: turvasana tuulimylly", "SECRET"),
        ("C: turvakysymyksen vastaus on Musti", "SECRET"),
        ("A: ovikoodi? C: neljä seiska kaks yks", "SECRET"),
        ("A: mikä on osoitteenne? C: se on Kotipolun toinen talo", "STREET_ADDRESS"),
        ("A: mikä on nimenne? C: öö joo Zoltan Kovacs", "PERSON"),
        ("C: nimeni on Maija Virtanen", "PERSON"),
        ("C: täällä puhuu Pekka", "PERSON"),
        ("C: Korhonen puhelimessa moi", "PERSON"),
        ("C: rouva Meikäläinen", "PERSON"),
        ("C: vaimoni liisa mäkinen", "PERSON"),
        ("C: 70100 Kuopio", "POSTAL_CODE"),
        ("C: PL-tunnus FI90000003", "VAT_ID"),
        ("C: auto on ABC-123", "LICENSE_PLATE"),
        ("C: osoite 192.0.2.10", "IP_ADDRESS"),
        ("C: kortti 4111 1111 1111 1112", "CREDIT_CARD"),
        ("C: se on kaksi kolme neljä viisi kuusi seitsemän", "LONG_NUMBER"),
        ("C: kolme ärrä ässä", None),
    ],
)
def test_what_is_said_gets_its_kind(detector: PresidioDetector, dialogue: str, kind: str | None) -> None:
    assert types(detector, dialogue)[-1:] == ([kind] if kind else [])


def test_an_agents_own_name_is_a_kind_of_its_own(detector: PresidioDetector) -> None:
    assert types(detector, "A: Kuntaenergia Sanna Virtanen hyvää huomenta") == ["AGENT_NAME"]
    assert types(detector, "C: täällä Sanna Virtanen") == ["PERSON"]


@pytest.mark.parametrize(
    "dialogue",
    [
        "A: hinta on 7,25 senttiä kilowattitunnilta ja perusmaksu 4,90 euroa kuukaudessa",
        "A: olemme auki arkisin 8.00-16.00 ja lauantaina yhdeksästä viiteentoista",
        "A: lasku erääntyy 15.5.2026 ja sen summa on 126,40 euroa",
        "A: sopimus alkaa ensimmäinen tammikuuta kaksituhatta kaksikymmentäkuusi",
        "C: meillä on kolme huonetta ja kuusi viiva ei mitään",
        "A: kulutus oli 12500 kilowattituntia vuodessa",
        "C: ei tässä mitään numeroa ole",
        "C: kolme piste viisi prosenttia",
        "C: ät merkki puuttuu",
        "C: sähkölinja on poikki ja moottoritie kiinni",
    ],
)
def test_harmless_talk_stays(detector: PresidioDetector, dialogue: str) -> None:
    assert types(detector, dialogue) == []


@pytest.mark.parametrize(
    ("name", "phrase"), [(name, phrase) for name, phrases in CONTEXT["negative"].items() for phrase in phrases]
)
def test_words_that_only_look_like_cues_open_no_slot(detector: PresidioDetector, name: str, phrase: str) -> None:
    if phrase == "asiakas numero yksi meille":
        pytest.skip("recognizers split compounds, so two words open the slot too")
    kinds = {"CUSTOMER_NO": "CUSTOMER_NUMBER", "CONTRACT_NO": "CONTRACT_NUMBER", "METERING_POINT": "METERING_POINT_ID"}
    assert kinds.get(name, name) not in types(detector, f"A: {phrase} C: yksi kaksi kolme")


@pytest.mark.parametrize(
    ("known", "dialogue", "span"),
    [
        ({"identity_code": "131052-930V"}, "C: 930V", "930V"),
        ({"identity_code": "131052-930V"}, "C: kolme yks nolla viis kaks yhdeksän kolme nolla", "yhdeksän kolme nolla"),
        ({"phone": "+358401234567"}, "C: nolla neljä nolla yks kaks kolme", "nolla neljä nolla yks kaks kolme"),
        ({"account": "FI2112345600000785"}, "C: 1234 5600", "1234 5600"),
        ({"customer_number": 78923}, "C: 78923", "78923"),
        ({"names": ["Teemu Teikäläinen"]}, "C: lasku teikäläiselle", "teikäläiselle"),
        ({"names": ["Teemu Teikäläinen"]}, "C: lasku teikälaiselle", "teikälaiselle"),
        ({"address": "Harjukuja 5"}, "C: harjukujalla", "harjukujalla"),
        ({"pet": "Rekku"}, "C: rekku", "rekku"),
        ({"locker": "4472"}, "C: neljä neljä seitsemän kaksi", "neljä neljä seitsemän kaksi"),
    ],
)
def test_known_answers_are_certain(detector: PresidioDetector, known: dict[str, Any], dialogue: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    assert found_in(transcript, detector.detect(transcript, known=known), span)


def test_known_answers_find_nothing_in_other_talk(detector: PresidioDetector) -> None:
    known = {"phone": "+358401234567", "names": ["Teemu Teikäläinen"], "empty": "", "odd": None}
    assert detector.detect(a_transcript("C: hinta on viisi euroa ja sähköt palasivat"), known=known) == ()


def test_a_users_yaml_recognizer_is_heard_with_its_context() -> None:
    yaml = {
        "recognizers": [
            {"name": "off", "enabled": False},
            {
                "name": "Meter",
                "supported_entity": "METER",
                "patterns": [{"name": "meter", "regex": r"\bM\d{3}\b", "score": 0.4}],
                "context": ["mittari"],
            },
        ]
    }
    mine = build_detector(extra_yaml=yaml)
    (finding,) = mine.detect(a_transcript("C: mittari m123"))
    assert (finding.type, finding.score, finding.checksum) == ("METER", 0.75, Checksum.NONE)
    assert mine.detect(a_transcript("C: laite m123"))[0].score == 0.4


@pytest.mark.parametrize(
    "yaml",
    [
        5,
        {"recognizers": 5},
        [5],
        [{"name": "x"}],
        [{"name": "x", "supported_entity": "Y", "patterns": [{"name": "p", "regex": "(", "score": 1}]}],
    ],
)
def test_a_broken_recognizer_file_is_refused(yaml: object) -> None:
    with pytest.raises(BadInput):
        build_detector(extra_yaml=yaml)


class Broken(EntityRecognizer):
    def load(self) -> None: ...

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        raise ValueError(text)


def test_a_recognizer_that_raises_fails_the_detection_without_the_text() -> None:
    failing = build_detector(extra_recognizers=[Broken(supported_entities=["X"])])
    with pytest.raises(DetectionFailed) as caught:
        failing.detect(a_transcript("C: salaista"))
    assert caught.value.slug == "recognizer-raised-ValueError"
    assert "salaista" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_pattern_that_runs_out_of_time_fails_the_detection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redaction.recognizers.engine.REGEX_SECONDS", 0.05)
    yaml = [
        {"name": "slow", "supported_entity": "SLOW", "patterns": [{"name": "s", "regex": r"(a|aa)+b+c", "score": 0.5}]}
    ]
    with pytest.raises(DetectionFailed) as caught:
        build_detector(extra_yaml=yaml).detect(a_transcript("C: " + "a" * 40 + "!"))
    assert caught.value.slug == "recognizer-timeout"


def test_a_users_own_class_is_used() -> None:
    from presidio_analyzer import Pattern  # noqa: PLC0415

    mine = PatternRecognizer(supported_entity="POLE", patterns=[Pattern("pole", r"pylväs \w+", 0.6)])
    found = build_detector(extra_recognizers=[mine]).detect(a_transcript("C: pylväs kolmonen kaatui"))
    assert [each.type for each in found] == ["POLE"]


def test_an_empty_transcript_is_clean(detector: PresidioDetector) -> None:
    assert detector.detect(Transcript(language="fi", channels=a_transcript("").channels, words=())) == ()


def test_masked_words_hold_nothing_more(detector: PresidioDetector) -> None:
    transcript = a_transcript("A: numero? C: [PHONE_NUMBER] A: kiitos [AGENT_NAME]")
    assert detector.detect(transcript) == ()


def test_nothing_is_logged_and_no_value_shows(detector: PresidioDetector, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        findings = detector.detect(a_transcript("C: henkilötunnus on 131052-930V"))
    assert "131052" not in caplog.text
    assert "131052" not in repr(findings)


def test_importing_the_core_imports_no_presidio() -> None:
    code = (
        "import sys, redaction.model, redaction.plan, redaction.interchange, redaction.verify, redaction.slots, "
        "redaction.known, redaction.pauses, redaction.mask_samples; print('presidio_analyzer' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_sample_calls_are_masked(detector: PresidioDetector) -> None:
    missed = []
    for path in sorted((ROOT / "workers" / "samples").glob("*.json")):
        sample = json.loads(path.read_text(encoding="utf-8"))
        texts = [f"{'AC'[word['channel']]}: {word['text']}" for word in sample["words"]]
        transcript = a_transcript(" ".join(texts))
        inside = covered(detector.detect(transcript))
        missed += [
            (path.stem, each["type"])
            for each in sample["personal"]
            if not set(range(each["first"], each["last"] + 1)) <= inside
        ]
    assert missed == []
