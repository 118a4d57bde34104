"""Settings of each process, read once at its start, and the policy a client may change."""
