// The chat page: asks the API and shows its replies as chat.html does. Text is only ever
// set as text, never as markup.
"use strict";

const TIMEOUT_SECONDS = 30;
const NO_ANSWER = "The server does not answer. Check the connection and ask again.";

const log = document.getElementById("log");
const form = document.getElementById("ask");
const input = document.getElementById("question");
const problem = document.getElementById("problem");

let conversation = form.elements.conversation?.value;
let waiting = false;

function element(name, text = "", properties = {}) {
  const created = document.createElement(name);
  created.textContent = text;
  return Object.assign(created, properties);
}

function citation(quote) {
  const caption = element("figcaption");
  const path = quote.source.split("/").map(encodeURIComponent).join("/");
  const href = `${form.dataset.sources}/${path}`;
  const place = [quote.heading, `line ${quote.line}`].filter(Boolean).join(" · ");
  caption.append(element("a", quote.source, { href }), ` · ${place}`);
  return caption;
}

function figure(quote) {
  // Offsets count code points, as the elements of this array do.
  const passage = Array.from(quote.passage.text);
  const start = quote.start - quote.passage.start;
  const end = quote.end - quote.passage.start;
  const words = element("blockquote");
  words.append(
    passage.slice(0, start).join(""),
    element("mark", quote.text),
    passage.slice(end).join(""),
  );
  const created = element("figure");
  created.append(words, citation(quote));
  return created;
}

function otherPassages(quotes) {
  const details = element("details");
  const summary = element("summary", `Other passages (${quotes.length})`);
  details.append(summary, ...quotes.map(figure));
  return details;
}

function why(sentences) {
  const details = element("details", "", { className: "why" });
  const words = sentences.map((sentence) => element("p", sentence));
  details.append(element("summary", "Why?"), ...words);
  return details;
}

function suggestions(texts, className) {
  const created = element("form", "", { className });
  created.append(...texts.map((text) => element("button", text, { value: text })));
  return created;
}

function answer(reply) {
  const created = element("div", "", { className: "reply" });
  const reading = reply.interpretation;
  const notes = [];
  const corrected = reading.corrected.map(([, meant]) => meant).join(", ");
  if (corrected) notes.push(`searched for: ${corrected}`);
  if (reading.follow_up_of) notes.push(`about: ${reading.follow_up_of}`);
  created.append(...notes.map((note) => element("p", note, { className: "note" })));
  const [first, ...others] = reply.kind === "answer" ? reply.quotes : [];
  created.append(first ? figure(first) : element("p", reply.text));
  if (others.length) created.append(otherPassages(others));
  const kind = reply.kind === "clarify" ? "choices" : "suggestions";
  if (reply.suggestions.length) created.append(suggestions(reply.suggestions, kind));
  if (reading.in_words.length) created.append(why(reading.in_words));
  return created;
}

async function fetchReply(message) {
  let response;
  let body;
  try {
    response = await fetch(form.dataset.chat, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ message, conversation }),
      signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000),
    });
    body = await response.json();
  } catch {
    throw new Error(NO_ANSWER);
  }
  if (!response.ok) throw new Error(body.error?.message ?? NO_ANSWER);
  return body;
}

async function ask(message) {
  if (waiting || !message.trim()) return;
  waiting = true;
  problem.textContent = "";
  input.value = "";
  const exchange = element("article");
  const placeholder = element("p", "Looking it up …", { className: "note" });
  exchange.append(element("h2", message), placeholder);
  log.append(exchange);
  exchange.scrollIntoView();
  try {
    const reply = await fetchReply(message);
    conversation = reply.conversation;
    placeholder.replaceWith(answer(reply));
    exchange.scrollIntoView();
  } catch (error) {
    exchange.remove();
    problem.textContent = error.message;
    input.value ||= message;
  } finally {
    waiting = false;
  }
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(event.target === form ? input.value : event.submitter.value);
  input.focus();
});
