"""What a server packed, unpacked a little at a time, so that a bomb ends where it begins to grow."""

import zlib
from dataclasses import dataclass, field
from typing import Final

from factcheck.intake.fetching.errors import BrokenAnswer, TooLarge, UnfitEncoding

STEP: Final = 64 * 1024
MOST_RATIO: Final = 100
PACKED: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # zlib's window bits


@dataclass(slots=True)
class Unpacked:
    """The body of one answer, as far as it came."""

    encoding: str
    most: int
    taken: int = 0
    body: bytearray = field(default_factory=bytearray)
    _unpack: "zlib._Decompress | None" = None

    def take(self, chunk: bytes) -> None:
        """Take the next bytes in.

        Raises:
            TooLarge: it is more than is read, or grows more than a hundredfold.
            BrokenAnswer: it is not packed as it says.
        """
        self.taken += len(chunk)
        if self.taken > self.most:
            raise TooLarge
        if self.encoding == "identity":
            self._add(chunk)
            return
        try:
            self._take_packed(chunk)
        except zlib.error as error:
            raise BrokenAnswer from error

    def finish(self) -> bytes:
        """All of it.

        Raises:
            BrokenAnswer: it broke off.
        """
        while self._unpack is not None and not self._unpack.eof:
            more = self._unpack.decompress(b"", STEP)  # what the last step had no room for
            if not more:
                raise BrokenAnswer
            self._add(more)
        return bytes(self.body)

    def _take_packed(self, chunk: bytes) -> None:
        while chunk:
            if self._unpack is None or self._unpack.eof:
                self._unpack = zlib.decompressobj(_window(self.encoding, chunk))
            self._add(self._unpack.decompress(chunk, STEP))
            chunk = self._unpack.unconsumed_tail or self._unpack.unused_data
            if self._unpack.eof and self.encoding == "deflate":
                return  # nothing may follow

    def _add(self, more: bytes) -> None:
        self.body += more
        is_bomb = len(self.body) > STEP and len(self.body) > MOST_RATIO * self.taken
        if len(self.body) > self.most or is_bomb:
            raise TooLarge


def read_encoding(header: str) -> str:
    """The one packing that an answer names.

    Raises:
        UnfitEncoding: several, or one that was not asked for.
    """
    encoding = header.strip().lower() or "identity"
    if encoding != "identity" and encoding not in PACKED:
        raise UnfitEncoding
    return encoding


def _window(encoding: str, chunk: bytes) -> int:
    # Half the world sends deflate without the wrapper that the standard asks for.
    is_wrapped = chunk[0] & 0x0F == zlib.DEFLATED and int.from_bytes(chunk[:2], "big") % 31 == 0
    return -zlib.MAX_WBITS if encoding == "deflate" and not is_wrapped else PACKED[encoding]
