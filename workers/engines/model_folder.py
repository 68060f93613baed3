"""Which folder a model's name means, and whether everything is in it.

Looked at before the library is: faster-whisper goes to the network when `tokenizer.json` is missing, and loads without
a word when `config.json` is, only to hear worse.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from recordings.errors import VaitiError

DEMO = "demo"
_PREPROCESSOR = "preprocessor_config.json"
_NEEDED = ("config.json", "model.bin", _PREPROCESSOR, "tokenizer.json")
_VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
_FULL_WINDOW = 29
# Seconds. Whisper's window is 30 s, and its last second stays silent: a word that touches the end gets lost.


class ModelMissing(VaitiError):
    """The speech model cannot be used."""

    slug = "model-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder:
    """A model on disk, and the seconds of speech that it is given at once.

    `for_trying_only` is true of the demo model, and is said wherever its words are shown.
    """

    name: str
    path: Path
    for_trying_only: bool

    @property
    def window(self) -> int:
        """Return how many seconds of speech it hears at once: what its own `chunk_length` asks for, at most 29.

        A small model loses its place in long windows: the demo model asks for 8 s.
        """
        try:
            config = json.loads((self.path / _PREPROCESSOR).read_text(encoding="utf-8"))
            asked = config.get("chunk_length", _FULL_WINDOW)
            return max(1, min(_FULL_WINDOW, int(asked)))
        except (OSError, ValueError, TypeError, AttributeError):
            raise ModelMissing(f"The speech model's file {_PREPROCESSOR} cannot be read.") from None


def find_model(name: str) -> ModelFolder:
    """Find the model that is shipped under this name, or this folder. Raises ModelMissing, naming what is missing."""
    shipped = _shipped() / name
    is_name = not any(sign in name for sign in "/\\") and shipped.is_dir()
    path = shipped if is_name else Path(name).expanduser()
    if not path.is_dir():
        raise ModelMissing(f"There is no speech model {path.name!r}: give '{DEMO}' or the folder of a Whisper model.")
    missing = missing_files(path)
    if missing:
        raise ModelMissing(f"The speech model's folder {path.name!r} lacks {', '.join(missing)}.")
    return ModelFolder(name=path.name, path=path, for_trying_only=is_name and name == DEMO)


def list_models() -> tuple[ModelFolder, ...]:
    """List the models that are shipped and whole."""
    if not _shipped().is_dir():
        return ()
    folders = sorted(path for path in _shipped().iterdir() if path.is_dir() and not missing_files(path))
    return tuple(ModelFolder(name=path.name, path=path, for_trying_only=path.name == DEMO) for path in folders)


def missing_files(path: Path) -> tuple[str, ...]:
    """Name the files that a model's folder lacks."""
    missing = [name for name in _NEEDED if not (path / name).is_file()]
    if not any((path / name).is_file() for name in _VOCABULARIES):
        missing.append(_VOCABULARIES[0])
    return tuple(missing)


def _shipped() -> Path:
    return Path(str(resources.files("workers"))) / "models"
