"""A text → what it means, as a direction of few hundred figures: near ones mean much the same in other words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..annotations import Models
from ..encoder import Kind, find_folder, load_model
from ..errors import ModelMissing

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ..encoder import Model

    Meaning = npt.NDArray[np.float32]

WIDTH: Final = 384
STEPS: Final = 127  # a stored direction has this many steps to each side
LONGEST: Final = 2_000  # characters that are read


class Encoder:
    """Gives texts their meaning."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def ask(self, text: str) -> Meaning:
        """The direction of what is asked about, of length one."""
        import numpy as np

        mean = self._model.summarize(text[:LONGEST])
        return mean / np.float32(np.linalg.norm(mean))

    def keep(self, text: str) -> bytes:
        """The direction of what is stored, in steps of a byte."""
        import numpy as np

        meaning = self.ask(text)
        steps: bytes = np.rint(meaning * (STEPS / np.abs(meaning).max())).astype(np.int8).tobytes()
        return steps


def load_encoder(models: Models) -> Encoder:
    """The encoder of the chosen models; its model is loaded once per process.

    Raises:
        ModelUnusable: its folder is not whole or does not load.
        ModelMissing: none is chosen.
    """
    model = load_model(models, Kind.SENTENCE)
    if model is None:
        raise ModelMissing("no model of sentences is chosen, and words alone do not tell what a text means")
    return Encoder(model)


def find_digest(models: Models) -> str:
    """What the chosen model is known by; another one means other things by the same figures. Loads no model.

    Raises:
        ModelUnusable: its folder is not whole.
    """
    folder = find_folder(models, Kind.SENTENCE)
    return folder.digest if folder else ""
