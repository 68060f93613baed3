"""The engines of one process, each built when it is first needed: presidio takes seconds and a model more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from recordings.engines import Detector, Transcriber

Engine = TypeVar("Engine")


def detector_builder(
    *, language: str, own: Path | None = None, own_numbers: Sequence[str] = ()
) -> Callable[[], Detector]:
    """Return what builds the detector once; its recognizers need presidio, so they are imported then and not before.

    `own` names a file with the user's recognizers; what it returns raises SettingsWrong when the file cannot be used.
    """

    @cache
    def build() -> Detector:
        from redaction.recognizers.registry import build_detector  # noqa: PLC0415 - see above
        from workers.recognizers import read_recognizers  # noqa: PLC0415

        extra = read_recognizers(own, language)
        return build_detector(languages=(language,), extra_yaml=extra, own_numbers=tuple(own_numbers))

    return build


def transcriber_builder(
    model: str, *, models: Path | None = None, device: str = "cpu", cpu_threads: int = 0
) -> Callable[[], Transcriber]:
    """Return what finds and builds the speech model once; `models` is where fetched ones are,
    `device` what computes: cpu or cuda.

    Raises `ModelMissing` and `ModelDamaged` when it is called, not before.
    """

    @cache
    def build() -> Transcriber:
        from workers.engines.model_folder import find_model  # noqa: PLC0415 - see above
        from workers.engines.whisper import WhisperTranscriber  # noqa: PLC0415

        return WhisperTranscriber(find_model(model, models), device=device, cpu_threads=cpu_threads)

    return build
