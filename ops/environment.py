"""Makes the environment of a set-up whole, and deals it out: each process gets its own secrets and no others."""

import base64
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey

from config.embedded import Cluster
from config.settings import (
    EVERY_PORT,
    EVERY_PROCESS,
    CaseloadSettings,
    DeskSettings,
    OwnerSettings,
    PortalSettings,
    PostboxSettings,
    ProcessSettings,
    PublicSettings,
    SettingsError,
    WorkerSettings,
)
from ops import roles

PROCESSES: dict[str, type[ProcessSettings]] = {
    "release": OwnerSettings,
    "web": PublicSettings,
    "desk": DeskSettings,
    "portal": PortalSettings,
    "caseload": CaseloadSettings,
    "worker": WorkerSettings,
    "beat": WorkerSettings,
    "postbox": PostboxSettings,
}
OURS = tuple(dict.fromkeys(name for settings in EVERY_PROCESS for name in settings.variables()))
WORDS = (
    "SECRET_PUBLIC", "SECRET_DESK", "SECRET_PORTAL", "SECRET_CASELOAD", "SECRET_RECEIPT", "SECRET_RECEIPT_DESK",
)  # fmt: skip
KEYS = (
    "SECRET_REQUESTER_TEXT", "SECRET_FACTOR_DESK", "SECRET_FACTOR_PORTAL", "SECRET_FACTOR_CASELOAD", "SECRET_LABELS",
)  # fmt: skip
SEALING = ("SECRET_SEALING", "SEALING_PUBLIC_KEY")
DATABASE_URLS = ("DATABASE_URL", *(f"DATABASE_URL_{process}" for process in roles.LOGINS))


@dataclass(frozen=True)
class SetUp:
    """A whole and checked environment, and the private PostgreSQL when there is one."""

    env: dict[str, str]
    cluster: Cluster | None

    @property
    def data_dir(self) -> Path:
        return Path(self.env["DATA_DIR"])

    def for_process(self, name: str) -> dict[str, str]:
        """What the Procfile process `name` is given: the ambient variables and those its settings class reads."""
        return ambient(self.env) | {var: self.env[var] for var in PROCESSES[name].variables() if var in self.env}


def ambient(env: Mapping[str, str]) -> dict[str, str]:
    """`env` without anything that is ours or could be a secret for a database."""
    ours = ("SECRET_", "SEALING_", "DATABASE_URL", "PG")
    return {name: value for name, value in env.items() if name not in OURS and not name.startswith(ours)}


def prepare(env: Mapping[str, str] = os.environ) -> SetUp:
    """Check all settings, make what a set-up without DATABASE_URL lacks, and start or adopt its PostgreSQL.

    Refuses with every wrong setting of every process at once: SettingsError; ClusterError when there is no server.
    """
    given = {f"{site}_PORT": str(port) for site, port in EVERY_PORT.items()}
    given |= {name: value for name, value in env.items() if name not in OURS or value.strip()}
    folder = Path(given.get("DATA_DIR", "data")).expanduser().absolute()
    given["DATA_DIR"] = str(folder)
    if "DATABASE_URL" in given:
        check(given)
        return SetUp(given, None)
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    kept = _kept_secrets(folder)
    whole = {"DEMO": "1"} | {name: kept[name] for name in (*WORDS, *KEYS)} | _sealing_pair(given, kept) | given
    orphans = [f"{name} is given without DATABASE_URL" for name in DATABASE_URLS if name in given]
    check({name: f"postgresql://{name.lower()}@localhost/later" for name in DATABASE_URLS} | whole, orphans)
    cluster = Cluster(folder / "postgres", port=int(given["PGPORT"]) if given.get("PGPORT") else None)
    try:
        return SetUp(whole | _embedded_databases(cluster.ensure().superuser_url, kept), cluster)
    except BaseException:  # Ctrl-C as well: nothing may stay running that nobody holds
        if cluster.started_here:
            cluster.stop()
        raise


@contextmanager
def set_up(env: Mapping[str, str] = os.environ) -> Iterator[SetUp]:
    """`prepare` for a command typed by hand: a PostgreSQL that it had to start is stopped again at the end."""
    ready = prepare(env)
    try:
        yield ready
    finally:
        if ready.cluster and ready.cluster.started_here:
            ready.cluster.stop()


def check(env: Mapping[str, str], problems: Iterable[str] = ()) -> None:
    """Refuse with one line for each thing that is wrong in any process's settings, after `problems`: SettingsError."""
    lines = list(problems)
    for settings in EVERY_PROCESS:
        try:
            settings.from_environment(env)
        except SettingsError as error:
            lines += error.lines
    lines += [*_shared(env, WORDS, KEYS), *_shared(env, DATABASE_URLS), *_ports(env), *_mismatched_sealing(env)]
    if lines:
        raise SettingsError(list(dict.fromkeys(lines)))


def _shared(env: Mapping[str, str], *groups: tuple[str, ...]) -> Iterator[str]:
    """What keeps processes apart must differ between them."""
    owners: dict[str, str] = {}
    for name in (name for group in groups for name in group):
        value = env.get(name, "").strip()
        if value and owners.setdefault(value, name) != name:
            yield f"{name} must differ from {owners[value]}"


def _ports(env: Mapping[str, str]) -> Iterator[str]:
    owners: dict[str, str] = {}
    for name in (f"{site}_PORT" for site in EVERY_PORT):
        port = env.get(name, "").strip()
        if port and owners.setdefault(port, name) != name:
            yield f"{name} must differ from {owners[port]}"
    if (port := env.get("PGPORT", "")) and not port.isdecimal():
        yield "PGPORT must be a port, 1 to 65535"


def _mismatched_sealing(env: Mapping[str, str]) -> Iterator[str]:
    private, public = (env.get(name, "").strip() for name in SEALING)
    try:
        if private and public and _public_of(private) != public:
            yield "SEALING_PUBLIC_KEY does not belong to SECRET_SEALING"
    except ValueError:
        return  # its own line has said already that it is no key


def _sealing_pair(given: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """Ours, or the public half of the private key that is given; a bad one is left for `check` to name."""
    private = given.get(SEALING[0], kept[SEALING[0]])
    try:
        return {SEALING[0]: private, SEALING[1]: _public_of(private)}
    except ValueError:
        return {name: kept[name] for name in SEALING}


def _public_of(private: str) -> str:
    key = PrivateKey(base64.b64decode(private, validate=True))
    return base64.b64encode(bytes(key.public_key)).decode()


def _new_secrets() -> dict[str, str]:
    private = PrivateKey.generate()
    pair = (base64.b64encode(bytes(half)).decode() for half in (private, private.public_key))
    return (
        {name: secrets.token_urlsafe(32) for name in WORDS}
        | {name: base64.b64encode(secrets.token_bytes(32)).decode() for name in KEYS}
        | dict(zip(SEALING, pair, strict=True))
        | {login: secrets.token_urlsafe(24) for login in roles.ALL_LOGINS}
    )


def _kept_secrets(folder: Path) -> dict[str, str]:
    """The random secrets of this data folder: made once, completed when a later version needs one more."""
    file = folder / "secrets.json"
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    whole = _new_secrets() | kept
    if whole != kept:
        beside = file.with_suffix(".new")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as output:
            json.dump(whole, output, indent=1)
            output.flush()
            os.fsync(output.fileno())
        beside.replace(file)
    return whole


def _embedded_databases(server: str, kept: Mapping[str, str]) -> dict[str, str]:
    roles.create_roles(server, kept)
    if not roles.has_database(server):
        roles.create_database(server)
    roles.let_in(server)
    urls = {
        f"DATABASE_URL_{process}": roles.login_url(server, login, kept[login])
        for process, login in roles.LOGINS.items()
    }
    return urls | {"DATABASE_URL": roles.login_url(server, roles.OWNER, kept[roles.OWNER])}
