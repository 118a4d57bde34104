"""`make code WHO=…`: the current one-time code of a demonstration log-in. `python -m ops.code name`."""

import json
import os
import sys
from pathlib import Path

import pyotp


def main(arguments: list[str]) -> int:
    """Print the code of the one log-in whose user name, or part of it, is given."""
    file = Path(os.environ.get("DATA_DIR", "").strip() or "data") / "demo-logins.json"
    if not file.exists():
        print(f"{file} is not there: only a set-up with demonstration data has it", file=sys.stderr)
        return 1
    logins = [login for login in json.loads(file.read_text()) if "user" in login]
    wanted = " ".join(arguments).strip().lower()
    found = [each for each in logins if each["user"].lower() == wanted]
    found = found or [each for each in logins if wanted and wanted in f"{each['user']} {each['role']}".lower()]
    if len(found) != 1:
        print("WHO must be one of: " + ", ".join(each["user"] for each in found or logins), file=sys.stderr)
        return 1
    print(pyotp.TOTP(found[0]["totp_secret"]).now())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
