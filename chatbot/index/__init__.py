"""Passages to hits: weighting, building, storage and search."""
