"""E-mail addresses, written (`maija@example.fi`) and said ("maija piste meikalainen ät example piste fi")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from redaction.candidates import CERTAIN, LIKELY, POSSIBLE, STRONG
from redaction.common_words import is_function_word
from redaction.model import Checksum
from redaction.numbers.kinds import Kind
from redaction.numbers.lexicon import look_up
from redaction.recognizers.base import Hit, VaitiRecognizer
from redaction.wordlist import word_list

_WRITTEN = re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)*\.?", re.IGNORECASE)
_SURE_SIGNS = frozenset(
    word_list("ät ättä ät-merkki ätmerkki ätti ätmerk miukumauku miukumau miuku kissanhäntä snabel-a snabela snabel @")
)
_SIGNS = _SURE_SIGNS | {"at"}
_DOTS = frozenset(word_list("piste pisten punkt dot ."))
_LINKS = _DOTS | frozenset(
    word_list(
        "viiva väliviiva tavuviiva alaviiva plus miinus streck bindestreck understreck dash hyphen minus underscore - _"
    )
)
_LETTER_NAMES = frozenset(
    word_list(
        "aa bee see dee ee äf äffä gee hoo ii jii koo äl ällä äm ämmä än ännä oo pee kuu är ärrä äs ässä tee uu vee yy "
        "be ce de eff ge hå ji kå ell em en ess te ve aitch cue zed zee double-u"
    )
)
_TOKEN = re.compile(r"\S+")
_PART = re.compile(r"[\w.+-]+")
_EDGE = ",;:!?\"'()"
_FILLERS = frozenset(
    word_list(
        "öö ööm ää mm mmm hmm ja sit sitten niin niinku niinkun tota tuota no siis hetki hetkinen joo eli ai vai vielä "
        "kyllä juu just jep joopa aha okei ok selvä jaa joojoo"
    )
)
_TOP = frozenset({"fi", "com", "net", "org"})
# What ends an address where its dot was not heard.
MOST_FILLERS, MOST_NUMBERS = 3, 6
# Words between the name and the sign; numbers that end a name ("gunhild 8 1").
_LOCAL = re.compile(
    r"(?<![\w@-])(?P<name>[^\W\d_][\w-]*) (?:alaviiva|(?P<dot>piste))\.{0,3} (?P<rest>[^\W\d_][\w-]{2,})(?![\w@])"
    r"(?!\.{0,3} (?:piste|punkt|dot) )",
    re.IGNORECASE,
)
# "Johanna piste heinonen": a name read back without its sign.
_NO_NAME = _FILLERS | frozenset(
    word_list(
        "fi com net org info iin on oli se ei että ja tai mutta tämä tää toi joku joka kun kuin ihan vielä nyt tässä "
        "siinä sitten www jokin yks yksi kaks kaksi eikä vaan ole oo kuitenkin kohta"
    )
)
_FAR = 16  # Tokens on each side of the sign; the longest address people spelled in trials had 12.
# The domain may be misheard, but the sign is no other word.
_NO_SIGN = re.compile(
    r"(?<!\w)[\w-]{2,}\s+(?:piste|pisten|punkt|dot|\.)\s+[\w-]+\s+[\w-]+\s+(?:piste|pisten|punkt|dot|\.)\s+"
    r"(?:fi|com|net|org)(?!\w)",
    re.IGNORECASE,
)
# "maija piste meikalainen [ät lost] example piste fi".
_SIGN_SOMEWHERE = re.compile(r"(?<!\w)(?:ät|at|miuku|kissanhäntä|snabel)|@", re.IGNORECASE)
_DOT_SOMEWHERE = re.compile(r"\s(?:piste|pisten|punkt|dot|\.)\s", re.IGNORECASE)
# Most talk has neither, and looking for these costs a tenth of looking for an address.
_NOT_MAIL = re.compile(r"ät[ -]?merkki\s+puuttu|\b(?:www|vee\s+vee\s+vee)\b", re.IGNORECASE)


class SpokenEmailRecognizer(VaitiRecognizer):
    """Finds e-mail addresses without asking anyone which top-level domains exist (presidio's own asks the network)."""

    VIEWS = frozenset({"as-written"})
    ENTITY = "EMAIL_ADDRESS"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield written, said, half-heard addresses."""
        for match in _WRITTEN.finditer(text) if "@" in text else ():
            yield Hit(match.start(), match.end(), CERTAIN if "." in match.group() else LIKELY, Checksum.NONE, "written")
        if _SIGN_SOMEWHERE.search(text):
            yield from _said(text)
        for match in _LOCAL.finditer(text) if "piste" in text or "alaviiva" in text else ():
            if _is_local(match["name"].lower(), match["rest"].lower()):
                yield Hit(match.start(), match.end(), POSSIBLE, Checksum.NONE, "name-alone")
        for match in _NO_SIGN.finditer(text) if _DOT_SOMEWHERE.search(text) else ():
            if not _NOT_MAIL.search(match.group()):
                yield Hit(match.start(), match.end(), LIKELY, Checksum.NONE, "no-sign")


def _is_local(name: str, rest: str) -> bool:
    """Tell whether two words with a dot said between them may be a name: no numbers, no web site, no small words."""
    small = any(word in _NO_NAME or is_function_word(word) or _is_number(word) for word in (name, rest))
    return not small and not rest.startswith("piste")


def _said(text: str) -> Iterator[Hit]:
    """Yield the addresses around each said sign: by walking tokens; an expression for this backtracks for ever."""
    tokens = [(found.start(), found.end(), _bare(found.group())) for found in _TOKEN.finditer(text)]
    words = [word for _, _, word in tokens]
    for at, word in enumerate(words):
        if word not in _SIGNS or at == 0:
            continue
        after = at + 2 if words[at + 1 : at + 2] in (["merkki"], ["a"], ["sign"]) else at + 1
        first = _first_of_name(words, at)
        last, dotted = _last_of_domain(words, after)
        if first is None or last is None or not (dotted or word in _SURE_SIGNS):
            continue
        if first == at - 1 and not dotted and is_function_word(words[first]):
            continue  # "muista se ät merkki"
        start, end = tokens[first][0], tokens[last][1]
        if not _NOT_MAIL.search(text[start:end]):
            yield Hit(start, end, STRONG if dotted else LIKELY, Checksum.NONE, "said" if dotted else "half-heard")


def _first_of_name(words: Sequence[str], at: int) -> int | None:
    """Return the token where the name before the sign begins: parts joined by links, or spelled letters."""
    here = _before_fillers(words, at - 1)
    if not _is_part(words[here]):
        return None
    at = here + 1
    while here and at - here < MOST_NUMBERS and _is_number(words[here]) and _is_part(words[here - 1]):
        here -= 1
    while at - here < _FAR:
        if here >= 2 and words[here - 1] in _LINKS and _is_part(words[here - 2]):
            here -= 2
        elif here >= 1 and _is_letter(words[here - 1]):
            here -= 1
        else:
            break
    return _said_twice(words, here, _before_fillers(words, at - 1) + 1)


def _said_twice(words: Sequence[str], here: int, end: int) -> int:
    """Return where a name begins that was repeated before its sign: "maija 81" - "maija 81 ät ..." on one channel."""
    size = end - here
    while size and here >= size and words[here - size : here] == words[here:end]:
        here -= size
    return here


def _before_fillers(words: Sequence[str], here: int) -> int:
    """Return the token before the "öö" and the "ja sitten" that part a name from its sign."""
    for _ in range(MOST_FILLERS):
        if here and words[here] in _FILLERS:
            here -= 1
    return here


def _is_number(word: str) -> bool:
    shape = look_up(word) if word.isalpha() else None
    return word.isdecimal() or (shape is not None and shape.kind in (Kind.NUMBER, Kind.PART))


def _bare(token: str) -> str:
    """Return a token in lower case without stray punctuation; a stop or a hyphen by itself is a sign."""
    word = token.strip(_EDGE).lower()
    return word.rstrip(".…-") or word


def _last_of_domain(words: Sequence[str], after: int) -> tuple[int | None, bool]:
    """Return the token where the domain after the sign ends, and whether a dot was said or written in it."""
    if after >= len(words) or not _is_part(words[after]):
        return None, False
    here, dotted = after, "." in words[after].rstrip(".")
    while here - after < _FAR and here + 1 < len(words):
        if words[here + 1] in _LINKS:
            step = 2
            while words[here + step : here + step + 1] and words[here + step] in _DOTS:
                step += 1
            if here + step >= len(words) or not _is_part(words[here + step]):
                break
            dotted |= words[here + 1] in _DOTS
            here += step
        elif words[here + 1] in _TOP and here == after:
            here, dotted = here + 1, True  # "ät example fi"
        elif _is_letter(words[here]) and _is_part(words[here + 1]) and (not dotted or _is_letter(words[here + 1])):
            here += 1
        else:
            break
    return here, dotted


def _is_part(word: str) -> bool:
    return word not in _LINKS and word not in _SIGNS and _PART.fullmatch(word) is not None


def _is_letter(word: str) -> bool:
    return (len(word) == 1 and word.isalpha()) or word in _LETTER_NAMES
