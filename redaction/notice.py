"""Was the caller told that the call is recorded? The words of the notice, in Finnish, Swedish and English.

A notice must come before or at the beginning of the recording (the Finnish Data Protection Ombudsman, 27 February 2020;
GDPR Art. 13), so only the first minute counts. It is a sentence that says of calls that they are recorded: a word for
the call and a word for recording within one stretch of one speaker. A question ("nauhoitetaanko tämä?"), a denial ("ei
nauhoiteta") and the customer's own words are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from redaction.model import Role, Word

FIRST: Final = 60.0
# Seconds: a greeting with its choices ("paina yksi") ends within them, and what is said later is no notice.
NEAR: Final = 9
# Words between the call and its being recorded: "kaikki puhelut palvelun laadun parantamiseksi nauhoitetaan"

_CALL: Final = re.compile(
    r"(?:\w*puhelu(?:t|mme|n|ita|iden|jen|a|ista)?|keskustelu(?:t|mme|n|ja|ita)?|linja(?:t|mme)?"
    r"|(?:\w*samtal(?:et|en|s)?|konversation(?:en)?|linjen)"
    r"|(?:calls?|conversations?|lines?))"
)
_RECORDED: Final = re.compile(
    r"tallenn(?:etaa?n?|amme|ettu|ettava|ettavia)|tallentu(?:u|vat)"
    r"|nauh(?:oi|o)t(?:etaa?n?|amme|ettu|ettava|tuu|tuvat)"
    r"|äänit(?:etää?n?|ämme|etty|ettävä|tyy|tyvät)|taltioi(?:daa?n?|mme|tu|tuu|tuvat|tava)"
    r"|inspelas|inspelat|inspelade|bandas|lagras|record(?:ed|ing)"
)
_SPLIT: Final = re.compile(r"spela[rs]")
# Swedish parts its verb: "samtalet spelas in", "vi spelar in alla samtal"
_NOT: Final = frozenset({"ei", "emme", "en", "inte", "ej", "not", "never", "isn't", "aren't", "don't"})


def find_notice(words: Sequence[Word], roles: Sequence[Role]) -> float | None:
    """Return when the caller is told that the call is recorded, in seconds from its start; None: not in `FIRST`.

    `words` in order of start; `roles` of the channels by index.
    """
    found = [_in_channel([word for word in words if word.channel == channel]) for channel in _tellers(roles)]
    return min((at for at in found if at is not None), default=None)


def _tellers(roles: Sequence[Role]) -> list[int]:
    """Return the channels that may hold the notice: where nobody but the customer is known, all."""
    others = [channel for channel, role in enumerate(roles) if role is not Role.CUSTOMER]
    return others or [*range(len(roles))]


def _in_channel(words: Sequence[Word]) -> float | None:
    early = [word for word in words if word.start is not None and 0 <= word.start <= FIRST]
    plain = [re.sub(r"[^\w']", "", word.text.casefold()) for word in early]
    for at in range(len(plain)):
        near = range(max(0, at - NEAR), min(at + NEAR + 1, len(plain)))
        calls = [each for each in near if _CALL.fullmatch(plain[each])]
        denied = _NOT.intersection([*plain[max(0, at - 3) : at], *plain[at + 1 : at + 2]])
        if calls and _is_recording(plain, at) and not denied and not early[at].text.rstrip().endswith("?"):
            return early[min(*calls, at)].start
    return None


def _is_recording(plain: Sequence[str], at: int) -> bool:
    if _SPLIT.fullmatch(plain[at]):
        return "in" in plain[at + 1 : at + 3]
    return _RECORDED.fullmatch(plain[at]) is not None
