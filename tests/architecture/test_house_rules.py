"""Rules that an import contract cannot say."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from recordings.observability import ALLOWED_KEYS

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("redaction", "storage", "recordings", "workers")
BROAD_EXCEPT_ALLOWED_IN = {"workers/runner.py"}  # decided once: fatal, transient, usage
MEASURES_PRESIDIO = "workers/evaluation/peers.py"  # as a peer, on the same calls; nothing is masked with it there


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def sources() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def in_python(code: str) -> str:
    """Run code in a Python of its own and return what it printed."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def names_called(path: Path) -> set[str]:
    calls = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
    return {c.func.id for c in calls if isinstance(c.func, ast.Name)}


def test_the_pure_core_opens_and_prints_nothing() -> None:
    guilty = {
        str(p.relative_to(ROOT))
        for p in (ROOT / "redaction").rglob("*.py")
        if names_called(p) & {"open", "print", "input"}
    }
    assert guilty == set()


def test_only_the_runner_catches_everything() -> None:
    broad = {
        str(path.relative_to(ROOT))
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    }
    assert broad <= BROAD_EXCEPT_ALLOWED_IN


def test_importing_a_package_prints_nothing_and_starts_nothing() -> None:
    code = "import threading, redaction, storage, recordings, workers, workers.main; print(threading.active_count())"
    assert in_python(code).strip() == "1"


def test_the_api_process_imports_neither_presidio_nor_a_speech_model() -> None:
    heavy = {"presidio_analyzer", "spacy", "faster_whisper", "ctranslate2", "av", "pydub"}
    code = f"import sys, recordings.api.app, recordings.factory; print(sorted({heavy} & sys.modules.keys()))"
    assert in_python(code).strip() == "[]"


def test_only_the_recognizers_import_presidio() -> None:
    importers = {
        str(path.relative_to(ROOT))
        for path in sources()
        if re.search(r"^\s*(from|import) presidio", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert all(name.startswith("redaction/recognizers/") for name in importers - {MEASURES_PRESIDIO})
    assert importers


def test_no_file_names_this_machine_or_a_package_host() -> None:
    # put together here so that this file does not find itself
    forbidden = re.compile(
        "|".join(["/wo" + "rk/", "/ro" + "ot/", "pypi" + r"\.org", "files.python" + "hosted", "registry.npm" + "js"])
    )
    guilty = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if forbidden.search(text):
            guilty.append(str(path.relative_to(ROOT)))
    assert guilty == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 80


def test_every_requirement_is_locked_by_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        blocks = re.findall(
            r"^([a-z0-9][^\s=]*)==[^\n]*(?:\n    --hash[^\n]*)*",
            (ROOT / name).read_text(encoding="utf-8"),
            re.MULTILINE,
        )
        hashed = re.findall(
            r"^[a-z0-9][^\s=]*==[^\n]*\\\n    --hash=sha256:", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
        )
        assert len(blocks) == len(hashed) > 30, name


def logged(path: Path) -> list[tuple[int, str]]:
    """Every key that a file logs, by line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "log":
            found += [(node.lineno, each.arg or "**") for each in node.keywords]
            # an event is a word of ours in the source; some hand one on, and its form is checked when it is written
            named = node.args and isinstance(node.args[0], ast.Constant | ast.Name | ast.JoinedStr)
            found += [] if named and len(node.args) == 1 else [(node.lineno, "its event")]
    return found


def test_every_key_that_is_logged_is_on_the_list() -> None:
    spread = {("workers/process.py", "**")}  # module and line, from one place
    guilty = {
        (str(path.relative_to(ROOT)), key) for path in sources() for _, key in logged(path) if key not in ALLOWED_KEYS
    }
    assert guilty <= spread
    assert sum(len(logged(path)) for path in sources()) > 40


def test_every_link_of_the_docs_leads_somewhere() -> None:
    pages = [path for path in tracked_files() if path.suffix == ".md"]
    dead = {
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not link.startswith("mailto:") and not (page.parent / link).exists()
    }
    assert dead == set()
