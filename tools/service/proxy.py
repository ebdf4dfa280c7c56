"""A proxy in front of the service, in a separate thread: forwards requests and injects faults.

Requests and answers go through byte by byte as they are, so signatures still hold. It knows as much
of HTTP as the service speaks: bodies have a content-length.
"""

import asyncio
import re
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from tools.service.faults import Answer, Faults, Kind, damaged, made_up
from tools.service.sockets import HOST, bound

REFUSED_FOR = 0.03  # seconds
_SLOW_PIECES = 20
_BETWEEN_PIECES = 0.005  # seconds
_LARGEST_HEAD = 2**20  # bytes; the service itself takes less, and says so


@contextmanager
def proxied(
    listener: socket.socket, port: int, plan: Faults, injected: list[tuple[int, Kind]]
) -> Iterator[None]:
    """Serve `listener`, which it closes at the end, with the responses of the service on `port`.

    Notes in `injected` each request that met a fault, by its number.
    """
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    proxy = _Proxy(port, plan, injected)
    thread = Thread(
        target=loop.run_until_complete,
        args=(proxy.serve(listener, stop),),
        name="faults",
        daemon=True,
    )
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


class _Proxy:
    def __init__(self, port: int, plan: Faults, injected: list[tuple[int, Kind]]) -> None:
        self._port = port
        self._plan = plan
        self._injected = injected
        self._requests = 0
        self._connections: set[asyncio.Task[None]] = set()
        self._reopening = asyncio.Lock()
        self._server: asyncio.Server

    async def serve(self, listener: socket.socket, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then leave nothing open."""
        await self._listen(listener)
        await stop.wait()
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await asyncio.sleep(0)  # transports close their sockets in the next round of the loop

    async def _listen(self, listener: socket.socket) -> None:
        self._server = await asyncio.start_server(self._accept, sock=listener, limit=_LARGEST_HEAD)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._connection(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            # Either side may hang up at any time; the other one will notice.
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                goes_on = True
                while goes_on:
                    head, body = await _read_request(reader)
                    number, self._requests = self._requests, self._requests + 1
                    goes_on = await self._answer(number, head + body, writer)
            writer.close()
        except BaseException:
            writer.transport.abort()
            raise

    async def _answer(self, number: int, request: bytes, writer: asyncio.StreamWriter) -> bool:
        """Answer a request by the plan; whether the connection can take another one."""
        kind = self._plan.kind(number)
        if kind is None:
            return await _send(writer, await self._forward(request))
        self._injected.append((number, kind))
        if kind is Kind.REFUSED:
            await self._refuse(writer)
            return False
        if kind is Kind.RESET:
            _reset(writer)
            return False
        if kind is Kind.STALL:
            await asyncio.sleep(self._plan.stall)
        random = self._plan.details(number)
        if (answer := made_up(kind, random)) is not None:
            return await _send(writer, answer)
        head, body = answer = damaged(await self._forward(request), kind, random)
        match kind:
            case Kind.RESET_IN_HEADERS:
                await _send(writer, Answer(head[: random.randrange(1, len(head))], b""))
                _reset(writer)
                return False
            case Kind.RESET_IN_BODY:
                await _send(writer, Answer(head, body[: random.randrange(len(body) or 1)]))
                _reset(writer)
                return False
            case Kind.CUT_BODY:
                await _send(writer, Answer(head, body[: random.randrange(len(body) or 1)]))
                return False
            case Kind.SLOW:
                return await _send_slowly(writer, answer)
            case _:
                return await _send(writer, answer)

    async def _forward(self, request: bytes) -> Answer:
        # With a connection for each request, none can be an old one that the service is closing.
        reader, writer = await asyncio.open_connection(HOST, self._port, limit=_LARGEST_HEAD)
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            has_body = not request.startswith(b"HEAD ")
            return Answer(head, await reader.readexactly(_length(head) if has_body else 0))
        finally:
            writer.close()

    async def _refuse(self, writer: asyncio.StreamWriter) -> None:
        """End this connection and refuse others for a while."""
        async with self._reopening:
            port = self._server.sockets[0].getsockname()[1]
            self._server.close()
            # The port stays ours meanwhile, so that no other program can get it.
            listener = bound(port)
            try:
                _reset(writer)
                await asyncio.sleep(REFUSED_FOR)
                await self._listen(listener)
            except BaseException:
                listener.close()
                raise


async def _read_request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    return head, await reader.readexactly(_length(head))


def _length(head: bytes) -> int:
    found = re.search(rb"\r\ncontent-length: *(\d+)\r\n", head, re.IGNORECASE)
    return int(found[1]) if found else 0


async def _send(writer: asyncio.StreamWriter, answer: Answer) -> bool:
    writer.write(answer.head + answer.body)
    await writer.drain()
    return _goes_on(answer)


async def _send_slowly(writer: asyncio.StreamWriter, answer: Answer) -> bool:
    content = answer.head + answer.body
    size = len(content) // _SLOW_PIECES + 1
    for start in range(0, len(content), size):
        writer.write(content[start : start + size])
        await writer.drain()
        await asyncio.sleep(_BETWEEN_PIECES)
    return _goes_on(answer)


def _goes_on(answer: Answer) -> bool:
    return re.search(rb"\r\nconnection: *close\r\n", answer.head, re.IGNORECASE) is None


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST, which is what a socket does that lingers for no time at all."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()
