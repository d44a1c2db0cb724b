"""Serving: a web application on an address, until someone stops it.

For example:

    with listen("127.0.0.1", 8000) as listener:
        print(url("127.0.0.1", listener))
        serve(app, listener, threads=4)
"""

from __future__ import annotations

import logging
import socket

from flask import Flask
from waitress.server import create_server

from chatbot.errors import SettingsError

_MAX_UPLOAD_BYTES = 10 * 1024 * 1024


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes a free one.

    Raises `SettingsError` when the address cannot be had.
    """
    advice = "Choose another with --host and --port."
    if not 0 <= port <= 65535:
        raise SettingsError(f"There is no port {port}; ports are 0 to 65535. {advice}")
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family)
    except (OSError, UnicodeError) as error:
        raise SettingsError(
            f"Cannot listen on {host} port {port}: {_reason(error)}. {advice}"
        ) from error


def url(host: str, listener: socket.socket) -> str:
    """The address to open in a browser, with the port that the socket has."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"


def serve(app: Flask, listener: socket.socket, threads: int) -> None:
    """Answer requests until the process is interrupted."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        sockets=[listener],
        threads=threads,
        ident=None,
        max_request_body_size=_MAX_UPLOAD_BYTES,
    )
    server.run()


def _reason(error: OSError | UnicodeError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)
