"""One frozen settings object per kind of process, read from the environment; all that is wrong is said at once.

A class names only the secrets its process may hold, so that no process can leak what it never had.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from config.values import (
    BaseUrl,
    BrokerUrl,
    CounterUrl,
    DatabaseUrl,
    Folder,
    Key,
    MailAddress,
    Port,
    Secret,
    SmtpUrl,
    YesOrNo,
    is_port,
)

LOOPBACK = "127.0.0.1"
DEFAULT_PORTS = {"PUBLIC": 8000, "DESK": 8001, "PORTAL": 8002, "CASELOAD": 8003}
EVERY_PORT = DEFAULT_PORTS | {"POSTBOX": 8025}


class SettingsError(Exception):
    """Some settings are wrong or missing; the text has one line for each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class ProcessSettings(BaseModel):
    """What every process knows: where its data is and how each site is reached."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        validate_default=True,
        defer_build=True,  # a process uses one of the classes below
    )

    data_dir: Folder = Field(Path("data"), alias="DATA_DIR")
    public_port: Port = Field(DEFAULT_PORTS["PUBLIC"], alias="PUBLIC_PORT")
    desk_port: Port = Field(DEFAULT_PORTS["DESK"], alias="DESK_PORT")
    portal_port: Port = Field(DEFAULT_PORTS["PORTAL"], alias="PORTAL_PORT")
    caseload_port: Port = Field(DEFAULT_PORTS["CASELOAD"], alias="CASELOAD_PORT")
    base_url_public: BaseUrl = Field("", alias="BASE_URL_PUBLIC")
    base_url_desk: BaseUrl = Field("", alias="BASE_URL_DESK")
    base_url_portal: BaseUrl = Field("", alias="BASE_URL_PORTAL")
    base_url_caseload: BaseUrl = Field("", alias="BASE_URL_CASELOAD")

    @property
    def dumps_folder(self) -> Path:
        """Where the worker writes dumps of what is published, and the public site reads them."""
        return self.data_dir / "dumps"

    @property
    def sandboxes_folder(self) -> Path:
        """Where portal and worker hold their turns at opening foreign files."""
        return self.data_dir / "sandboxes"

    @model_validator(mode="before")
    @classmethod
    def _local_addresses(cls, values: dict[str, Any]) -> dict[str, Any]:
        local = {}
        for site, port in DEFAULT_PORTS.items():
            chosen = str(values.get(f"{site}_PORT", port))
            local[f"BASE_URL_{site}"] = f"http://{LOOPBACK}:{chosen if is_port(chosen) else port}"
        return local | values

    @classmethod
    def variables(cls) -> tuple[str, ...]:
        """The names of the environment variables this process reads."""
        return tuple(str(field.alias) for field in cls.model_fields.values())

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> Self:
        """Read `env`; an empty variable counts as absent. Refuses with every wrong or missing name: SettingsError."""
        given = {name: env[name].strip() for name in cls.variables() if env.get(name, "").strip()}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise SettingsError(_lines(error)) from None


def _lines(error: ValidationError) -> list[str]:
    """One line per wrong setting, without the value: a log must not hold a mistyped secret."""
    lines = []
    for problem in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "missing":
            lines.append(f"{name} is missing")
        elif problem["type"] == "value_error":
            lines.append(f"{name} {problem['ctx']['error']}")
        elif "port" in name.lower():
            lines.append(f"{name} must be a port, 1 to 65535")
        else:
            lines.append(f"{name}: {problem['msg']}")
    return lines


TOLD = ("database_url", "secret_key", "base_url", "ratelimit_url", "https")


class _Site(ProcessSettings):
    """What each of the four web processes knows."""

    ratelimit_url: CounterUrl = Field("memory://", alias="RATELIMIT_URL")

    site: ClassVar[str]
    """By which its port and its address are found among those of all."""

    @property
    def port(self) -> int:
        """The loopback port this site listens on."""
        port: int = getattr(self, f"{self.site}_port")
        return port

    @property
    def https(self) -> bool:
        """Whether people reach this site over https: decides `Secure` and the `__Host-` prefix of its cookie."""
        return self.base_url.startswith("https://")

    @property
    def base_url(self) -> str:
        """The address people type, without a slash at the end."""
        address: str = getattr(self, f"base_url_{self.site}")
        return address

    def told(self) -> dict[str, Any]:
        """What each of the four sites is told in the same way, by the names that it has there."""
        return {name: getattr(self, name) for name in TOLD}


class PublicSettings(_Site):
    """The public site: seals what requesters write and cannot open it again."""

    site = "public"
    database_url: DatabaseUrl = Field(alias="DATABASE_URL_PUBLIC")
    secret_key: Secret = Field(alias="SECRET_PUBLIC")
    secret_receipt: Secret = Field(alias="SECRET_RECEIPT")
    secret_receipt_desk: Secret = Field(alias="SECRET_RECEIPT_DESK")
    secret_requester_text: Key = Field(alias="SECRET_REQUESTER_TEXT")
    sealing_public_key: Key = Field(alias="SEALING_PUBLIC_KEY")


class DeskSettings(_Site):
    """The desk: may open sealed text."""

    site = "desk"
    database_url: DatabaseUrl = Field(alias="DATABASE_URL_DESK")
    secret_key: Secret = Field(alias="SECRET_DESK")
    secret_receipt_desk: Secret = Field(alias="SECRET_RECEIPT_DESK")
    secret_requester_text: Key = Field(alias="SECRET_REQUESTER_TEXT")
    sealing_public_key: Key = Field(alias="SEALING_PUBLIC_KEY")
    secret_sealing: Key = Field(alias="SECRET_SEALING")
    secret_factor_desk: Key = Field(alias="SECRET_FACTOR_DESK")


class PortalSettings(_Site):
    """The partner portal: seals the identity of sources and cannot open it again."""

    site = "portal"
    database_url: DatabaseUrl = Field(alias="DATABASE_URL_PORTAL")
    secret_key: Secret = Field(alias="SECRET_PORTAL")
    sealing_public_key: Key = Field(alias="SEALING_PUBLIC_KEY")
    secret_factor_portal: Key = Field(alias="SECRET_FACTOR_PORTAL")


class CaseloadSettings(_Site):
    """The counsellors' site: seals like the public site, makes receipt codes, and alone reads counsellors' labels."""

    site = "caseload"
    database_url: DatabaseUrl = Field(alias="DATABASE_URL_CASELOAD")
    secret_key: Secret = Field(alias="SECRET_CASELOAD")
    secret_receipt: Secret = Field(alias="SECRET_RECEIPT")
    secret_requester_text: Key = Field(alias="SECRET_REQUESTER_TEXT")
    sealing_public_key: Key = Field(alias="SEALING_PUBLIC_KEY")
    secret_factor_caseload: Key = Field(alias="SECRET_FACTOR_CASELOAD")
    secret_labels: Key = Field(alias="SECRET_LABELS")


class WorkerSettings(ProcessSettings):
    """Worker and beat: the clock's hands, and the only ones that send letters."""

    database_url: DatabaseUrl = Field(alias="DATABASE_URL_WORKER")
    redis_url: BrokerUrl | None = Field(None, alias="REDIS_URL", repr=False)
    smtp_url: SmtpUrl | None = Field(None, alias="SMTP_URL", repr=False)
    mail_from: MailAddress = Field("no-reply@localhost", alias="MAIL_FROM")
    secret_requester_text: Key = Field(alias="SECRET_REQUESTER_TEXT")
    secret_sealing: Key = Field(alias="SECRET_SEALING")

    @property
    def broker_url(self) -> str:
        """Where ticks travel: Redis, or files below `broker_folder`."""
        return self.redis_url or "filesystem://"

    @property
    def broker_folder(self) -> Path:
        """The folder of the file broker; emptied at every start, since a lost tick only waits for the next one."""
        return self.data_dir / "broker"

    @property
    def mailbox_folder(self) -> Path:
        """Where letters are written as files when there is no SMTP_URL."""
        return self.data_dir / "mailbox"


class PostboxSettings(ProcessSettings):
    """The postbox, which refuses what is sent to our letters' address: no secret, no database."""

    postbox_port: Port = Field(EVERY_PORT["POSTBOX"], alias="POSTBOX_PORT")


class OwnerSettings(ProcessSettings):
    """The release step and the operator's commands: the owner of the tables, never a web process."""

    database_url: DatabaseUrl = Field(alias="DATABASE_URL")
    demo: YesOrNo = Field(default=False, alias="DEMO")


EVERY_PROCESS: tuple[type[ProcessSettings], ...] = (
    PublicSettings,
    DeskSettings,
    PortalSettings,
    CaseloadSettings,
    WorkerSettings,
    PostboxSettings,
    OwnerSettings,
)
