"""A Whisper folder with random weights: it hears nothing, and is shaped like one that does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import tokenizers
from ctranslate2.specs import whisper_spec

WIDTH, HEADS, MELS = 16, 2, 80
TEXT = [
    "<unk>",
    "",
    *"abcdefghijklmnopqrstuvwxyz",
    *(f"Ġ{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
    "Ġ-",
    "Ġ'",
]
SPECIAL = [
    *("<|endoftext|>", "<|startoftranscript|>", "<|fi|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>"),
    *("<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"),
    *(f"<|{step * 0.02:.2f}|>" for step in range(1501)),
]
TOKENS = [*TEXT, *SPECIAL]
END = TOKENS.index("<|endoftext|>")


def make_tiny_whisper(folder: Path, *, talks: bool = True) -> Path:
    """Write a model folder. One that does not talk answers every sound with an empty text."""
    rng = np.random.default_rng(7)
    spec = whisper_spec.WhisperSpec(1, HEADS, 1, HEADS)
    _fill(spec, rng)
    bias = np.zeros(len(TOKENS), dtype=np.float32)
    bias[END] = -100 if talks else 100
    bias[: TOKENS.index("a")] = -100
    bias[END + 1 :] = -100
    spec.decoder.projection.bias = bias
    spec.register_vocabulary(TOKENS)
    spec.validate()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    config = json.loads((folder / "config.json").read_text())
    config.update({"suppress_ids": [], "suppress_ids_begin": [], "lang_ids": [], "alignment_heads": [[0, 0], [0, 1]]})
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": MELS}))
    _tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def _tokenizer() -> tokenizers.Tokenizer:
    model = tokenizers.models.WordLevel({token: index for index, token in enumerate(TOKENS)}, unk_token="<unk>")
    tokenizer = tokenizers.Tokenizer(model)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    tokenizer.add_special_tokens([tokenizers.AddedToken(token, special=True) for token in SPECIAL])
    return tokenizer


def _fill(spec: Any, rng: np.random.Generator) -> None:
    def weights(*shape: int) -> Any:
        return (rng.standard_normal(shape) * 0.3).astype(np.float32)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def linear(layer: Any, rows: int, columns: int) -> None:
        layer.weight, layer.bias = weights(rows, columns), np.zeros(rows, np.float32)

    encoder, decoder = spec.encoder, spec.decoder
    for conv, channels in ((encoder.conv1, MELS), (encoder.conv2, WIDTH)):
        conv.weight, conv.bias = weights(WIDTH, channels, 3), np.zeros(WIDTH, np.float32)
    encoder.position_encodings.encodings = weights(1500, WIDTH)
    decoder.position_encodings.encodings = weights(448, WIDTH)
    decoder.embeddings.weight = weights(len(TOKENS), WIDTH)
    decoder.projection.weight = decoder.embeddings.weight
    decoder.scale_embeddings = False
    for half in (encoder, decoder):
        norm(half.layer_norm)
        for layer in half.layer:
            norm(layer.self_attention.layer_norm)
            linear(layer.self_attention.linear[0], 3 * WIDTH, WIDTH)
            linear(layer.self_attention.linear[1], WIDTH, WIDTH)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, 4 * WIDTH, WIDTH)
            linear(layer.ffn.linear_1, WIDTH, 4 * WIDTH)
    for layer in decoder.layer:
        norm(layer.attention.layer_norm)
        linear(layer.attention.linear[0], WIDTH, WIDTH)
        linear(layer.attention.linear[1], 2 * WIDTH, WIDTH)
        linear(layer.attention.linear[2], WIDTH, WIDTH)
