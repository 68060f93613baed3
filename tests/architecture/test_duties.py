"""docs/duties.md leaves no duty of domain.md 5 out, and what it names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "duties.md").read_text(encoding="utf-8")
DUTIES = {*(f"K{n}" for n in range(1, 53)), *(f"L{n}" for n in range(1, 29)), "out of scope"}
STATES = {"held", "part", "waits", "outside"}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| (K\d+|L\d+|out of scope) \|", line)
]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}


def test_every_duty_stands_there_once() -> None:
    ids = [row[0] for row in ROWS]
    assert sorted(ids) == sorted(DUTIES)
    assert {row[2] for row in ROWS} <= STATES
    assert all(len(row) == 6 for row in ROWS)


def test_what_is_held_names_its_code_and_its_test_and_what_is_not_says_why() -> None:
    for id_, _, state, code, tests, remains in ROWS:
        holds = bool(names(code)) and bool(names(tests))
        assert holds == (state in {"held", "part"}), id_
        assert remains or state == "held", id_


def test_every_file_and_test_that_is_named_exists() -> None:
    missing = [name for row in ROWS for name in names(row[3]) if not (ROOT / name).is_file()]
    for row in ROWS:
        for name in names(row[4]):
            path, _, test = name.partition("::")
            if not (ROOT / path).is_file() or test not in functions_of(ROOT / path):
                missing.append(name)
    assert sorted(set(missing)) == []
