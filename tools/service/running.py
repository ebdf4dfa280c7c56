"""An application, served in a separate thread by a uvicorn that stops without delay."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

_GRACE = 1.0  # seconds for requests that are being answered at the end


@contextmanager
def running(app: ASGIApp, listener: socket.socket, *, date_header: bool) -> Iterator[None]:
    """Serve `listener`, which it closes at the end, with the responses of `app`."""
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        date_header=date_header,
    )
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    server = _Server(config, stop)
    thread = Thread(
        target=loop.run_until_complete,
        args=(server.serve([listener]),),
        name="workbench",
        daemon=True,
    )
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the service did not start")
            time.sleep(0.001)
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


class _Server(uvicorn.Server):
    """Stops as soon as `stop` is set.

    uvicorn's own checks ten times a second whether it should, and then waits for another tenth:
    too long for tests, which start hundreds of servers.
    """

    def __init__(self, config: uvicorn.Config, stop: asyncio.Event) -> None:
        super().__init__(config)
        self._stop = stop

    async def main_loop(self) -> None:
        while not self._stop.is_set():
            await self.on_tick(0)  # sets the time of the `date` header
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), 1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listener in [*self.servers, *(sockets or ())]:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if tasks := self.server_state.tasks:
            _, late = await asyncio.wait(tasks, timeout=_GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await asyncio.sleep(0)  # transports close their sockets in the next round of the loop
