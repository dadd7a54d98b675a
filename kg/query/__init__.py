"""Canned queries and export."""
