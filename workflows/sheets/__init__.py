"""Country sheets, composed from excerpts in frozen, numbered editions."""
