"""What the sites share: shells, macros, forms, gates. Knows the core and the accounts, no other slice."""
