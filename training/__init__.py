"""Makes what the package ships: the reading model and the catalogue, from public corpora and tables."""
