"""The grammar and the rules of the corpus, as data."""
