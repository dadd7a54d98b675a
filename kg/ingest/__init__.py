"""Turns files, pages and streams into articles."""
