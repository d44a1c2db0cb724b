"""The terminal channel: `python -m chatbot` and its subcommands."""
