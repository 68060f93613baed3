"""Names by their place in the talk: the agent's greeting, "täällä X", "puhunko X:n kanssa", an answer, an echo.

`recognizers/person.py` reads one speaker's text; what is here needs the call: who speaks first, what was asked, where
a turn ends and which names have been said already. No list of names is needed; `common_words` says what is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from redaction.bare import bare
from redaction.candidates import LIKELY, POSSIBLE, Candidate
from redaction.common_words import GREETINGS, is_ordinary
from redaction.model import Word
from redaction.name_pairs import bare_names
from redaction.name_places import placed_names
from redaction.name_speech import LONGEST, Speech, kind_of
from redaction.names import AMBIGUOUS_FIRST_NAMES, bases, first_name, forms, is_surname
from redaction.numbers.runs import Run
from redaction.wordlist import word_set

OPENING = 16
# Words of a speaker in which they greet and say who they are.
ANSWER_SECONDS = 15.0
_NAME_NOUN = re.compile(r"(?:suku|etu|koko|tyttö)?nim(?:i|e[nä]|een|ess|ell|esi|eni|enne|ensä|essä|ellä|issä)\w*")
_FOREIGN_NOUN = word_set("namn namnet efternamn efternamnet förnamn förnamnet name surname")
_NAMING = word_set("puhuu heter herra rouva neiti terveisin terveisiä puhunko puhuinko puhuisinko name's")
_TITLES = word_set(
    """
    haltija haltijana omistaja omistajana isännöitsijä isännöitsijänä huoltomies vuokralainen vuokralaisena asukas
    tilaaja asiakkaana vaimo vaimoni mies mieheni miehen puoliso puolisoni avopuoliso äiti äitini isä isäni poika
    poikani tytär tyttäreni naapuri naapurin veli veljeni sisko siskoni yhteyshenkilö yhteyshenkilönä edunvalvoja
    maksaja vaimon äidin isän kollega kollegani kollegan frun mannen make hustru wife husband mother father
    """
)
_PLACES = word_set("täällä tääl tässä täs siellä puhelimessa olen oon här here this i'm")
_AFTER = word_set("täällä tääl tässä täs puhelimessa kuuntelee palveluksessa palveluksessanne vastaa soittaa soittelee")
_ACTS = word_set("vastaa soittaa soittelee")
_SKIPPED = word_set("on oli oisi mä mää minä se nyt kai siellä täällä tässä jo siis sitten öö öm että is är puhuu ja")
_OPENERS = word_set("no joo ja juu ai niin öö kyllä ihan juu kiitos ok okei selvä selvä jaha")
_WRITTEN = word_set("kirjoitetaan kirjotetaan tavataan stavas spelled")
_CALLED = word_set("kiitos kiitti kiitoksia selvä soitosta avusta okei ok hei moi terve moikka heippa niin jatkoa tack")
_ASKS = word_set("kuka kenen kenet ketä kenelle kenellä kenenkä vem who")
_ASKED_OF = word_set("soittaa soittelee kysyy puhuu puhun siellä puhelimessa nimissä nimellä kanssa asialla speaking")
_ASKING = word_set(
    "mikä mikäs mitä millä minkä kuka kukas kenen entä entäs sano sanokaa sanotko kerro anna antaisitko saisinko vad "
    "vilket what may can could"
)
NEAR_END, NEAR_START = 2, 5
# Words from a noun for a name to its sentence's end that make it a question, and before it in which one is asked.
_LEADING = _OPENERS | _SKIPPED | GREETINGS | word_set("tota noin hmm mm mun sen hänen hetki eli oon olen it's i'm jag")
_ORGANISED = re.compile(
    r".*(?:palvelu|myynti|myynni|puol[ie]|energia|sähkö|päivysty|vaihde|neuvonta|yhtiö|vikail|asiakas|tuki|tue|osasto)"
    r"(?:n|ssa|ssä|sta|stä|lta|ltä|lla|llä|kset|ksessa|ksesta|sta|s|t|set|ista|ilta)?"
)


_TRIGGERS = _AFTER | _CALLED | _NAMING | _PLACES | _TITLES | _FOREIGN_NOUN | _WRITTEN
# Words that may have a name beside them, besides those that begin a turn and those about names.


def find_names(
    words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run], found: Sequence[Candidate]
) -> list[Candidate]:
    """Return the names that the talk introduces, and those introduced (also in `found`) wherever they come again."""
    by_channel: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        by_channel.setdefault(word.channel, []).append(index)
    known = {word: kind_of(word) for word in set(lowers)}
    speeches = {channel: Speech(words, lowers, mine, known) for channel, mine in by_channel.items()}
    new = [each for channel, speech in speeches.items() for each in _introduced(speech, channel)]
    new.extend(_answers(words, speeches))
    for channel, speech in speeches.items():
        new.extend(_candidate(speech, channel, begin, end, "bare") for begin, end in bare_names(speech))
        new.extend(_candidate(speech, channel, begin, end, "place") for begin, end in placed_names(speech))
    new.extend(_spelled(words, runs))
    new.extend(_echoes(words, speeches, [*found, *new]))
    return new


def _introduced(speech: Speech, channel: int) -> Iterator[Candidate]:
    opened = True
    telling = {word for word in set(speech.lowers) if word in _TRIGGERS or "nim" in word or word.startswith("tavoit")}
    for at, word in enumerate(speech.lowers):
        if opened or word in telling:
            for begin, end in _around(speech, at, word):
                yield _candidate(speech, channel, begin, end)
        opened = speech.ends[at]
        if at < OPENING and _opens(speech, at):
            yield _candidate(speech, channel, at, speech.span(at))


def _around(speech: Speech, at: int, word: str) -> Iterator[tuple[int, int]]:
    """Yield the names that a word has before or after it."""
    if word in _AFTER:
        begin = _back(speech, at)
        if begin < at:
            yield begin, at
    if speech.begins(at) and _is_greeted(speech, at):
        begin = _over(speech, at)
        yield begin, speech.span(begin)
    elif word in _CALLED and at + 1 < len(speech) and speech.is_named(at + 1):
        end = speech.span(at + 1)
        if not speech.ends[at] and (speech.capital(at + 1) or (_unmistakable(speech, at + 1) and speech.closed(end))):
            yield at + 1, end
    if not speech.ends[at] and _leads(speech, at, word):
        begin = _skip(speech, at + 1)
        end = speech.span(begin)
        if end > begin and _is_enough(speech, at, begin, end):
            yield begin, end


def _leads(speech: Speech, at: int, word: str) -> bool:
    """Tell whether a name may follow the word."""
    if word in _NAMING or word in _PLACES or word in _TITLES or word in _FOREIGN_NOUN or word.startswith("tavoit"):
        return True
    written = word in _WRITTEN
    return _NAME_NOUN.fullmatch(speech.lowers[at - 1 if written and at else at]) is not None


def _is_enough(speech: Speech, at: int, begin: int, end: int) -> bool:
    """Tell whether what follows the cue is a name, by how much the cue says."""
    word = speech.lowers[at]
    if speech.sure(begin, end) or word in _NAMING:
        return True
    if word in _PLACES:
        return (
            word in _AFTER and (speech.ends[end - 1] or speech.greets(end)) and _over(speech, _start(speech, at)) == at
        )
    if word in _TITLES:
        return False
    copula = "on" in speech.lowers[at + 1 : begin] or "is" in speech.lowers[at + 1 : begin]
    return copula or speech.closed(end)


def _start(speech: Speech, at: int) -> int:
    """Return the first word of the sentence, looking a few words back."""
    return next((place for place in range(at, max(0, at - 5), -1) if speech.begins(place)), max(0, at - 5))


def _skip(speech: Speech, at: int) -> int:
    """Return the first word from `at` that is no copula or pronoun; a sentence's end stops it."""
    for place in range(at, min(at + 4, len(speech))):
        if speech.lowers[place] not in _SKIPPED or speech.ends[place]:
            return place
    return at


def _over(speech: Speech, at: int) -> int:
    """Return the first word from `at` that neither greets nor fills."""
    while at < len(speech) - 1 and (speech.lowers[at] in GREETINGS or speech.lowers[at] in _OPENERS):
        at += 1
    return at


def _back(speech: Speech, cue: int) -> int:
    """Return where the names before a cue begin, if the sentence begins with them; else the cue itself."""
    begin = cue
    while begin > 0 and cue - begin < LONGEST and not speech.ends[begin - 1] and speech.is_named(begin - 1):
        begin -= 1
    before = speech.lowers[begin - 1] if begin else ""
    opened = speech.begins(begin) or before in GREETINGS or _ORGANISED.fullmatch(before) is not None
    weak = speech.lowers[cue] in _ACTS
    return begin if speech.sure(begin, cue) or (opened and not weak) else cue


def _is_greeted(speech: Speech, at: int) -> bool:
    """Tell whether a turn begins with "no X Y moi", "X Y, päivää"."""
    begin = _over(speech, at)
    end = speech.span(begin)
    if end == begin or end >= len(speech) or speech.ends[end - 1] or end - begin > LONGEST:
        return False
    return speech.lowers[end] in GREETINGS and (end - begin == 2 or speech.sure(begin, end))


def _opens(speech: Speech, at: int) -> bool:
    """Tell whether a speaker's first words name them here: "asiakaspalvelussa X, miten voin auttaa"."""
    end = speech.span(at)
    if at in (end, 0) or end - at > 2 or not speech.closed(end):
        return False
    before = speech.lowers[at - 1]
    if speech.ends[at - 1]:
        return False
    joined = before in {"ja", "tässä"} and at > 1 and _ORGANISED.fullmatch(speech.lowers[at - 2]) is not None
    return joined or _ORGANISED.fullmatch(before) is not None


def _unmistakable(speech: Speech, at: int) -> bool:
    """Tell whether a listed name has no use of its own that is likely after "kiitos" or "selvä"."""
    word = speech.lowers[at]
    name = first_name(word)
    listed = (name is not None and name not in AMBIGUOUS_FIRST_NAMES) or is_surname(word)
    return listed and not is_ordinary(word)


def _answers(words: Sequence[Word], speeches: dict[int, Speech]) -> Iterator[Candidate]:
    """Yield the names that answer "sukunimi?", "kuka soittaa?", in the other's next turn or one channel's."""
    for speech in speeches.values():
        for at, word in enumerate(speech.lowers):
            if (word in _ASKS or word in _FOREIGN_NOUN or "nim" in word) and _asks(speech, at):
                end = _sentence_end(speech, at)
                if word in _ASKS or end - at <= NEAR_END or _is_question(speech, at, end):
                    yield from _answer(words, speeches, speech.at[end])


def _asks(speech: Speech, at: int) -> bool:
    word = speech.lowers[at]
    if word in _ASKS:
        return any(each in _ASKED_OF for each in speech.lowers[at + 1 : at + 5])
    return word in _FOREIGN_NOUN or _NAME_NOUN.fullmatch(word) is not None


def _is_question(speech: Speech, at: int, end: int) -> bool:
    """Tell whether what names a name asks for it: "nimi vaihtuu joka toinen vuosi" does not."""
    said = speech.lowers[max(0, at - NEAR_START) : end + 1]
    return speech.texts[end].endswith("?") or any(word in _ASKING or word.endswith(("ko", "kö")) for word in said)


def _sentence_end(speech: Speech, at: int) -> int:
    """Return the last word of the sentence, or the last of the few that a question has after its noun."""
    for place in range(at, min(at + 6, len(speech))):
        if speech.ends[place]:
            return place
    return at


def _answer(words: Sequence[Word], speeches: dict[int, Speech], asked: int) -> Iterator[Candidate]:
    following = asked + 1
    if following >= len(words) or not _soon(words[asked], words[following]):
        return
    channel = words[following].channel
    speech = speeches[channel]
    if channel == words[asked].channel and not words[asked].text.endswith("?"):
        return  # the asker goes on: what they tell themselves is introduced
    at = speech.at.index(following)
    begin = at
    while begin < min(at + 6, len(speech) - 1) and speech.lowers[begin] in _LEADING:
        begin += 1
    end = speech.span(begin)
    if end > begin and (speech.closed(end) or speech.sure(begin, end)):
        yield _candidate(speech, channel, begin, end, "answer")


def _soon(before: Word, after: Word) -> bool:
    return before.end is None or after.start is None or after.start - before.end <= ANSWER_SECONDS


def _spelled(words: Sequence[Word], runs: Sequence[Run]) -> Iterator[Candidate]:
    """Yield the word that is spelled straight after it: "Karjalainen, koo aa är"."""
    for run in runs:
        letters = run.readings[0].text
        if run.digits or len(letters) < 3 or run.first == 0:
            continue
        before = words[run.first - 1]
        word = bare(before)
        if before.channel == run.channel and len(word) >= 3 and word[:1] == letters[:1].lower():
            index = run.first - 1
            yield Candidate(
                type="PERSON", channel=run.channel, first=index, last=run.last, score=POSSIBLE, why=("spelled",)
            )


def _echoes(words: Sequence[Word], speeches: dict[int, Speech], found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield every other form of the names that were introduced, whoever says it."""
    names: dict[str, str] = {}
    for each in found:
        if each.type in {"PERSON", "AGENT_NAME"} and not {"spelled", "first-name"} & set(each.why):
            for index in range(each.first, each.last + 1):
                if words[index].channel == each.channel:
                    names.setdefault(bare(words[index]), each.type)
    said = {word for speech in speeches.values() for word in speech.lowers} if names else set()
    kinds: dict[str, str] = {}
    for name, kind in names.items():
        for form in _known_forms(name, said):
            kinds.setdefault(form, kind)
    for channel, speech in speeches.items() if kinds else ():
        for at, word in enumerate(speech.lowers):
            if word in kinds:
                yield replace(_candidate(speech, channel, at, at + 1, "name-echo"), type=kinds[word])


def _known_forms(name: str, said: AbstractSet[str]) -> Iterator[str]:
    """Yield what of `said` stands for a lower-case name by itself; a name that is also a word is not known by it."""
    if len(name) < 3 or is_ordinary(name) or first_name(name) in AMBIGUOUS_FIRST_NAMES:
        return
    for base in bases(name):
        yield from (form for form in forms(base) & said if len(form) > len(name) or not is_ordinary(form))


def _candidate(speech: Speech, channel: int, begin: int, end: int, why: str = "introduced") -> Candidate:
    first, last = speech.at[begin], speech.at[end - 1]
    return Candidate(type="PERSON", channel=channel, first=first, last=last, score=LIKELY, why=(why,))
