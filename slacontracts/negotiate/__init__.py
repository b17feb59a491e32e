"""Negotiation: a Word file that came back, and what is to be decided about it."""
