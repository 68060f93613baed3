"""Write a checkpoint as a folder that faster-whisper loads unchanged (CTranslate2, int8), without transformers.

Tricks that cost time: the empty string must be in the vocabulary (CTranslate2 takes its presence as "multilingual"),
so it stands in for a byte token that is never used; keys have no bias, so zeros are stacked between the biases of
queries and values; the time tokens were never trained and are silenced by a large negative output bias, but for the
first, which is silenced less: the plain mode must begin with a time token, takes this one and reads on as if it had
been given <|notimestamps|>, whose embedding it has;
CTranslate2 never lets a text end before its first token, so silence would be given some word: the tab, a byte token
that no text uses, is made a stand-in for the end (same output, 3 lower), and readers strip it. Takes 2 s.
"""

import argparse
import json
from pathlib import Path

import ctranslate2
import numpy as np
import torch
from ctranslate2.specs import whisper_spec

from tools.demo_model.model import Attention, DecoderLayer, EncoderLayer, Network, Shape, sinusoids
from tools.demo_model.tokens import SPECIALS, TIMES
from tools.demo_model.train import LOOKING_HEADS
from tools.demo_model.windows import CHUNK

SILENCED = -1e4
SILENCED_FIRST_TIME = -1e3
TAB = "ĉ"  # the byte token of a tab, as byte-level BPE writes it
BLANK_BIAS = -3.0
EMPTY_AT = 0  # the id whose entry in vocabulary.json becomes the empty string: a control byte, never written


def _array(tensor: torch.Tensor | None) -> np.ndarray:
    if tensor is None:
        raise ValueError("a weight is missing")
    return np.asarray(tensor.detach().float().contiguous().numpy())


def _linear(spec: object, weights: list[torch.Tensor], biases: list[torch.Tensor | None]) -> None:
    filled = [
        torch.zeros(weight.shape[0]) if bias is None else bias for weight, bias in zip(weights, biases, strict=True)
    ]
    spec.weight = _array(torch.cat(weights))  # type: ignore[attr-defined]
    spec.bias = _array(torch.cat(filled))  # type: ignore[attr-defined]


def _norm(spec: object, norm: torch.nn.Module) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)  # type: ignore[attr-defined, arg-type]


def _self_attention(spec: object, norm: torch.nn.Module, attention: Attention) -> None:
    _norm(spec.layer_norm, norm)  # type: ignore[attr-defined]
    parts = (attention.query, attention.key, attention.value)
    _linear(spec.linear[0], [part.weight for part in parts], [part.bias for part in parts])  # type: ignore[attr-defined]
    _linear(spec.linear[1], [attention.out.weight], [attention.out.bias])  # type: ignore[attr-defined]


def _cross_attention(spec: object, norm: torch.nn.Module, attention: Attention) -> None:
    _norm(spec.layer_norm, norm)  # type: ignore[attr-defined]
    linear = spec.linear  # type: ignore[attr-defined]
    _linear(linear[0], [attention.query.weight], [attention.query.bias])
    _linear(linear[1], [attention.key.weight, attention.value.weight], [None, attention.value.bias])
    _linear(linear[2], [attention.out.weight], [attention.out.bias])


def _feed(spec: object, layer: EncoderLayer | DecoderLayer) -> None:
    _norm(spec.ffn.layer_norm, layer.feed_norm)  # type: ignore[attr-defined]
    _linear(spec.ffn.linear_0, [layer.feed_in.weight], [layer.feed_in.bias])  # type: ignore[attr-defined]
    _linear(spec.ffn.linear_1, [layer.feed_out.weight], [layer.feed_out.bias])  # type: ignore[attr-defined]


def specification(network: Network, blank: int) -> whisper_spec.WhisperSpec:
    """CTranslate2's description of the network, filled with its weights."""
    shape = network.shape
    spec = whisper_spec.WhisperSpec(shape.encoder_layers, shape.heads, shape.decoder_layers, shape.heads)
    for target, conv in ((spec.encoder.conv1, network.conv1), (spec.encoder.conv2, network.conv2)):
        target.weight, target.bias = _array(conv.weight), _array(conv.bias)
    spec.encoder.position_encodings.encodings = _array(sinusoids(1500, shape.width))
    _norm(spec.encoder.layer_norm, network.encoder_norm)
    for target, layer in zip(spec.encoder.layer, network.encoder, strict=True):
        _self_attention(target.self_attention, layer.attention_norm, layer.attention)
        _feed(target, layer)
    for target, layer in zip(spec.decoder.layer, network.decoder, strict=True):
        _self_attention(target.self_attention, layer.attention_norm, layer.attention)
        _cross_attention(target.attention, layer.cross_norm, layer.cross)
        _feed(target, layer)
    decoder = spec.decoder
    decoder.position_encodings.encodings = _array(network.token_positions)
    _norm(decoder.layer_norm, network.decoder_norm)
    embedding = torch.cat([network.embedding.weight, torch.zeros(len(TIMES), shape.width)])
    embedding = embedding.detach()
    first = shape.vocabulary - len(SPECIALS)
    output = embedding.clone()
    output[blank] = embedding[first + SPECIALS.index("<|endoftext|>")]
    for stand_in in (blank, shape.vocabulary):
        embedding[stand_in] = embedding[first + SPECIALS.index("<|notimestamps|>")]
    decoder.embeddings.weight = _array(embedding)
    decoder.projection.weight = _array(output)
    bias = np.zeros(len(embedding), np.float32)
    bias[shape.vocabulary :] = SILENCED
    bias[shape.vocabulary] = SILENCED_FIRST_TIME
    bias[blank] = BLANK_BIAS
    unused = [name for name in SPECIALS if name not in ("<|endoftext|>", "<|nospeech|>")]
    for name in unused:
        bias[first + SPECIALS.index(name)] = SILENCED
    decoder.projection.bias = bias
    return spec


def load(path: Path) -> Network:
    """A network with the running mean of a checkpoint's weights."""
    state = torch.load(path, weights_only=True)
    network = Network(Shape(**state["shape"]))
    network.load_state_dict(state["model"] | state["ema"])
    return network.eval()


def convert(network: Network, tokenizer: Path, out: Path, heads: list[tuple[int, int]], quantization: str) -> None:
    """Write model.bin, config.json, vocabulary.json, tokenizer.json and preprocessor_config.json."""
    raw = json.loads(tokenizer.read_text(encoding="utf-8"))
    names = {**raw["model"]["vocab"], **{token["content"]: token["id"] for token in raw["added_tokens"]}}
    vocabulary = sorted(names, key=names.__getitem__)
    vocabulary[EMPTY_AT] = ""
    spec = specification(network, names[TAB])
    spec.register_vocabulary(vocabulary)
    spec.config.alignment_heads = heads
    spec.config.lang_ids = [names["<|fi|>"]]
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.validate()
    spec.optimize(quantization=quantization)
    out.mkdir(parents=True, exist_ok=True)
    spec.save(str(out))
    (out / "tokenizer.json").write_text(json.dumps(raw, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    features = {"feature_size": 80, "sampling_rate": 16000, "hop_length": 160, "chunk_length": CHUNK, "n_fft": 400}
    (out / "preprocessor_config.json").write_text(json.dumps(features) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    base = Path("build/demo-model")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--tokenizer", type=Path, default=base / "tokenizer.json")
    parser.add_argument("--out", type=Path, default=Path("workers/models/demo"))
    parser.add_argument("--heads", default="", help='layer,head pairs, as "2,0 2,1"')
    parser.add_argument("--quantization", default="int8")
    options = parser.parse_args()
    heads = [tuple(map(int, pair.split(","))) for pair in options.heads.split()] or list(LOOKING_HEADS[1:])
    convert(load(options.checkpoint), options.tokenizer, options.out, heads, options.quantization)  # type: ignore[arg-type]
    print(
        f"{sum(path.stat().st_size for path in options.out.iterdir()) / 1e6:.1f} MB in {ctranslate2.__version__} form"
    )


if __name__ == "__main__":
    main()
