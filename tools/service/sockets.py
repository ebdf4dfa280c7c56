"""Sockets on 127.0.0.1."""

import socket
import sys

HOST = "127.0.0.1"


def bound(port: int) -> socket.socket:
    """A socket that has the port, 0 for a free one, but does not listen. `OSError` if taken."""
    # asyncio switches Nagle's algorithm off only where it sees that the socket speaks TCP; with it
    # on, every answer waits 40 ms.
    new = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            # On Windows this would let two servers share a port.
            new.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        new.bind((HOST, port))
    except BaseException:
        new.close()
        raise
    return new


def listening(port: int) -> socket.socket:
    """A socket that listens on the port, 0 for a free one. `OSError` if it is taken."""
    new = bound(port)
    try:
        new.listen()
    except BaseException:
        new.close()
        raise
    return new
