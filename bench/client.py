"""The client of the service's rows: plain sockets, so many connections, each sending its next request when the answer
has come, or at a given pace."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

Accepts = Callable[[bytes, bytes], bool]
"""Whether an answer, its head and its body, is the one that is due."""


@dataclass(frozen=True)
class Load:
    """What one run of the client saw: answers a second, and how long they took, in milliseconds."""

    rate: float
    p50: float
    p99: float

    @staticmethod
    def of(times: Sequence[float], passed: float) -> "Load":
        """`times` in seconds, all within `passed`."""
        cuts = quantiles(times, n=100) if len(times) > 1 else [*times, 0.0][:1] * 99
        return Load(len(times) / passed, cuts[49] * 1000, cuts[98] * 1000)


@dataclass(frozen=True, kw_only=True)
class Stream:
    """Requests by `connections` to the port `port`, at most `rate` of them a second in all if that is given: then each
    is due at a moment of its own, and the time that it waited for a connection is in its time. `source` is the address
    that they come from. Raises RuntimeError for an answer that `accepts` does not take."""

    port: int
    requests: Iterable[bytes]
    connections: int
    accepts: Accepts
    rate: float | None = None
    source: str = "127.0.0.1"


def load(stream: Stream, seconds: float, *beside: Stream) -> Load:
    """What `stream` saw in `seconds`, while those `beside` ran too."""
    return asyncio.run(_load([stream, *beside], seconds))[0]


async def _load(streams: Sequence[Stream], seconds: float) -> list[Load]:
    times: list[list[float]] = [[] for _ in streams]
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for stream, its in zip(streams, times, strict=True):
            requests = iter(stream.requests)
            due = (begun + number / stream.rate for number in range(1 << 40)) if stream.rate else None
            for _ in range(stream.connections):
                group.create_task(_connection(stream, requests, due, begun + seconds, its))
    passed = time.perf_counter() - begun
    return [Load.of(each, passed) for each in times]


async def _connection(
    stream: Stream, requests: Iterator[bytes], due: Iterator[float] | None, end: float, times: list[float]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", stream.port, local_addr=(stream.source, 0))
    try:
        while (begun := time.perf_counter() if due is None else next(due)) < end:
            if (early := begun - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            writer.write(next(requests))
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            body = await reader.readexactly(int(length.partition(b":")[2]))
            times.append(time.perf_counter() - begun)
            if not stream.accepts(head, body):
                raise RuntimeError((head + body[:1_000]).decode(errors="replace"))
            if b"\r\nconnection: close\r\n" in head.lower():
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", stream.port, local_addr=(stream.source, 0))
    finally:
        writer.close()


def post(port: int, path: str, body: bytes, media_type: str, *headers: str) -> bytes:
    """A request as it goes over the line."""
    lines = [f"POST {path} HTTP/1.1", f"host: localhost:{port}", *headers, f"content-type: {media_type}"]
    return "\r\n".join([*lines, f"content-length: {len(body)}", "", ""]).encode() + body
