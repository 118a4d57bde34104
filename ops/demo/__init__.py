"""The demonstration: invented texts and what walks them through the real commands."""
