"""A reply as plain data."""

from __future__ import annotations

import json

from chatbot.answering.interpretation import Interpretation
from chatbot.answering.quoting import Quote
from chatbot.documents.document import Passage
from chatbot.reply import Reply

PASSAGE = Passage("a.txt#1", "a.txt", "A", "It’s open at nine.", 0, 18, 1)
QUOTE = Quote("It’s open at nine.", PASSAGE, 1, 0, 18)


def test_a_reply_becomes_json_and_nothing_is_lost():
    reply = Reply(
        "answer",
        QUOTE.text,
        "c1",
        0.87654321,
        (QUOTE,),
        ("When does it close?",),
        Interpretation(
            matched=("open",),
            corrected=(("opne", "open"),),
            expanded=(("shop", ("store",)),),
            unknown=("zeppelin",),
            follow_up_of="café",
            reasons=("it was asked for",),
        ),
        notice="The earlier one is over.",
    )
    assert json.loads(json.dumps(reply.to_dict())) == {
        "kind": "answer",
        "text": "It’s open at nine.",
        "confidence": 0.8765,
        "quotes": [json.loads(json.dumps(QUOTE.to_dict()))],
        "suggestions": ["When does it close?"],
        "interpretation": {
            "matched": ["open"],
            "corrected": [["opne", "open"]],
            "expanded": [["shop", ["store"]]],
            "unknown": ["zeppelin"],
            "follow_up_of": "café",
            "reasons": ["it was asked for"],
            "in_words": [
                "In the passage or its headings: open.",
                "It came first because it was asked for.",
                "Corrected: opne is not in the documents, so open was searched for.",
                "Expanded: shop was searched for as store too.",
                "Nowhere in the documents: zeppelin.",
                "Taken over from earlier questions: café.",
            ],
        },
        "conversation": "c1",
        "notice": "The earlier one is over.",
    }


def test_every_reply_has_the_same_fields():
    plain = Reply("not_found", "No.", "c1").to_dict()
    quoting = Reply("answer", QUOTE.text, "c1", 0.9, (QUOTE,)).to_dict()
    assert list(plain) == list(quoting)
    assert plain["quotes"] == plain["suggestions"] == []
