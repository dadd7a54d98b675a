"""The knowledge-graph populator for news: who and what an article speaks of, as RDF with evidence."""
