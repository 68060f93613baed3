"""The letters that say no, or not yet: ground, authority, court and whom to ask, in three languages."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.letter.reply_texts import REPLY_TEXTS
from recordings.letter.texts import LANGUAGES
from recordings.steps.cases import Extension, NewCase, Refusal
from storage.cases import CaseId, CaseKind, Way
from storage.errors import NotFound
from storage.records import Recording, Scope
from tests.integration.fakes import MovedClock
from tests.integration.test_case_command import run
from tests.integration.test_cases import done, opened, tick
from tests.integration.test_letter import stating
from tests.integration.test_letter import text_of as lines_of
from tests.integration.test_review_command import as_json

__all__ = ["run"]

Push = Callable[..., Recording]
SYSTEM = Scope.system()
FORMS = ("article", "paragraph", "point")
AUTHORITY = {"fi": "PL 800, 00531 Helsinki", "sv": "PB 800, 00531 Helsingfors", "en": "P.O. Box 800, 00531 Helsinki"}
COURT = {"fi": "79 artikla", "sv": "artikel 79", "en": "Article 79"}
LAW = {"fi": "17 artikla, 3 kohta, b alakohta", "sv": "artikel 17.3 b", "en": "Article 17(3)(b)"}


def plain(text: str) -> str:
    """Without what a line's end puts into words."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


class Told(str):
    """The text of a letter: what is in it is looked for however its lines are broken."""

    __slots__ = ()

    def __contains__(self, words: object) -> bool:
        return plain(str(words)) in plain(self)


def text_of(letter: pypdf.PdfReader) -> Told:
    return Told(lines_of(letter))


def written(api: TestClient, case: dict[str, Any], **body: str) -> pypdf.PdfReader:
    answer = api.post(f"/api/v1/cases/{case['id']}/letter", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return pypdf.PdfReader(io.BytesIO(answer.content))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_tells_its_ground_the_authority_the_court_and_whom_to_ask(vaiti: Vaiti, language: str) -> None:
    told = stating(vaiti)
    case = told.keep_cases.open(NewCase(controller="kuopio", kind=CaseKind.ERASURE, way=Way.LETTER), actor="o")
    told.keep_cases.refuse(SYSTEM, case.id, Refusal.LEGAL_DUTY, actor="o")
    made = told.write_reply(SYSTEM, case.id, actor="officer-1", language=language, explanation="Sähkömarkkinalaki.")
    letter = pypdf.PdfReader(io.BytesIO(made))
    root: Any = letter.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), len(letter.pages)) == (language, True, 1)
    text = text_of(letter)
    texts = REPLY_TEXTS[language]
    for words in (
        texts["refused_title"],
        case.name,
        "Kuopion Energia Oy",
        texts["legal-duty"],
        LAW[language],
        "Sähkömarkkinalaki.",
        AUTHORITY[language],
        COURT[language],
        "tietosuoja@kuopio.invalid",
    ):
        assert words in text, words
    assert "officer-1" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_extension_tells_its_reason_and_the_new_last_day(api: TestClient, language: str) -> None:
    case = opened(api, received_on="2026-03-01")
    done(api, case, "extension", reason="number-of-requests")
    text = text_of(written(api, case, language=language))
    assert REPLY_TEXTS[language]["number-of-requests"] in text
    assert {"fi": "1.6.2026", "sv": "1.6.2026", "en": "1 June 2026"}[language] in text
    assert AUTHORITY[language] in text


def test_who_was_not_identified_in_time_is_told_so_and_how_to_ask_again(
    vaiti: Vaiti, api: TestClient, clock: MovedClock
) -> None:
    case = opened(api)
    clock.at = clock.at.replace(year=clock.at.year + 1)
    tick(vaiti)
    text = text_of(written(api, case, language="en"))
    assert REPLY_TEXTS["en"]["not-identified"] in text
    assert REPLY_TEXTS["en"]["again"] in text


def test_there_is_no_letter_of_a_case_that_is_open_or_answered(api: TestClient) -> None:
    case = opened(api, identified_by="called-back")
    assert done(api, case, "letter", 409)["slug"] == "nothing-to-tell"
    done(api, case, "extension", reason="complexity")
    written(api, case)
    done(api, case, "answer")
    assert done(api, case, "letter", 409)["slug"] == "nothing-to-tell"


def test_what_the_officer_adds_stands_in_the_letter_without_codes_and_nowhere_else(
    api: TestClient, vaiti: Vaiti
) -> None:
    case = opened(api)
    done(api, case, "refusal", ground="excessive")
    text = text_of(written(api, case, language="fi", explanation="Kolmas pyyntö.\nTunnus 131052-308T."))
    assert "Kolmas pyyntö." in text
    assert "131052-308T" not in text
    (entry,) = [each for each in vaiti.audit.list(SYSTEM) if each.action == "case.letter-written"]
    assert (entry.case, entry.detail) == (case["name"], {"case": case["id"], "state": "refused"})
    assert done(api, case, "letter", 422, explanation="x" * 2_001)["slug"] == "request-invalid"
    assert done(api, case, "letter", 422, language="de")["slug"] == "request-invalid"


def test_another_registers_case_has_no_letter_for_it(api: TestClient, vaiti: Vaiti) -> None:
    case = opened(api)
    done(api, case, "refusal", ground="excessive")
    write = vaiti.write_reply
    with pytest.raises(NotFound):
        write(Scope.of("lahti"), CaseId(case["id"]), actor="o")


def test_it_is_written_from_the_terminal(run: Callable[..., Any], push: Push, tmp_path: Path) -> None:
    push()
    case = as_json(run("case", "open", "--controller", "kuopio", "--way", "email", "--kind", "access", "--json"))
    run("case", "refused", case["id"], "--ground", "nothing-kept")
    out, words = tmp_path / "letter.pdf", tmp_path / "words.txt"
    words.write_text("Emme löytäneet mitään.", encoding="utf-8")
    more = ("--language", "fi", "--explanation", str(words))
    assert "letter.pdf" in run("case", "letter", case["id"], "--out", str(out), *more).stdout
    text = text_of(pypdf.PdfReader(out))
    assert "Emme löytäneet mitään." in text
    assert REPLY_TEXTS["fi"]["nothing-kept"] in text


def test_every_language_has_every_text_and_every_word_of_a_case() -> None:
    for language in LANGUAGES:
        assert REPLY_TEXTS[language].keys() == REPLY_TEXTS["fi"].keys()
        for word in (*Refusal, *Extension, *CaseKind):
            assert REPLY_TEXTS[language][word.value]
