"""A question to weighted terms: stop words, spelling, synonyms, acronyms, history."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.concepts import (
    SAME_MEANING_STRENGTH,
    STOP_WORD_WEIGHT,
    SYNONYM_STRENGTH,
    Concept,
)
from chatbot.answering.question import adjacent_terms, read_question
from chatbot.index.corpus_index import CorpusIndex

TEXT = """\
The lighthouse keeper polishes the great lens every evening and writes down the weather.

A visitor may change the date of a booking; the fee for a group is forty crowns.

The Northern Rescue League (NRL) trains volunteers in the old boathouse.
"""


@pytest.fixture(scope="module")
def index(open_corpus) -> CorpusIndex:
    return open_corpus({"lighthouse.txt": TEXT})


def the_concept(word: str, index: CorpusIndex) -> Concept:
    (concept,) = read_question(word, index).concepts
    return concept


def words_for(concept: Concept) -> list[str]:
    return [alternative.words for alternative in concept.alternatives]


def test_every_word_becomes_a_concept_in_the_order_of_the_text(index):
    question = read_question("Who polishes the Lens?", index)
    assert [c.word for c in question.concepts] == ["who", "polishes", "the", "lens"]
    assert question.asked == 4
    assert question.text == "Who polishes the Lens?"


def test_words_that_only_ask_for_a_definition_are_left_out(index):
    question = read_question("What does NRL stand for?", index)
    assert [c.word for c in question.concepts] == ["what", "does", "nrl", "for"]


def test_such_words_count_where_a_document_has_them(open_corpus):
    index = open_corpus({"boats.txt": "The boats stand on the quay in winter."})
    question = read_question("What do the boats stand for?", index)
    assert [c.word for c in question.concepts][-1] == "stand"


def test_forms_of_a_word_are_searched_for_by_the_same_term(index):
    asked, written = the_concept("polishing", index), the_concept("polishes", index)
    assert asked.term == written.term is not None
    assert not asked.corrected


def test_accents_case_and_the_kind_of_apostrophe_do_not_matter(index):
    plain = read_question("the keeper's lens", index).weights
    assert read_question("The KEEPER’S Léns", index).weights == plain


def test_a_stop_word_weighs_a_quarter_of_a_word_with_a_topic(index):
    assert the_concept("the", index).is_stop_word
    assert the_concept("the", index).weight == STOP_WORD_WEIGHT
    assert the_concept("lens", index).weight == 1
    assert not the_concept("the", index).carries_topic
    assert the_concept("lens", index).carries_topic


def test_a_stop_word_that_the_corpus_does_not_hold_counts_for_nothing(index):
    concept = the_concept("yourselves", index)
    assert concept.term is None
    assert concept.importance == 0
    assert not concept.is_unknown


def test_a_rare_word_is_more_important_than_a_frequent_one(index):
    assert the_concept("lens", index).rarity > the_concept("the", index).rarity


def test_a_word_found_nowhere_is_unknown_and_of_the_greatest_rarity(index):
    concept = the_concept("submarine", index)
    assert concept.is_unknown
    assert concept.term is None
    assert concept.rarity >= the_concept("lens", index).rarity


def test_a_misspelt_word_is_searched_for_as_the_word_of_the_corpus(index):
    concept = the_concept("boathuose", index)
    assert concept.corrected == concept.searched_word == "boathouse"
    assert concept.term == the_concept("boathouse", index).term
    assert 0 < concept.strength < 1
    assert not concept.is_unknown


def test_a_corrected_word_counts_for_less_the_more_of_its_letters_are_wrong(index):
    typed = ["volunteesr", "volunteirs", "vlounteirs", "gruop", "gorup", "grrup"]
    strengths = [the_concept(word, index).strength for word in typed]
    assert strengths[0] > strengths[1] > strengths[2] > 0
    assert strengths[0] > strengths[3] == strengths[4] > strengths[5] > 0


def test_a_misspelt_form_that_the_corpus_does_not_hold_is_searched_for_by_another(
    index,
):
    concept = the_concept("pollishing", index)
    assert concept.term == the_concept("polishes", index).term
    assert concept.corrected == "polishes"


def test_a_word_nearly_as_likely_is_searched_for_as_well(open_corpus):
    index = open_corpus({"a.txt": "The trial is long.\n\nThe trill is short.\n"})
    concept = the_concept("tricl", index)
    assert concept.corrected == "trial"
    assert words_for(concept) == ["trill"]
    assert concept.alternatives[0].strength < concept.strength


def test_a_misspelt_stop_word_is_a_stop_word(index):
    concept = the_concept("becuase", index)
    assert concept.is_stop_word
    assert not concept.carries_topic


def test_a_word_with_another_letter_is_not_taken_for_a_stop_word(index):
    assert the_concept("wham", index).is_unknown
    assert not the_concept("forx", index).is_stop_word


def test_a_misspelt_everyday_word_is_not_taken_for_a_word_of_the_corpus(open_corpus):
    index = open_corpus({"a.txt": "A nice old thing: the vase.\n"})
    concept = the_concept("vaccancy", index)
    assert not concept.corrected


@pytest.mark.parametrize("word", ["crowds", "Traits"])
def test_a_word_that_the_language_has_is_not_misspelt(index, word):
    assert not the_concept(word, index).corrected


def test_what_is_no_word_of_the_language_may_be_one_of_the_corpus_misspelt(index):
    assert the_concept("weathr", index).corrected == "weather"


def test_an_everyday_word_is_not_taken_for_a_misspelling(index):
    concept = the_concept("charge", index)
    assert not concept.corrected
    assert concept.term is None


def test_a_synonym_that_the_corpus_holds_is_searched_for_as_well(index):
    concept = the_concept("price", index)
    assert words_for(concept) == ["fee"]
    assert concept.alternatives[0].strength == SYNONYM_STRENGTH
    assert not concept.is_unknown


def test_an_acronym_is_searched_for_by_its_long_form_too(index):
    (alternative,) = the_concept("NRL", index).alternatives
    assert alternative.words == "northern rescue league"
    assert alternative.strength == SAME_MEANING_STRENGTH
    assert len(alternative.terms) == 3


def test_a_long_form_is_searched_for_by_its_acronym_too(index):
    question = read_question("What is the Northern Rescue League?", index)
    with_acronym = [c.word for c in question.concepts if "nrl" in words_for(c)]
    assert with_acronym == ["northern", "rescue", "league"]


def test_a_part_of_a_long_form_is_not_searched_for_by_the_acronym(index):
    question = read_question("northern rescue", index)
    assert not any(words_for(concept) for concept in question.concepts)


def test_repeated_words_add_up(index):
    once = read_question("keeper", index).weights
    twice = read_question("keeper keepers", index).weights
    assert twice == {term: 2 * weight for term, weight in once.items()}


def test_words_of_earlier_questions_come_last_with_the_weight_they_have(index):
    question = read_question("and the visitor?", index, [("booking", 0.3)])
    assert question.asked == 3
    carried = question.concepts[question.asked :]
    assert [(c.word, c.weight) for c in carried] == [("booking", 0.3)]


def test_a_carried_stop_word_weighs_less_than_one_of_the_message(index):
    question = read_question("lens", index, [("the", 0.3)])
    assert question.concepts[-1].weight < STOP_WORD_WEIGHT


def test_pairs_of_adjacent_terms_leave_out_words_that_were_carried(index):
    question = read_question("great lens", index, [("keeper", 0.3)])
    great, lens = (concept.term for concept in question.concepts[:2])
    assert adjacent_terms(question) == [(great, lens)]


def test_an_unknown_word_is_part_of_pairs_that_no_passage_holds(index):
    question = read_question("lens submarine keeper", index)
    lens, _, keeper = (concept.term for concept in question.concepts)
    assert adjacent_terms(question) == [(lens, None), (None, keeper)]


def test_a_stop_word_that_the_corpus_does_not_hold_is_in_no_pair(index):
    question = read_question("lens yourselves keeper", index)
    assert question.concepts[1].term is None
    assert adjacent_terms(question) == []


def test_only_the_first_four_hundred_words_of_a_question_are_read(index):
    assert read_question("lens " * 1000, index).asked == 400


def test_a_message_without_a_word_is_an_empty_question(index):
    question = read_question("?! … 🛶", index)
    assert question.concepts == ()
    assert question.weights == {}


def test_a_question_of_stop_words_names_no_topic(index):
    assert not read_question("And what is the?", index).names_topic
    assert not read_question("", index).names_topic
    assert read_question("What is the lens?", index).names_topic
    assert read_question("What is a submarine?", index).names_topic
    assert read_question("And then?", index, [("lens", 0.1)]).names_topic


def test_a_question_is_its_own_without_what_was_taken_over(index):
    question = read_question("and the lens?", index, [("keeper", 0.3)])
    assert [c.word for c in question.own.concepts] == ["and", "the", "lens"]
    assert question.own.asked == question.asked


def test_a_question_without_a_topic_of_its_own_keeps_what_was_taken_over(index):
    question = read_question("and why?", index, [("keeper", 0.3)])
    assert question.own == question


@given(text=st.text(max_size=80), carried=st.text(max_size=10))
def test_any_text_becomes_weights_that_are_finite_and_positive(index, text, carried):
    question = read_question(text, index, [(carried, 0.3)])
    assert question.asked == len(question.concepts) - 1
    assert all(0 <= weight < math.inf for weight in question.weights.values())
    assert all(concept.importance >= 0 for concept in question.concepts)


COMPOUNDS = """\
We hold brain storming every week. A startup needs a database of users.

You log in with a badge. Self-service is open.

The therapist told us about the storm and the brain.
"""


@pytest.fixture(scope="module")
def compounds(open_corpus) -> CorpusIndex:
    return open_corpus({"compounds.txt": COMPOUNDS})


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("data base", "database"),
        ("start up", "startup"),
        ("start-up", "startup"),
    ],
)
def test_two_words_are_searched_for_by_their_joined_form_too(compounds, asked, written):
    first, second, *_ = read_question(asked, compounds).concepts
    assert written in words_for(first)
    assert written in words_for(second)


@pytest.mark.parametrize(
    ("asked", "written"),
    [("brainstorming", "brain storming"), ("login", "log in")],
)
def test_a_word_is_searched_for_by_the_two_that_the_corpus_writes(
    compounds, asked, written
):
    concept = the_concept(asked, compounds)
    assert written in words_for(concept)
    assert not concept.corrected


def test_words_joined_by_hyphens_alone_are_found_by_their_parts(compounds):
    assert not words_for(read_question("self service", compounds).concepts[0])


@pytest.mark.parametrize(("asked", "written"), [("kpi", "KPIs"), ("kpis", "KPI")])
def test_a_short_form_is_found_in_the_other_number(open_corpus, asked, written):
    index = open_corpus({"a.txt": f"{written} (key performance indicators) are set.\n"})
    concept = the_concept(asked, index)
    assert not concept.is_unknown
    assert not concept.corrected
    assert words_for(concept) == ["key performance indicators"]


def test_two_words_are_only_taken_for_one_that_stand_side_by_side(compounds):
    assert the_concept("weekusers", compounds).is_unknown
    assert the_concept("stormbrain", compounds).is_unknown


def test_a_stop_word_is_not_taken_for_the_beginning_of_a_word(compounds):
    the, rapist = read_question("the rapist", compounds).concepts
    assert rapist.is_unknown
    assert not words_for(the)


def test_joined_forms_count_like_the_words_themselves(compounds):
    concept = read_question("data base", compounds).concepts[0]
    assert concept.alternatives[0].credit == SAME_MEANING_STRENGTH


def test_an_unknown_pair_where_two_known_words_meet_weighs_nothing(open_corpus):
    index = open_corpus({"a.txt": "渡轮每天中午离开港口。票价是五欧元。"})
    question = read_question("渡轮票价的中文", index)
    weights = {concept.word: concept.weight for concept in question.concepts}
    assert weights["渡轮"] == weights["票价"] == weights["中文"] == 1
    assert weights["轮票"] == weights["价的"] == 0


def test_a_word_that_other_languages_have_another_term_for_finds_those(open_corpus):
    index = open_corpus(
        {
            "a.txt": "Die Häuser am Ufer wurden in diesem Jahr von Hand gebaut.",
            "b.txt": "The companies built it. In that year they were at the shore.",
        }
    )
    question = read_question("Wer ist die company am Ufer?", index)
    (company,) = (c for c in question.concepts if c.word == "company")
    (other,) = company.alternatives
    assert company.term is None
    assert index.word_of(*other.terms) == "companies"
    assert (other.words, other.strength, other.credit) == ("company", 1, 1)
