"""The real rules, over a call that holds canaries: presidio, spaCy and all they load say nothing of what they see."""

import json

import pytest

from tests.leaks.canaries import IDENTITY_CODE, PHONE, find
from tests.leaks.running import installed

pytestmark = pytest.mark.soak
SPOKEN = f"minun henkilötunnukseni on {IDENTITY_CODE} ja puhelinnumeroni {PHONE} kiitos".split()


def test_a_transcripts_plan_holds_no_value_and_nobody_logs_one() -> None:
    words = [{"text": text, "start": n / 2, "end": n / 2 + 0.4, "channel": 0} for n, text in enumerate(SPOKEN)]
    call = {"format": "vaiti-transcript/1", "language": "fi", "channels": [{"role": "customer"}], "words": words}
    with installed() as here:
        given = here.folder / "home" / "call.json"
        given.write_text(json.dumps(call))
        plan = here.folder / "plan.json"
        assert here.start("redact", str(given), "--json", str(plan)).wait(120) == 0, here.output("redact")
        given.unlink()
        assert json.loads(plan.read_text())["findings"]
        assert find([IDENTITY_CODE, PHONE], here.files()) == []
