"""Translation memories on disk: what is in one, what is wrong with it, a mended copy, many made into one."""
