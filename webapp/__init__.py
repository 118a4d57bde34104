"""The public site and the desk: two sites, two processes, two database log-ins."""
