"""What the reader is taught, one loss a task; each is a mean, weighted so that none drowns the others."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.reader.examples import Batch
from training.reader.model import ROLE_TAGS, Reader

_CUE_WEIGHT = 20.0  # nearly every piece is no cue
_ROLE_WEIGHT = 1 / 8  # a CRF's loss is a sum over the sequence
_ACT_WEIGHT = 0.5


def attribution_losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """The losses of cue tags, of role tags given each cue, and of the acts."""
    hidden = model.dropout(model.encode(batch.ids, batch.layout, batch.mask))
    scores = model.cue(hidden).flatten(0, 1).float()
    losses = {"cue": _CUE_WEIGHT * nn.functional.cross_entropy(scores, batch.cue_tags.flatten(), ignore_index=-100)}
    if len(batch.rows):
        scores = model.roles(hidden, batch.rows, batch.first, batch.last).float()
        mask = batch.mask[batch.rows].float()
        losses["role"] = _ROLE_WEIGHT * model.role_crf.loss(scores, batch.roles, mask).mean()
        losses["act"] = _ACT_WEIGHT * act_loss(model, hidden, batch)
    return losses


def act_loss(model: Reader, hidden: Tensor, batch: Batch) -> Tensor:
    """The loss of the acts, told from the means of cue and content."""
    positions = torch.arange(hidden.shape[1])
    cue = ((positions >= batch.first[:, None]) & (positions < batch.last[:, None])).float()
    content = (batch.roles >= ROLE_TAGS.index("B-content")).float()
    shares = [places / places.sum(1, keepdim=True).clamp(min=1) for places in (cue, content)]
    means = [torch.einsum("ct,cth->ch", share, hidden[batch.rows]) for share in shares]
    losses = nn.functional.cross_entropy(model.act(torch.cat(means, 1)), batch.acts, reduction="none")
    return (losses * batch.act_weights).mean()


def claim_loss(model: Reader, ids: Tensor, mask: Tensor, labels: Tensor) -> Tensor:
    """The loss of check-worthiness, told from the mean of a sentence."""
    hidden = model.encode(ids, torch.zeros_like(ids), mask)
    mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    return nn.functional.cross_entropy(model.worth(model.dropout(mean)), labels)
