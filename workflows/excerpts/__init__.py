"""The reusable public text: versions, approval, publication, freshness."""
