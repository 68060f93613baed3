"""The tokeniser: byte-level BPE trained on our own texts, and the special tokens that faster-whisper looks for.

Order of ids: text tokens, the specials in Whisper's order, then 1,501 time tokens (never trained, silenced by
`convert.py`). The number of languages is read from the distance between <|startoftranscript|> and <|translate|>.
"""

from collections.abc import Iterable
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer

SPECIALS = (
    "<|endoftext|>", "<|startoftranscript|>", "<|fi|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>",
    "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
)  # fmt: skip
TIMES = tuple(f"<|{step * 0.02:.2f}|>" for step in range(1501))
TEXT_TOKENS = 600
# Every number is made of the same parts: "kaksi|kymmentä|kolme", never "kaksi|kymmentäkolme".
NUMBER_PARTS = " ?(?:seitsemän|kahdeksan|yhdeksän|kymmentä|sataa|sata|toista)"
LONGEST_TOKEN = 12  # bytes


def trained(texts: Iterable[str], size: int = TEXT_TOKENS) -> Tokenizer:
    """A tokeniser trained on texts, with every special and time token added."""
    base = Tokenizer(BPE())
    parts = pre_tokenizers.Split(Regex(NUMBER_PARTS), "isolated")
    base.pre_tokenizer = pre_tokenizers.Sequence([parts, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    trainer = BpeTrainer(
        vocab_size=size, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        max_token_length=LONGEST_TOKEN, show_progress=False,
    )  # fmt: skip
    base.train_from_iterator((" " + text for text in texts), trainer)
    base.decoder = decoders.ByteLevel()
    tokenizer = base
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIALS + TIMES])
    return tokenizer


class Codec:
    """Words to token ids and back."""

    def __init__(self, path: Path) -> None:
        """Load tokenizer.json."""
        self.tokenizer = Tokenizer.from_file(str(path))
        self.end = self._id("<|endoftext|>")
        self.prompt = [
            self._id(name) for name in ("<|startoftranscript|>", "<|fi|>", "<|transcribe|>", "<|notimestamps|>")
        ]
        self.size = self._id("<|notimestamps|>") + 1
        self._cache: dict[str, list[int]] = {}

    def _id(self, token: str) -> int:
        found = self.tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the tokeniser lacks {token}")
        return found

    def word(self, word: str) -> list[int]:
        """Tokens of one word, with its leading space."""
        if word not in self._cache:
            self._cache[word] = self.tokenizer.encode(" " + word, add_special_tokens=False).ids
        return self._cache[word]

    def text(self, ids: Iterable[int]) -> str:
        """Text of ids, specials left out."""
        return self.tokenizer.decode([token for token in ids if token < self.end]).strip()
