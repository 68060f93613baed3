"""The calls as data: who speaks, the words, and which of them are personal."""

import re
from dataclasses import dataclass

from tools.sample_calls import long_call, short_calls

TYPES = {
    "HETU": "FI_PERSONAL_IDENTITY_CODE",
    "IBAN": "IBAN_CODE",
    "ACCOUNT": "FI_ACCOUNT_NUMBER",
    "CARD": "CREDIT_CARD",
    "PHONE": "PHONE_NUMBER",
    "EMAIL": "EMAIL_ADDRESS",
    "PERSON": "PERSON",
    "SPELLED": "PERSON",
    "AGENT": "AGENT_NAME",
    "ADDRESS": "STREET_ADDRESS",
    "POSTCODE": "POSTAL_CODE",
    "CUSTOMER_NUMBER": "CUSTOMER_NUMBER",
    "METERING": "METERING_POINT_ID",
    "DOB": "DATE_OF_BIRTH",
    "SECRET": "SECRET",
    "PLATE": "LICENSE_PLATE",
}
_PART = re.compile(r"\[(\w+) ([^\]]*)\]")


@dataclass(frozen=True)
class Turn:
    """One turn: channel (0 agent, 1 customer), text for the synthesiser, runs of personal words (type, first, last)."""

    channel: int
    text: str
    personal: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Call:
    """One call and its facts. Voices are espeak-ng's; rate in words a minute."""

    name: str
    kind: str
    title: str
    days_ago: int
    time_of_day: str
    direction: str
    queue: str
    agent: str
    customer: tuple[tuple[str, str], ...]
    voices: tuple[tuple[str, int, int], tuple[str, int, int]]
    script: str
    suffix: str = "flac"

    @property
    def turns(self) -> list[Turn]:
        """The script, parsed."""
        return [parse(line) for line in self.script.strip().splitlines()]


def words_of(text: str) -> list[str]:
    """Words as the model writes them: lower case, no punctuation."""
    return re.sub(r"[,.?!]", " ", text.lower()).split()


def parse(line: str) -> Turn:
    """`A: text [TYPE words] text` as a turn."""
    side, text = line.split(": ", 1)
    personal, clean, at = [], "", 0
    for match in _PART.finditer(text):
        clean += text[at : match.start()]
        first = len(words_of(clean))
        clean += match.group(2)
        personal.append((TYPES[match.group(1)], first, len(words_of(clean)) - 1))
        at = match.end()
    return Turn("AC".index(side), clean + text[at:], tuple(personal))


CALLS = (
    Call(
        "service",
        "service",
        "Tasauslaskun jakaminen kahteen erään",
        20,
        "09:12:00",
        "inbound",
        "laskutus",
        "agent-03",
        (("customer_number", "0078923"),),
        (("fi+f2", 172, 48), ("fi+m3", 164, 45)),
        short_calls.SERVICE,
    ),
    Call(
        "direct-marketing",
        "direct-marketing",
        "Kiinteä hinta vanhalle asiakkaalle",
        300,
        "17:40:00",
        "outbound",
        "myynti",
        "agent-11",
        (("customer_number", "0061250"),),
        (("fi+m1", 180, 52), ("fi+f4", 172, 55)),
        short_calls.DIRECT_MARKETING,
    ),
    Call(
        "fault-report",
        "fault-report",
        "Sähkökatko ja kaatunut puu",
        3,
        "18:55:00",
        "inbound",
        "vikapäivystys",
        "agent-05",
        (("metering_point", "643999990000000015"),),
        (("fi+m7", 178, 44), ("fi+m4", 178, 50)),
        short_calls.FAULT_REPORT,
        "wav",
    ),
    Call(
        "contract",
        "contract",
        "Sopimus uuteen asuntoon",
        45,
        "11:05:00",
        "inbound",
        "sopimukset",
        "agent-07",
        (("customer_number", "4402917"),),
        (("fi+f1", 174, 50), ("fi+f2", 176, 60)),
        short_calls.CONTRACT,
    ),
    Call(
        "other",
        "other",
        "Hyvityksen palautus kortille",
        120,
        "15:30:00",
        "inbound",
        "asiakaspalvelu",
        "agent-03",
        (("customer_number", "0061245"),),
        (("fi+f4", 176, 46), ("fi", 170, 40)),
        short_calls.OTHER,
    ),
    Call(
        "service-long",
        "service",
        "Monta asiaa kerralla",
        8,
        "13:20:00",
        "inbound",
        "asiakaspalvelu",
        "agent-09",
        (("customer_number", "0078923"),),
        (("fi+m1", 172, 47), ("fi+m3", 166, 43)),
        long_call.LONG_SERVICE,
    ),
)


def all_turns() -> list[str]:
    """Every turn of every call, for keeping them out of the training texts."""
    return [turn.text for call in CALLS for turn in call.turns]
