"""A chatbot that answers questions about a folder of documents in their own words.

from chatbot import Chatbot

bot = Chatbot.open("corpus")
print(bot.reply("What does a chief product officer do?").text)
"""

from chatbot.bot import Chatbot

__all__ = ["Chatbot"]
