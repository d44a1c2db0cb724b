"""Which questions are put together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatbot.insights.likeness import AskedQuestion, group_questions


def grouped(*texts: str) -> list[list[str]]:
    asked = [AskedQuestion(text, 1, 0) for text in texts]
    return [[one.text for one in group.questions] for group in group_questions(asked)]


def test_the_same_question_in_other_words_of_grammar_is_one() -> None:
    assert grouped(
        "Do you have parking for bicycles?",
        "Where can I park my bicycle?",
        "What is the dress code?",
        "bicycle parking",
        "is there a dress-code",
    ) == [
        [
            "Do you have parking for bicycles?",
            "Where can I park my bicycle?",
            "bicycle parking",
        ],
        ["What is the dress code?", "is there a dress-code"],
    ]


def test_a_misspelt_question_is_with_the_others() -> None:
    assert len(grouped("How do I reset my password?", "how to reset my pasword")) == 1


def test_questions_about_different_things_stay_apart() -> None:
    assert len(grouped("What does delivery cost?", "How long is delivery?")) == 2
    assert len(grouped("why?", "who?")) == 2


def test_other_languages_are_grouped_by_their_own_words() -> None:
    assert len(grouped("Wie viel Urlaub habe ich?", "Habe ich denn Urlaub?")) == 1
    assert len(grouped("公司有停车场吗", "请问公司有停车场吗？")) == 1


def test_the_most_frequent_wording_stands_for_the_group() -> None:
    (group,) = group_questions(
        [
            AskedQuestion("Do I get a company car?", 2, 50),
            AskedQuestion("Is there a company car?", 5, 20),
        ]
    )
    assert group.text == "Is there a company car?"
    assert (group.count, group.last_asked) == (7, 50)


words = st.sampled_from(["parking", "dress", "code", "car", "the", "is", "?", "<b>"])
questions = st.builds(
    AskedQuestion,
    st.lists(words, min_size=1, max_size=5).map(" ".join),
    st.integers(1, 3),
    st.integers(0, 9),
)


@given(st.lists(questions, unique_by=lambda one: one.text), st.randoms())
def test_every_question_is_in_one_group_whatever_their_order(asked, random) -> None:
    groups = group_questions(asked)
    found = [one for group in groups for one in group.questions]
    assert sorted(found, key=lambda one: one.text) == sorted(
        asked, key=lambda one: one.text
    )
    random.shuffle(asked)
    assert group_questions(asked) == groups
    counts = [group.count for group in groups]
    assert counts == sorted(counts, reverse=True)
