"""What all commands share: exit codes, one line for an error, JSON on request."""

from __future__ import annotations

import json
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum, StrEnum
from pathlib import Path
from threading import Event
from typing import Annotated, Any, NoReturn, TypeVar

import typer

Word = TypeVar("Word", bound=StrEnum)
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]
Actor = Annotated[
    str, typer.Option("--as", help="Who acts, as the audit log names them: a pseudonym of the company's own.")
]
NAME = r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}"
Data = Annotated[Path | None, typer.Option("--data", help="The data folder. [default: VAITI_DATA or vaiti-data]")]


class Exit(IntEnum):
    """Exit codes (design.md): scripts decide by them."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    REFUSED = 3
    QUARANTINE = 4


def say(line: str = "") -> None:
    """Print a line for a person."""
    typer.echo(line)


def say_json(document: Any) -> None:
    """Print a document for a program, on one line."""
    typer.echo(json.dumps(document, ensure_ascii=False, sort_keys=False, default=str))


def note(line: str) -> None:
    """Print a line about the work itself, beside what is piped on."""
    typer.echo(line, err=True)


def stop(message: str, code: Exit, *, slug: str | None = None) -> NoReturn:
    """End with one line that says what to do."""
    note(f"vaiti: {message}" + (f" [{slug}]" if slug else ""))
    raise SystemExit(int(code))


def word_of(of: type[Word], text: str) -> Word:
    """Return the word of this name, or end with those that there are."""
    if text not in {each.value for each in of}:
        stop(f"choose one of {', '.join(each.value for each in of)}", Exit.USAGE)
    return of(text)


def audit_name(text: str) -> str:
    """Return a name that the audit log takes, or end."""
    if not re.fullmatch(NAME, text):
        stop("a name in the audit log is letters, digits and . _ / - only", Exit.USAGE)
    return text


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Show on a terminal that long work goes on; elsewhere say once that it began. What it yields tells how far."""
    if not sys.stderr.isatty():
        note(what)
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - the help must not wait for it

    with Console(stderr=True).status(what) as status:
        yield lambda how_far: status.update(f"{what} {how_far}")


def told_to_stop() -> Event:
    """Return an event that a signal to end sets."""
    told = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    return told
