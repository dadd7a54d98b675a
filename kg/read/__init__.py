"""Reads an article: sentences, tags, names and entities."""
