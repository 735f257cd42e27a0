"""Review spreadsheets and the corpus they were made from -> a person's decisions, or what cannot be read, by row."""
