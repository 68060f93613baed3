"""A small network of the Whisper shape, with the extra outputs that make it learn fast.

Encoder: two convolutions (the second with stride 2, so one position is 20 ms), fixed sinusoidal positions, pre-norm
layers, GELU. Decoder: learned positions, causal self-attention, attention to the encoder, output tied to the input
embedding. Keys have no bias. All of that is what CTranslate2's Whisper expects.

Extra outputs, used in training only and dropped by `convert.py`: a phoneme for every encoder position (from the
middle layer), and from the top the text token said there, the token said before it (through the decoder's own
embedding, so that "what follows the token I just wrote" can be looked up) and how many tokens came before; and the
attention weights of every decoder layer, so that chosen heads can be taught to look at the sound of what they write.
"""

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

MELS = 80
MAX_POSITIONS = 1500
MAX_TOKENS = 448


@dataclass(frozen=True)
class Shape:
    """Sizes of the network. `vocabulary` counts text tokens and specials, without the time tokens."""

    vocabulary: int
    phones: int
    width: int = 192
    heads: int = 4
    encoder_layers: int = 4
    decoder_layers: int = 3

    def as_dict(self) -> dict[str, int]:
        """For the checkpoint."""
        return asdict(self)


def sinusoids(length: int, width: int) -> Tensor:
    """Whisper's position table: sines in the first half of the channels, cosines in the second."""
    rates = torch.exp(-math.log(10000) / (width // 2 - 1) * torch.arange(width // 2))
    angles = torch.arange(length)[:, None] * rates[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def look_around(attention: "Attention", offsets: tuple[int, ...], width: int, strength: float = 1.6) -> None:
    """Start heads off looking at a place `offset` positions away, at every position alike.

    Queries and keys read sine and cosine of the same rates out of the position signal, the query's turned by the
    offset; their product then peaks at that distance. With random weights a small network needs thousands of steps to
    find out what "near" means, and finds it only for the positions it has seen.
    """
    half = width // 2
    size = width // attention.heads
    rates = torch.exp(-math.log(10000) / (half - 1) * torch.arange(half))
    picked = torch.linspace(0, half // 2, size // 2).round().long()
    with torch.no_grad():
        for head, offset in enumerate(offsets):
            for pair, rate in enumerate(picked.tolist()):
                turn = float(rates[rate]) * offset
                row = head * size + 2 * pair
                for target, cos, sin in ((attention.query, math.cos(turn), math.sin(turn)), (attention.key, 1.0, 0.0)):
                    target.weight[row : row + 2] *= 0.3
                    target.weight[row, rate] += strength * cos
                    target.weight[row, rate + half] += strength * sin
                    target.weight[row + 1, rate + half] += strength * cos
                    target.weight[row + 1, rate] -= strength * sin


class Attention(nn.Module):
    """Multi-head attention; `source` None means self-attention."""

    def __init__(self, width: int, heads: int) -> None:
        """Query, value and output have a bias, the key has none."""
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, x: Tensor, source: Tensor | None = None, causal: bool = False) -> Tensor:
        """Attention without weights kept (fast)."""
        source = x if source is None else source
        q, k, v = self._split(self.query(x)), self._split(self.key(source)), self._split(self.value(source))
        mixed = functional.scaled_dot_product_attention(q, k, v, is_causal=causal)
        return self.out(mixed.transpose(1, 2).flatten(2))

    def with_weights(self, x: Tensor, source: Tensor) -> tuple[Tensor, Tensor]:
        """Attention and its log weights (batch, head, token, position)."""
        q, k, v = self._split(self.query(x)), self._split(self.key(source)), self._split(self.value(source))
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        logs = scores.log_softmax(-1)
        return self.out((logs.exp() @ v).transpose(1, 2).flatten(2)), logs


class EncoderLayer(nn.Module):
    """Pre-norm self-attention and feed-forward."""

    def __init__(self, width: int, heads: int) -> None:
        """Feed-forward is four times as wide."""
        super().__init__()
        self.attention_norm = nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.feed_norm = nn.LayerNorm(width)
        self.feed_in = nn.Linear(width, 4 * width)
        self.feed_out = nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        """One layer."""
        x = x + self.attention(self.attention_norm(x))
        return x + self.feed_out(functional.gelu(self.feed_in(self.feed_norm(x))))


class DecoderLayer(nn.Module):
    """Pre-norm causal self-attention, attention to the sound, feed-forward."""

    def __init__(self, width: int, heads: int) -> None:
        """Feed-forward is four times as wide."""
        super().__init__()
        self.attention_norm = nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.cross_norm = nn.LayerNorm(width)
        self.cross = Attention(width, heads)
        self.feed_norm = nn.LayerNorm(width)
        self.feed_in = nn.Linear(width, 4 * width)
        self.feed_out = nn.Linear(4 * width, width)

    def forward(self, x: Tensor, sound: Tensor) -> tuple[Tensor, Tensor]:
        """One layer and the log weights of its attention to the sound."""
        x = x + self.attention(self.attention_norm(x), causal=True)
        mixed, logs = self.cross.with_weights(self.cross_norm(x), sound)
        x = x + mixed
        return x + self.feed_out(functional.gelu(self.feed_in(self.feed_norm(x)))), logs


class Network(nn.Module):
    """The whole model."""

    def __init__(self, shape: Shape) -> None:
        """Small normal weights; positions of the encoder are fixed."""
        super().__init__()
        self.shape = shape
        width = shape.width
        self.conv1 = nn.Conv1d(MELS, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.register_buffer("positions", sinusoids(MAX_POSITIONS, width), persistent=False)
        self.encoder = nn.ModuleList(EncoderLayer(width, shape.heads) for _ in range(shape.encoder_layers))
        self.encoder_norm = nn.LayerNorm(width)
        self.phone_head = nn.Linear(width, shape.phones)
        self.frame_head = nn.Linear(width, shape.vocabulary)
        self.embedding = nn.Embedding(shape.vocabulary, width)
        self.token_positions = nn.Parameter(0.1 * sinusoids(MAX_TOKENS, width))
        self.decoder = nn.ModuleList(DecoderLayer(width, shape.heads) for _ in range(shape.decoder_layers))
        self.decoder_norm = nn.LayerNorm(width)
        self.before_head = nn.Linear(width, width)
        self.count_head = nn.Linear(width, width)
        self.register_buffer("counts", sinusoids(MAX_TOKENS, width), persistent=False)
        nn.init.normal_(self.embedding.weight, std=width**-0.5)
        for depth, layer in enumerate(self.encoder):
            near = 3 + 4 * depth
            look_around(layer.attention, (-near, 0, near), width)
        for layer in self.decoder:
            look_around(layer.attention, (-1, -2), width)

    def encode(self, mels: Tensor, offset: int = 0) -> tuple[Tensor, Tensor]:
        """Log-mel (batch, 80, frames) to sound (batch, frames / 2, width) and the middle layer's output.

        `offset` lets a short window stand anywhere in the 30 s in training, so that no place is unknown.
        """
        x = functional.gelu(self.conv1(mels))
        x = functional.gelu(self.conv2(x)).transpose(1, 2)
        x = x + self.positions[offset : offset + x.shape[1]]
        middle = x
        for at, layer in enumerate(self.encoder):
            x = layer(x)
            if at + 1 == (len(self.encoder) + 1) // 2:
                middle = x
        return self.encoder_norm(x), middle

    def decode(self, tokens: Tensor, sound: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Next-token scores and every layer's log attention weights."""
        x = self.embedding(tokens) + self.token_positions[: tokens.shape[1]]
        weights = []
        for layer in self.decoder:
            x, logs = layer(x, sound)
            weights.append(logs)
        return functional.linear(self.decoder_norm(x), self.embedding.weight), weights
