"""Which folder a model's name means, and whether everything is in it.

Looked at before the library is: faster-whisper goes to the network when `tokenizer.json` is missing, and loads without
a word when `config.json` is, only to hear worse.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from recordings.errors import VaitiError
from workers.engines.model_manifest import Manifest, ModelDamaged, read_manifest
from workers.engines.model_pins import OTHER_NAMES, PINS

DEMO = "demo"
TRYING_ONLY = f"The speech model '{DEMO}' is for trying and testing: it knows synthetic voices only."
FETCHING = ".fetching-"
# How the folder of a model begins that is being fetched: it is no model before it was checked and renamed.
PREPROCESSOR, TOKENIZER = "preprocessor_config.json", "tokenizer.json"
NEEDED = ("config.json", "model.bin", PREPROCESSOR, TOKENIZER)
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
_REPOSITORY = re.compile(r"([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)@([0-9a-f]{40})", re.ASCII)
FULL_WINDOW = 29
# Seconds. Whisper's window is 30 s, and its last second stays silent: a word that touches the end gets lost.


class ModelMissing(VaitiError):
    """The speech model cannot be used."""

    slug = "model-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder:
    """A model on disk, and the seconds of speech that it is given at once.

    `for_trying_only` is true of the demo model, and is said wherever its words are shown. `manifest` is what a fetched
    model came with; one that was put there by hand has none.
    """

    name: str
    path: Path
    for_trying_only: bool
    manifest: Manifest | None = None

    @property
    def tells_languages(self) -> bool:
        """Tell whether it knows several languages, and so can say which one is spoken. The demo model knows one."""
        try:
            config = json.loads((self.path / "config.json").read_text(encoding="utf-8"))
            return len(config.get("lang_ids", ())) > 1
        except (OSError, ValueError, TypeError, AttributeError):
            raise ModelMissing("The speech model's file config.json cannot be read.") from None

    @property
    def window(self) -> int:
        """Return how many seconds of speech it hears at once: what its own `chunk_length` asks for, at most 29.

        A small model loses its place in long windows: the demo model asks for 8 s.
        """
        try:
            config = json.loads((self.path / PREPROCESSOR).read_text(encoding="utf-8"))
            asked = config.get("chunk_length", FULL_WINDOW)
            return max(1, min(FULL_WINDOW, int(asked)))
        except (OSError, ValueError, TypeError, AttributeError):
            raise ModelMissing(f"The speech model's file {PREPROCESSOR} cannot be read.") from None


def find_model(name: str, models: Path | None = None) -> ModelFolder:
    """Find the model that is shipped under this name, was fetched into `models`, or is this folder.

    Raises ModelMissing, naming what is missing, and ModelDamaged for a fetched one that is not what was fetched.
    """
    for parent in (_shipped(), models):
        folder = folder_name(name)
        if parent is not None and folder is not None and (parent / folder).is_dir():
            return look_at(parent / folder)
    path = Path(name).expanduser()
    if not path.is_dir():
        raise ModelMissing(f"There is no speech model {path.name!r} here: {_what_to_do(name)}.")
    return look_at(path)


def list_models(models: Path | None = None) -> tuple[ModelFolder, ...]:
    """List the models that are shipped or fetched, and whole."""
    found = []
    for path in model_folders(models):
        try:
            found.append(look_at(path))
        except (ModelMissing, ModelDamaged):
            continue
    return tuple(found)


def model_folders(models: Path | None = None) -> Iterator[Path]:
    """Give the folders where a model should be: shipped ones first. One that is being fetched is none of them."""
    for parent in (_shipped(), models):
        if parent is not None and parent.is_dir():
            yield from sorted(path for path in parent.iterdir() if path.is_dir() and not path.name.startswith("."))


def look_at(path: Path) -> ModelFolder:
    """Return the model in this folder. Raises ModelMissing and ModelDamaged, naming the files."""
    if path.resolve().name.startswith(FETCHING):
        raise ModelMissing("This model is still being fetched and was not checked.")
    manifest = read_manifest(path)
    missing = missing_files(path)
    if missing:
        raise ModelMissing(f"The speech model's folder {path.name!r} lacks {', '.join(missing)}.")
    if manifest is not None:
        _check_sizes(path, manifest)
    demo = (_shipped() / DEMO).resolve()
    return ModelFolder(name=path.name, path=path, for_trying_only=path.resolve() == demo, manifest=manifest)


def missing_files(path: Path) -> tuple[str, ...]:
    """Name the files that a model's folder lacks."""
    missing = [name for name in NEEDED if not (path / name).is_file()]
    if not any((path / name).is_file() for name in VOCABULARIES):
        missing.append(VOCABULARIES[0])
    return tuple(missing)


def folder_name(name: str) -> str | None:
    """Return the name of the folder that a model of this name is in; None for what can only be a path."""
    known = OTHER_NAMES.get(name, name)
    repository = split_repository(known)
    if repository is not None:
        return "--".join(repository[0].split("/")) + "@" + repository[1]
    is_path = not known or known.startswith((".", "~")) or any(sign in known for sign in "/\\")
    return None if is_path else known


def split_repository(name: str) -> tuple[str, str] | None:
    """Read `OWNER/REPO@<40 hex>` as repository and commit; None for anything else."""
    match = _REPOSITORY.fullmatch(name)
    return (match[1], match[2]) if match else None


def _check_sizes(path: Path, manifest: Manifest) -> None:
    """A file too many counts too: the library would read a vocabulary that nobody checked."""
    known = {each.name for each in manifest.files}
    strange = [name for name in (*NEEDED, *VOCABULARIES) if (path / name).is_file() and name not in known]
    wrong = [*manifest.wrong_sizes(path), *strange]
    if wrong:
        raise ModelDamaged(
            f"The speech model {path.name!r} is not what was fetched: {', '.join(wrong)}. "
            "Remove its folder and fetch it again."
        )


def _what_to_do(name: str) -> str:
    known = OTHER_NAMES.get(name, name)
    by_folder = f"give '{DEMO}' or the folder of a Whisper model"
    can_be_fetched = known in PINS or split_repository(known) is not None
    return f"`vaiti models fetch {known}` gets it, or {by_folder}" if can_be_fetched else by_folder


def _shipped() -> Path:
    return Path(str(resources.files("workers"))) / "models"
