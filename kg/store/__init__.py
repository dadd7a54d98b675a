"""Keeps named graphs: replaces, deletes and queries them."""
