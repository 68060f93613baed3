"""Facts from a file's name, by a pattern that the user states: `{queue}-{started_at:%Y%m%d-%H%M%S}-{call_id}.wav`.

- `{queue}` runs until the character that follows it in the pattern comes first; the last field takes the rest.
- `{started_at:%Y%m%d-%H%M%S}` is exactly so long; `%s` is seconds since 1970. Without a format it is ISO 8601.
- `{direction:out=outbound}` stands where the name says `out`, and gives the fact `outbound`.
- `{}` is passed over.

A pattern is never evaluated: it becomes a regular expression of escaped texts and bounded fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from string import Formatter
from zoneinfo import ZoneInfo

from recordings.errors import SettingsWrong
from workers.pushing.fields import FIELDS, NotAFact, facts_from_texts

_STARTED = "started_at"
_ISO = r"\d{4}-?\d{2}-?\d{2}[T _-]?\d{2}:?\d{2}:?\d{2}(?:[.,]\d{1,6})?(?:Z|[+-]\d{2}:?\d{2})?"
_DIGITS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2, "s": 10}
# What each directive of a time format takes; `%s` has ten digits from 2001 to 2286.
_NEEDED = ("call_id", _STARTED)


@dataclass(frozen=True, slots=True)
class NamePattern:
    """One pattern, ready to read names with."""

    expression: re.Pattern[str]
    fields: tuple[str, ...]
    fixed: tuple[tuple[str, str], ...]
    time_format: str
    zone: ZoneInfo | None

    @property
    def given(self) -> set[str]:
        """The fields that every name of this form gives."""
        return {*self.fields, *dict(self.fixed)}

    def read(self, name: str) -> dict[str, object] | None:
        """Return the facts in a file's name; None when the name is not of this form. Raises NotAFact."""
        found = self.expression.fullmatch(name)
        if found is None:
            return None
        texts = {**dict(zip(self.fields, found.groups(), strict=True)), **dict(self.fixed)}
        if self.time_format:
            texts[_STARTED] = _read_time(texts[_STARTED], self.time_format)
        return facts_from_texts(texts, self.zone)


def compile_pattern(text: str, zone: ZoneInfo | None) -> NamePattern:
    """Read a pattern. Raises SettingsWrong, which says what to change."""
    try:
        pieces = [*Formatter().parse(text)]
    except ValueError:
        raise SettingsWrong("--name: a brace is not closed; a brace of the name itself is written {{ or }}.") from None
    expression, time_format = "", ""
    fields: list[str] = []
    fixed: list[tuple[str, str]] = []
    for at, (literal, field, form, _) in enumerate(pieces):
        expression += re.escape(literal)
        if field is None:
            continue
        following = next((each[0] for each in pieces[at + 1 :] if each[0]), "")
        last = not any(each[1] is not None for each in pieces[at + 1 :])
        if not field:
            expression += _until(following, last=last)
            continue
        if field not in FIELDS or field in fields:
            raise SettingsWrong(f"--name: each field once, of these: {', '.join(sorted(FIELDS))}.")
        if field == _STARTED:
            time_format = form or ""
            expression += f"({_time_expression(time_format)})"
        elif "=" in (form or ""):
            said, value = str(form).split("=", 1)
            expression += re.escape(said)
            fixed.append((field, value))
            continue
        else:
            expression += f"({_until(following, last=last)})"
        fields.append(field)
    _check(fields, time_format, zone)
    return NamePattern(re.compile(expression), tuple(fields), tuple(fixed), time_format, zone)


def _until(following: str, *, last: bool) -> str:
    return ".+" if last or not following else f"[^{re.escape(following[0])}]+"


def _time_expression(form: str) -> str:
    if not form:
        return _ISO
    expression = ""
    for directive, plain in re.findall(r"%(.)|([^%])", form):
        if directive and directive not in _DIGITS:
            raise SettingsWrong("--name: a time is written with %Y %m %d %H %M %S, or %s for seconds since 1970.")
        expression += rf"\d{{{_DIGITS[directive]}}}" if directive else re.escape(plain)
    return expression


def _check(fields: list[str], form: str, zone: ZoneInfo | None) -> None:
    for needed in _NEEDED:
        if needed not in fields:
            raise SettingsWrong(f"--name: the pattern needs {{{needed}}}.")
    if form and form != "%s" and zone is None:
        raise SettingsWrong("--name: a local time needs its zone, as --zone Europe/Helsinki.")


def _read_time(text: str, form: str) -> str:
    try:
        if form == "%s":
            return datetime.fromtimestamp(int(text), tz=UTC).isoformat()
        return datetime.strptime(text, form).isoformat()  # noqa: DTZ007 - the zone is the pattern's
    except ValueError:
        raise NotAFact(_STARTED, "datetime_parsing") from None
