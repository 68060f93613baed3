"""docs/errors.md and the code name the same slugs."""

import re
from pathlib import Path

from recordings.api.problems import STATUS
from tests.integration.slugs import ROOT, find_slugs

PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
LISTED = set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE))


def test_every_slug_of_the_code_is_explained() -> None:
    assert find_slugs() | set(STATUS) <= LISTED


def test_every_slug_that_is_explained_is_in_the_code() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for package in ("redaction", "storage", "recordings", "workers")
        for path in Path(ROOT / package).rglob("*.py")
    )
    assert {slug for slug in LISTED if f'"{slug}"' not in code} == set()


def test_every_status_on_the_page_is_the_one_that_is_answered() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", PAGE, re.MULTILINE)
    assert {slug: int(status) for slug, status in rows} == {slug: STATUS.get(slug, 422) for slug, _ in rows}
