"""`vaiti serve --recognizers`: a file that cannot be used stops the start, not the first call."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from workers.main import app


@pytest.mark.parametrize(
    ("text", "slug"), [("recognizers: 5\n", "[recognizers-not-a-list]"), ("a: [", "not YAML that can be read")]
)
def test_a_file_that_cannot_be_used_stops_the_start(tmp_path: Path, text: str, slug: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    options = ["--data", str(tmp_path / "data"), "--port", "0", "--recognizers", str(file)]
    done = CliRunner().invoke(app, ["serve", *options])
    assert (done.exit_code, slug in done.output) == (2, True)
