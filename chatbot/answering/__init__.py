"""Hits to a quote: question, ranking, quoting and confidence."""
