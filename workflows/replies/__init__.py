"""What was sent to a requester, and what it relied on."""
