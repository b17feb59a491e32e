"""Numbered documents in; Word files, web pages and plain text out."""
