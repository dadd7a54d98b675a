"""Decides which Wikidata item each entity is."""
