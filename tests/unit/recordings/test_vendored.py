"""The files of others are what their tables say, each with its licence beside it, and NOTICE names them."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = (ROOT / "recordings" / "web" / "static" / "vendor", ROOT / "tests" / "vendor" / "axe")
ROW = re.compile(r"^\| ([\w.-]+) \| ([\w.-]+) \| ([\d.]+) \| (.*?) \| ([0-9a-f]{64}) \|$", re.MULTILINE)


def rows(folder: Path) -> dict[str, tuple[str, str, str, str]]:
    found = ROW.findall((folder / "README.md").read_text(encoding="utf-8"))
    return {name: (package, version, licence, digest) for name, package, version, licence, digest in found}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_file_is_in_the_table_and_as_it_says(folder: Path) -> None:
    table = rows(folder)
    assert {path.name for path in folder.iterdir()} - {"README.md"} == set(table)
    for name, (_, _, _, digest) in table.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_script_carries_its_version_its_licence_and_a_line_in_notice(folder: Path) -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    scripts = {name: row for name, row in rows(folder).items() if name.endswith(".js")}
    assert scripts
    for name, (package, version, licence, _) in scripts.items():
        assert version in name
        assert f"{package.removesuffix('.org')} {version}" in notice
        beside = re.findall(r"\]\(([\w.-]+)\)", licence)
        assert beside
        assert all((folder / each).is_file() for each in beside)


def test_no_page_style_or_script_of_ours_asks_another_host() -> None:
    web = ROOT / "recordings" / "web"
    ours = [path for path in web.rglob("*") if path.suffix in {".html", ".css", ".js"} and "vendor" not in path.parts]
    assert len(ours) > 5
    asking = re.compile(r"(?:src|href|action|url|import|from)\W{1,4}(?:https?:)?//", re.IGNORECASE)
    assert [path.name for path in ours if asking.search(path.read_text(encoding="utf-8"))] == []
