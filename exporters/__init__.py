"""One file, one format; each is found through the entry points of its group."""
