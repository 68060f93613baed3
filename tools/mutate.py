"""A mutation run: rules changed in one place each, and which changes no test notices (docs/evaluation/mutations.md).

    .venv/bin/python -m tools.mutate redaction/formats redaction/merge.py --tests tests/unit/redaction/test_formats.py

Works in a copy of the last commit: the tree itself is not touched.
"""

from __future__ import annotations

import argparse
import ast
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PAGE = Path("docs/evaluation/mutations.md")
LIMIT = 90
# Seconds: a mutant that never ends was noticed.
_SWAPPED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Mod: ast.Mult,
}  # fmt: skip


def main() -> int:
    """Mutate, test, write. Returns 0; what survives is for a person to judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--tests", nargs="+", required=True)
    parser.add_argument("--most", type=int, default=120, help="mutants, drawn with seed 1")
    chosen = parser.parse_args()
    files = [
        file for source in chosen.sources for file in (sorted(source.rglob("*.py")) if source.is_dir() else [source])
    ]
    mutants = [(file, *mutant) for file in files for mutant in mutations(file.read_text(encoding="utf-8"))]
    drawn = sorted(random.Random(1).sample(mutants, min(chosen.most, len(mutants))), key=lambda each: str(each[:2]))
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", "HEAD"], check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", folder], check=True, input=archive)
        survived = [each for each in drawn if not _is_noticed(Path(folder), each[0], each[3], chosen.tests)]
    PAGE.write_text(_page(files, len(mutants), len(drawn), survived, chosen.tests), encoding="utf-8")
    print(f"{len(drawn) - len(survived)} of {len(drawn)} mutants were noticed; {PAGE} is written")
    return 0


def mutations(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, what was changed, and the changed source, for each place where one can be."""
    places = [at for at, node in enumerate(ast.walk(ast.parse(source))) if _changed(node) is not None]
    for place in places:
        tree = ast.parse(source)
        node = list(ast.walk(tree))[place]
        said = _changed(node)
        yield getattr(node, "lineno", 0), str(said), ast.unparse(tree)


def _changed(node: ast.AST) -> str | None:
    """Change a node in place and say how, or return None where nothing is to change."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _SWAPPED:
        node.ops[0] = _SWAPPED[type(node.ops[0])]()
        return "comparison"
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in _SWAPPED:
        node.op = _SWAPPED[type(node.op)]()
        return "operator"
    if isinstance(node, ast.Constant) and type(node.value) is int:
        node.value += 1
        return "number"
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant) and type(node.value.value) is bool:
        node.value.value = not node.value.value
        return "answer"
    return None


def _is_noticed(folder: Path, file: Path, source: str, tests: list[str]) -> bool:
    """Tell whether a test fails on the changed source."""
    place = folder / file
    kept = place.read_text(encoding="utf-8")
    place.write_text(source, encoding="utf-8")
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        # with -m the folder stands first where modules are looked for
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return True
    finally:
        place.write_text(kept, encoding="utf-8")
    return done.returncode != 0


def _page(
    files: list[Path], every: int, drawn: int, survived: list[tuple[Path, int, str, str]], tests: list[str]
) -> str:
    """Return the page: how many were noticed, and each that was not."""
    share = 100 * (drawn - len(survived)) / max(1, drawn)
    named = ", ".join(f"`{file}`" for file in files if file.name != "__init__.py")
    lines = [
        "# A mutation run",
        "",
        "Written by `python -m tools.mutate`: a comparison, an operator, a number or an answer changed.",
        "",
        f"{drawn - len(survived)} of {drawn} mutants were noticed ({share:.0f} %), drawn from {every} in {named}.",
        f"Tests: {', '.join(f'`{test}`' for test in tests)}.",
        "",
        "Not noticed:" if survived else "All were noticed.",
        *([""] if survived else []),
        *(f"- `{file}` line {line}: {said}" for file, line, said, _ in survived),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
