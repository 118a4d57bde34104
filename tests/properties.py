"""How hypothesis runs here: never against the clock, since a busy machine is not a broken rule."""

from hypothesis import settings

settings.register_profile("terrain", deadline=None, print_blob=True)
settings.load_profile("terrain")
