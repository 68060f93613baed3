"""Why audio is refused, by slug. One table, because a decoder in its own process may name a slug and nothing else:
its words could be what a hostile file made it say.
"""

from __future__ import annotations

from recordings.errors import BadAudio

_TEXTS = {
    "audio-empty": "There is no sound in this file: its length is zero. Send the recording itself.",
    "audio-unknown-format": "This is not audio that Vaiti takes: send WAV, MP3, Opus, FLAC or M4A.",
    "audio-truncated": "The file ends before its audio does. Send the whole recording again.",
    "audio-undecodable": "The audio is damaged and cannot be decoded. Send the recording again.",
    "audio-codec-refused": "The sound inside this file is in a codec that Vaiti does not take.",
    "audio-odd-rate": "The sample rate is outside 6 to 192 kHz. Send the recording as it was made.",
    "audio-too-many-channels": "Send one channel, or two: the agent's and the customer's.",
    "leg-not-mono": "Of a call in two files each holds one channel. Push a file that holds both alone.",
    "audio-too-long": "The recording is longer than this service takes. Send it in parts.",
    "audio-changes-shape": "The sample rate or the channels change inside the recording.",
    "audio-not-finite": "Some samples are not numbers. Record or convert the call again.",
    "audio-breaks-decoder": "The file breaks the program that decodes it. Convert the recording and send it again.",
    "audio-takes-too-long": "Decoding took far longer than the length of the sound explains. Convert the recording.",
}


def refusal(slug: str) -> BadAudio:
    """Make the error for this slug; any other becomes `audio-breaks-decoder`, for nobody else chooses slugs."""
    known = slug if slug in _TEXTS else "audio-breaks-decoder"
    return BadAudio(known, _TEXTS[known])
