# ruff: noqa: D103  names say it
"""What the training texts promise: no sample sentence in them, enough salad, words that faster-whisper can split."""

from itertools import islice
from random import Random

from tools.demo_model import numbers, texts
from tools.demo_model.texts import held_out_sentences


def _some(count: int, seed: int) -> list[str]:
    rng = Random(seed)
    return list(islice(texts.filtered(iter(lambda: texts.utterance(rng), None), held_out_sentences()), count))


def test_no_training_text_shares_five_words_with_a_sample_call() -> None:
    held = [texts.spoken_words(turn) for turn in held_out_sentences()]
    grams = {tuple(turn[at : at + 5]) for turn in held for at in range(len(turn) - 4)}
    grams = {gram for gram in grams if len(set(gram)) > 1}
    assert len(grams) > 500
    for said in _some(5000, 1):
        words = texts.spoken_words(said)
        assert not grams.intersection(tuple(words[at : at + 5]) for at in range(len(words) - 4))


def test_a_planted_sentence_is_dropped() -> None:
    turn = next(turn for turn in held_out_sentences() if len(texts.spoken_words(turn)) > 8)
    assert list(texts.filtered([f"öö {turn} joo"], held_out_sentences())) == []


def test_texts_are_lower_case_words_without_digits() -> None:
    for said in _some(2000, 2):
        words = texts.spoken_words(said)
        assert words
        assert all(word.isalpha() and word == word.lower() for word in words), said


def test_a_text_comes_again_from_its_seed() -> None:
    assert _some(50, 3) == _some(50, 3)


def test_cardinals_and_ordinals() -> None:
    rng = Random(4)
    assert numbers.cardinal(52, rng) == "viisikymmentäkaksi"
    assert numbers.cardinal(2304, rng) == "kaksituhatta kolmesataaneljä"
    assert numbers.cardinal(111, rng) == "satayksitoista"
    assert numbers.ordinal(13) == "kolmastoista"
    assert numbers.ordinal(29) == "kahdeskymmenesyhdeksäs"
    assert numbers.ordinal(10, "par") == "kymmenettä"
