"""The detector: built once, asked for every call. Words -> runs and views -> presidio -> candidates -> findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from presidio_analyzer import EntityRecognizer

from redaction.ages import find_ages
from redaction.bare import bare_words
from redaction.beside import catch_beside
from redaction.candidates import Candidate
from redaction.cues import find_cues
from redaction.errors import DetectionFailed, RedactionError
from redaction.known import match_known
from redaction.leftovers import find_leftovers
from redaction.mail_echoes import catch_mail_echoes
from redaction.merge import settle
from redaction.model import Checksum, Finding, Role, Transcript
from redaction.name_slots import find_names
from redaction.nets import (
    catch_echoes,
    catch_ends,
    catch_runs,
    catch_towns,
    drop_own,
    mark_hours,
    mark_own,
    mark_ranked,
    mark_readings,
)
from redaction.numbers.runs import find_runs
from redaction.recognizers.base import CHECKSUM, WHY
from redaction.recognizers.business_id import BusinessIdRecognizer
from redaction.recognizers.card import CardRecognizer
from redaction.recognizers.date_of_birth import DateOfBirthRecognizer
from redaction.recognizers.email import SpokenEmailRecognizer
from redaction.recognizers.engine import arm, make_engine, read_yaml_recognizers
from redaction.recognizers.fi_account import FiAccountRecognizer
from redaction.recognizers.fi_identity_code import FiIdentityCodeRecognizer
from redaction.recognizers.iban import SpokenIbanRecognizer
from redaction.recognizers.ip_address import IpAddressRecognizer
from redaction.recognizers.metering_point import MeteringPointRecognizer
from redaction.recognizers.person import SELF, PersonRecognizer
from redaction.recognizers.phone import SpokenPhoneRecognizer
from redaction.recognizers.postal_code import PostalCodeRecognizer
from redaction.recognizers.rf_reference import RfReferenceRecognizer
from redaction.recognizers.shapes import (
    CoordinatesRecognizer,
    LicensePlateRecognizer,
    PassportRecognizer,
    PropertyIdRecognizer,
    VatIdRecognizer,
)
from redaction.recognizers.street_address import StreetAddressRecognizer
from redaction.slots import fill_slots
from redaction.streets import find_streets
from redaction.views import View, make_views

BUILT_IN = (
    FiIdentityCodeRecognizer,
    SpokenIbanRecognizer,
    FiAccountRecognizer,
    SpokenPhoneRecognizer,
    CardRecognizer,
    SpokenEmailRecognizer,
    PersonRecognizer,
    StreetAddressRecognizer,
    PostalCodeRecognizer,
    DateOfBirthRecognizer,
    MeteringPointRecognizer,
    BusinessIdRecognizer,
    RfReferenceRecognizer,
    VatIdRecognizer,
    PropertyIdRecognizer,
    PassportRecognizer,
    LicensePlateRecognizer,
    CoordinatesRecognizer,
    IpAddressRecognizer,
)


GREETING_WORDS = 12
# "Kuntaenergian asiakaspalvelussa Sanna, hyvää huomenta": a name among the agent's first words is the agent's.
_FAULTS = (ArithmeticError, AttributeError, LookupError, NameError, OSError, RuntimeError, TypeError, ValueError)
# What code can raise by a mistake of its own or of a user's recognizer; the worker's runner catches the rest.


def build_detector(
    *,
    languages: Sequence[str] = ("fi",),
    extra_yaml: object | None = None,
    own_numbers: Iterable[str] = (),
    extra_recognizers: Iterable[EntityRecognizer] = (),
) -> PresidioDetector:
    """Return a detector.

    `extra_yaml`: presidio's recognizer YAML, already parsed. `extra_recognizers`: presidio recognizers of the user's
    own. `own_numbers`: the company's public telephone numbers, which stay. Raises BadInput.
    """
    recognizers: list[EntityRecognizer] = [kind(languages[0]) for kind in BUILT_IN]
    if extra_yaml is not None:
        recognizers.extend(read_yaml_recognizers(extra_yaml, languages))
    for extra in extra_recognizers:
        extra.supported_language = languages[0]
        recognizers.append(arm(extra))
    return PresidioDetector(languages[0], recognizers, tuple(own_numbers))


class PresidioDetector:
    """`recordings.engines.Detector`. Holds no state between calls; one thread at a time gains nothing from more."""

    def __init__(
        self, language: str, recognizers: Sequence[EntityRecognizer], own_numbers: tuple[str, ...] = ()
    ) -> None:
        self._language = language
        self._engine = make_engine(language, recognizers)
        self._own_numbers = own_numbers
        self._entities = {kind: _entities(recognizers, kind) for kind in ("as-written", "spoken", "reading")}

    def detect(
        self, transcript: Transcript, *, known: Mapping[str, Any] | None = None, own_numbers: Sequence[str] = ()
    ) -> tuple[Finding, ...]:
        """Find personal data. Raises DetectionFailed (a slug, no value) when any recognizer could not finish.

        `known` is what the company knows of the caller, `own_numbers` are this controller's public telephone numbers.
        """
        try:
            return self._detect(transcript, known or {}, (*self._own_numbers, *own_numbers))
        except RedactionError:
            raise
        except _FAULTS as error:
            # The cause may hold the text in its arguments, so only its class's name is kept.
            raise DetectionFailed(f"recognizer-raised-{type(error).__name__}") from None

    def _detect(
        self, transcript: Transcript, known: Mapping[str, Any], own_numbers: Sequence[str]
    ) -> tuple[Finding, ...]:
        words = transcript.words
        lowers = bare_words(words)
        cues = find_cues(words)
        breaks = {index for cue in cues if not cue.within for index in range(cue.first, cue.last + 1)}
        runs = mark_hours(words, mark_own(find_runs(words, breaks=breaks), own_numbers))
        runs = mark_ranked(words, mark_readings(words, runs, cues))
        candidates = [each for view in make_views(words, runs) for each in self._read(view)]
        candidates = [self._name(each, transcript) for each in drop_own(runs, candidates)]
        candidates.extend(self._name(each, transcript) for each in find_names(words, lowers, runs, candidates))
        candidates.extend(find_ages(words, lowers, runs))
        candidates.extend(fill_slots(words, lowers, runs, cues, candidates))
        candidates.extend(match_known(words, runs, known))
        candidates.extend(catch_beside(words, runs))
        candidates.extend(catch_ends(runs, candidates))
        candidates.extend(find_leftovers(words, lowers, runs, cues, candidates))
        candidates.extend(find_streets(words, lowers, runs, candidates))
        candidates.extend(catch_towns(words, cues, candidates))
        candidates.extend(catch_runs(runs, candidates))
        candidates.extend(catch_mail_echoes(words, candidates))
        return settle(words, catch_echoes(words, runs, candidates))

    def _read(self, view: View) -> Iterable[Candidate]:
        for result in self._engine.analyze(view.text, self._language, entities=self._entities[view.kind]):
            first, last = view.words(result.start, result.end)
            metadata = result.recognition_metadata or {}
            yield Candidate(
                type=result.entity_type,
                channel=view.channel,
                first=first,
                last=last,
                score=float(result.score),
                checksum=metadata.get(CHECKSUM, Checksum.NONE),
                why=(metadata.get(WHY, "pattern"),),
            )

    def _name(self, candidate: Candidate, transcript: Transcript) -> Candidate:
        """Return the candidate; an agent's self-introduction is the agent's own name."""
        role = transcript.channels[candidate.channel].role
        greets = candidate.why == (SELF,) or candidate.first < GREETING_WORDS
        if candidate.type == "PERSON" and role is Role.AGENT and greets:
            return replace(candidate, type="AGENT_NAME")
        return candidate


def _entities(recognizers: Sequence[EntityRecognizer], view: str) -> list[str]:
    """Return the entity types to look for in a kind of view; a user's recognizers read them all."""
    every = frozenset({view})
    chosen = [each for each in recognizers if view in getattr(each, "VIEWS", every)]
    return sorted({name for each in chosen for name in each.supported_entities})
