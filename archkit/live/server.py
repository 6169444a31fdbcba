"""Board → a page at an address of this machine, which loads anew by itself what has changed.

Python's own HTTP server does it, with one thread for each open page and events sent by the server: a handful of fixed
paths for one reader on one machine need no framework, and so nothing has to be installed for it. Whether files have
changed is found by looking at them several times a second, not by notices of the system, which get lost on network
disks and in folders of containers, and which mean something else on each system.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from archkit.files import FileError
from archkit.live.board import Board

HOST = "127.0.0.1"
"""Nobody else reaches this address, whatever the machine is connected to."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox"
"""A picture has its style, typeface and icons inside, and nothing in it may act, even if somebody opens it alone."""

_ASSETS = Path(__file__).parent.parent / "data" / "live"
_FILES = {
    "/": ("live.html", "text/html; charset=utf-8"),
    "/live.css": ("live.css", "text/css; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
    "/live.js": ("live.js", "text/javascript; charset=utf-8"),
}
_PULSE = 10.0  # seconds after which a page that hears nothing is told that all is well
_RETRY = b"retry: 1000\n\n"  # milliseconds after which a page asks again for a server that is gone
_PATIENCE = 30.0  # seconds that a request may take to arrive
_LARGEST_PORT = 65535


@contextmanager
def serve(board: Board, port: int = 0) -> Iterator[str]:
    """Serve the page of a board as long as the context lasts.

    Args:
        board: What is shown.
        port: Of the address; a free one where 0.

    Returns:
        The address of the page.

    Raises:
        FileError: The port cannot be had.
    """
    if not 0 <= port <= _LARGEST_PORT:
        raise FileError(f"there is no port {port}", f"ports go from 1 to {_LARGEST_PORT}; 0 takes a free one")
    try:
        server = _Server(board, port)
    except OSError as error:
        hint = "leave out --port, and a free one is taken"
        raise FileError(f"cannot serve at {HOST}:{port}: {(error.strerror or str(error)).lower()}", hint) from error
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        board.close()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False  # pages that listen are told by the board that nothing follows
    allow_reuse_address = os.name != "nt"  # on Windows it would let two programs have one port

    def __init__(self, board: Board, port: int) -> None:
        self.board = board
        super().__init__((HOST, port), _Handler)
        port = self.server_address[1]
        self.hosts = {f"{name}:{port}" for name in (HOST, "localhost")} | ({HOST, "localhost"} if port == 80 else set())

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a page was closed while it was answered."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "archkit", ""
    timeout = _PATIENCE

    def do_GET(self) -> None:
        """Answer a request."""
        path, _, query = self.path.partition("?")
        if not self._is_own():
            # A page of the web whose name was made to point here (DNS rebinding), or that asks from elsewhere.
            self._send(403, b"not for other pages\n", "text/plain; charset=utf-8")
        elif path in _FILES:
            name, kind = _FILES[path]
            self._send(200, (_ASSETS / name).read_bytes(), kind)
        elif path == "/state":
            asked = parse_qs(query)
            self.server.board.watch(asked.get("folder", [""])[0], asked.get("figure", [""])[0])
            self._send(200, self.server.board.state, "application/json")
        elif path == "/events":
            self._events()
        else:
            svg = self.server.board.picture(path.removeprefix("/figure/").removesuffix(".svg"))
            if svg is None:
                self._send(404, b"there is no such thing here\n", "text/plain; charset=utf-8")
            else:
                self._send(200, svg, "image/svg+xml", PICTURE_POLICY)

    def _refuse(self) -> None:
        self.close_connection = True
        self._send(405, b"only GET\n", "text/plain; charset=utf-8")

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = _refuse  # noqa: N815

    def _is_own(self) -> bool:
        """Return whether a request comes from the page itself, or from somebody who wrote its address."""
        origin = self.headers.get("Origin")
        hosts = self.headers.get_all("Host") or []
        own = origin is None or origin.removeprefix("http://") in self.server.hosts
        return own and len(hosts) == 1 and hosts[0].lower() in self.server.hosts

    def _send(self, status: int, content: bytes, kind: str, policy: str = PAGE_POLICY) -> None:
        self.send_response(status)
        self._head(kind, policy)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _head(self, kind: str, policy: str = PAGE_POLICY) -> None:
        for name, value in (
            ("Content-Type", kind),
            ("Content-Security-Policy", policy),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ):
            self.send_header(name, value)

    def _events(self) -> None:
        """Tell a page, as long as it listens, the number of what is shown, whenever that changes."""
        self.close_connection = True
        self.send_response(200)
        self._head("text/event-stream")
        self.end_headers()
        self.wfile.write(_RETRY)
        number: int | None = 0
        while number is not None:
            before, number = number, self.server.board.wait(number, _PULSE)
            # A line that begins with a colon means nothing, and shows whether the page is still there.
            self.wfile.write(f"data: {number}\n\n".encode() if number not in (None, before) else b":\n\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: the terminal belongs to the findings."""
