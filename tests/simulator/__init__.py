"""A year of the clock: the real sweeps beside a plain specification, compared reminder by reminder."""
