"""A manifest: a table of recordings and their facts, read row by row and checked whole before anything is sent.

CSV (comma, semicolon or tab; the first row names the columns) or JSON lines. `path` is relative to the manifest; every
other column is a field of the facts (`workers.pushing.fields`). Rows are numbered as a spreadsheet does: the first row
after the head is 2; lines of JSON start at 1.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from recordings.errors import FactsInvalid, Refused
from recordings.facts import Facts, parse_facts
from workers.pushing.fields import FIELDS, NotAFact, facts_from_document, facts_from_texts

PATH = "path"
CUSTOMER_PATH = "customer_path"
# The customer's own file; `path` is then the agent's.
_FILES = frozenset({PATH, CUSTOMER_PATH})
_LINES = frozenset({".jsonl", ".ndjson"})
_SEPARATORS = ",;\t"


class ManifestUnreadable(Refused):
    """The manifest cannot be read."""

    slug = "manifest-unreadable"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row: a field of ours and a rule, never a value."""

    row: int
    field: str
    rule: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a file, or the agent's and the customer's, and the facts."""

    number: int
    path: Path
    facts: dict[str, Any]
    customer: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Where the manifest is and how it is read. `columns` maps our names to those of its head."""

    path: Path
    defaults: Mapping[str, Any]
    columns: Mapping[str, str] = field(default_factory=dict)
    zone: ZoneInfo | None = None

    def rows(self) -> Iterator[Row | Problem]:
        """Yield every row, read anew. Raises ManifestUnreadable."""
        try:
            if self.path.suffix.lower() in _LINES:
                yield from self._read_lines()
            else:
                yield from self._read_table()
        except (OSError, UnicodeDecodeError, csv.Error):
            raise ManifestUnreadable("The manifest is no text in UTF-8 that can be read.") from None

    def _read_lines(self) -> Iterator[Row | Problem]:
        with self.path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    document = json.loads(line)
                    path = document.pop(PATH)
                    customer = document.pop(CUSTOMER_PATH, None)
                    yield self._row(number, (str(path), customer), facts_from_document(document, self.zone))
                except NotAFact as wrong:
                    yield Problem(number, wrong.field, wrong.rule)
                except (ValueError, KeyError, TypeError, AttributeError):
                    yield Problem(number, PATH, "json_object_with_path")

    def _read_table(self) -> Iterator[Row | Problem]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            separator = max(_SEPARATORS, key=head.count)
            file.seek(0)
            table = csv.reader(file, delimiter=separator, strict=True)
            places = self._places([name.strip() for name in next(table, [])])
            for number, cells in enumerate(table, start=2):
                if not any(cells):
                    continue
                try:
                    texts = {name: cells[at] for name, at in places.items()}
                    path = texts.pop(PATH)
                    customer = texts.pop(CUSTOMER_PATH, "").strip()
                    yield self._row(number, (path, customer), facts_from_texts(texts, self.zone))
                except IndexError:
                    yield Problem(number, "row", "too_few_columns")
                except NotAFact as wrong:
                    yield Problem(number, wrong.field, wrong.rule)

    def _places(self, head: Sequence[str]) -> dict[str, int]:
        """Return the column of each field. Raises ManifestUnreadable, which names columns by their place."""
        names = self.columns or {name: name for name in head if name}
        unknown = [str(at) for at, name in enumerate(head, start=1) if name and name not in FIELDS | _FILES]
        if not self.columns and unknown:
            raise ManifestUnreadable(
                f"Columns {', '.join(unknown)} of the manifest have no name of ours in the first row. "
                f"Rename them, or say with --columns which are wanted. Ours: {', '.join(sorted(FIELDS | _FILES))}."
            )
        missing = [ours for ours, theirs in names.items() if theirs not in head]
        if PATH not in names or missing:
            raise ManifestUnreadable(f"The manifest has no column for: {', '.join(missing or [PATH])}.")
        return {ours: head.index(theirs) for ours, theirs in names.items()}

    def _row(self, number: int, paths: tuple[str, str | None], facts: Mapping[str, Any]) -> Row:
        path, customer = paths
        beside = self.path.parent / str(customer) if customer else None
        return Row(number, self.path.parent / path, {**self.defaults, **facts}, beside)


def read_columns(text: str) -> dict[str, str]:
    """Read `--columns "path=File,call_id=Conversation"`. Raises ManifestUnreadable."""
    pairs = [pair.partition("=") for pair in text.split(",")]
    columns = {ours.strip(): theirs.strip() for ours, _, theirs in pairs}
    if not set(columns) <= FIELDS | _FILES or not all(columns.values()):
        raise ManifestUnreadable(f"--columns is ours=theirs,...; ours are {', '.join(sorted(FIELDS | _FILES))}.")
    return columns


def check_row(row: Row, seen: set[tuple[str, str, int]], *, needs_file: bool) -> list[Problem]:
    """Return what is wrong with a row's facts and file; `seen` are the calls of the rows before."""
    problems: list[Problem] = []
    for column, path in ((PATH, row.path), (CUSTOMER_PATH, row.customer)):
        if needs_file and path is not None and not (path.is_file() and not path.is_symlink()):
            problems.append(Problem(row.number, column, "no_such_file"))
    if row.customer == row.path:
        problems.append(Problem(row.number, CUSTOMER_PATH, "same_file"))
    try:
        facts: Facts = parse_facts(json.dumps(row.facts).encode())
    except FactsInvalid as wrong:
        return problems + [Problem(row.number, name, rule) for name, rule in wrong.problems]
    call = (facts.controller, facts.call_id, facts.part)
    if call in seen:
        problems.append(Problem(row.number, "call_id", "twice_in_the_manifest"))
    seen.add(call)
    return problems
