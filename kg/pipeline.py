"""The whole flow on one page: ingest, read, link, describe, store."""
