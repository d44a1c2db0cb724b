"""The sentence of a passage that answers, and its exact place in the document."""

from __future__ import annotations

import pytest

from chatbot.answering.question import read_question
from chatbot.answering.quoting import MOST_QUOTES, Quote, choose_quotes, quote_of
from chatbot.answering.ranking import rank
from chatbot.documents.document import Heading, Passage
from chatbot.index.corpus_index import CorpusIndex

TEXT = """\
The museum

The museum shows ships from six centuries. The oldest is a longboat of oak. It was \
raised from the fjord by divers. A model of it stands in the hall.

Visits

Groups are guided by retired sailors. A guided visit costs €12 for adults. \
A guided visit is longer for schools.

What should you bring? Warm clothes and a torch.

The café serves three soups: fish soup, pea soup and beet soup. The café has a garden.

The following is not allowed in the halls:
- flash photography near the sails
- food and open drinks

The archive keeps letters of captains. Readers need a pass for it. Readers of old maps \
order them two days ahead.
"""


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"museum.txt": TEXT})


def quotes(text: str, index: CorpusIndex) -> list[Quote]:
    ranking = rank(read_question(text, index), index)
    return [scored.quote for scored in choose_quotes(ranking, index)]


def quoted(text: str, index: CorpusIndex) -> str:
    return quotes(text, index)[0].text


def test_the_sentence_that_holds_the_words_is_quoted(index):
    expected = "The museum shows ships from six centuries."
    assert quoted("Which centuries are the ships from?", index) == expected


def test_a_quote_is_a_slice_of_its_document_on_the_line_where_it_starts(index):
    for quote in quotes("Where do readers of letters need a guided pass?", index):
        assert TEXT[quote.start : quote.end] == quote.text
        assert quote.line == TEXT[: quote.start].count("\n") + 1
        assert quote.passage.start <= quote.start < quote.end <= quote.passage.end


def test_a_quote_from_within_a_list_has_the_line_of_its_item(index):
    quote = quotes("Is food allowed?", index)[0]
    line = TEXT.splitlines()[quote.line - 1]
    assert quote.text.splitlines()[0] in line


def test_among_sentences_alike_the_one_with_the_wanted_kind_is_quoted(index):
    assert "€12" in quoted("How much is a guided visit?", index)


def test_a_sentence_that_points_back_comes_with_the_one_before(index):
    assert quoted("Which divers raised it from the fjord?", index) == (
        "The oldest is a longboat of oak. It was raised from the fjord by divers."
    )


def test_a_sentence_that_ends_with_a_colon_comes_with_what_it_introduces(index):
    assert quoted("What is not allowed in the halls?", index) == (
        "The following is not allowed in the halls:\n- flash photography near the sails"
        "\n- food and open drinks"
    )


def test_a_sentence_that_asks_comes_with_the_one_that_answers(index):
    assert quoted("What should I bring?", index) == (
        "What should you bring? Warm clothes and a torch."
    )


def test_two_sentences_that_hold_half_of_the_question_each_are_both_quoted(index):
    assert quoted("Do readers of captains' letters need a pass?", index) == (
        "The archive keeps letters of captains. Readers need a pass for it."
    )


def test_each_passage_is_quoted_once(index):
    found = quotes("the museum of ships, soup, letters and a guided visit", index)
    ids = [quote.passage.id for quote in found]
    assert len(ids) == len(set(ids)) > 1


def test_at_most_five_passages_are_quoted(open_corpus):
    index = open_corpus({"a.txt": "\n\n".join(f"Hall {n} is open." for n in range(30))})
    assert len(quotes("Which hall is open?", index)) == MOST_QUOTES == 5


def test_quotes_stand_by_falling_score(index):
    ranking = rank(read_question("a guided visit to the archive", index), index)
    scored = choose_quotes(ranking, index)
    scores = [entry.score for entry in scored]
    assert scores == sorted(scores, reverse=True)


def test_without_candidates_nothing_is_quoted(index):
    assert quotes("zeppelin", index) == []


def test_the_quote_of_a_passage_knows_where_it_stands():
    heading = Heading("Sails", 1, 1, 0, 5)
    passage = Passage(
        id="a.txt#1",
        source="a.txt",
        title="Boats",
        text="Sails are red.\nOars are brown.",
        start=6,
        end=36,
        line=2,
        headings=(heading,),
        url="https://boats.example/",
    )
    quote = quote_of(passage, 21, 36)
    assert quote.to_dict() == {
        "text": "Oars are brown.",
        "source": "a.txt",
        "title": "Boats",
        "heading": "Sails",
        "line": 3,
        "start": 21,
        "end": 36,
        "url": "https://boats.example/",
        "passage": {
            "id": "a.txt#1",
            "text": "Sails are red.\nOars are brown.",
            "line": 2,
            "start": 6,
            "end": 36,
        },
    }


ROOMS = """\
| Room | Price per night | Beds |
|------|-----------------|------|
| Oak  | €80             | 1    |
| Elm  | €95             | 2    |
| Pine | €120            | 3    |
"""


@pytest.mark.parametrize("introduction", ["", "The price of a room per night is:\n\n"])
@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("How much is the Pine room per night?", "Pine | €120            | 3"),
        ("What is the price per night of the Elm room?", "Elm  | €95             | 2"),
        ("How much is the Oak room per night?", ROOMS[: ROOMS.index("\n| Elm")]),
    ],
)
def test_the_row_of_a_table_that_answers_is_quoted(
    open_corpus, introduction, question, row
):
    index = open_corpus({"rooms.md": introduction + ROOMS})
    assert quoted(question, index) == row


@pytest.mark.parametrize("introduction", ["", "Our rooms are:\n\n"])
def test_a_table_is_quoted_whole_when_no_row_answers_more_than_others(
    open_corpus, introduction
):
    index = open_corpus({"rooms.md": introduction + ROOMS})
    assert quoted("What is the price of a room per night?", index) in (
        ROOMS.strip(),
        introduction + ROOMS.strip(),
    )


@pytest.mark.parametrize(
    "question", ["Is there free lunch or a ticket for the bus?", "lunch and transport"]
)
def test_no_item_of_a_list_completes_another(open_corpus, question):
    items = [
        "Lunch: a canteen is in the hall, but there is no free lunch.",
        "Transport: the office pays for a ticket for the bus.",
    ]
    index = open_corpus({"office.md": "".join(f"- {item}\n" for item in items)})
    assert quoted(question, index) in items


@pytest.mark.parametrize(("mark", "margin"), [("- ", "  "), ("> ", "> ")])
def test_a_sentence_of_an_item_is_completed_within_it(open_corpus, mark, margin):
    item = f"The canteen serves lunch.\n{margin}It is free for trainees."
    index = open_corpus({"office.md": f"- Coffee is in the hall.\n\n{mark}{item}\n"})
    assert quoted("Is lunch in the canteen free for trainees?", index) == item
