"""What every slice stands on: rows, lifecycles, events, sealing, time."""
