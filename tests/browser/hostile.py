"""A corpus, and things people say, that try to become more than text."""

from __future__ import annotations

HOSTILE = """The ferry <script>alert(1)</script> leaves at noon.

<img src=x onerror=alert(1)> Tickets cost three euros.

[Prices](javascript:alert(1)) and <javascript:alert(1)> are listed on the pier.

![photo](x" onerror="alert(1)) shows the harbour at low tide.

<details open ontoggle=alert(1)><svg onload=alert(1)></svg> Dogs may come along.

| Fare | Price |
|:----:|------:|
| <iframe src=//example.org> child | <b onclick=alert(1)>two</b> |
"""

HOSTILE_FILES = {
    "ferry.md": f"# Ferry <script>alert(1)</script>\n\n{HOSTILE}",
    "ferry.txt": f"Harbour <script>alert(1)</script>\n\n{HOSTILE}",
    "<img src=x onerror=alert(1)>.txt": "The lighthouse is open on Sundays.\n",
}

HOSTILE_WORDS = (
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    '=HYPERLINK("http://example.org";"x")',
    "[x](javascript:alert(1)) {{ 7 * 7 }} &lt;b&gt;",
)
