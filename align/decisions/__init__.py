"""A person's decisions, as files hold them -> the same, applied to a bitext; each that no longer fits is told."""
