"""Get a Whisper model from the hub: one commit, every file checked, and all of it or nothing.

The only code of Vaiti that asks another machine for anything, and only `vaiti models fetch` runs it. A process in
which the speech engine was loaded cannot: that one is offline for good (whisper.py). Nothing about this machine is
sent along: no token, no list of installed packages.
"""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self, cast

import ctranslate2
import huggingface_hub.constants
import huggingface_hub.errors
from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HFValidationError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils import logging as hub_log

from recordings.errors import Refused, VaitiError
from storage.durable import sync
from workers.engines.model_folder import (
    FETCHING,
    NEEDED,
    PREPROCESSOR,
    VOCABULARIES,
    ModelFolder,
    folder_name,
    look_at,
    split_repository,
)
from workers.engines.model_manifest import (
    PINNED,
    STATED,
    Manifest,
    ModelDamaged,
    ModelFile,
    git_blob_of,
    read_manifest,
    sha256_of,
)
from workers.engines.model_pins import OTHER_NAMES, PINS, Pin

_HTTP_ERROR: type[Exception] = huggingface_hub.errors.HTTPError  # type: ignore[attr-defined]
# The base of all that the library's client for HTTP raises; it has no public name.
_TIMEOUT = 15.0
_SPARE = 64 * 2**20
# Bytes that stay free on the disk beside the model.
_BY_HAND = "Where there is no network, copy a model's folder by hand and name it: VAITI_SPEECH_MODEL=/models/large-v3"
_SMALL = 32 * 2**20
# Bytes. Only the weights are larger, and a file that is stated without a digest may not be.

huggingface_hub.constants.HF_HUB_DISABLE_TELEMETRY = True
huggingface_hub.constants.HF_HUB_DISABLE_XET = True  # plain HTTPS: one host, no cache of its own, what the tests test


class FetchRefused(Refused):
    """This model cannot be fetched."""

    slug = "model-refused"


class HubUnreachable(VaitiError):
    """The model hub does not answer."""

    slug = "model-hub-unreachable"


class DiskFull(VaitiError):
    """The disk has no room for this model."""

    slug = "disk-full"


class Progress(Protocol):
    """Is told how the download goes."""

    def begin(self, total: int) -> None:
        """So many bytes are to come."""

    def advance(self, count: int) -> None:
        """So many more are here; fewer than none when a broken file begins again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Which commit is asked for, and its pin where the name has one."""

    folder: str
    repository: str
    revision: str
    pin: Pin | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """What the hub says of a file: a SHA-256 for large ones, git's own name for small ones."""

    name: str
    size: int
    sha256: str | None
    git_blob: str | None


def fetch_model(asked: str, models: Path, progress: Progress) -> tuple[ModelFolder, bool]:
    """Fetch a model into `models`; returns it, and whether it was there already.

    Raises FetchRefused, HubUnreachable, DiskFull, ModelDamaged. After any of them there is no new model; what was
    downloaded whole is kept for the next attempt, unless it is wrong.
    """
    source = _find_source(asked)
    target = models / source.folder
    if target.exists():
        return _already_there(target), True
    with _telling(), _own_folder(models / f"{FETCHING}{source.folder}") as half:
        licence, stated = _ask_hub(source)
        _check_room(models, sum(each.size for each in stated if not (half / each.name).is_file()))
        progress.begin(sum(each.size for each in stated))
        for each in stated:
            _download(source, each, half, progress)
        try:
            manifest = _checked(source, licence, stated, half)
        except (ModelDamaged, FetchRefused):
            shutil.rmtree(half)
            raise
        shutil.rmtree(half / ".cache", ignore_errors=True)
        manifest.write(half)
        half.rename(target)
        sync(models)
    return look_at(target), False


def _find_source(asked: str) -> _Source:
    """Say which commit this name means. Raises FetchRefused."""
    name = OTHER_NAMES.get(asked, asked)
    repository = split_repository(name)
    folder = folder_name(name) or ""
    if repository is not None:
        return _Source(folder=folder, repository=repository[0], revision=repository[1], pin=None)
    if name in PINS:
        pin = PINS[name]
        return _Source(folder=folder, repository=pin.repository, revision=pin.revision, pin=pin)
    if re.fullmatch(r"[\w.-]+/[\w.-]+(@.*)?", name):
        raise FetchRefused(
            "A repository is named with its commit, OWNER/REPO@<40 hex digits>: a name, branch or tag can be moved to "
            "other files, a commit cannot. The repository's page lists its commits."
        )
    raise FetchRefused(f"There is no model of this name. Known: {', '.join(PINS)}; or OWNER/REPO@<40 hex digits>.")


def _already_there(target: Path) -> ModelFolder:
    if read_manifest(target) is None:
        raise FetchRefused(f"{target} was put there by hand: move it away first.")
    return look_at(target)


def _ask_hub(source: _Source) -> tuple[str, tuple[_Stated, ...]]:
    """Ask what the commit holds. Raises FetchRefused, ModelDamaged."""
    info = HfApi(token=False).model_info(
        source.repository, revision=source.revision, files_metadata=True, timeout=_TIMEOUT
    )
    if info.sha != source.revision:
        raise FetchRefused("The hub answered with another commit than the one that was asked for.")
    stated = {
        each.rfilename: _Stated(
            name=each.rfilename,
            size=each.size or 0,
            sha256=each.lfs.sha256 if each.lfs else None,
            git_blob=None if each.lfs else each.blob_id,
        )
        for each in info.siblings or ()
        if each.rfilename in {*NEEDED, *VOCABULARIES}
    }
    _check_stated(stated, source.pin)
    card = info.card_data
    licence = source.pin.licence if source.pin else str((card.get("license") if card else None) or "not stated")
    return licence, tuple(stated.values())


def _check_stated(stated: dict[str, _Stated], pin: Pin | None) -> None:
    """Find what is wrong before anything large is downloaded. Raises FetchRefused, ModelDamaged."""
    lacks = [name for name in NEEDED if name not in stated and name != PREPROCESSOR]
    if not stated.keys() & set(VOCABULARIES):
        lacks.append(VOCABULARIES[0])
    if lacks:
        raise FetchRefused(f"This is no CTranslate2 Whisper model: its repository lacks {', '.join(lacks)}.")
    if any(each.sha256 is None and (each.git_blob is None or each.size > _SMALL) for each in stated.values()):
        raise FetchRefused("The hub states no checksum for this model, so it cannot be checked.")
    for known in pin.files if pin else ():
        found = stated.get(known.name)
        if found is None or found.size != known.size or found.sha256 not in (None, known.sha256):
            raise ModelDamaged(f"The hub's {known.name} is not the one that this version of Vaiti knows.")


def _check_room(models: Path, needed: int) -> None:
    free = shutil.disk_usage(models).free
    if free < needed + _SPARE:
        raise DiskFull(
            f"The model needs {_megabytes(needed + _SPARE)} MB and the disk has {_megabytes(free)}: make room, or let "
            "VAITI_MODELS name a folder on another disk."
        )


def _download(source: _Source, stated: _Stated, half: Path, progress: Progress) -> None:
    """Get one file, or keep it from the attempt before; the library goes on where a connection broke."""
    if (half / stated.name).is_file():
        progress.advance(stated.size)
    hf_hub_download(
        source.repository,
        stated.name,
        revision=source.revision,
        local_dir=half,
        cache_dir=half / ".cache" / "hub",  # the user's own cache is neither read nor filled
        token=False,
        tqdm_class=cast("Any", _bar(progress)),
    )


def _bar(progress: Progress) -> type:
    """Return what the library takes for a bar of tqdm."""

    class Bar:
        def __init__(self, **_: object) -> None:
            pass

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def update(self, count: float | None = 1) -> None:
            progress.advance(int(count or 0))

    return Bar


def _checked(source: _Source, licence: str, stated: tuple[_Stated, ...], half: Path) -> Manifest:
    """Read every file again. Raises ModelDamaged, FetchRefused."""
    pinned = {each.name: each.sha256 for each in source.pin.files} if source.pin else {}
    files = []
    for each in stated:
        path = half / each.name
        digest = sha256_of(path)
        wanted = pinned.get(each.name) or each.sha256
        right = digest == wanted if wanted else git_blob_of(path) == each.git_blob
        if not right or path.stat().st_size != each.size:
            raise ModelDamaged(f"{each.name} is not what was asked for: its checksum differs. Nothing of it was kept.")
        sync(path)
        files.append(ModelFile(each.name, each.size, digest))
    mels = source.pin.mels if source.pin else _open(half)
    if PREPROCESSOR not in {each.name for each in stated}:
        files.append(_write_preprocessor(half, mels))
    return Manifest(
        repository=source.repository,
        revision=source.revision,
        licence=licence,
        checksums=PINNED if source.pin else STATED,
        files=tuple(files),
    )


def _open(half: Path) -> int:
    """Load a model that no release of Vaiti was tried with; returns how many bands of pitch it hears."""
    try:
        return int(ctranslate2.models.Whisper(str(half), device="cpu", compute_type="int8").n_mels)
    except (RuntimeError, ValueError):
        raise FetchRefused("This is no Whisper model that CTranslate2 can read.") from None


def _write_preprocessor(half: Path, mels: int) -> ModelFile:
    """Write the one file that old conversions lack, so that the library need not guess."""
    path = half / PREPROCESSOR
    path.write_text(json.dumps({"feature_size": mels}) + "\n", encoding="utf-8")
    return ModelFile(PREPROCESSOR, path.stat().st_size, sha256_of(path), made_here=True)


@contextmanager
def _own_folder(half: Path) -> Iterator[Path]:
    """Hold the folder that is being filled, so that two fetches of one model do not mix. Raises FetchRefused."""
    half.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(half, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise FetchRefused("This model is being fetched already, by another process.") from None
    try:
        yield half
    finally:
        os.close(descriptor)
        with suppress(OSError):  # not there any more, or with files for the next attempt
            half.rmdir()


@contextmanager
def _telling() -> Iterator[None]:
    """Turn what the library raises into sentences that say what to do; its own texts name addresses."""
    hub_log.set_verbosity(logging.CRITICAL)
    try:
        yield
    except (RepositoryNotFoundError, RevisionNotFoundError, GatedRepoError, HFValidationError):
        raise FetchRefused(f"The hub has no such public repository or commit. {_BY_HAND}") from None
    except (LocalEntryNotFoundError, OfflineModeIsEnabled) as fault:
        raise _unreachable(fault) from None
    except EntryNotFoundError:
        raise FetchRefused("The hub lists a file and does not have it.") from None
    except _HTTP_ERROR as fault:
        raise _unreachable(fault) from None
    except OSError as fault:
        raise _no_room_or_broken(fault) from None
    except (ValueError, TypeError, KeyError):
        raise HubUnreachable(f"What answered is not the model hub: a proxy in between? {_BY_HAND}") from None


def _unreachable(fault: BaseException) -> HubUnreachable:
    if isinstance(fault, OfflineModeIsEnabled) or isinstance(fault.__cause__, OfflineModeIsEnabled):
        return HubUnreachable(f"This process may not use the network (HF_HUB_OFFLINE). {_BY_HAND}")
    return HubUnreachable(
        f"The model hub does not answer or broke off: run the command again, files that are whole are kept. {_BY_HAND}"
    )


def _no_room_or_broken(fault: OSError) -> VaitiError:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull("The disk is full: make room, or let VAITI_MODELS name a folder on another disk.")
    if fault.errno is None:  # the library found a file of another length than was announced
        return _unreachable(fault)
    return FetchRefused(f"The folder for models (VAITI_MODELS) cannot be written: {os.strerror(fault.errno)}.")


def _megabytes(size: int) -> int:
    return round(size / 1e6)
