"""What the company knows of a caller is found however it is said, a digit or two off."""

from __future__ import annotations

import pytest

from redaction.known import match_known
from redaction.numbers.runs import find_runs
from tests.builders import a_transcript


@pytest.mark.parametrize(
    ("key", "value", "said", "kind"),
    [
        ("identity_code", "131052A930V", "se on 131052 930V joo", "FI_PERSONAL_IDENTITY_CODE"),
        ("identity_code", "131052-930V", "se on 131052 930V joo", "FI_PERSONAL_IDENTITY_CODE"),
        ("iban", "FI2112345600000785", "se on 2112345600000785", "IBAN_CODE"),
        ("phone", "+358451234567", "se on 045 123 45 67", "PHONE_NUMBER"),
        ("phone", "+358451234567", "se on 045 123 54 67", "PHONE_NUMBER"),
        ("phone", "+358451234567", "se on 4567", "PHONE_NUMBER"),
        ("own_key", "54815", "se on 54815", "LONG_NUMBER"),
    ],
)
def test_a_known_number_is_found(key: str, value: str, said: str, kind: str) -> None:
    words = a_transcript(f"C: {said}").words
    assert {each.type for each in match_known(words, find_runs(words), {key: [value]})} == {kind}


def test_a_number_that_is_quite_another_is_not() -> None:
    words = a_transcript("C: se on 040 765 43 21").words
    assert match_known(words, find_runs(words), {"phone": "+358451234567"}) == []
