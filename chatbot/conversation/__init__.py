"""Message to question: small talk, follow-ups and the memory of a conversation."""
