"""What people ask: a journal of exchanges, and what an owner can learn from it."""
