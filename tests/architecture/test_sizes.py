"""Sizes that the codebases in docs/adr/0001 keep. A limit that has to be passed is named here with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("redaction", "storage", "recordings", "workers", "tools", "benchmarks")
MAX_FILE_LINES = 400
MAX_TEST_FILE_LINES = 500
MAX_BODY_LINES = 50
MAX_PARAMETERS = 6

# Typer turns parameters into options: a command has as many as the command line needs.
MANY_PARAMETERS_ALLOWED_IN = ("workers/main.py", "workers/cli/", "tools/")


def source_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without its docstring."""
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and len(body) > 1:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    named = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return len([a for a in named if a.arg not in ("self", "cls")])


@pytest.mark.parametrize("path", source_files(*PACKAGES), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_source_file_fits_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_FILE_LINES


@pytest.mark.parametrize("path", source_files("tests"), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_test_file_tells_one_story(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_TEST_FILE_LINES


def test_a_function_fits_on_one_screen() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{f.lineno} {f.name}: {body_lines(f)} lines"
        for path in source_files(*PACKAGES)
        for f in functions(path)
        if body_lines(f) > MAX_BODY_LINES
    ]
    assert too_long == []


def test_a_function_takes_few_parameters() -> None:
    too_many = [
        f"{path.relative_to(ROOT)}:{f.lineno} {f.name}: {parameters(f)} parameters"
        for path in source_files(*PACKAGES)
        if not str(path.relative_to(ROOT)).startswith(MANY_PARAMETERS_ALLOWED_IN)
        for f in functions(path)
        if parameters(f) > MAX_PARAMETERS
    ]
    assert too_many == []
