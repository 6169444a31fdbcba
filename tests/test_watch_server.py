"""The server of ``archkit watch``: it shows the page to this machine alone; nobody reads along."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from shell import in_folder, put  # noqa: F401 - in_folder is a fixture

from archkit.files import FileError
from archkit.live import Finding, Picture, Sheet
from archkit.live.board import Board
from archkit.live.server import HOST, serve

pytestmark = pytest.mark.usefixtures("in_folder")


def picture(svg: bytes = b"<svg/>", mark: str = "m1") -> Picture:
    return Picture("A figure", "It shows <things>.", svg, 10.4, 20.0, mark)


def sheet(*pictures: Picture, **more: Any) -> Sheet:
    return Sheet("A <system>", "a.yaml", (), {f"f{at}": each for at, each in enumerate(pictures)}, **more)


@pytest.fixture
def board() -> Board:
    found = Board()
    found.show({"a": sheet(picture())}, "Drew all.")
    return found


@pytest.fixture
def port(board: Board) -> Iterator[int]:
    with serve(board) as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        yield int(address.rstrip("/").rpartition(":")[2])


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_the_page_and_its_parts(port: int) -> None:
    for path, kind in (("/", "text/html"), ("/live.js", "text/javascript"), ("/live.css", "text/css")):
        status, headers, content = ask(port, path)
        assert status == 200 and headers["content-type"].startswith(kind) and content
        assert (
            "default-src 'none'" in headers["content-security-policy"]
            and "unsafe" not in headers["content-security-policy"]
        )
        assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin" and "Python" not in headers["server"]
        assert not re.search(rb"https?://(?!www\.w3\.org)", content)
    status, headers, content = ask(port, "/state?folder=a&figure=f0")
    assert status == 200 and json.loads(content)["sheets"][0]["figures"][0]["mark"] == "m1"
    status, headers, content = ask(port, "/figure/m1.svg")
    assert (status, content, headers["content-type"]) == (200, b"<svg/>", "image/svg+xml")
    assert "sandbox" in headers["content-security-policy"] and "script-src" not in headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/../pyproject.toml", "/figure/../../a.yaml", "/live.html", "/figure/", "/%2e%2e/x", "/a.yaml"]
)
def test_nothing_else_is_served(port: int, path: str) -> None:
    put("a.yaml")
    assert ask(port, path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"])
def test_nothing_can_be_sent(port: int, method: str) -> None:
    assert ask(port, "/state", method)[0] in (405, 501)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1.evil.example:PORT"},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:PORT"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/state", "/events", "/figure/m1.svg"])
def test_pages_of_the_web_read_nothing(port: int, path: str, headers: dict[str, str]) -> None:
    given = {name: value.replace("PORT", str(port)) for name, value in headers.items()}
    status, _, content = ask(port, path, **given)
    assert status == 403 and content == b"not for other pages\n"
    assert ask(port, "/state", Host=f"localhost:{port}", Origin=f"http://localhost:{port}")[0] == 200


def test_a_request_without_or_with_two_hosts_is_refused(port: int) -> None:
    own = f"Host: 127.0.0.1:{port}\r\n"
    for hosts in ("", own * 2, own + "Host: evil.example\r\n"):
        with socket.create_connection((HOST, port), 10) as connection:
            connection.sendall(f"GET /state HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n".encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 403 ")


def test_only_this_machine_is_served(port: int) -> None:
    name = socket.gethostbyname(socket.gethostname())
    if name.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError):
        socket.create_connection((name, port), 2).close()


def test_changes_are_told_as_events_until_the_end(board: Board) -> None:
    with serve(board) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        connection = http.client.HTTPConnection(HOST, port, timeout=10)
        connection.request("GET", "/events")
        answer = connection.getresponse()
        assert answer.getheader("Content-Type") == "text/event-stream"
        lines = [answer.readline() for _ in range(4)]
        assert lines == [b"retry: 1000\n", b"\n", b"data: 2\n", b"\n"]
        board.show({"a": sheet(picture(b"<svg>new</svg>", "m2"))}, "")
        assert (answer.readline(), answer.readline()) == (b"data: 3\n", b"\n")
    assert answer.read() in (b"", b":\n\n")
    connection.close()
    with pytest.raises(OSError):
        socket.create_connection((HOST, port), 2).close()


def test_a_page_that_has_just_been_told_still_gets_its_picture(board: Board) -> None:
    board.show({"a": sheet(picture(b"2", "m2"))}, "")
    assert (board.picture("m1"), board.picture("m2")) == (b"<svg/>", b"2")
    board.show({"a": sheet(picture(b"3", "m3"))}, "")
    assert board.picture("m1") is None and board.picture("m2") == b"2"


def test_waiting_ends_with_a_change_in_time_or_at_the_end(board: Board) -> None:
    assert board.wait(0, 0) == 2 and board.wait(2, 0.01) == 2
    threading.Timer(0.05, board.close).start()
    assert board.wait(2, 10) is None
    board.show({}, "")
    assert json.loads(board.state)["sheets"]


def test_findings_are_told_as_data(board: Board) -> None:
    finding = Finding("error", "X1: <b>", "  --> a.yaml:1:1")
    board.show({"a": sheet()._replace(findings=(finding,))}, "said")
    told = json.loads(board.state)
    assert told["said"] == "said" and told["sheets"][0]["findings"] == [finding._asdict()]


def test_a_port_that_is_taken_or_none(board: Board, port: int) -> None:
    for number, words in ((port, f"cannot serve at 127.0.0.1:{port}: "), (70000, "there is no port 70000")):
        with pytest.raises(FileError, match=words), serve(Board(), number):
            pass
