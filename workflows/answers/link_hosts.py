"""Hosts and parts of addresses that hide where a link leads, or tell somebody who followed it. Kept as data."""

SHORTENERS = frozenset(
    [
        "bit.ly",
        "buff.ly",
        "cutt.ly",
        "dlvr.it",
        "goo.gl",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "rb.gy",
        "rebrand.ly",
        "shorturl.at",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
        "trib.al",
        "urlz.fr",
        "v.gd",
        "wa.link",
    ]
)
"""What leads elsewhere, nobody can see where."""

TRACKERS = frozenset(
    [
        "l.facebook.com",
        "lm.facebook.com",
        "l.instagram.com",
        "l.messenger.com",
        "doubleclick.net",
        "list-manage.com",
        "mailchi.mp",
        "out.reddit.com",
        "safelinks.protection.outlook.com",
        "urldefense.com",
        "urldefense.proofpoint.com",
    ]
)
"""What counts who comes by; their subdomains too."""

TRACKING = ("utm_", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "yclid")
"""How the names of what follows the question mark begin."""
