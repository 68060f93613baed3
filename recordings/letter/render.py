"""The letter as a PDF that screen readers can read (PDF/UA-1), made in memory: no file of it is ever on a disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def render(content: Mapping[str, Any]) -> bytes:
    """Return the PDF of what `write_content` made."""
    import typst  # noqa: PLC0415 - only who answers a person loads it

    # its own fonts and no others: the letter looks the same on every machine
    made = typst.compile(
        _template(),
        sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
    return bytes(made)


@cache
def _template() -> bytes:
    return files("recordings.letter").joinpath("letter.typ").read_bytes()
