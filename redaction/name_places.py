"""Names by what stands beside them: a speaker's first words, "kysykää X", "X vastaa", "en ole mikään X vaan Y".

The words beside say little, so what stands there must be no everyday word; a name that is a word too ("Lumi") counts
after the few that leave nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.common_words import GREETINGS, is_function_word
from redaction.everyday import is_listed
from redaction.everyday_words import FOREIGN
from redaction.name_speech import Kind, Speech, kind_of
from redaction.names import AMBIGUOUS_FIRST_NAMES, NAME_WORDS
from redaction.wordlist import word_set

_ORGANISATION = 2
# Words of a firm's name before the name of who answers.
_OPENING = 9
# Words of a speaker's first turn in which they say who they are.
_BEFORE = word_set(
    """
    nimeltä nimeltään nimeksi nimiin merkitty olkoon sanoitteko sanoitko sanoittekohan kuulinko kysykää kysy
    kysyy pyydä pyytäkää sukua serkun kuolinpesä kuolinpesän mikään joku eräs sama entinen ent ex eksä
    vuokraisäntä vuokraemäntä vuokranantaja landlord landlady päämies päämieheni tulkki edellinen asukas soitan
    tavoittelen tavoitellut etsin söker sökte vastaa vastasi kiva hyvä kiitos tack samtalet sitten teidän teijän
    meidän meijän jätän sanon sano sanoi sanoin onks onko oliko oliks taisi eli elikkä vaan eikä of say said
    taas täällä tääl täältä tässä täs tässon soon oon olen olin oot oothan olet ootko oletko pane laita
    kirjoitin että ja puolesta puolelta ostajana myyjänä koskee isäni äitini vaimo vaimoni mies mieheni puoliso
    siskon veljen pojan tyttären poika tytär ystävä kaveri naapuri naapurin asiakas asiakkaan isäntä emäntä
    pappi jälkeen soppareista aspasta terkkuja soitit huuda anoppi appi asiakkaaksi hälsa då thanks tolk ettei
    tervehtien terveisin mä mää minä mie hän hänen joten lukee asentaja sähköasentaja isännöitsijä no etunimeä
    """
)
_AFTER = word_set(
    """
    puhelimessa kuulolla täällä tääl täältä tässä täs tuossa viestin soitti soittaa soittelee sanoi lupas lupasi vastaa
    himassa kotosalla aspasta messissä kuiskii vastasi kiittää kiittelee pyytää lähettää arvoisa arvon kanssa
    nimi nimelle nimellä nimissä nimiin lasku laskun papereissa riittää vaan speaking here här yhdistän
    """
)
_KIN = word_set(
    """
    täti tädin tädille setä sedän eno enon mummo mummon mummi pappa papan vaari ukki kummi käly lanko miniä vävy
    serkku serkkuni sisko veli moster faster farbror aunt uncle
    """
)
# A name that is a word too counts after them: "täti Tuisku antoi".
_SURE = word_set(
    """
    soitit huuda asiakkaaksi hälsa sanoitteko sanoitko nimeltä nimeksi merkitty kuolinpesä samtalet landlord
    vaimo vaimoni vastaa joku kiva oon olen tässon soon söker kirjoitin vaan mikään kysykää
    """
)
_SURE_AFTER = word_set("himassa kotosalla aspasta kiittää arvoisa arvon kuulolla puhelimessa viestin riittää här here")
_WEAK = word_set("mä mää mie minä hän no ja sano sanoi sanon")
# A verb or a thing follows them sooner than a name.
_COPULAS = word_set("on oli är is olis olisi")
_SAID_OF = word_set(
    """
    täällä tääl se hän tässä täs uus uusi nimi vaimo mies isäntä isä äiti siinä päämieheni vuokraisäntä joka det it he
    """
)
_GLUED = re.compile(r"(\w{3,}?)(?:täällä|puhelimessa|huomenta|iltapäivää|päivää|iltaa)")
# "kirsitäällä", "henriciltapäivää": a name and what follows it, heard as one word.
_FROM = re.compile(r".{5,}(?:sta|stä|ssa|ssä)")


def placed_names(speech: Speech) -> Iterator[tuple[int, int]]:
    """Yield first and past-the-last word of the names that the words beside them tell."""
    turn = speech.turns.index(True) + 1 if len(speech) else 0
    for at, kind in enumerate(speech.kinds):
        if at < _OPENING and _is_glued(speech.lowers[at]):
            yield at, at + 1
        if kind is Kind.NONE or not _may_begin(speech, at):
            continue
        end = speech.span(at)
        if end > at and (_beside(speech, at, end) or (at < min(_OPENING, turn) and _opens(speech, at, end))):
            yield at, end


def _may_begin(speech: Speech, at: int) -> bool:
    word = speech.lowers[at]
    base = word in NAME_WORDS or word in AMBIGUOUS_FIRST_NAMES
    return word not in GREETINGS and (speech.kinds[at] > Kind.DOUBLE or base)


def _is_glued(word: str) -> bool:
    """Tell whether a word is a name and a greeting or "täällä" that were heard as one."""
    glued = _GLUED.fullmatch(word)
    return glued is not None and word not in GREETINGS and kind_of(glued[1]) > Kind.WORD


def _rare(speech: Speech, at: int) -> bool:
    """Tell whether a word has no use of its own in everyday talk."""
    word = speech.lowers[at]
    return speech.kinds[at] > Kind.DOUBLE or not (is_listed(word) or is_function_word(word))


def _beside(speech: Speech, at: int, end: int) -> bool:
    """Tell whether the words before or after introduce a name."""
    before = speech.lowers[at - 1] if at and not speech.ends[at - 1] else ""
    after = speech.lowers[end] if end < len(speech) and not speech.ends[end - 1] else ""
    if not (_rare(speech, at) or any(_rare(speech, place) for place in range(at, end))):
        return (
            before in _KIN
            or (before in _SURE and speech.closed(end))
            or (after in _SURE_AFTER)
            or _is_said_of(speech, at, end)
        )
    return after in _AFTER or _is_said_of(speech, at, end) or _follows(speech, before, at, end)


def _follows(speech: Speech, before: str, at: int, end: int) -> bool:
    if before in _WEAK and end - at == 1 and speech.kinds[at] is Kind.UNKNOWN and not speech.capital(at):
        return False  # "mä nukahdin"
    return before in _KIN or (before in _BEFORE and (before in _SURE or speech.closed(end)))


def _is_said_of(speech: Speech, at: int, end: int) -> bool:
    """Tell whether "täällä on", "se on", "hän on" stands before the name and nothing follows that it describes."""
    if at < 2 or speech.ends[at - 1] or not speech.closed(end):
        return False
    return speech.lowers[at - 1] in _COPULAS and speech.lowers[at - 2] in _SAID_OF


def _opens(speech: Speech, at: int, end: int) -> bool:
    """Tell whether a speaker's first turn names them here: "verkkovalvomo X päivää", "hyvää iltaa X sopimuksista"."""
    after = speech.lowers[end] if end < len(speech) else ""
    word = speech.lowers[at]
    named = speech.kinds[at] in {Kind.FIRST, Kind.UNKNOWN} and word.isalpha() and not {word, speech.lowers[0]} & FOREIGN
    firm = 0 < at <= _ORGANISATION and not any(is_function_word(each) for each in speech.lowers[:at])
    if firm and named and end == at + 1:
        return True  # "yritysasiakkaat X katsotaan heti"
    closed = speech.ends[end - 1] or after in GREETINGS or _FROM.fullmatch(after) is not None
    return at > 0 and (closed or (_rare(speech, at) and speech.closed(end)))
