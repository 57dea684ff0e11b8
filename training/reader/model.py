"""The reader: one encoder, a head that tags cues, and one that gives each cue its source and content.

Roles are tagged given the cue, as semantic role labelling does it (He et al. 2017; Cai et al. 2018), so that what
belongs together is linked by construction. Both tag sequences are scored by a linear-chain CRF (Lafferty et al. 2001).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertModel

CUE_TAGS = ("O", "B", "I")
ROLE_TAGS = ("O", "B-source", "I-source", "B-content", "I-content")
ACTS = ("assertion", "denial", "pledge", "prediction", "accusation", "demand", "refusal", "opinion", "question")
BUCKETS = 33
LAYOUTS = 8
WIDTH = 256
MIDDLE, NEAR = 16, 5


def bucket(distance: Tensor) -> Tensor:
    """The signed logarithmic bucket of a distance in pieces, 0 to 32; 16 is the cue itself."""
    size = distance.abs()
    far = NEAR + torch.log2(size.clamp(min=NEAR + 1) / NEAR) * 2
    steps = torch.where(size <= NEAR, size.float(), far).round().long().clamp(max=MIDDLE)
    return (MIDDLE + distance.sign() * steps).long()


class Crf(nn.Module):
    """A linear-chain CRF; `scores` are [sequences, length, tags]."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(len(tags), len(tags)))
        self.first = nn.Parameter(torch.zeros(len(tags)))
        banned = torch.zeros(len(tags), len(tags))
        start = torch.zeros(len(tags))
        for j, after in enumerate(tags):
            if after.startswith("I"):
                start[j] = -1e4
                for i, before in enumerate(tags):
                    if before[1:] != after[1:] or before == "O":
                        banned[i, j] = -1e4
        self.register_buffer("banned", banned)
        self.register_buffer("start", start)

    def transitions(self) -> tuple[Tensor, Tensor]:
        """What each move and each first tag costs; what the tagging forbids costs everything."""
        return self.moves + self.banned, self.first + self.start

    def loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The negative log likelihood of each sequence."""
        moves, first = self.transitions()
        gold = scores.gather(2, tags.unsqueeze(2)).squeeze(2)
        steps = moves[tags[:, :-1], tags[:, 1:]]
        right = first[tags[:, 0]] + (gold * mask).sum(1) + (steps * mask[:, 1:]).sum(1)
        alpha = first + scores[:, 0]
        keep = mask.bool()
        for t in range(1, scores.shape[1]):
            following = torch.logsumexp(alpha.unsqueeze(2) + moves, 1) + scores[:, t]
            alpha = torch.where(keep[:, t : t + 1], following, alpha)
        return torch.logsumexp(alpha, 1) - right


class Reader(nn.Module):
    """Scores for cues, and for the roles given cues."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        kinds = self.encoder.embeddings.token_type_embeddings
        wide = nn.Embedding(LAYOUTS, kinds.embedding_dim)
        wide.weight.data = kinds.weight.data[:1].repeat(LAYOUTS, 1).clone()
        self.encoder.embeddings.token_type_embeddings = wide
        self.encoder.config.type_vocab_size = LAYOUTS
        size = kinds.embedding_dim
        self.cue = nn.Linear(size, len(CUE_TAGS))
        self.of_piece = nn.Linear(size, WIDTH)
        self.of_cue = nn.Linear(size, WIDTH)
        self.distance = nn.Embedding(BUCKETS, WIDTH)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.role = nn.Linear(WIDTH, len(ROLE_TAGS))
        self.role_crf = Crf(ROLE_TAGS)
        self.worth = nn.Linear(size, 3)
        self.act = nn.Linear(2 * size, len(ACTS))
        self.dropout = nn.Dropout(0.1)

    def encode(self, ids: Tensor, layout: Tensor, mask: Tensor) -> Tensor:
        """The hidden states [windows, length, width]."""
        return self.encoder(input_ids=ids, token_type_ids=layout, attention_mask=mask).last_hidden_state

    def roles(self, hidden: Tensor, rows: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Role scores [cues, length, tags] of cues at pieces [first, last) of the windows `rows`."""
        positions = torch.arange(hidden.shape[1])
        inside = (positions >= first[:, None]) & (positions < last[:, None])
        weight = inside.float() / inside.sum(1, keepdim=True)
        mean = torch.einsum("ct,cth->ch", weight, hidden[rows])
        before = (positions - first[:, None]).clamp(max=0)
        after = (positions - (last - 1)[:, None]).clamp(min=0)
        mixed = self.of_piece(hidden)[rows] + self.of_cue(mean)[:, None] + self.distance(bucket(before + after))
        return self.role(self.dropout(nn.functional.relu(mixed)))
