"""The commands of the person who runs Terrain. They may import everything; nothing imports them."""
