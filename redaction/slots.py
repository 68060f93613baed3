"""Question and answer: what was asked for opens a slot, and what is said next fills it, fits it a format or not.

"Henkilötunnuksen loppuosa?" - "ysi kolme nolla vee" has no check digit and no shape of its own; only the question
tells (domain.md 2.2, 11). A slot stays open for `OPEN` seconds after the last thing that was said into it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from redaction.bare import bare
from redaction.beside import is_year
from redaction.candidates import LIKELY, POSSIBLE, STRONG, Candidate
from redaction.common_words import is_function_word, is_ordinary
from redaction.cues import NUMERIC, SAME_BREATH, Cue
from redaction.formats import bban, business_id, card, hetu, iban, reference
from redaction.model import Checksum, Word
from redaction.numbers.atoms import read_word
from redaction.numbers.runs import Run
from redaction.passwords import find_passwords
from redaction.secrets import (
    COPULAS,
    SECRETS,
    WHOLE_NUMBER,
    Counted,
    asks_for,
    count,
    datum_words,
    is_content,
    is_of_life,
    is_question,
    says_number,
    secret_words,
    told_secret,
    turn_of,
)
from redaction.streets import address_words
from redaction.wordlist import word_set

OPEN = 20.0
# Seconds.
OPEN_WORDS = 60
# Words, where times are missing: 20 s of brisk talk.
OWN_WORDS = 6
# The speaker who names a number says it within this many words: "asiakasnumeroni sieltä laskusta on ...".
ALONE_WORDS = 12
# The same for a code where both speakers are on one channel: "mikä koodi" - "oota mä katon siinä on ...".
ENOUGH, MOST_BETWEEN = 5, 12
# After so many digits the number is whole, and what comes so many words later is another one.
GOING_ON = 3
# Words that may part two pieces of a number that its own speaker names.
LEAST_TALK = 5
# Letters of an everyday word that a misheard digit is not.

_CHECKS: dict[str, Callable[[str], bool]] = {
    "FI_PERSONAL_IDENTITY_CODE": hetu.is_valid,
    "DRIVING_LICENCE": hetu.is_valid,
    "IBAN_CODE": iban.is_valid,
    "FI_ACCOUNT_NUMBER": bban.is_valid,
    "CREDIT_CARD": card.is_valid,
    "REFERENCE_NUMBER": reference.is_valid,
    "FI_BUSINESS_ID": business_id.is_valid,
}
_ENDING = frozenset({"FI_PERSONAL_IDENTITY_CODE", "IBAN_CODE", "CREDIT_CARD"})
# A right check digit ends the answer: what follows is about something else.
_HARMLESS = frozenset({"unit", "clock", "decimal", "reading", "date"})
_MEANT = {
    **dict.fromkeys(("DATE_OF_BIRTH", "FI_PERSONAL_IDENTITY_CODE", "DRIVING_LICENCE"), frozenset({"date", "decimal"})),
    "COORDINATES": frozenset({"decimal", "unit"}),
}
# What looks harmless and is the answer to such a question: "62,89 astetta".
_YEARLY = frozenset({"DATE_OF_BIRTH", "FI_PERSONAL_IDENTITY_CODE", "DRIVING_LICENCE", "SECRET", "CREDIT_CARD"})
# What may be answered with four digits that look like a year.
DUE_WORDS = 6
_DUE = ("eräpäiv", "katko", "muutto", "muutan", "muutetaan", "alkaa", "päätty", "asenta", "erä", "lasku", "förfall")
# What is done on a day that is nobody's birthday.
_TEXTUAL = {"SECRET": 8, "PERSON": 5, "STREET_ADDRESS": 10, "EMAIL_ADDRESS": 14, "USERNAME": 6}
# Types answered in words, and the most words taken.
_LEADING = word_set(
    "joo juu kyllä no niin se on oli olis olisi öö ööm mm tota niinku ja eli hei mun minun mä minä oon olen asun nimi "
    "nimeni sukunimi etunimi osoite osoitteeni tunnussana sana salasana hetki hetkinen vastaus meidän mulla minulla "
    "siis ai että onko just ok okei tuota ni sähköposti mitä anteeksi kiitos "
    "ja jo jaa jag är det den min mitt heter bor på adressen numret så alltså nå ursäkta tack "
    "yes yeah sure it it's is the my i i'm am live at on in name address number well um uh oh so thanks sorry"
)
_HOLDING = word_set(
    "hetki hetkinen hetken odota odotas oota ootas katon katson katsotaan muista muistan mietin "
    "tarkoittaa tarkoitat tarkotat meinaat vänta wait"
)
_WRAPPED = frozenset({"SECRET", "USERNAME", "EMAIL_ADDRESS", "PERSON"})
# Types whose answer in words is masked without the talk around it; a street's name may be any word.


def fill_slots(
    words: Sequence[Word],
    lowers: Sequence[str],
    runs: Sequence[Run],
    cues: Sequence[Cue],
    found_already: Sequence[Candidate] = (),
) -> list[Candidate]:
    """Return what fills the slots that the cues open, as candidates of the cues' types.

    Where a recognizer found something inside an answer in words, the rest of the answer stays.
    """
    found: list[Candidate] = []
    named = {index for cue in cues if not cue.within for index in range(cue.first, cue.last + 1)}
    counted = count(runs)
    for at, cue in enumerate(cues):
        stop = next((each.first for each in cues[at + 1 :] if _asks_other(cue, each)), len(words))
        if is_of_life(words, cue) or (cue.type == "PERSON" and not asks_for(words, cue)):
            continue
        if cue.type in NUMERIC:
            found.extend(_numbers(words, runs, cue, stop, named))
        if cue.type in _TEXTUAL:
            secret = cue.type in SECRETS
            near = cues[at + 1].first if secret and at + 1 < len(cues) and cues[at + 1].type in SECRETS else stop
            found.extend(
                each
                for answer in _texts(words, cue, near)
                if secret or not (_answered(answer, found_already) or _was_told(cue, answer, found_already))
                for each in _without_talk(words, answer, counted)
            )
    found.extend(find_passwords(words, lowers, counted, cues))
    return found


def _without_talk(words: Sequence[Word], answer: Candidate, counted: Counted) -> Iterator[Candidate]:
    """Yield the pieces of an answer that can be what was asked for: not the talk around them."""
    mine = [index for index in range(answer.first, answer.last + 1) if words[index].channel == answer.channel]
    if answer.type not in _WRAPPED:
        yield answer
        return
    for index in datum_words(words, mine, answer.type, counted):
        yield replace(answer, first=index, last=index)


def _asks_other(cue: Cue, later: Cue) -> bool:
    """Tell whether a later cue closes the slot of this one; "käyttöpaikan tunnus ja lukema?" asks for both."""
    both = later.type == "METER_READING" and later.first - cue.last <= SAME_BREATH
    return later.type != cue.type and not both


def _was_told(cue: Cue, answer: Candidate, found: Sequence[Candidate]) -> bool:
    """Tell whether the one who named the kind said it too: "onko osoite sama, Kotikatu 5?" - "on, eiku oota"."""
    if cue.type == "PERSON":
        return False  # the asker's own name, or one that only looks like a name, is no answer
    return any(
        each.type == cue.type and each.channel == cue.channel and cue.last < each.first < answer.first for each in found
    )


def _answered(answer: Candidate, found: Sequence[Candidate]) -> bool:
    return any(
        each.score >= POSSIBLE
        and each.channel == answer.channel
        and answer.first <= each.last
        and each.first <= answer.last
        for each in found
    )


def _numbers(
    words: Sequence[Word], runs: Sequence[Run], cue: Cue, stop: int, named: AbstractSet[int] = frozenset()
) -> Iterator[Candidate]:
    """Yield the runs between the cue and the next one that come soon enough to be its answer."""
    active = cue.last
    own, told = True, False
    last: Run | None = None
    said = 0
    patience = ALONE_WORDS if cue.type in SECRETS and _is_alone(words, cue) else OWN_WORDS
    near = bisect_right(runs, cue.last, key=lambda each: each.first)
    near -= near > 0 and runs[near - 1].last > cue.last and runs[near - 1].channel == cue.channel
    for run in runs[near:]:  # from one that begins with the cue's own last word: "tunnuksen loppuosa 905N"
        if run.first >= stop or not _soon(words, active, run.first) or _is_masked(words, cue.last, run.first):
            return
        if run.harmless == "own" or (said >= ENOUGH and run.first - active > MOST_BETWEEN):
            return
        if _is_another(words, run, cue.type, begun=last is not None and run.first - last.last <= MOST_BETWEEN // 2):
            continue
        if run.channel == cue.channel:
            between = sum(words[index].channel == cue.channel for index in range(active + 1, run.first))
            own = own and between <= (GOING_ON if told else patience)
            if not own:
                continue
        elif told:
            continue  # the speaker answered what they named; a read-back is an echo (nets.py)
        going_on = last is not None and _goes_on(words, last, run, named)
        if _fills(run, cue.type) or going_on:
            active = max(active, run.last)
            said += run.digits
            told = told or run.channel == cue.channel
            kind, checksum = _label(run, cue.type)
            fits = run.digits >= 3 and checksum is not Checksum.INVALID
            yield Candidate(
                type=kind,
                channel=run.channel,
                first=last.last if last is not None and going_on and _may_say(words, last, run) else run.first,
                last=_with_town(words, run.last) if kind == "POSTAL_CODE" else run.last,
                score=STRONG if fits else LIKELY if run.digits >= 2 else POSSIBLE,
                checksum=checksum,
                why=("asked",),
            )
            last = run
            if checksum is Checksum.VALID and kind in _ENDING:
                return


def _is_alone(words: Sequence[Word], cue: Cue) -> bool:
    """Tell whether nobody speaks on another channel after a cue: both may be on this one, question and answer."""
    return all(word.channel == cue.channel for word in words[cue.last : cue.last + 2 * ALONE_WORDS])


def _is_another(words: Sequence[Word], run: Run, kind: str, *, begun: bool) -> bool:
    """Tell whether a number cannot be the answer: an amount, a due date, or a year that would begin it."""
    if run.harmless in _HARMLESS - _MEANT.get(kind, frozenset()):
        return True
    if run.harmless == "date":  # "eräpäivä siirtyy ja uusi on 24.9."
        before = range(max(0, run.first - DUE_WORDS), run.first)
        return any(words[at].channel == run.channel and bare(words[at]).startswith(_DUE) for at in before)
    return not begun and kind not in _YEARLY and is_year(run) and len(run.words) == 1


def _goes_on(words: Sequence[Word], before: Run, run: Run, named: AbstractSet[int]) -> bool:
    """Tell whether a run is the rest of the one before it, parted by a few words that nobody else broke into."""
    between = range(before.last + 1, run.first)
    return len(between) <= GOING_ON and all(
        words[index].channel == run.channel == before.channel and index not in named and not _is_talk(words[index])
        for index in between
    )


def _may_say(words: Sequence[Word], before: Run, run: Run) -> bool:
    """Tell whether a word between two runs may be a misheard part of the number: it is no small word."""
    return not all(is_function_word(bare(words[index])) for index in range(before.last + 1, run.first))


def _is_talk(word: Word) -> bool:
    """Tell whether a word is an everyday one of some length that is no small word: another thing is talked of."""
    text = bare(word)
    return len(text) >= LEAST_TALK and is_ordinary(text) and not is_function_word(text)


def _is_masked(words: Sequence[Word], left: int, right: int) -> bool:
    """Tell whether a label of masking stands between two words, and not straight before the second: it was answered."""
    return any(words[index].text.startswith("[") for index in range(left + 1, right - GOING_ON))


def _with_town(words: Sequence[Word], last: int) -> int:
    """Return the index of the town said straight after a postal code, or of the code's own last word."""
    following = last + 1
    if following < len(words) and words[following].channel == words[last].channel and not _idle(words[following]):
        return following
    return last


def _label(run: Run, kind: str) -> tuple[str, Checksum]:
    """Return the type, an account number without a country being an old one, and what the check digit says."""
    texts = [reading.text.replace(" ", "") for reading in run.readings]
    if kind == "IBAN_CODE" and run.digits <= 14 and not any(text[:1].isalpha() for text in texts):
        kind = "FI_ACCOUNT_NUMBER"
    check = _CHECKS.get(kind)
    if check is None:
        return kind, Checksum.NONE
    return kind, Checksum.VALID if any(check(text) for text in texts) else Checksum.INVALID


def _fills(run: Run, kind: str) -> bool:
    """Tell whether the run has enough in it to be an answer; a house number may be one digit."""
    if kind == "STREET_ADDRESS":
        return 1 <= run.digits <= (5 if len(run.words) > 1 else 3) and run.harmless != "cardinal"
    if kind == "LICENSE_PLATE":
        return run.digits >= 2 or any(character.isalpha() for character in run.readings[0].text)
    return run.digits >= 2 or (run.digits == 1 and len(run.readings[0].text) >= 3)


def _soon(words: Sequence[Word], left: int, right: int) -> bool:
    end, start = words[left].end, words[right].start
    if end is not None and start is not None:
        return start - end <= OPEN
    return right - left <= OPEN_WORDS


def _texts(words: Sequence[Word], cue: Cue, stop: int) -> Iterator[Candidate]:
    """Yield the answer in words: the other's next turn, or, for secrets, what the same speaker goes on to say."""
    most = _TEXTUAL[cue.type]
    score = STRONG if cue.type == "SECRET" else POSSIBLE
    asked = _asked(words, cue, stop)
    secret = cue.type in SECRETS
    if asked is not None:
        turns = list(_answers(words, asked, stop, most))
        for answer in turns[: 2 if cue.type == "SECRET" and turns and _holds(words, turns[0]) else 1]:
            yield from _candidate(words, cue, _told(words, cue, answer), score)
    if secret and (asked is None or not is_question(words, cue)):
        yield from _candidate(words, cue, told_secret(words, cue, stop), STRONG)


def _told(words: Sequence[Word], cue: Cue, answer: list[int]) -> list[int]:
    """Return the words of an answer that can be what was asked for."""
    if cue.type == "STREET_ADDRESS":
        return address_words(words, answer, asked=is_question(words, cue))
    return secret_words(words, answer) if cue.type in SECRETS else answer


def _answers(words: Sequence[Word], first: int, stop: int, most: int) -> Iterator[list[int]]:
    """Yield the other speaker's next turns that say something, each without the fillers that it begins with."""
    at: int | None = first
    active = first
    while at is not None and _soon(words, active, at):
        turn = turn_of(words, at, stop, most + 4)
        if any(words[index].text.startswith("[") for index in turn):
            return  # masked already: this is another look
        answer = _without_rest(words, _strip(words, turn)[:most])
        if answer:
            yield answer
        active = turn[-1]
        at = next((i for i in range(turn[-1] + 1, stop) if words[i].channel == words[first].channel), None)


def _without_rest(words: Sequence[Word], answer: list[int]) -> list[int]:
    """Return an answer that begins with a number of some length without the talk after it: the number was it."""
    said = next((at for at, index in enumerate(answer) if not says_number(words[index])), len(answer))
    digits = sum(
        len(shape.morphs) or len(shape.text) for index in answer[:said] for shape in read_word(words[index].text)
    )
    return answer[:said] if digits >= WHOLE_NUMBER else answer


def _candidate(words: Sequence[Word], cue: Cue, answer: Sequence[int], score: float) -> Iterator[Candidate]:
    if answer:
        first, last = answer[0], answer[-1]
        channel = words[first].channel
        yield Candidate(type=cue.type, channel=channel, first=first, last=last, score=score, why=("answer",))


def _asked(words: Sequence[Word], cue: Cue, stop: int) -> int | None:
    """Return the first word of the other speaker after the cue when the asker stops soon after it."""
    told, question = False, is_question(words, cue)
    for index in range(cue.last + 1, min(stop, cue.last + OWN_WORDS + 2)):
        if words[index].channel != cue.channel:
            told = told and bare(words[index - 1]) not in COPULAS
            return index if _soon(words, cue.last, index) and not told else None
        if words[index].text.startswith("["):
            return None  # masked already: this is another look
        question = question or words[index].text.endswith("?")
        told = told or (not question and _tells(words[index], secret=cue.type in SECRETS))
    return None


def _tells(word: Word, *, secret: bool) -> bool:
    """Tell whether a word after the cue is the answer's own or leads to it: "avainsäilön koodi 2795" asks nothing."""
    text = bare(word)
    return text in COPULAS or says_number(word) or (secret and text not in _LEADING and is_content(text))


def _holds(words: Sequence[Word], answer: Sequence[int]) -> bool:
    """Tell whether an answer only asks for time: the next turn is the answer then."""
    return any(bare(words[index]) in _HOLDING for index in answer)


def _strip(words: Sequence[Word], turn: Sequence[int]) -> list[int]:
    """Return the turn without the fillers that it begins with; empty when it is nothing else."""
    at = 0
    while at < len(turn) and _idle(words[turn[at]]):
        at += 1
    return list(turn[at:])


def _idle(word: Word) -> bool:
    return bare(word) in _LEADING
