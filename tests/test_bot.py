"""The bot as a user meets it: a small company's handbook, FAQ, guide and notes."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatbot import Chatbot
from chatbot import bot as bot_module
from chatbot.conversation.conversation import MOST_TURNS
from chatbot.errors import CorpusError, SettingsError
from chatbot.index import generations
from chatbot.reply import Reply
from chatbot.settings import Settings

CORPUS = Path(__file__).parent / "corpora" / "brightwater"
FILES = {path.name: path.read_text(encoding="utf-8") for path in CORPUS.iterdir()}
WORDS = sorted({word for text in FILES.values() for word in text.split()})
STOP_WORDS = ["the", "of", "and", "it", "why", "not", "they"]

ANSWERED = [
    ("How many days of holiday do I get?", "28 days of paid holiday"),
    ("What are the core hours?", "from ten in the morning to three"),
    ("When do I need a doctor's note?", "needed from the fourth day"),
    ("Do you pay for taxis?", "Taxis are only paid for when no train"),
    ("Where is the service desk?", "on the second floor"),
    ("Who leads the company today?", "Amadou Diallo has led the company"),
    ("When was Brightwater founded?", "in 2009"),
    ("How many people work at Brightwater?", "140 people"),
    ("What is the training budget?", "€1,500 a year"),
    ("Are dogs welcome in the office?", "Dogs are welcome in the office on Fridays"),
    ("Within how many days can I return goods?", "within 45 days"),
    ("Is salt water damage covered by the warranty?", "salt water is covered"),
    ("Where are your shops?", "Malmö, Gdańsk and Brest"),
    ("How do I delete my account?", "write to privacy@brightwater.example"),
    ("How long does the battery last?", "90 hours"),
    ("How do I cancel a false alarm?", "holding the button again"),
    ("What is the weight of the tracker?", "186 grams"),
    ("What does a blinking orange light mean?", "looking for satellites"),
    ("How do I install the command line tool?", "pip install heron-tools"),
    ("Which version was released in November 2023?", "November 2023"),
    ("How many paddlers can be in a group?", "up to twelve paddlers"),
    ("Does the map work without a connection?", "works without a connection"),
    ("Is there a workaround for late notifications?", "no workaround yet"),
    ("What is the Heron?", "satellite tracker for kayaks"),
]

NOT_COVERED = [
    "How do I bake bread?",
    "Who painted the Mona Lisa?",
    "What is the boiling point of mercury?",
    "Where can I park my car?",
    "Which football team won the cup?",
    "How tall is Mount Everest?",
    "What is the capital of Australia?",
    "How do I repot an orchid?",
    "Do you sell tents?",
    "Who wrote Hamlet?",
    "Tell me a joke",
    "Is there a swimming pool?",
    "Is there a discount for students?",
    "What is the weather tomorrow?",
    "qwxz vblorp",
]


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="module")
def bot(index_folder: Path) -> Chatbot:
    return Chatbot.open(CORPUS, index_folder)


def shown(reply: Reply) -> str:
    """What a person is shown of an answer."""
    assert reply.kind == "answer", f"{reply.kind}, confidence {reply.confidence:.2f}"
    return reply.text


def check(reply: Reply, bot: Chatbot) -> None:
    """What holds for every reply."""
    assert reply.kind in {"answer", "clarify", "not_found", "small_talk"}
    assert reply.text.strip()
    assert reply.text.encode()
    assert 0 <= reply.confidence <= 1
    assert reply.conversation
    assert json.loads(json.dumps(reply.to_dict())) is not None
    assert len(set(reply.suggestions)) == len(reply.suggestions)
    assert bool(reply.quotes) == (reply.kind == "answer")
    if reply.quotes:
        assert reply.text == reply.quotes[0].text
    for quote in reply.quotes:
        document = bot.document(quote.source)
        assert document is not None
        assert document.text[quote.start : quote.end] == quote.text
        assert quote.passage.start <= quote.start < quote.end <= quote.passage.end
        assert quote.line == line_in_file(quote)
        for heading in document.headings:
            assert quote.end <= heading.start or heading.end <= quote.start


def line_in_file(quote) -> int:
    """The line of the file on which a quote stands, counted in the file itself."""
    text = FILES[quote.source]
    if quote.source.endswith(".jsonl"):
        ids = [json.loads(line)["id"] for line in text.splitlines()]
        return ids.index(quote.passage.id) + 1
    return text[: quote.start].count("\n") + 1


@pytest.mark.parametrize(("question", "words"), ANSWERED)
def test_a_plain_question_is_answered_with_the_right_words(bot, question, words):
    reply = bot.reply(question)
    assert words in shown(reply)
    check(reply, bot)


@pytest.mark.parametrize("question", NOT_COVERED)
def test_a_question_that_the_documents_do_not_cover_is_not_answered(bot, question):
    reply = bot.reply(question)
    assert reply.kind == "not_found"
    assert reply.quotes == ()
    assert reply.suggestions
    check(reply, bot)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How do I get my travel expenses back?", "Photograph the receipts"),
        ("how do i get travel expenses back", "Photograph the receipts"),
        ("How long does delivery take?", "two to three working days"),
        ("What does shipping cost?", "Shipping costs €4.90"),
        ("Can I send something back?", "You can return unused goods"),
    ],
)
def test_a_heading_that_asks_is_answered_by_what_stands_below(bot, question, words):
    reply = bot.reply(question)
    assert words in shown(reply)
    assert reply.text == reply.quotes[0].passage.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How long does delivry take?", "two to three working days"),
        ("chrage the batery", "Charge it with the magnetic cable"),
        ("What is the trainign budget?", "€1,500 a year"),
        ("how many padlers can be in a group", "up to twelve paddlers"),
    ],
)
def test_a_misspelt_question_is_answered(bot, question, words):
    reply = bot.reply(question)
    assert words in shown(reply)
    assert reply.interpretation.corrected


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("zoe lindqvist malmo", "Zoë Lindqvist founded Brightwater"),
        ("WHERE ARE REPAIRS TAKEN IN", "the shop in Gdańsk"),
        ("What replaced the naive nearest point search?", "“nearest point” search"),
        ("Where are repairs taken in, in Gdan\u0301sk?", "the shop in Gdańsk"),
    ],
)
def test_case_accents_and_quotation_marks_need_not_match(bot, question, words):
    assert words in shown(bot.reply(question))


def test_a_synonym_finds_the_word_of_the_documents(bot):
    assert "Shipping costs €4.90" in shown(bot.reply("price of shipping a parcel"))
    best = bot.search("How long is the guarantee?")[0].passage
    assert "a warranty of three years" in best.text


def test_an_acronym_and_its_long_form_find_each_other(bot):
    words = "lends out chairs and lamps"
    assert words in shown(bot.reply("What does the SWC lend out?"))
    long_form = "What does the Safety and Wellbeing Committee lend out?"
    assert words in shown(bot.reply(long_form))
    for question in ("What is the RCC?", "What does RCC stand for?"):
        assert "Rescue Coordination Centre" in shown(bot.reply(question))


def test_a_question_in_the_documents_is_quoted_with_its_answer(bot):
    assert "Choose “Reset password”" in shown(bot.reply("I forgot my password"))


def test_words_that_are_nowhere_in_the_documents_are_named(bot):
    reply = bot.reply("Where can I park my caravan?")
    assert "“park”, “caravan”" in reply.text
    assert reply.interpretation.unknown == ("park", "caravan")


def test_an_answer_knows_its_file_heading_and_address(bot):
    quote = bot.reply("How long does delivery take?").quotes[0]
    assert quote.source == "faq.jsonl"
    assert quote.passage.id == "delivery-time"
    assert quote.heading == "How long does delivery take?"
    assert quote.passage.url == "https://brightwater.example/faq#delivery-time"


MESSAGES = st.one_of(
    st.text(st.characters(), max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(STOP_WORDS)).map(" ".join),
    st.text("?!.,;:…-–—'\"’“”()[]{}*/\\|_", max_size=60),
    st.text(
        "\x00\t\n\r\x0b\x1b\x7f\u200b\u200d\u202e\ufeff\ufe0f🛶👩‍👩‍👧", max_size=60
    ),
    st.builds(
        lambda word, n: f"{word} " * n, st.sampled_from(WORDS), st.integers(1, 60)
    ),
)


@given(MESSAGES)
@example("")
@example("\ud800 battery \udfff")
@example("# Charging")
@example("{{7*7}} <script>alert(1)</script> ' OR 1=1 --")
def test_any_message_gets_a_reply_with_exact_quotes(bot, message):
    check(bot.reply(message, conversation="any"), bot)


@pytest.mark.parametrize(
    "part",
    ["battery ", "the ", "?", "🛶", "a-", "a.b.", "1,", "é", "\u0301", "\n", "x"],
)
def test_a_message_of_fifty_thousand_characters_gets_a_reply(bot, part):
    message = (part * 50_000)[:50_000]
    check(bot.reply(message), bot)


@given(MESSAGES)
def test_the_confidence_and_the_threshold_decide_whether_it_is_an_answer(bot, message):
    reply = bot.reply(message)
    if reply.kind != "small_talk":
        is_sure = reply.confidence >= bot.settings.threshold
        assert (reply.kind in {"answer", "clarify"}) == is_sure


@pytest.mark.parametrize(("threshold", "kind"), [(0, "answer"), (1, "not_found")])
def test_the_threshold_is_a_setting(index_folder, threshold, kind):
    settings = Settings(threshold=threshold)
    bot = Chatbot.open(CORPUS, index_folder, settings=settings)
    assert bot.reply("Is there a battery in the swimming pool?").kind == kind
    assert bot.reply("zeppelin").kind == "not_found"


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ("How long does the battery last?", "How do I charge it?", "magnetic cable"),
        ("How long does delivery take?", "and abroad?", "Abroad it takes up to ten"),
        ("How many days of holiday do I get?", "Can I carry them over?", "five unused"),
        ("What does a steady red light mean?", "and a green one?", "steady green"),
        ("What is the warranty?", "Does it cover salt water?", "salt water is covered"),
        ("Where are your shops?", "When are they open?", "Tuesday to Saturday"),
    ],
)
def test_a_follow_up_is_understood_from_what_was_asked(bot, first, then, words):
    conversation = bot.reply(first).conversation
    reply = bot.reply(then, conversation=conversation)
    assert words in shown(reply)
    assert reply.conversation == conversation
    check(reply, bot)


@pytest.mark.parametrize("message", ["What about it?", "how?", "Where is it?", "and?"])
def test_a_message_that_names_nothing_is_not_answered(bot, message):
    assert bot.reply(message).kind == "not_found"


def test_a_question_of_everyday_words_is_answered_where_a_heading_says_it(bot):
    assert "Zoë Lindqvist founded" in shown(bot.reply("Who are we?"))


@pytest.mark.parametrize(("question", "words"), ANSWERED[::4])
def test_a_new_topic_is_not_dragged_back_to_the_old_one(bot, question, words):
    conversation = bot.reply("How long does the battery last?").conversation
    bot.reply("How do I charge it?", conversation=conversation)
    reply = bot.reply(question, conversation=conversation)
    assert words in shown(reply)
    assert reply.interpretation.follow_up_of == ""


def test_what_is_not_covered_stays_so_within_a_conversation(bot):
    conversation = bot.reply("How long does the battery last?").conversation
    reply = bot.reply("How do I bake sourdough bread?", conversation=conversation)
    assert reply.kind == "not_found"


def test_conversations_do_not_know_of_each_other(bot):
    first = bot.reply("How long does the battery last?").conversation
    second = bot.reply("What is the training budget?").conversation
    assert first != second
    reply = bot.reply("How do I charge it?", conversation=first)
    assert "battery" in reply.interpretation.follow_up_of
    assert "training" not in reply.interpretation.follow_up_of


def test_a_draft_is_part_of_a_conversation_once_it_is_remembered(bot):
    follow_up = "How do I charge it?"
    draft = bot.draft("How long does the battery last?")
    conversation = bot.reply("Hello", conversation="test:draft").conversation
    bot.draft("How long does the battery last?", conversation)
    assert not bot.draft(follow_up, conversation).reply.interpretation.follow_up_of
    reply = bot.remember(draft)
    assert replace(reply, conversation="") == draft.reply
    followed = bot.draft(follow_up, reply.conversation).reply
    assert followed.interpretation.follow_up_of == "battery"


def test_only_the_latest_questions_are_taken_up(bot):
    conversation = bot.reply("What is in the boathouse?").conversation
    for _ in range(MOST_TURNS):
        bot.reply("How long does the battery last?", conversation=conversation)
    reply = bot.reply("How do I charge it?", conversation=conversation)
    assert reply.interpretation.follow_up_of == "battery"


def test_small_talk_is_answered_and_leaves_the_conversation_as_it_was(bot):
    conversation = bot.reply("How long does the battery last?").conversation
    thanks = bot.reply("Thanks!", conversation=conversation)
    assert thanks.kind == "small_talk"
    assert thanks.conversation == conversation
    reply = bot.reply("How do I charge it?", conversation=conversation)
    assert "magnetic cable" in shown(reply)


def test_a_greeting_before_a_question_does_not_hide_it(bot):
    assert "90 hours" in shown(bot.reply("Hello, how long does the battery last?"))


@pytest.mark.parametrize("message", ["", "   ", "\n\t", "help"])
def test_who_asks_nothing_is_told_what_to_do_and_what_to_ask(bot, message):
    reply = bot.reply(message)
    assert reply.kind == "small_talk"
    assert "Ask a question" in reply.text
    assert reply.suggestions[0].endswith("?")


def test_a_channel_may_name_its_conversations(bot):
    assert bot.reply("hi", conversation="C1:U2 🛶").conversation == "C1:U2 🛶"
    reply = bot.reply("hi", conversation="C1:U2 🛶")
    assert (reply.conversation, reply.notice) == ("C1:U2 🛶", "")


@pytest.mark.parametrize("question", [ANSWERED[0][0], NOT_COVERED[0], "battery", "hi"])
def test_who_asks_the_same_first_gets_the_same_in_another_conversation(
    index_folder, question
):
    keeps = Chatbot.open(CORPUS, index_folder)
    works_anew = Chatbot.open(
        CORPUS, index_folder, settings=Settings(corpus=str(CORPUS), kept_replies=0)
    )
    first, second = keeps.reply(question), keeps.reply(question)
    assert first.conversation != second.conversation
    assert replace(first, conversation="") == replace(second, conversation="")
    anew = works_anew.reply(question)
    assert replace(anew, conversation="") == replace(second, conversation="")
    for reply, bot in ((second, keeps), (anew, works_anew)):
        again = bot.reply("why?", conversation=reply.conversation)
        assert again.text == keeps.reply("why?", first.conversation).text


def test_threads_get_the_replies_that_one_would_get(index_folder):
    questions = [question for question, _ in ANSWERED] + NOT_COVERED
    talks = [(f"test:talk {n % 13}", question) for n, question in enumerate(questions)]
    by_talk = {name: [q for n, q in talks if n == name] for name, _ in talks}

    def replies(bot: Chatbot, name: str) -> list[Reply]:
        return [bot.reply(question, conversation=name) for question in by_talk[name]]

    in_turn = Chatbot.open(CORPUS, index_folder)
    at_once = Chatbot.open(CORPUS, index_folder)
    expected = [replies(in_turn, name) for name in by_talk]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda name: replies(at_once, name), by_talk)) == expected


def test_another_process_with_its_own_index_gives_the_same_bytes(bot, tmp_path):
    program = (
        "import json, sys; from chatbot import Chatbot\n"
        "bot = Chatbot.open(sys.argv[1], sys.argv[2])\n"
        "for question in json.load(sys.stdin):\n"
        "    print(json.dumps(bot.reply(question, conversation='test:c').to_dict()))"
    )
    questions = [question for question, _ in ANSWERED]
    process = subprocess.run(
        [sys.executable, "-c", program, str(CORPUS), str(tmp_path)],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    fresh = Chatbot.open(bot.settings.corpus, bot.settings.index)
    expected = [
        fresh.reply(question, conversation="test:c").to_dict() for question in questions
    ]
    assert process.stdout.splitlines() == list(map(json.dumps, expected))


def test_search_gives_hits_best_first_and_no_more_than_asked_for(bot):
    hits = bot.search("battery of the tracker", limit=3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)
    assert hits[0].passage.source == "heron.md"
    assert bot.search("zeppelin") == []


def test_search_takes_up_the_history_that_it_is_given(bot):
    alone = bot.search("and a green one?", history=())
    after = bot.search("and a green one?", history=["What does a red light mean?"])
    assert "steady green light" in after[0].passage.text
    assert alone[0].score != after[0].score


def test_documents_are_listed_with_their_titles(bot):
    assert bot.documents() == [
        ("faq.jsonl", "faq"),
        ("handbook.txt", "Brightwater Staff Handbook"),
        ("heron.md", "Heron tracker"),
        ("release-notes.md", "Release notes"),
    ]
    document = bot.document("handbook.txt")
    assert document is not None
    assert document.text == FILES["handbook.txt"]
    assert bot.document("../handbook.txt") is None


def test_a_file_that_changes_is_taken_in_at_reload(tmp_path):
    (tmp_path / "hut.txt").write_text("The hut sleeps nine hikers.\n")
    bot = Chatbot.open(tmp_path)
    question = "How many hikers does the hut sleep?"
    assert "nine hikers" in shown(bot.reply(question))
    (tmp_path / "hut.txt").write_text("The hut sleeps eleven hikers.\n")
    assert "nine hikers" in shown(bot.reply(question))
    assert bot.reload().read == 1
    assert "eleven hikers" in shown(bot.reply(question))


def test_a_reload_that_finds_nothing_new_keeps_the_replies_there_are(
    tmp_path, monkeypatch
):
    (tmp_path / "hut.txt").write_text("The hut sleeps nine hikers.\n")
    bot = Chatbot.open(tmp_path)
    question = "How many hikers does the hut sleep?"
    first = bot.reply(question)
    report = bot.reload()
    assert (report.read, bot.report) == (0, report)
    monkeypatch.setattr(bot_module, "respond", None)
    assert bot.reply(question).quotes is first.quotes


def test_a_reload_that_fails_leaves_what_was_served(tmp_path):
    (tmp_path / "hut.txt").write_text("The hut sleeps nine hikers.\n")
    bot = Chatbot.open(tmp_path)
    (tmp_path / "hut.txt").unlink()
    with pytest.raises(CorpusError):
        bot.reload()
    assert "nine hikers" in shown(bot.reply("How many hikers does the hut sleep?"))


@pytest.fixture
def frequent_switches():
    """Threads take turns often, so that they meet each other in many places."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 50)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("frequent_switches")
def test_questions_asked_during_reloads_get_the_answer_of_before_or_after(tmp_path):
    sentences = [f"The hut sleeps {number} hikers." for number in range(30, 41)]
    (tmp_path / "hut.txt").write_text(sentences[0])
    bot = Chatbot.open(tmp_path)
    oldest_served, newest_served = 0, 0
    is_over = threading.Event()

    def ask() -> int:
        asked = 0
        while not is_over.is_set():
            oldest = oldest_served
            text = bot.reply("How many hikers does the hut sleep?").text
            assert text in sentences[oldest : newest_served + 1]
            asked += 1
        return asked

    with ThreadPoolExecutor(2) as threads:
        asking = [threads.submit(ask) for _ in range(2)]
        for newest_served in range(1, 11):
            (tmp_path / "hut.txt").write_text(sentences[newest_served])
            assert bot.reload().read == 1
            oldest_served = newest_served
        is_over.set()
        assert all(thread.result() > 0 for thread in asking)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs Linux's /proc")
def test_after_reloads_only_what_is_served_stays_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(generations, "_HELD_BYTES", 0)
    (tmp_path / "hut.txt").write_text("The hut sleeps many hikers.")
    bot = Chatbot.open(tmp_path)
    for number in (30, 40, 50):
        (tmp_path / "hut.txt").write_text(f"The hut sleeps {number} hikers.")
        bot.reload()
        assert str(number) in shown(bot.reply("How many hikers does the hut sleep?"))
    gc.collect()
    mapped = {
        Path(line.split(maxsplit=5)[5]).parent
        for line in Path("/proc/self/maps").read_text().splitlines()
        if str(tmp_path) in line
    }
    assert mapped == {bot.report.generation}


def test_the_corpus_is_read_from_the_environment(monkeypatch, index_folder):
    monkeypatch.setenv("CHATBOT_CORPUS", str(CORPUS))
    monkeypatch.setenv("CHATBOT_INDEX", str(index_folder))
    bot = Chatbot.open()
    assert bot.report.files == 4
    assert bot.report.read == 0


def test_a_missing_corpus_is_an_error_that_names_it(tmp_path):
    with pytest.raises(CorpusError, match="nowhere"):
        Chatbot.open(tmp_path / "nowhere")


def test_an_unknown_language_is_an_error_that_names_the_setting():
    with pytest.raises(SettingsError, match="CHATBOT_LANGUAGE"):
        Chatbot.open(CORPUS, settings=Settings(language="klingon"))


@pytest.mark.parametrize("name", ["clause 2.2", "section 2.2", "paragraph 2.2"])
def test_what_a_number_stands_for_counts_little_beside_it(tmp_path, name):
    clauses = [
        "1.1 The Provider delivers on working days.",
        "1.2 Subcontractors need the Client's consent.",
        "2.1 Either party may terminate with three months' notice.",
        "2.2 For good cause no notice is needed.",
        "3.1 Invoices are due within thirty days.",
        "3.2 Interest on late payments is nine percent.",
    ]
    (tmp_path / "contract.txt").write_text("\n\n".join(clauses))
    reply = Chatbot.open(tmp_path).reply(name)
    assert reply.kind == "answer"
    assert reply.quotes[0].passage.text.startswith("2.2")
