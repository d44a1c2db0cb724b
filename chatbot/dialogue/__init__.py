"""One message and the conversation before it to what the bot says and remembers."""
