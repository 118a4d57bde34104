"""`make migration m="…"`: drafts a migration from what the models say beyond the database."""

import sys

from alembic import command

from config.embedded import ClusterError
from config.settings import OwnerSettings, SettingsError
from ops.environment import set_up
from ops.migrate import alembic_config, upgrade


def main(arguments: list[str]) -> int:
    """Bring this set-up's database to the newest revision and write the next one, for a person to read and finish."""
    message = " ".join(arguments).strip()
    if not message:
        print('say what changes: make migration m="assignments get a fee"', file=sys.stderr)
        return 1
    try:
        with set_up() as ready:
            url = OwnerSettings.from_environment(ready.env).database_url
            upgrade(url)
            command.revision(alembic_config(url), message=message, autogenerate=True)
    except (ClusterError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
