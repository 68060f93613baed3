"""A user's own recognizers, as presidio's YAML: read and tried once, before anything is detected with them."""

from __future__ import annotations

from pathlib import Path

import yaml

from recordings.errors import SettingsWrong
from redaction.errors import BadInput


def read_recognizers(path: Path | None, language: str) -> object | None:
    """Return the recognizers of a file as parsed, None where no file is named.

    A file that cannot be used is told at the start and not at the first call. Raises SettingsWrong.
    """
    if path is None:
        return None
    from redaction.recognizers.engine import read_yaml_recognizers  # noqa: PLC0415 - presidio takes a second

    try:
        parsed: object = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise SettingsWrong(f"{path.name} is not YAML that can be read.") from None
    try:
        read_yaml_recognizers(parsed, (language,))
    except BadInput as error:
        raise SettingsWrong(
            f"{path.name} is not a presidio recognizers file that can be used ({error.slug}; docs/errors.md)."
        ) from None
    return parsed
