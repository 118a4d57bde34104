"""What the four sites share at the web's edge. Knows `workflows.core` and accounts, no other slice."""
