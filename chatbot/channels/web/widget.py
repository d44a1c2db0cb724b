"""The chat widget's script, for the server's own page and for other sites.

    GET /widget.js            the current one; browsers ask whether theirs still is
    GET /widget.js?v=VERSION  the same, kept for a year: its content names its version

In templates `widget_address()` is the versioned path. The script knows the longest
message that its server takes.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

from flask import Blueprint, Response, request, url_for

_SCRIPT = Path(__file__).with_name("widget.js")
_WRITTEN_LIMIT = re.compile(r"(?<=const MOST_CHARACTERS = )\d+")
_A_YEAR = 365 * 24 * 60 * 60
_VERSION_DIGITS = 12


def create_widget(most_characters: int) -> Blueprint:
    """The route of the script; `most_characters` is what a message may have."""
    widget = Blueprint("widget", __name__)
    written = _SCRIPT.read_text(encoding="utf-8")
    script = _WRITTEN_LIMIT.sub(str(most_characters), written, count=1).encode()
    compressed = gzip.compress(script, mtime=0)
    version = hashlib.sha256(script).hexdigest()[:_VERSION_DIGITS]

    @widget.get("/widget.js")
    def widget_script() -> Response:
        response = Response(script, mimetype="text/javascript")
        if request.accept_encodings.quality("gzip"):
            response.set_data(compressed)
            response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
        response.set_etag(version, weak=True)
        if request.args.get("v") == version:
            response.cache_control.public = True
            response.cache_control.max_age = _A_YEAR
            response.cache_control.immutable = True
        else:
            response.cache_control.no_cache = True
        _let_any_site_load(response)
        response.make_conditional(request)
        return response

    @widget.app_template_global()
    def widget_address() -> str:
        return url_for("widget.widget_script", v=version)

    return widget


def _let_any_site_load(response: Response) -> None:
    """Lets strict pages check the script's integrity; asking is another matter."""
    response.access_control_allow_origin = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
