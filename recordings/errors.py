"""What can go wrong with a recording, by slug. No HTTP here and never a value in the text: `recordings.api.problems`
maps a slug to a status, the docstring is what people read."""

from __future__ import annotations


class VaitiError(Exception):
    """Something went wrong."""

    slug = "fault"

    def __init__(self, detail: str | None = None) -> None:
        """`detail` replaces the class's text; it must not hold anything that was said, pushed or typed."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class Refused(VaitiError):
    """The input was refused; nothing was stored."""

    slug = "refused"


class BadAudio(VaitiError):
    """The audio cannot be used. `slug` says why."""

    slug = "audio-undecodable"

    def __init__(self, slug: str, detail: str) -> None:
        """`slug` is stable (docs/errors.md); `detail` says what to do."""
        super().__init__(detail)
        self.slug = slug


class SpeechFailed(VaitiError):
    """Speech was heard and no words came of it: a failure, never "clean"."""

    slug = "speech-without-words"

    def __init__(self, slug: str = "speech-without-words", detail: str | None = None) -> None:
        """`slug` is stable (docs/errors.md)."""
        super().__init__(detail)
        self.slug = slug
