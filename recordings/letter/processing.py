"""The record of processing that a controller keeps of its recordings: GDPR Art. 30(1). Pure.

Written from what the controllers file states and from what this service does, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from recordings.controllers import Controller
from recordings.letter.content import day_of, section
from recordings.letter.processing_texts import PROCESSING_TEXTS
from recordings.letter.texts import TEXTS
from recordings.retention import Period
from recordings.statements import Basis, Processor


def write_processing(controller: Controller, *, today: date, language: str) -> dict[str, Any]:
    """Return what the record says, as `letter.typ` takes it; `language` is fi, sv or en."""
    t, p = TEXTS[language], PROCESSING_TEXTS[language]
    return {
        "lang": language,
        "title": p["title"],
        "page": t["page"],
        "meta": [[p["who_head"], controller.name], [p["law_head"], p["law"]], [t["date"], day_of(today, language)]],
        "sections": [
            section(p["purposes_head"], table=_purposes(controller, t, p, language)),
            section(p["persons_head"], p["persons"]),
            section(p["data_head"], p["data"]),
            _receivers(controller, p, language),
            section(p["rest_head"], *(_rest(controller, p) or (p["not_stated"],))),
            section(p["security_head"], p["security"]),
            section(p["officer_head"], controller.officer or controller.name),
        ],
        "words_head": "",
        "words": [],
    }


def _purposes(controller: Controller, t: Mapping[str, str], p: Mapping[str, str], language: str) -> dict[str, Any]:
    rows = []
    for kind, period in controller.periods.items():
        stated = controller.purposes.get(kind)
        basis = p["not_stated"]
        if stated is not None:
            basis = t["contract-basis" if stated.basis is Basis.CONTRACT else stated.basis.value]
        text = stated.in_language(language) if stated is not None else p["not_stated"]
        rows.append([t[kind.value], text, basis, _period(period, p)])
    return {"head": [t["kind"], p["purpose"], p["basis"], p["kept"]], "rows": rows}


def _receivers(controller: Controller, p: Mapping[str, str], language: str) -> dict[str, Any]:
    rows = [[each, "", "", ""] for each in controller.recipients]
    rows += [
        [each.name, each.in_language(language), _agreement(each, language), ", ".join(_country(each))]
        for each in controller.processors.values()
    ]
    rows += [[each.name, "", f"- {day_of(each.agreement_ends, language)}", ""] for each in controller.partners.values()]
    if not rows:
        return section(p["receivers_head"], p["none"])
    head = [p["receiver"], p["task"], p["agreement"], p["country"]]
    return section(p["receivers_head"], table={"head": head, "rows": rows})


def _agreement(processor: Processor, language: str) -> str:
    until = f" - {day_of(processor.agreement_ends, language)}" if processor.agreement_ends else ""
    return day_of(processor.agreement, language) + until


def _country(processor: Processor) -> Iterable[str]:
    yield processor.country
    if processor.transfer is not None:
        yield processor.transfer


def _rest(controller: Controller, p: Mapping[str, str]) -> tuple[str, ...]:
    stated = (
        ("cases", controller.cases),
        ("objections", controller.objections),
        ("accounts", controller.accounts),
        ("audit", controller.audit),
    )
    return tuple(p[name].format(period=_period(period, p)) for name, period in stated if period is not None)


def _period(period: Period, p: Mapping[str, str]) -> str:
    parts = ((period.years, "years"), (period.months, "months"), (period.days, "days"))
    return " ".join(p[name].format(count=count) for count, name in parts if count)
