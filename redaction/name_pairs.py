"""Names that nothing introduces: a word that can be nothing else, alone or with the rest of the name beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.common_words import is_function_word
from redaction.dictionary import is_basic
from redaction.everyday_words import FOREIGN
from redaction.name_speech import LONGEST, Kind, Speech
from redaction.names import first_name, surname
from redaction.wordlist import word_set

_AROUND, _FEW = 4, 3
# Words on each side, and how many of them in another language make the talk foreign: what is unknown there is no sign.
_CLEAR = 5
# Letters of a misheard first name.
_NEN = re.compile(r".+(?:nen|sen|sta|stä|sella|sellä|seen|set|sia|siä)")
_SUCH = word_set(
    """
    semmonen semmosen semmosta semmosella semmonenki sellanen sellasen sellasta sellainen sellaisen tämmönen tämmösen
    tommonen tommosen joku jokin jonku niin liian ihan aika melko vähän kovin tosi yks yksi monta
    """
)
_LONG = 3
# Letters of each of two unknown words that are a name together.


def bare_names(speech: Speech) -> Iterator[tuple[int, int]]:
    """Yield first and past-the-last word of the names that stand by themselves."""
    kinds, at = speech.kinds, 0
    while at < len(speech):
        end = at + 1
        if kinds[at] > Kind.NONE:
            while end < len(speech) and end - at < LONGEST and not speech.parts[end - 1] and kinds[end] > Kind.NONE:
                end += 1
            begin, past = _named(speech, at, end)
            if begin < past:
                yield begin - _misheard_first(speech, begin), past
        at = end


def _named(speech: Speech, begin: int, end: int) -> tuple[int, int]:
    """Return the part of a row of possible names that is one."""
    kinds = speech.kinds
    last = next((at for at in range(end - 1, begin - 1, -1) if kinds[at] is Kind.SURNAME), None)
    if last == begin and _describes(speech, last):
        return begin, begin
    if last is not None:
        return begin, last + 1
    first = next((at for at in range(begin, end) if kinds[at] is Kind.FIRST), None)
    if first is not None:
        end = next((at for at in range(first + 1, end) if kinds[at] is Kind.WORD), end)  # "saara uuret ehrot"
        while first > begin and surname(speech.lowers[first - 1]) is not None:
            first -= 1  # "lepistön kalevi"
        return (first, end) if end - first > 1 else (first, first)
    unknown = sum(kinds[at] is Kind.UNKNOWN and len(speech.lowers[at]) >= _LONG for at in range(begin, end))
    if end - begin >= 2 and unknown and kinds[end - 1] is Kind.UNKNOWN and not _is_foreign(speech, begin, end):
        return begin, end
    return begin, begin


def _describes(speech: Speech, at: int) -> bool:
    """Tell whether a word in -nen alone is an adjective: "semmonen kivinen tontti", "vesikiertonen lattialämmitys"."""
    word = speech.lowers[at]
    if not _NEN.fullmatch(word) or speech.capital(at):
        return False
    if at and not speech.ends[at - 1] and speech.lowers[at - 1] in _SUCH:
        return True
    following = speech.lowers[at + 1] if at + 1 < len(speech) and not speech.ends[at] else ""
    return len(following) > _LONG and is_basic(following) and first_name(following) is None


def _misheard_first(speech: Speech, begin: int) -> bool:
    """Tell whether the word before a surname is a first name with a letter or two too many: "teemut teikäläinen"."""
    if begin == 0 or speech.parts[begin - 1] or speech.kinds[begin] is not Kind.SURNAME:
        return False
    word = speech.lowers[begin - 1]
    if len(word) < _CLEAR or is_function_word(word):
        return False
    return any(first_name(word[:-more]) is not None for more in (1, 2))


def _is_foreign(speech: Speech, begin: int, end: int) -> bool:
    """Tell whether the talk around is Swedish or English, of which fewer words are known."""
    around = (*range(max(0, begin - _AROUND), begin), *range(end, min(len(speech), end + _AROUND)))
    return sum(speech.lowers[at] in FOREIGN for at in around) >= _FEW
