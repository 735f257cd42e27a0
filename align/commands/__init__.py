"""Words of the command line -> the work they ask for: one module for each command."""
