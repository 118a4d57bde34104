"""The controlled vocabulary: countries of return, topics with their shelf lives, vulnerability facets, regions."""
