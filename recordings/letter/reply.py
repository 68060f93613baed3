"""What a letter of refusal or of extension tells: GDPR Art. 12(3) and 12(4). Pure.

What is decided and why, until when, where to complain, that a court is open, and whom to ask. It names nobody: the
company puts the address on the envelope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from recordings.controllers import Controller
from recordings.letter.content import day_of, officer_lines, section
from recordings.letter.reply_texts import REPLY_TEXTS
from recordings.letter.texts import TEXTS
from recordings.retention import local_date
from storage.cases import Case, CaseKind, CaseState

NOT_IDENTIFIED: Final = "not-identified"
REFUSING: Final = frozenset({CaseState.REFUSED, CaseState.LAPSED})
# A case that lapses was never answered either: who asked is told why nothing is done.

_ARTICLES: Final[Mapping[CaseKind, tuple[str, ...]]] = {
    CaseKind.ACCESS: ("15",),
    CaseKind.RECTIFICATION: ("16",),
    CaseKind.ERASURE: ("17",),
    CaseKind.RESTRICTION: ("18",),
    CaseKind.PORTABILITY: ("20",),
    CaseKind.OBJECTION: ("21",),
    CaseKind.CONSENT_WITHDRAWAL: ("7", "3"),
}
_GROUNDS: Final[Mapping[tuple[str, CaseKind | None], tuple[str, ...]]] = {
    (NOT_IDENTIFIED, None): ("12", "2"),
    ("manifestly-unfounded", None): ("12", "5"),
    ("excessive", None): ("12", "5"),
    ("legal-duty", CaseKind.ERASURE): ("17", "3", "b"),
    ("legal-claim", CaseKind.ERASURE): ("17", "3", "e"),
    ("legal-claim", CaseKind.OBJECTION): ("21", "1"),
    ("compelling-grounds", None): ("21", "1"),
}
# Where a ground stands in no article for what is asked, none is cited.


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a letter is written of: the case, its moment (UTC), its language, and the officer's own words or none."""

    case: Case
    at: datetime
    language: str
    explanation: str = ""


def is_to_be_told(case: Case) -> bool:
    """Tell whether there is something that the person has to be told by a letter of ours."""
    return case.state in REFUSING or (case.extended_for is not None and case.closed_at is None)


def write_reply(reply: Reply, controller: Controller) -> dict[str, Any]:
    """Return what the letter says, as `letter.typ` takes it. The case is one that `is_to_be_told`."""
    case, language = reply.case, reply.language
    t, r = TEXTS[language], REPLY_TEXTS[language]
    refused = case.state in REFUSING
    middle = _refused(case, r) if refused else _extended(case, r, language)
    return {
        "lang": language,
        "title": r["refused_title" if refused else "extended_title"],
        "page": t["page"],
        "meta": [
            [t["from"], controller.name],
            [t["case"], case.name],
            [r["received"], day_of(case.received_on, language)],
            [t["date"], day_of(local_date(reply.at, controller.zone_info), language)],
        ],
        "sections": [
            section(
                r["asked_head"], r["asked"].format(kind=r[case.kind.value], article=_cite(_ARTICLES[case.kind], r))
            ),
            *middle,
            *([section(r["explained_head"], *_paragraphs(reply.explanation))] if reply.explanation else []),
            section(r["remedy_head"], t["complaint"], r["remedy"]),
            section(t["officer_head"], *officer_lines(controller, t, language)),
        ],
        "words_head": "",
        "words": [],
    }


def _refused(case: Case, r: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    ground = case.ground or NOT_IDENTIFIED
    article = _GROUNDS.get((ground, case.kind)) or _GROUNDS.get((ground, None))
    told = r["refused"].format(ground=r[ground])
    told += r["cited"].format(article=_cite(article, r)) if article else "."
    yield section(r["refused_head"], told, *([r["again"]] if ground == NOT_IDENTIFIED else []))


def _extended(case: Case, r: Mapping[str, str], language: str) -> Iterable[dict[str, Any]]:
    told = r["extended"].format(due=day_of(case.due_on, language), reason=r[case.extended_for or ""])
    yield section(r["extended_head"], told)


def _cite(place: tuple[str, ...], r: Mapping[str, str]) -> str:
    form = ("article", "paragraph", "point")[len(place) - 1]
    return r[form].format(**dict(zip(("article", "paragraph", "point"), place, strict=False)))


def _paragraphs(text: str) -> Iterable[str]:
    return [each.strip() for each in text.splitlines() if each.strip()]
