"""Writes a reading and its links as RDF."""
