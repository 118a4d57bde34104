"""The people of the demonstration: everybody who may log in, each with a password and a second factor."""

import secrets
from typing import Any
from uuid import UUID

from ops.demo import texts
from ops.demo.world import World
from workflows.accounts.entrance import CASELOAD, DESK, PORTAL
from workflows.accounts.models import (
    CounsellorAccount,
    Credential,
    PartnerOrganisation,
    ResearcherAccount,
    StaffAccount,
)
from workflows.accounts.passwords import COST, new_verifier, normalise_login
from workflows.accounts.second_factor import new_secret, place_of
from workflows.core.actors import Counsellor, Researcher, Role, Staff
from workflows.core.sealed import encrypt

WORDS = [
    "amber",
    "anchor",
    "basil",
    "birch",
    "canal",
    "cedar",
    "cliff",
    "clover",
    "copper",
    "coral",
    "dune",
    "ember",
    "falcon",
    "fennel",
    "garnet",
    "harbor",
    "hazel",
    "indigo",
    "ivory",
    "jasmine",
    "juniper",
    "lagoon",
    "lantern",
    "linden",
    "maple",
    "marble",
    "meadow",
    "mint",
    "olive",
    "onyx",
    "orchid",
    "pebble",
    "plum",
    "prairie",
    "quartz",
    "raven",
    "ridge",
    "river",
    "saffron",
    "sage",
    "shale",
    "silver",
    "spruce",
    "summit",
    "thistle",
    "tulip",
    "valley",
    "velvet",
    "walnut",
    "willow",
]


def load_people(world: World, factor_keys: dict[str, bytes]) -> None:
    """Make everybody who may log in. `factor_keys` seal the second factors, one key for each site."""
    for row in texts.read("staff"):
        _staff(world, row, factor_keys[DESK])
    for row in texts.read("partners"):
        _partner(world, row, factor_keys[PORTAL])
    for row in texts.read("counsellors"):
        _counsellor(world, row, factor_keys[CASELOAD])
    world.session.flush()


def _counsellor(world: World, row: dict[str, Any], key: bytes) -> None:
    account = CounsellorAccount(
        name=row["name"],
        email=f"{row['username']}@social.example.org",
        language=row["language"],
        timezone="Europe/Brussels",
        active=True,
        organisation=row["organisation"],
    )
    world.session.add(account)
    world.counsellors.append((Counsellor(account.id, account.name, account.language), list(row["labels"])))
    _login(world, account.id, CASELOAD, row["username"], "counsellor", f"{row['name']}, {row['organisation']}", key)


def _staff(world: World, row: dict[str, Any], key: bytes) -> None:
    roles = frozenset(Role(role) for role in row["roles"])
    account = StaffAccount(
        name=row["name"],
        email=f"{row['username']}@desk.example.org",
        language=row["language"],
        timezone="Europe/Brussels",
        calendar="BE",
        roles=sorted(roles),
        active=True,
    )
    world.session.add(account)
    world.staff[row["username"]] = Staff(account.id, roles, account.name, account.language)
    _login(world, account.id, DESK, row["username"], " and ".join(sorted(roles)), row["name"], key)


def _partner(world: World, row: dict[str, Any], key: bytes) -> None:
    partner = PartnerOrganisation(
        name=row["name"],
        countries=row["countries"],
        languages=row["languages"],
        timezone=row["timezone"],
        calendar=row["calendar"],
        active=True,
    )
    world.session.add(partner)
    world.languages[partner.id] = row["languages"]
    for country in row["countries"]:
        world.partners.setdefault(country, partner.id)
    for place, person in enumerate(row["researchers"]):
        account = ResearcherAccount(
            name=person["name"],
            email=f"{person['username']}@partner.example.net",
            language=person["language"],
            timezone=row["timezone"],
            active=True,
            partner_id=partner.id,
            keeps_accounts=place == 0,
        )
        world.session.add(account)
        world.researchers.setdefault(partner.id, Researcher(account.id, partner.id, account.name, account.language))
        _login(world, account.id, PORTAL, person["username"], "researcher", f"{person['name']}, {row['name']}", key)


def _login(world: World, account_id: UUID, site: str, user: str, role: str, name: str, key: bytes) -> None:
    password, secret = "-".join(secrets.choice(WORDS) for _ in range(4)), new_secret()
    verifier = new_verifier(password, COST)
    world.session.add(
        Credential(
            account_id=account_id,
            site=site,
            login=normalise_login(user),
            salt=verifier.salt,
            parameters=verifier.parameters,
            verifier=verifier.digest,
            factor_sealed=encrypt(key, place_of(account_id), secret),
            factor_counter=0,
            active=True,
        )
    )
    known = {"site": site, "role": role, "user": user, "password": password, "totp_secret": secret, "name": name}
    world.logins.append(known)
