"""Whatever bytes another host sends, the answer is an answer or one of our refusals."""

import socket
from time import monotonic

from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.fetching.asking import Answer, Question, talk
from jmc_vc.fetching.line import Line
from jmc_vc.fetching.unavailable import NotFetched
from jmc_vc.fetching.web_address import read_address

MOST = 1_000
QUESTION = Question(place=read_address("https://issuer.example/x"), headers={"Accept": "application/json"})

_HEADERS = (
    b"Content-Length: 2", b"Content-Length: 3", b"Content-Length: x", b"Content-Length: -1", b"Content-Length: \xb2",
    b"Content-Length: 9999999999999999999999", b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip",
    b"Content-Encoding: gzip", b"Content-Type: \xff", b" folded", b": no name", b"no colon", b"Connection: upgrade",
    b"Upgrade: x",
)  # fmt: skip
_STATUS_LINES = (
    b"HTTP/1.1 200 OK", b"HTTP/1.0 200", b"HTTP/1.1 100 Continue", b"HTTP/1.1 304 No", b"HTTP/1.1 101 X", b"HTTP/2 200",
    b"HTTP/1.1 999999 X",
)  # fmt: skip
_BODIES = (
    b"{}",
    b"2\r\n{}\r\n",
    b"0\r\n\r\n",
    b"ffffffffff\r\n",
    b"-1\r\n",
    b"\r\n",
    b"\n",
    b"\r",
    b"\x00",
    b"x" * 500,
)
_PIECES = st.sampled_from([*(line + b"\r\n" for line in _STATUS_LINES + _HEADERS), *_BODIES])


def answer_to(sent: bytes) -> Answer | str:
    """What becomes of `sent` and the end of the line."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(sent)
        theirs.shutdown(socket.SHUT_WR)
        deadline = monotonic() + 20
        try:
            return talk(Line(ours, deadline), QUESTION, most=MOST, deadline=deadline)
        except NotFetched as refused:
            return refused.code


@given(st.lists(_PIECES | st.binary(max_size=5), max_size=12).map(b"".join))
def test_any_bytes_are_an_answer_or_a_refusal(sent: bytes) -> None:
    answer = answer_to(sent)
    if isinstance(answer, Answer):
        assert len(answer.body) <= MOST
    else:
        assert answer in {"fetch.unreachable", "fetch.limit"}


def test_a_good_answer_is_read_in_each_of_its_forms() -> None:
    for head, body in (
        (b"Content-Length: 2\r\n", b"{}"),
        (b"Transfer-Encoding: chunked\r\n", b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"),
        (b"", b"{}"),
    ):
        answer = answer_to(b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n" + head + b"\r\n" + body)
        assert isinstance(answer, Answer)
        assert (answer.status, answer.body) == (200, b"{}")


def test_a_body_is_not_read_where_the_status_is_no_success() -> None:
    answer = answer_to(b"HTTP/1.1 404 No\r\nContent-Encoding: gzip\r\nContent-Length: 99999999\r\n\r\n")
    assert answer == Answer(status=404, headers={"content-encoding": "gzip", "content-length": "99999999"}, body=b"")
