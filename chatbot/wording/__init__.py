"""What the bot says and understands that is not about the documents: a file a language.

`tables/<language>.toml` holds the bot's own words under `says`, and under `hears` the
users' words that steer a conversation.
"""
