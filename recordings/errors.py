"""What can go wrong with a recording, by slug. No HTTP here and never a value in the text: `recordings.api.problems`
maps a slug to a status, the docstring is what people read, `docs/errors.md` says what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class VaitiError(Exception):
    """Something went wrong."""

    slug = "fault"

    def __init__(self, detail: str | None = None) -> None:
        """`detail` replaces the class's text; it must not hold anything that was said, pushed or typed."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class SettingsWrong(VaitiError):
    """A setting cannot be used."""

    slug = "settings-wrong"


class RestoreNeeded(VaitiError):
    """The database is older than the journal (VAITI_JOURNAL): it was restored and does not know who was erased since.

    Run `vaiti restore`. For a new installation, let VAITI_JOURNAL name a new folder.
    """

    slug = "restore-needed"


class RestoreRefused(VaitiError):
    """This backup cannot be restored here."""

    slug = "restore-refused"


class Refused(VaitiError):
    """The input was refused; nothing was stored."""

    slug = "refused"


class RequestInvalid(Refused):
    """The request is not of the form that the interface describes."""

    slug = "request-invalid"

    def __init__(self, problems: Sequence[tuple[str, str]] = ()) -> None:
        """`problems` are (name of the field, rule it breaks): names of ours, never a name or value that was sent."""
        super().__init__()
        self.problems = tuple(problems)


class FactsInvalid(RequestInvalid):
    """The facts of the call are not of the form that the interface describes."""

    slug = "facts-invalid"


class NamesSomebody(Refused):
    """What staff write may not name anybody: leave out numbers of five digits or more, dates and addresses.

    A note can point to the moment of the call instead.
    """

    slug = "names-somebody"


class LabelInvalid(Refused):
    """A tag is 2 to 32 letters, digits, spaces and hyphens."""

    slug = "label-invalid"


class TooMany(Refused):
    """There are as many as there may be: remove one first."""

    slug = "too-many"


class MultipartInvalid(Refused):
    """A push is multipart/form-data, whole: first the part `facts` (JSON), then the part `audio`, or two of sound."""

    slug = "multipart-invalid"


class LegMissing(Refused):
    """A call of two files comes in one push: `audio_agent`, then `audio_customer`. One file alone is `audio`."""

    slug = "leg-missing"


class NotSignedIn(VaitiError):
    """Sign in, or send an API key or the token."""

    slug = "not-signed-in"


class NotAllowed(VaitiError):
    """Neither your role nor your API key opens this."""

    slug = "not-allowed"


class UnknownApiKey(Refused):
    """There is no API key of this id or name: `vaiti api-keys list`."""

    slug = "unknown-api-key"


class KeyNameTaken(Refused):
    """Another API key has this name, perhaps a revoked one: choose another."""

    slug = "key-name-taken"


class KeyEnded(Refused):
    """This API key has ended: it was revoked, or its time is over. Make a new one."""

    slug = "key-ended"


class ComeLater(Refused):
    """This is too much for now; nothing was stored."""

    def __init__(self, seconds: int) -> None:
        """`seconds` is when to come again."""
        super().__init__()
        self.seconds = seconds


class TooManyPushes(ComeLater):
    """The controller's systems push more calls a minute than its limits let in; nothing was stored."""

    slug = "too-many-pushes"


class QuotaUsed(ComeLater):
    """The controller's systems have pushed as many bytes as its limits let in a day; nothing of this was stored."""

    slug = "quota-used"


class CrossSite(VaitiError):
    """A browser sent this from another site; it was not carried out."""

    slug = "cross-site"


class UnknownHost(VaitiError):
    """The service does not answer under this name: VAITI_NAMES lists those that it has beside the loopback ones."""

    slug = "unknown-host"


class RangeUnsatisfiable(VaitiError):
    """The recording has no bytes in this range."""

    slug = "range-unsatisfiable"

    def __init__(self, size: int) -> None:
        """`size` is what there is, in bytes."""
        super().__init__()
        self.size = size


class RequestTypeUnsupported(Refused):
    """Requests of this type are not supported by this version."""

    slug = "request-type-unsupported"


class UnknownController(Refused):
    """No controller of this name is in the controllers file."""

    slug = "unknown-controller"


class UnknownKind(Refused):
    """There is no recording kind of this name: service, direct-marketing, fault-report, contract or other."""

    slug = "unknown-kind"


class NoPeriod(Refused):
    """The controller has no period for this kind of recording, so it may not be kept at all."""

    slug = "no-period"


class StartedInFuture(Refused):
    """The call starts in the future: the sender's clock or its offset is wrong."""

    slug = "started-in-future"


class PastRetention(Refused):
    """The call is older than its period; it was refused and a receipt says so."""

    slug = "past-retention"

    def __init__(self, receipt: Mapping[str, Any]) -> None:
        """`receipt` is signed and holds no personal data."""
        super().__init__()
        self.receipt = receipt


class CallConflict(Refused):
    """This call and part is here with other content. Number its parts; the two files of one come in one push."""

    slug = "call-conflict"


class CallPurged(Refused):
    """This call was here and was deleted; it cannot come back."""

    slug = "call-purged"


class KeyReused(Refused):
    """The idempotency key was used before for another call or other content."""

    slug = "idempotency-key-reused"


class TooLarge(Refused):
    """The file is larger than this service takes."""

    slug = "audio-too-large"


class BadAudio(VaitiError):
    """The audio cannot be used. `slug` says why."""

    slug = "audio-undecodable"

    def __init__(self, slug: str, detail: str) -> None:
        """`slug` is stable (docs/errors.md); `detail` says what to do."""
        super().__init__(detail)
        self.slug = slug


class DecoderStopped(VaitiError):
    """The process that decodes was ended from outside (an operator, no memory left). It is tried again by itself."""

    slug = "decoder-stopped"


class SpeechFailed(VaitiError):
    """Speech was heard and no words came of it: a failure, never "clean"."""

    slug = "speech-without-words"

    def __init__(self, slug: str = "speech-without-words", detail: str | None = None) -> None:
        """`slug` is stable (docs/errors.md)."""
        super().__init__(detail)
        self.slug = slug


class StepTookTooLong(VaitiError):
    """A step ran for far longer than the length of the call explains. It can be run again."""

    slug = "step-took-too-long"


class NoStep(VaitiError):
    """A recording in this stage has nothing to wait for: no step belongs to it."""

    slug = "no-step"


class NotPublished(VaitiError):
    """The recording is not ready to be seen: it is still being masked, waits for a person, or failed."""

    slug = "not-published"


class Withheld(NotPublished):
    """The call may be about health, social matters or a crisis: only what a privacy officer has cleared is shown."""

    slug = "withheld"


class Restricted(NotPublished):
    """The person has restricted the use of this call (GDPR Art. 18): it is kept, and nobody works with it."""

    slug = "restricted"


class Objected(NotPublished):
    """The person has objected to what such calls are for, or taken her consent back: nobody works with this one."""

    slug = "objected"


class SecondPersonNeeded(VaitiError):
    """This takes two persons, and you were the first: somebody else has to."""

    slug = "second-person-needed"


class NoticeNeeded(VaitiError):
    """A restriction is lifted only after the person was told: note the day first."""

    slug = "notice-needed"


class NothingToClear(VaitiError):
    """The call is not flagged, so there is nothing to decide: flag it first."""

    slug = "nothing-to-clear"


class PassphraseShort(Refused):
    """The passphrase of an archive has at least 20 characters."""

    slug = "passphrase-short"


class NothingToGive(VaitiError):
    """There is no recording to give for this customer."""

    slug = "nothing-to-give"


class NotForReview(Refused):
    """This recording is at work, or has nothing that a person could decide about."""

    slug = "not-for-review"


class OfficerNeeded(Refused):
    """Only the privacy officer may decide that something is no personal data."""

    slug = "officer-needed"


class PlaceUnknown(Refused):
    """The decision names no place of this recording, or one that is not there."""

    slug = "place-unknown"


class AgentFilterOff(Refused):
    """Calls are not searched by agent: the controllers file names no day of the co-operation procedure, or a later."""

    slug = "agent-filter-off"


class SearchNotKept(Refused):
    """You have a saved search of this name, or a hundred of them already: remove one first."""

    slug = "search-not-kept"


class NothingShorter(Refused):
    """The controllers file asks for no shorter period than the one in force: change the file first."""

    slug = "nothing-shorter"


class ChangeWaits(Refused):
    """A shorter period for this kind is on its way already: `vaiti periods list`. Withdraw it, or wait for its end."""

    slug = "change-waits"


class FileDiffers(Refused):
    """The controllers file asks for another period than was proposed: withdraw the change and propose again."""

    slug = "file-differs"


class ChangeEnded(Refused):
    """This change has taken effect, was withdrawn, or was approved already."""

    slug = "change-ended"


class PurgeHalted(VaitiError):
    """The purge of what is due is halted until a person has looked: `vaiti purge` says why."""

    slug = "purge-halted"


class PurgeIncomplete(VaitiError):
    """Something of a recording was still found after its purge; the purge goes on at the next run."""

    slug = "purge-incomplete"
