"""The training texts: number sayings, call-centre talk, spelled letters, and word salad of the whole vocabulary.

The shares matter. With templates alone a small model becomes a language model of its templates and answers with a
likely sentence; four in ten texts are therefore salad of known and invented words, which can only be written by
listening. Lower case, no punctuation in what the model is taught to write; commas (pauses) and question
marks are for the synthesiser only (`spoken_words` drops them).
"""

import re
from collections.abc import Callable, Iterable
from random import Random

from tools.demo_model import everyday, identifiers, numbers, people, phrases, talk, words

_SLOT = re.compile(r"\{(\w+)\}")
_FILLERS = ("öö", "no", "tota", "niin", "joo", "eli", "hetkinen", "elikkä", "siis", "mm", "ja", "okei")
VOCABULARY: tuple[str, ...] = tuple(
    dict.fromkeys(
        words.COMMON
        + words.ENERGY
        + words.SIGNS
        + phrases.THINGS
        + phrases.VERBS
        + phrases.ADJECTIVES
        + phrases.WEEKDAYS
        + talk.TALK
    )
)
_TALK = (*talk.TALK, *words.COMMON)
NUMBER_WORDS: tuple[str, ...] = (
    *numbers.STANDARD, *(word for forms in numbers.COLLOQUIAL for word in forms), *numbers.CASE_WORDS, *numbers.NAMES,
    *numbers.PARTITIVE_NAMES,
)  # fmt: skip


def _letters(rng: Random) -> str:
    return " ".join(numbers.letter(rng.choice("abcdefghijklmnoprstuvwxyåäö"), rng) for _ in range(rng.randrange(1, 7)))


def _hetu_tail(rng: Random) -> str:
    style = rng.random() < 0.6
    value = f"{rng.randrange(1000):03d}"
    said = numbers.digits(value, rng, style) if rng.random() < 0.6 else numbers.cardinal(int(value), rng, style)
    return f"{said} {numbers.letter(rng.choice('abcdefhjklmnprstuvwxy'), rng)}"


SLOTS: dict[str, Callable[[Random], str]] = {
    "hetu": identifiers.identity_code,
    "hetu_part": lambda rng: numbers.say(
        f"{rng.randrange(1, 32):02d}{rng.randrange(1, 13):02d}{rng.randrange(100):02d}", rng
    ),
    "hetu_tail": _hetu_tail,
    "phone": identifiers.phone,
    "iban": identifiers.iban,
    "account": identifiers.old_account,
    "card": identifiers.card,
    "number": identifiers.plain_number,
    "digits3": lambda rng: numbers.say(f"{rng.randrange(1000):03d}", rng),
    "digits4": lambda rng: numbers.say(f"{rng.randrange(10000):04d}", rng),
    "small": lambda rng: numbers.cardinal(rng.randrange(1, 25), rng, rng.random() < 0.5),
    "amount": identifiers.amount,
    "hours": identifiers.hours,
    "date": lambda rng: numbers.date(rng.randrange(1, 32), rng.randrange(1, 13), rng),
    "year": lambda rng: numbers.year(rng.randrange(1940, 2030), rng),
    "birth": identifiers.birth,
    "plate": identifiers.plate,
    "property": identifiers.property_id,
    "business": identifiers.business_id,
    "postcode": identifiers.postcode,
    "name": people.full_name,
    "first": people.first,
    "last": people.last,
    "name_last": people.last,
    "inflected": people.inflected_name,
    "street": people.street,
    "town": people.town,
    "email": people.email,
    "spell": lambda rng: people.spelled(rng.choice((people.first, people.last))(rng), rng),
    "letters": _letters,
    "thing": lambda rng: rng.choice(phrases.THINGS),
    "verb": lambda rng: rng.choice(phrases.VERBS),
    "adj": lambda rng: rng.choice(phrases.ADJECTIVES),
    "weekday": lambda rng: rng.choice(phrases.WEEKDAYS),
    "company": lambda rng: rng.choice(phrases.COMPANIES),
    "talk": lambda rng: everyday.word(rng) if rng.random() < 0.6 else rng.choice(_TALK),
    "word": lambda rng: everyday.word(rng) if rng.random() < 0.6 else rng.choice(VOCABULARY),
}


def fill(template: str, rng: Random) -> str:
    """A template with every slot filled."""
    return " ".join(_SLOT.sub(lambda match: SLOTS[match.group(1)](rng), template).split())


def salad(rng: Random) -> str:
    """Words in no order: ordinary, number, name, letter and invented ones."""
    out = []
    for _ in range(rng.choice((3, 4, 5, 6, 7, 8, 9, 10, 12))):
        way = rng.random()
        if way < 0.36:
            out.append(everyday.word(rng))
        elif way < 0.56:
            out.append(rng.choice(VOCABULARY))
        elif way < 0.70:
            out.append(people.invented(rng))
        elif way < 0.80:
            out.append(rng.choice(NUMBER_WORDS))
        elif way < 0.87:
            out.append(numbers.cardinal(rng.randrange(1000), rng, rng.random() < 0.5))
        elif way < 0.92:
            out.append(rng.choice((people.first, people.last, people.town))(rng))
        elif way < 0.96:
            out.append(numbers.letter(rng.choice("abcdefghijklmnoprstuvwxyäö"), rng))
        else:
            out.append(rng.choice(words.STREET_HEAD) + rng.choice(words.STREET_TAIL))
        if rng.random() < 0.08:
            out[-1] += ","
    return " ".join(out)


def utterance(rng: Random) -> str:
    """One thing somebody says: 36 % identifiers and amounts, 24 % talk, 22 % salad, 18 % everyday words."""
    way = rng.random()
    if way < 0.22:
        return salad(rng)
    if way < 0.40:
        return everyday.run(rng, rng.randrange(2, 11))
    said = fill(rng.choice(phrases.PERSONAL if way < 0.76 else phrases.GENERIC + talk.SENTENCES), rng)
    if rng.random() < 0.12:
        said = f"{rng.choice(_FILLERS)}{rng.choice((' ', ', '))}{said}"
    if rng.random() < 0.08:
        said = f"{said} {everyday.word(rng)} {rng.choice(VOCABULARY)}"
    return said + ("?" if rng.random() < 0.08 else "")


def spoken_words(said: str) -> list[str]:
    """The words the model shall write for an utterance."""
    return re.sub(r"[,.?!]", " ", said.lower()).split()


def held_out_sentences() -> list[str]:
    """Every turn of the sample calls: none of them may be trained on."""
    try:
        from tools.sample_calls.scripts import all_turns
    except ImportError:
        return []
    return all_turns()


def filtered(source: Iterable[str], held_out: Iterable[str], shortest: int = 5) -> Iterable[str]:
    """Drop every text that shares a run of `shortest` words with a held-out sentence, so that figures are honest.

    Number sayings of five and more words are caught too, so the vectors of the sample calls never occur in training.
    Runs of one repeated word ("nolla nolla nolla ...") are nobody's sentence and stay.
    """
    grams = {gram for sentence in held_out for gram in _grams(spoken_words(sentence), shortest) if len(set(gram)) > 1}
    for said in source:
        if not grams.intersection(_grams(spoken_words(said), shortest)):
            yield said


def _grams(said: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(said[at : at + size]) for at in range(len(said) - size + 1)}
