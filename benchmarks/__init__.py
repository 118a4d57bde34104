"""What Terrain costs beside the least that the same work could cost. No test asserts a time; `make bench` prints."""
