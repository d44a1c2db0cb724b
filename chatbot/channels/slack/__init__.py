"""The Slack channel: mentions, direct messages, threads, a command and a home.

    app.register_blueprint(create_slack(bot, settings, service, journal))

A request comes in at `events.py`, which checks that it is Slack's (`signatures.py`), or
over `socket_mode.py`; `app.py` says which of them is answered by what, `incoming.py`
what they ask, `answering.py` answers. `messages.py` makes a reply the blocks of
`blocks.py`. `memory.py` keeps what has to outlast a request.

Slack's own packages take time to import; only `app.py` and what stands above it do so.
"""
