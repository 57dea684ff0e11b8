"""A persistent HTTP/1.1 connection with as little in it as will do, so that the client costs the servers little."""

import json
import select
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OK, CREATED, FOUND = 200, 201, 302
TIMEOUT = 300.0  # seconds to wait for an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]  # by names in small letters; of several with one name the last
    cookies: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Unexpected(Exception):
    """An answer with another status than it should have."""


@dataclass(slots=True)
class Connection:
    """One connection, opened anew where the server closed it; `headers` go with every request."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    opened: int = 0
    _socket: socket.socket | None = None
    _rest: bytes = b""

    def ask(self, method: str, path: str, body: bytes | None = None, /, **headers: str) -> Answer:
        """Send a request and read its answer; in keywords, underscores stand for hyphens."""
        named = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in named.items()]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        self._send("\r\n".join([*lines, "", ""]).encode() + (body or b""))
        return self._read()

    def send_json(self, method: str, path: str, content: Any, /, **headers: str) -> Answer:
        """Send JSON."""
        return self.ask(method, path, json.dumps(content).encode(), Content_Type="application/json", **headers)

    def expect(self, status: int, method: str, path: str, content: Any = None, /, **headers: str) -> Answer:
        """Ask for what has to work.

        Raises:
            Unexpected: with the beginning of what came instead.
        """
        asked = self.ask(method, path, **headers) if content is None else None
        answer = asked or self.send_json(method, path, content, **headers)
        if answer.status != status:
            raise Unexpected(f"{method} {path}: {answer.status} {answer.body[:600].decode(errors='replace')}")
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _send(self, message: bytes) -> None:
        if self._socket is not None and self._was_hung_up(self._socket):
            self.close()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), TIMEOUT)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.opened += 1
        self._socket.sendall(message)

    @staticmethod
    def _was_hung_up(line: socket.socket) -> bool:
        """Whether the server closed it while it was idle: there is an end to read, where nothing should be."""
        return bool(select.select([line], [], [], 0)[0])

    def _read(self) -> Answer:
        first, *lines = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        pairs = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        headers = dict(pairs)
        cookies = dict(_cookie(value) for name, value in pairs if name == "set-cookie")
        status = int(first.split(" ", 2)[1])
        body = self._body(status, headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, cookies, body)

    def _body(self, status: int, headers: Mapping[str, str]) -> bytes:
        if status in (204, 304):
            return b""
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return b"".join(self._chunks())
        if "content-length" in headers:
            return self._exactly(int(headers["content-length"]))
        return self._to_the_end()

    def _chunks(self) -> list[bytes]:
        chunks = []
        while size := int(self._until(b"\r\n").split(b";")[0], 16):
            chunks.append(self._exactly(size))
            self._until(b"\r\n")
        self._until(b"\r\n")
        return chunks

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._rest += self._more()
        found, _, self._rest = self._rest.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        parts, have = [self._rest], len(self._rest)
        while have < size:
            parts.append(self._more())
            have += len(parts[-1])
        whole = b"".join(parts)
        self._rest = whole[size:]
        return whole[:size]

    def _to_the_end(self) -> bytes:
        assert self._socket is not None
        parts = [self._rest]
        while part := self._socket.recv(262_144):
            parts.append(part)
        self.close()
        return b"".join(parts)

    def _more(self) -> bytes:
        assert self._socket is not None
        part = self._socket.recv(262_144)
        if not part:
            self.close()
            raise ConnectionError("the server hung up in the middle of an answer")
        return part


def as_header(cookies: Mapping[str, str]) -> str:
    """Cookies as a browser sends them."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _cookie(line: str) -> tuple[str, str]:
    name, _, value = line.split(";", 1)[0].partition("=")
    return name, value
