"""Question and answer: what was asked for opens a slot, and what is said next fills it, fits it a format or not.

"Henkilötunnuksen loppuosa?" - "ysi kolme nolla vee" has no check digit and no shape of its own; only the question
tells (domain.md 2.2, 11). A slot stays open for `OPEN` seconds after the last thing that was said into it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from redaction.candidates import LIKELY, POSSIBLE, STRONG, Candidate
from redaction.cues import NUMERIC, Cue
from redaction.formats import bban, business_id, card, hetu, iban, reference
from redaction.model import Checksum, Word
from redaction.numbers.atoms import read_word
from redaction.numbers.kinds import Kind
from redaction.numbers.runs import Run
from redaction.wordlist import word_set

OPEN = 20.0
# Seconds.
OPEN_WORDS = 60
# Words, where times are missing: 20 s of brisk talk.
OWN_WORDS = 6
# The speaker who names a number says it within this many words: "asiakasnumeroni sieltä laskusta on ...".
GOING_ON = 3
# Words that may part two pieces of a number that its own speaker names.
TURN_GAP = 1.5
# Seconds of silence that end an answer.

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
_DATED = frozenset({"DATE_OF_BIRTH", "FI_PERSONAL_IDENTITY_CODE", "DRIVING_LICENCE"})
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
_ASKING = word_set(
    "mikä mikäs mitä millä mihin entä entäs sano sanotko kerro kertoisitko anna tarvisin tarvitsen pyydän"
)
ASKING_WORDS = 6
WHOLE_NUMBER = 3
# Digits: a code that short is whole; "seiska kissa" goes on.
_SECRETS = frozenset({"SECRET", "USERNAME"})
_COPULAS = word_set("on oli olis olisi se vastaus että är var det is was it's it")


def fill_slots(
    words: Sequence[Word], runs: Sequence[Run], cues: Sequence[Cue], found_already: Sequence[Candidate] = ()
) -> list[Candidate]:
    """Return what fills the slots that the cues open, as candidates of the cues' types.

    Where a recognizer found something inside an answer in words, the rest of the answer stays.
    """
    found: list[Candidate] = []
    for at, cue in enumerate(cues):
        stop = next((each.first for each in cues[at + 1 :] if each.type != cue.type), len(words))
        if cue.type in NUMERIC:
            found.extend(_numbers(words, runs, cue, stop))
        if cue.type in _TEXTUAL:
            secret = cue.type in _SECRETS
            near = cues[at + 1].first if secret and at + 1 < len(cues) and cues[at + 1].type in _SECRETS else stop
            found.extend(
                answer
                for answer in _texts(words, cue, near)
                if secret or not (_answered(answer, found_already) or _was_told(cue, answer, found_already))
            )
    return found


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


def _numbers(words: Sequence[Word], runs: Sequence[Run], cue: Cue, stop: int) -> Iterator[Candidate]:
    """Yield the runs between the cue and the next one that come soon enough to be its answer."""
    active = cue.last
    own, told = True, False
    last: Run | None = None
    for run in runs[bisect_right(runs, cue.last, key=lambda each: each.first) :]:
        if run.first >= stop or not _soon(words, active, run.first):
            return
        if run.harmless in {"unit", "clock", "decimal", "own", "reading"} or (
            run.harmless == "date" and cue.type not in _DATED
        ):
            continue
        if run.channel == cue.channel:
            between = sum(words[index].channel == cue.channel for index in range(active + 1, run.first))
            own = own and between <= (GOING_ON if told else OWN_WORDS)
            if not own:
                continue
        elif told:
            continue  # the speaker answered what they named; a read-back is an echo (nets.py)
        going_on = last is not None and _goes_on(words, last, run)
        if _fills(run, cue.type) or going_on:
            active = max(active, run.last)
            told = told or run.channel == cue.channel
            kind, checksum = _label(run, cue.type)
            fits = run.digits >= 3 and checksum is not Checksum.INVALID
            yield Candidate(
                type=kind,
                channel=run.channel,
                first=last.last if last is not None and going_on else run.first,
                last=_with_town(words, run.last) if kind == "POSTAL_CODE" else run.last,
                score=STRONG if fits else LIKELY if run.digits >= 2 else POSSIBLE,
                checksum=checksum,
                why=("asked",),
            )
            last = run
            if checksum is Checksum.VALID and kind in _ENDING:
                return


def _goes_on(words: Sequence[Word], before: Run, run: Run) -> bool:
    """Tell whether a run is the rest of the one before it, parted by a few words that nobody else broke into."""
    between = range(before.last + 1, run.first)
    return len(between) <= GOING_ON and all(words[index].channel == run.channel == before.channel for index in between)


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
        return 1 <= run.digits <= 5
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
    if asked is not None:
        turns = list(_answers(words, asked, stop, most))
        for answer in turns[: 2 if cue.type == "SECRET" and turns and _holds(words, turns[0]) else 1]:
            yield from _candidate(words, cue, answer, score)
    if cue.type in _SECRETS and (asked is None or not (cue.asks or _is_question(words, cue))):
        yield from _candidate(words, cue, _told(words, cue, stop), STRONG)


def _answers(words: Sequence[Word], first: int, stop: int, most: int) -> Iterator[list[int]]:
    """Yield the other speaker's next turns that say something, each without the fillers that it begins with."""
    at: int | None = first
    active = first
    while at is not None and _soon(words, active, at):
        turn = _turn(words, at, stop, most + 4)
        answer = _without_rest(words, _strip(words, turn)[:most])
        if answer:
            yield answer
        active = turn[-1]
        at = next((i for i in range(turn[-1] + 1, stop) if words[i].channel == words[first].channel), None)


def _without_rest(words: Sequence[Word], answer: list[int]) -> list[int]:
    """Return an answer that begins with a number of some length without the talk after it: the number was it."""
    said = next((at for at, index in enumerate(answer) if not _says_number(words[index])), len(answer))
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
    told = False
    for index in range(cue.last + 1, min(stop, cue.last + OWN_WORDS + 2)):
        if words[index].channel != cue.channel:
            told = told and _bare(words[index - 1]) not in _COPULAS
            return index if _soon(words, cue.last, index) and not told else None
        told = told or (not cue.asks and (_bare(words[index]) in _COPULAS or _says_number(words[index])))
    return None


def _says_number(word: Word) -> bool:
    """Tell whether a word is a number: "avainsäilön koodi 2795" is no question."""
    return any(shape.kind in (Kind.DIGITS, Kind.NUMBER) for shape in read_word(word.text))


def _is_question(words: Sequence[Word], cue: Cue) -> bool:
    """Tell whether an asking word stands shortly before the cue: "entä turvakoodi takaa", "muistatko salasanan"."""
    before = [
        _bare(word) for word in words[max(0, cue.first - ASKING_WORDS) : cue.first] if word.channel == cue.channel
    ]
    return any(word in _ASKING or word.endswith(("ko", "kö")) for word in before)


def _holds(words: Sequence[Word], answer: Sequence[int]) -> bool:
    """Tell whether an answer only asks for time: the next turn is the answer then."""
    return any(_bare(words[index]) in _HOLDING for index in answer)


def _turn(words: Sequence[Word], first: int, stop: int, most: int) -> list[int]:
    """Return the words of one speaker from `first` until a pause, a sentence's end or much of the other's talk."""
    turn = [first]
    other = 0
    for index in range(first + 1, stop):
        if len(turn) >= most or other > 3:
            break
        if words[index].channel != words[first].channel:
            other += 1
            continue
        end, start = words[turn[-1]].end, words[index].start
        if end is not None and start is not None and start - end > TURN_GAP:
            break
        turn.append(index)
        other = 0
        if words[index].text.endswith((".", "!", "?")) and not _idle(words[index]):
            break
    return turn


def _told(words: Sequence[Word], cue: Cue, stop: int) -> list[int]:
    """Return what the cue's own speaker says after it: "tunnussana on sinikello"."""
    if cue.last + 1 >= stop:
        return []
    first = next((i for i in range(cue.last + 1, stop) if words[i].channel == cue.channel), None)
    if first is None or first - cue.last > 3:
        return []
    answer = _turn(words, first, stop, 6)
    said = [index for index in answer if _bare(words[index]) not in _COPULAS]
    if len(said) < len(answer):
        return said[:4]
    return said if len(said) <= 2 else []  # "turvasana tuulimylly", but not "tunnussana jolla hän voi asioida"


def _strip(words: Sequence[Word], turn: Sequence[int]) -> list[int]:
    """Return the turn without the fillers that it begins with; empty when it is nothing else."""
    at = 0
    while at < len(turn) and _idle(words[turn[at]]):
        at += 1
    return list(turn[at:])


def _idle(word: Word) -> bool:
    return _bare(word) in _LEADING


def _bare(word: Word) -> str:
    return word.text.strip(".,!?:;").lower()
