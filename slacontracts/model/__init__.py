"""Nouns: what is read from YAML, what is passed on, and what is found."""
