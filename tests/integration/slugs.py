"""Every slug that the code can answer with, read from its source: class attributes, and literals that are raised."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RAISED_WITH_A_SLUG = {"BadAudio", "refusal", "SpeechFailed", "BadInput", "DetectionFailed", "RedactionError"}
REASONS = {"reasons", "stuck"}  # sets that a plan's reasons for quarantine are added to


def find_slugs() -> set[str]:
    found: set[str] = set()
    for package in ("redaction", "storage", "recordings", "workers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            found.update(_slugs_of(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _slugs_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from (_text(each.value) for each in node.body if _is_slug(each))  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function, first = node.func, node.args[0].value
            raised = isinstance(function, ast.Name) and function.id in RAISED_WITH_A_SLUG
            added = (
                isinstance(function, ast.Attribute)
                and function.attr == "add"
                and isinstance(function.value, ast.Name)
                and function.value.id in REASONS
            )
            if (raised or added) and isinstance(first, str):
                yield first


def _is_slug(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "slug"
        and isinstance(node.value, ast.Constant)
    )


def _text(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant)
    return str(node.value)
