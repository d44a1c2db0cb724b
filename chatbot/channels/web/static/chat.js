// The chat page: its links ask in the widget instead of loading the page anew.
"use strict";

const widget = document.querySelector("chatbot-widget");
const contents = document.querySelector("aside details");
const narrow = matchMedia("(max-width: 55rem)");

/** Unfolds the contents where they have room beside the conversation. */
function unfoldContents() {
  contents.open = !narrow.matches;
}

function askInWidget(event) {
  const link = event.target.closest("a[data-question]");
  if (!link || !widget.ask || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  widget.ask(link.dataset.question);
}

// The widget has taken over the exchange that the address stood for.
if (location.search && widget.ask) history.replaceState(null, "", location.pathname);
narrow.addEventListener("change", unfoldContents);
widget.addEventListener("focusin", unfoldContents);
document.addEventListener("click", askInWidget);
unfoldContents();
widget.open?.();
