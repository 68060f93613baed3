"""Last nets under the recognizers: long numbers, spelled words, echoes, and runs found only in part.

They look at runs and not at texts, because what they need is how much was said, not what it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from redaction.bare import bare
from redaction.beside import is_year
from redaction.candidates import LIKELY, POSSIBLE, WEAK, Candidate
from redaction.common_words import is_function_word
from redaction.cues import NUMERIC, SAME_BREATH, Cue
from redaction.dictionary import is_verb
from redaction.edits import edits
from redaction.formats import phone
from redaction.model import Word
from redaction.municipalities import is_municipality
from redaction.numbers.runs import Run
from redaction.towns import is_town
from redaction.wordlist import word_set

LONG = 6
# Digits; shorter runs are amounts, hours and house numbers too often.
APART_DIGITS, APART_WORDS, WHOLE = 4, 3, 5
# Digits said one by one or in twos and threes, and digits in any words: no sum, hour or year is said so.
OWN_DIGITS, OWN_EDITS = 8, 2
# No caller's number is within two edits of the company's own by chance.
SPELLED = 3
# Letters; "aa bee" is a stairwell, three and more are a name or an address.
ECHO_SECONDS, ECHO_WORDS = 20.0, 40
# How long after a number its read-back is still one.
ECHO_REACH = 400
# Words: no source of an echo is looked for further back than this.
ECHO_DIGITS, ECHOED_DIGITS = 2, 4
# A read-back of two digits counts when what it repeats has four.
STRAIGHT, MISHEARD_DIGITS = 3, 3
# Words between a number and its read-back, and digits of one in which one may be wrong.
END_WORDS, END_DIGITS = 80, 3
# An identity code's end is asked for within about half a minute of its date.
CLOSE_WORDS = 12
# Without a letter in it, it is one only soon after: "synnyin 3.7.05 ja siihen perään tulee 9340".
_END = re.compile(r"(?:\d[- ]?){3}[A-FHJ-NPR-Y]$")
_LAST = re.compile(r"\d ?(?:\d ?)?[A-FHJ-NPR-Y]")
# What is left of an end, the first digit of which was said before: "150381-9" - "joo ja 45 K".
TOWN_WORDS = 8
READINGS, READING_DIGITS, READING_WORDS = 2, 7, 12
# "Edellinen lukema on ... ja uusi ...": two numbers of at most seven digits, said soon after the word.
_PHONE = re.compile(r"0(?:4\d|50)\d{4}")
# Seven digits that begin as a mobile telephone does are half of one sooner than a reading.
PLATE = 13
# Characters: a plate, corrected once.
_PLATE = re.compile(r"(?:[A-Z]{2,3}[- ]?[1-9][0-9]{0,2}[- ]?){1,2}")
_NO_PLATE = frozenset({"CO", "HD", "IP", "TV", "US", "LE", "KS", "KL", "NR", "EU", "KW"})
# Of "CO2", "IP65", "USB3", "LED7".
_CLOCKS = frozenset({"kello", "klo", "kellon", "klockan", "puoli", "o'clock"})
_HOUR = re.compile(r"(?:[01]?\d|2[0-4])(?:[ .:]?[0-5]\d)?(?:-(?:[01]?\d|2[0-4]))?")
_IN_YEAR = word_set("vuonna vuodelle vuodesta vuoteen vuodelta vuoden år årets year")
_FAULTS, FAULT = word_set("virhe virhettä virheen virhekoodi virhekoodia vikakoodi vikakoodia felkod error fault"), 4
_RANKS, RANK = (
    word_set(
        "viikko viikon viikolla viikosta viikkoon viikolle vko vecka veckan week kerros kerroksessa kerroksen våning "
        "sivu sivulla sivun sida page liite liitteessä liitteeseen kohta kohdassa kohdan luokka luokan vyöhyke "
        "vyöhykkeellä versio version vaihe vaiheen kanava kanavalla"
    ),
    2,
)
# What counts the thing that it stands before, and the most digits of such a number.
_FROM_TO = re.compile(r"\d{1,2}(?:[.:]\d\d)?:?(?:sta|stä|lta|ltä) \d{1,2}(?:[.:]\d\d)?:?[a-zäö]{2,3}")
_OPEN, OPEN_WORDS = (
    word_set("välillä väliin arkisin auki avoinna palvellaan palvelemme päivystää öppet vardagar mellan open weekdays"),
    3,
)
# Words beside opening hours.
_SHAPELESS = frozenset({"PHONE_NUMBER", "LONG_NUMBER", "POSTAL_CODE", "FI_ACCOUNT_NUMBER"})
_OBVIOUS = frozenset({"clock", "date", "decimal", "reading"})
# Kinds that a date, an hour or a reading only looks like.


def mark_own(runs: Iterable[Run], own_numbers: Sequence[str]) -> tuple[Run, ...]:
    """Return the runs, those that say one of the company's own numbers marked harmless ("own"), misheard or not."""
    own = {phone.compact(number) for number in own_numbers}
    return tuple(replace(run, harmless="own") if own and _says(run, own) else run for run in runs)


def _says(run: Run, own: AbstractSet[str]) -> bool:
    """Tell whether a run says one of these numbers; of a long one a digit or two may be wrong or lost."""
    said = {phone.compact(reading.text) for reading in run.readings}
    if said & own:
        return True
    return any(
        len(number) >= OWN_DIGITS and edits(text, number, OWN_EDITS) <= OWN_EDITS for number in own for text in said
    )


def mark_readings(words: Sequence[Word], runs: Sequence[Run], cues: Sequence[Cue]) -> tuple[Run, ...]:
    """Return the runs, those that answer or follow "lukema" marked harmless: a meter reading names nobody."""
    marked = list(runs)
    begins = [run.first for run in runs]
    for at, cue in enumerate(cues):
        if cue.type != "METER_READING":
            continue
        if _names_more(cues, at):
            continue
        stop = cues[at + 1].first if at + 1 < len(cues) else len(words)
        low = bisect_right(begins, cue.last)
        for place in range(low, min(low + READINGS, len(runs))):
            run = runs[place]
            if run.first >= stop or run.first - cue.last > READING_WORDS:
                break
            if run.digits <= READING_DIGITS * READINGS and not run.harmless:
                marked[place] = replace(run, harmless="reading" if _is_reading(run) else "")
    return tuple(marked)


def _names_more(cues: Sequence[Cue], at: int) -> bool:
    """Tell whether a number of a person was asked for in the same breath: "käyttöpaikan tunnus ja lukema?"."""
    before = cues[at - 1] if at else None
    return before is not None and before.type in NUMERIC and cues[at].first - before.last <= SAME_BREATH


def mark_hours(words: Sequence[Word], runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs, those that tell hours marked harmless: "kello 17", "klo 1 6 1 5", "8:sta 16:een"."""
    return tuple(replace(run, harmless="clock") if not run.harmless and _is_hour(words, run) else run for run in runs)


def _is_hour(words: Sequence[Word], run: Run) -> bool:
    if _is_from_to(words, run):
        return True
    before = words[run.first - 1] if run.first else None
    if before is None or before.channel != run.channel or before.text.strip(".,-…").lower() not in _CLOCKS:
        return False
    return any(_HOUR.fullmatch(reading.text) for reading in run.readings)


def mark_ranked(words: Sequence[Word], runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs, those that say which week, year, floor, page or fault marked harmless: "viikolla 48"."""
    return tuple(replace(run, harmless=_ranks(words, run) or run.harmless) for run in runs)


def _ranks(words: Sequence[Word], run: Run) -> str:
    """Return why a number that its head noun counts is none of a person's, or nothing."""
    before = words[run.first - 1] if run.first else None
    if before is None or before.channel != run.channel or before.text.endswith((".", "?", "!")):
        return ""
    head = bare(before)
    if head in _IN_YEAR and is_year(run):
        return "date"
    if (head in _FAULTS and run.digits <= FAULT) or (head in _RANKS and run.digits <= RANK):
        return "unit"
    return ""


def _is_from_to(words: Sequence[Word], run: Run) -> bool:
    """Tell whether a run is from one hour to another: "8:sta 16:een", "arkisin 9 viiva 17", "yhdeksän viiva viisi"."""
    said = " ".join(words[index].text.strip(".,") for index in run.words)
    if _FROM_TO.fullmatch(said):
        return True
    beside = (*range(max(0, run.first - OPEN_WORDS), run.first), min(run.last + 1, len(words) - 1))
    told = any(words[at].channel == run.channel and bare(words[at]) in _OPEN for at in beside)
    return told and any(_HOUR.fullmatch(each.text) and "-" in each.text for each in run.readings)


def _is_reading(run: Run) -> bool:
    """Tell whether a run is one reading, or the old and the new one that "ja uusi" parts."""
    pieces = re.split(r"[? ]", re.sub(r"(?<=\d)-(?=\d)", "", run.readings[0].text))
    return not _PHONE.match(pieces[0]) and all(
        re.fullmatch(rf"\d{{0,{READING_DIGITS}}}(?:[.,]\d)?", piece) for piece in pieces
    )


def catch_runs(runs: Sequence[Run], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates for long and spelled runs, and for what a recognizer left over of a run it found."""
    found: list[Candidate] = []
    for run, places in zip(runs, touching(runs, candidates), strict=True):
        if not run.digits and _letters(run) >= SPELLED and len(run.words) >= SPELLED:
            found.append(_whole(run, "PERSON", POSSIBLE, "spelled"))
            continue
        if _is_plate(run):
            found.append(_whole(run, "LICENSE_PLATE", POSSIBLE, "spelled-plate"))
            continue
        best = max((candidates[at] for at in places), key=lambda each: each.score, default=None)
        if best is not None and len(run.words) > 1 and (run.digits >= LONG or best.why == ("asked",)):
            found.append(replace(best, first=run.first, last=run.last, score=min(best.score, LIKELY)))
        elif _is_long(run):
            found.append(_whole(run, "LONG_NUMBER", POSSIBLE, "long-number"))
    return found


def _is_long(run: Run) -> bool:
    """Tell whether a run that nothing explains is too long for an amount, or said as no amount is."""
    if run.harmless == "cardinal":
        return run.digits > LONG
    if run.harmless or is_year(run):
        return False
    return run.digits >= WHOLE or (run.digits >= APART_DIGITS and len(run.words) >= APART_WORDS)


def _is_plate(run: Run) -> bool:
    """Tell whether a run is letters and digits of a licence plate, spelled ("q aa bee 433") or in one word ("AQ631").

    Letters in a word of their own ("TV 2") are an abbreviation.
    """
    for reading in run.readings if len(run.readings[0].text) <= PLATE else ():
        if _PLATE.fullmatch(reading.text):
            letters = {reading.first[at] for at, character in enumerate(reading.text) if character.isalpha()}
            digits = {reading.first[at] for at, character in enumerate(reading.text) if character.isdecimal()}
            if len(letters) > 1 or letters & digits:
                return not run.harmless and reading.text[:2] not in _NO_PLATE
    return False


def catch_ends(runs: Sequence[Run], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the end parts of identity codes that come later than their dates: "... ja se loppu" - "930 vee"."""
    dates = sorted(each.last for each in candidates if each.type in {"FI_PERSONAL_IDENTITY_CODE", "DATE_OF_BIRTH"})
    found: list[Candidate] = []
    for run in runs if dates else ():
        at = bisect_left(dates, run.first)
        near = at > 0 and run.first - dates[at - 1] <= END_WORDS
        lettered = run.digits == END_DIGITS and any(_END.search(reading.text) for reading in run.readings)
        close = at > 0 and run.first - dates[at - 1] <= CLOSE_WORDS
        lettered = lettered or (close and any(_LAST.fullmatch(reading.text) for reading in run.readings))
        bare = run.digits == END_DIGITS + 1 and run.first - dates[at - 1] <= CLOSE_WORDS
        if near and (lettered or (bare and not run.harmless)):
            found.append(_whole(run, "FI_PERSONAL_IDENTITY_CODE", POSSIBLE, "end-part"))
    return found


def catch_towns(words: Sequence[Word], cues: Sequence[Cue], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the towns that are named within a few words after a street or a postal code, or that were asked for."""
    found = [
        _town(words, index)
        for cue in cues
        if cue.type == "POSTAL_CODE"
        for index in _following(words, cue.last)
        if words[index].channel != words[cue.last].channel and _is_town(words[index])
    ]
    for each in candidates:
        if each.type not in {"STREET_ADDRESS", "POSTAL_CODE"}:
            continue
        for index in _following(words, each.last):
            town = _is_town(words[index]) or _is_post_town(words, each, index)
            if words[index].channel == each.channel and town:
                found.append(_town(words, index))
    return found


def _is_town(word: Word) -> bool:
    text = bare(word)
    return is_town(text) or is_municipality(text)


def _following(words: Sequence[Word], last: int) -> range:
    return range(last + 1, min(last + 1 + TOWN_WORDS, len(words)))


def _town(words: Sequence[Word], index: int) -> Candidate:
    channel = words[index].channel
    return Candidate(type="POSTAL_CODE", channel=channel, first=index, last=index, score=POSSIBLE, why=("town",))


def _is_post_town(words: Sequence[Word], code: Candidate, index: int) -> bool:
    """Tell whether a word straight after a postal code is its town, known or not: "82500 Puhos"."""
    straight = index == code.last + 1 and code.type == "POSTAL_CODE" and not words[code.last].text.endswith((".", "?"))
    text = bare(words[index])
    return straight and len(text) > 2 and text.isalpha() and not (is_function_word(text) or is_verb(text))


def catch_echoes(words: Sequence[Word], runs: Sequence[Run], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates and those runs of the other speaker that repeat digits of what was found near them."""
    found = list(candidates)
    values = [
        (max(places, key=lambda at: candidates[at].score), run, _digit_texts(run))
        for run, places in zip(runs, touching(runs, candidates), strict=True)
        if places and run.digits >= ECHOED_DIGITS
    ]
    covered = {(run.channel, run.first) for _, run, _ in values}
    begins = [run.first for _, run, _ in values]
    for run in runs:
        texts = [text for text in _digit_texts(run) if len(text) >= ECHO_DIGITS]
        if not texts or (run.channel, run.first) in covered or run.harmless in {"unit", "own", "clock"}:
            continue
        low, high = bisect_left(begins, run.first - ECHO_REACH), bisect_right(begins, run.last)
        for at, source, numbers in values[low:high]:
            if source.channel == run.channel or not _near(words, source, run):
                continue
            if any(text in number for text in texts for number in numbers) or _is_misheard(source, run, texts, numbers):
                group = candidates[at].group if candidates[at].group is not None else at
                found[at] = replace(found[at], group=group)
                found.append(
                    replace(
                        candidates[at], channel=run.channel, first=run.first, last=run.last, score=WEAK + 0.2,
                        why=("echo",), group=group,
                    )
                )  # fmt: skip
                break
    return found


def _is_misheard(source: Run, run: Run, texts: Sequence[str], numbers: Sequence[str]) -> bool:
    """Tell whether a run is a read-back with a digit heard wrong: in the midst of the number, or straight after it."""
    if run.first > source.last + STRAIGHT or run.harmless:
        return False
    if source.first < run.first < source.last:
        return True
    return any(
        edits(text, number[at : at + len(text)], 1) <= 1
        for text in texts
        if len(text) >= MISHEARD_DIGITS
        for number in numbers
        for at in range(len(number) - len(text) + 1)
    )


def touching(runs: Sequence[Run], candidates: Sequence[Candidate]) -> list[list[int]]:
    """Return for each run the indexes of the candidates that share words with it. `runs` in order of first word."""
    by_channel: dict[int, list[int]] = {}
    for at, run in enumerate(runs):
        by_channel.setdefault(run.channel, []).append(at)
    ends = {channel: [runs[at].last for at in mine] for channel, mine in by_channel.items()}
    found: list[list[int]] = [[] for _ in runs]
    for place, candidate in enumerate(candidates):
        mine = by_channel.get(candidate.channel, [])
        for at in mine[bisect_left(ends.get(candidate.channel, []), candidate.first) :]:
            if runs[at].first > candidate.last:
                break
            found[at].append(place)
    return found


def drop_own(runs: Sequence[Run], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates without those that lie in a number of the company's own, or in a date or a reading."""
    own = {
        place
        for run, places in zip(runs, touching(runs, candidates), strict=True)
        for place in places
        if (run.harmless == "own" or (run.harmless in _OBVIOUS and candidates[place].type in _SHAPELESS))
        and run.first <= candidates[place].first
        and candidates[place].last <= run.last
    }
    return [each for place, each in enumerate(candidates) if place not in own]


def _whole(run: Run, kind: str, score: float, why: str) -> Candidate:
    return Candidate(type=kind, channel=run.channel, first=run.first, last=run.last, score=score, why=(why,))


def _letters(run: Run) -> int:
    return sum(character.isalpha() for character in run.readings[0].text)


def _digit_texts(run: Run) -> list[str]:
    return [re.sub(r"\D", "", reading.text) for reading in run.readings]


def _near(words: Sequence[Word], source: Run, run: Run) -> bool:
    """Tell whether the run, which does not end before the source begins, was said during or soon after it."""
    end, start = words[source.last].end, words[run.first].start
    if end is not None and start is not None:
        return start - end <= ECHO_SECONDS
    return run.first - source.last <= ECHO_WORDS
