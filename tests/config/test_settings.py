"""Settings: frozen, one class per process, everything wrong said at once, no secret where it does not belong."""

import pytest
from pydantic import ValidationError

from config.settings import (
    EVERY_PROCESS,
    DeskSettings,
    OwnerSettings,
    PortalSettings,
    PostboxSettings,
    PublicSettings,
    SettingsError,
    WorkerSettings,
)


def test_a_whole_environment_serves_every_process(environment: dict[str, str]) -> None:
    for settings in EVERY_PROCESS:
        assert settings.from_environment(environment).data_dir.is_absolute()


def test_all_that_is_wrong_is_named_at_once_a_line_each() -> None:
    wrong = {"PUBLIC_PORT": "99999", "BASE_URL_DESK": "ftp://desk", "SECRET_PUBLIC": "short", "RATELIMIT_URL": "x"}
    with pytest.raises(SettingsError) as refused:
        PublicSettings.from_environment(wrong)
    named = [line.split()[0] for line in refused.value.lines]
    assert sorted(named) == sorted(
        [
            *wrong,
            "DATABASE_URL_PUBLIC",
            "SECRET_RECEIPT",
            "SECRET_RECEIPT_DESK",
            "SECRET_REQUESTER_TEXT",
            "SEALING_PUBLIC_KEY",
        ]
    )


def test_a_complaint_does_not_repeat_the_value(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as refused:
        DeskSettings.from_environment(environment | {"SECRET_SEALING": "hunter2", "DATABASE_URL_DESK": "pw@nowhere"})
    assert "hunter2" not in str(refused.value)
    assert "pw" not in str(refused.value)


def test_an_empty_variable_counts_as_absent(environment: dict[str, str]) -> None:
    settings = WorkerSettings.from_environment(environment | {"REDIS_URL": "", "SMTP_URL": " "})
    assert settings.redis_url is None
    assert settings.smtp_url is None
    assert settings.broker_url == "filesystem://"


def test_settings_cannot_be_changed(environment: dict[str, str]) -> None:
    settings = PublicSettings.from_environment(environment)
    with pytest.raises(ValidationError):
        settings.public_port = 1


def test_secrets_do_not_show_in_what_is_printed(environment: dict[str, str]) -> None:
    for settings in EVERY_PROCESS:
        shown = repr(settings.from_environment(environment))
        for name, value in environment.items():
            if name.startswith(("SECRET_", "DATABASE_URL")):
                assert value not in shown


def test_the_public_site_and_the_portal_hold_nothing_that_opens_sealed_text() -> None:
    for settings in (PublicSettings, PortalSettings):
        assert "SECRET_SEALING" not in settings.variables()
    assert "SECRET_RECEIPT" not in {*DeskSettings.variables(), *PortalSettings.variables(), *WorkerSettings.variables()}


def test_every_process_but_the_postbox_reads_one_database_log_in_of_its_own() -> None:
    with_database = [each for each in EVERY_PROCESS if each is not PostboxSettings]
    read = [[name for name in each.variables() if name.startswith("DATABASE_URL")] for each in with_database]
    assert [len(names) for names in read] == [1] * len(with_database)
    assert len({names[0] for names in read}) == len(with_database)


def test_the_postbox_reads_no_secret_and_no_database() -> None:
    assert not [name for name in PostboxSettings.variables() if "SECRET" in name or "DATABASE" in name]


def test_addresses_follow_the_ports_unless_they_are_given(environment: dict[str, str]) -> None:
    local = DeskSettings.from_environment(environment | {"DESK_PORT": "9001"})
    assert (local.base_url, local.port, local.https) == ("http://127.0.0.1:9001", 9001, False)
    public = DeskSettings.from_environment(environment | {"BASE_URL_DESK": "https://desk.example.org/"})
    assert (public.base_url, public.https) == ("https://desk.example.org", True)


@pytest.mark.parametrize("spelled", ["postgres://a:b@h/x", "postgresql+psycopg://a:b@h/x", "postgresql://a:b@h/x"])
def test_a_database_address_may_be_spelled_in_three_ways(spelled: str) -> None:
    assert OwnerSettings.from_environment({"DATABASE_URL": spelled}).database_url == "postgresql://a:b@h/x"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_URL", "http://mail"),
        ("SMTP_URL", "smtp://"),
        ("MAIL_FROM", "Terrain <a@b.example>"),
        ("MAIL_FROM", "nobody"),
        ("REDIS_URL", "amqp://queue"),
        ("BASE_URL_PUBLIC", "https://host/path"),
        ("DATABASE_URL_WORKER", "mysql://a@b/c"),
        ("SECRET_REQUESTER_TEXT", "AAAA"),
    ],
)
def test_a_wrong_value_is_refused_by_name(environment: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        WorkerSettings.from_environment(environment | {name: value})
    assert [line.split()[0] for line in refused.value.lines] == [name]
