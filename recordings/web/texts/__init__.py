"""What the pages say, one file a language. A missing text is a KeyError and fails a test, never an empty place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from recordings.web.texts import en, fi, sv

LANGUAGES = ("fi", "sv", "en")
NAMES: Mapping[str, str] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
# Each language by its own name, for whoever cannot read the page as it is.

TEXTS: Mapping[str, Mapping[str, str]] = {"fi": fi.TEXTS, "sv": sv.TEXTS, "en": en.TEXTS}
KINDS: Mapping[str, Mapping[str, str]] = {"fi": fi.KINDS, "sv": sv.KINDS, "en": en.KINDS}
STAGES: Mapping[str, Mapping[str, str]] = {"fi": fi.STAGES, "sv": sv.STAGES, "en": en.STAGES}
BASES: Mapping[str, Mapping[str, str]] = {"fi": fi.BASES, "sv": sv.BASES, "en": en.BASES}
_TYPES: Mapping[str, Mapping[str, str]] = {"fi": fi.TYPES, "sv": sv.TYPES, "en": en.TYPES}
_SPOKEN: Mapping[str, Mapping[str, str]] = {
    "fi": fi.LANGUAGE_NAMES,
    "sv": sv.LANGUAGE_NAMES,
    "en": en.LANGUAGE_NAMES,
}
_DAYS: Mapping[str, tuple[str, ...]] = {"fi": fi.DAYS, "sv": sv.DAYS, "en": en.DAYS}


def choose_language(accept: str | None, *, chosen: str | None = None) -> str:
    """Return the language that was chosen on a page, or the first of ours in an Accept-Language header, or English."""
    if chosen in LANGUAGES:
        return str(chosen)
    for part in (accept or "").split(","):
        language = part.split(";")[0].strip().lower().split("-")[0]
        if language in LANGUAGES:
            return language
    return "en"


def name_type(entity: str, language: str) -> str:
    """Return an entity type as people call it. A type of somebody's own recognizer is shown as its words."""
    own = entity.removeprefix("FI_").replace("_", " ").lower()
    return _TYPES[language].get(entity, own)


def name_language(code: str, language: str) -> str:
    """Return a spoken language as people call it; one that the pages do not know by its code."""
    return _SPOKEN[language].get(code, code)


def write_time(moment: datetime, language: str) -> str:
    """Return a local time as people write it."""
    if language == "fi":
        return f"{write_date(moment, language)} klo {moment.hour}.{moment.minute:02d}"
    if language == "sv":
        return f"{write_date(moment, language)} kl. {moment.hour}.{moment.minute:02d}"
    return f"{write_date(moment, language)}, {moment:%H:%M}"


def write_date(day: date, language: str) -> str:
    """Return a date as people write it."""
    return f"{day.day} {day:%b %Y}" if language == "en" else f"{day.day}.{day.month}.{day.year}"


def write_day(day: date, language: str, *, today: date) -> str:
    """Return a day as the heading over its calls: today, yesterday, or its weekday and date."""
    near = {0: "today", 1: "yesterday"}.get((today - day).days)
    name = TEXTS[language][near] if near else _DAYS[language][day.weekday()]
    return f"{name[0].upper()}{name[1:]} {write_date(day, language)}"


def write_hour(moment: datetime, language: str) -> str:
    """Return the time of day of a local time."""
    return f"{moment:%H:%M}" if language == "en" else f"{moment.hour}.{moment.minute:02d}"


def write_length(seconds: float | None) -> str:
    """Return a length, or a place in the sound, as minutes and seconds, with hours where there are."""
    if seconds is None:
        return "-"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def write_number(number: float, language: str, *, digits: int = 1) -> str:
    """Return a number with a decimal comma where people write one."""
    text = f"{number:.{digits}f}"
    return text if language == "en" else text.replace(".", ",")


def write_count(number: int, language: str) -> str:
    """Return a whole number with its thousands apart: a comma in English, a space that does not break elsewhere."""
    return f"{number:,}" if language == "en" else f"{number:,}".replace(",", "\u00a0")
