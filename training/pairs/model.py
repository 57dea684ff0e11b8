"""The model of pairs: one encoder over both texts, a head that infers and one that tells a clash.

A cross-encoder as in sentence inference with BERT (Devlin et al. 2019), its head fed by the two texts' means, their
difference and product (Conneau et al. 2017) beside the opening piece.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertModel

from training.pairs.pack import LABELS, Batch

WIDTH = 384


def gelu(scores: Tensor) -> Tensor:
    """The activation in the form that the engine computes (Hendrycks and Gimpel 2016)."""
    return nn.functional.gelu(scores, approximate="tanh")


class PairModel(nn.Module):
    """Scores of entailment, neutral and contradiction, and of a clash between two people's statements."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            attn_implementation="eager",
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.05,
        )
        size = self.encoder.config.hidden_size
        self.mixed = nn.Linear(5 * size, WIDTH)
        self.infer = nn.Linear(WIDTH, len(LABELS))
        self.voiced = nn.Linear(5 * size, WIDTH)
        self.clash = nn.Linear(WIDTH, 1)
        self.dropout = nn.Dropout(0.1)

    def known(self, batch: Batch) -> Tensor:
        """What the heads are fed, [pairs, 5 x size]."""
        states = self.encoder(input_ids=batch.ids, token_type_ids=batch.sides, attention_mask=batch.mask)
        hidden = states.last_hidden_state
        own = torch.stack([(batch.sides == side) & batch.mask.bool() for side in (0, 1)], 1).to(hidden.dtype)
        first, second = (torch.bmm(own, hidden) / own.sum(2, keepdim=True)).unbind(1)
        return torch.cat([hidden[:, 0], first, second, (first - second).abs(), first * second], 1)

    def inference(self, batch: Batch) -> Tensor:
        """Scores [pairs, 3] in the order of `LABELS`: what follows from the first text for the second."""
        return self.infer(gelu(self.mixed(self.dropout(self.known(batch)))))

    def clashes(self, batch: Batch) -> Tensor:
        """Scores [pairs]: above 0 where the two voiced statements rather cannot both hold."""
        return self.clash(gelu(self.voiced(self.dropout(self.known(batch))))).squeeze(1)
