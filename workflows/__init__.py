"""The domain: what Terrain does, with no knowledge of the web or of the job runner."""
