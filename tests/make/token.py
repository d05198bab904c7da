"""A token that is software: SoftHSM, with keys that are born in it and never leave."""

import os
import subprocess
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_der_public_key
from tools.prerequisites import softhsm

TOKEN, PIN = "dekat", "123456"
OFFICER_PIN = "87654321"


def module() -> str:
    """Where SoftHSM's module lies."""
    found = softhsm()
    if found is None:
        raise AssertionError("SoftHSM is missing: apt-get install softhsm2 opensc, or python3 tools/prerequisites.py")
    return str(found)


def new_token(folder: Path) -> None:
    """Make the one token of this process; the module reads its folder only once."""
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    _tool("--init-token", "--slot", "0", "--label", TOKEN, "--so-pin", OFFICER_PIN)
    _tool("--token-label", TOKEN, "--login", "--login-type", "so", "--so-pin", OFFICER_PIN, "--init-pin", "--pin", PIN)


def new_key(folder: Path, label: str, key_type: str):
    """Have the token make a key; give its public half."""
    public = folder / f"{label}.der"
    _tool("--token-label", TOKEN, "--login", "--pin", PIN, "--keypairgen", "--key-type", key_type, "--label", label)
    _tool("--token-label", TOKEN, "--read-object", "--type", "pubkey", "--label", label, "-o", str(public))
    return load_der_public_key(public.read_bytes())


def _tool(*arguments: str) -> None:
    subprocess.run(["pkcs11-tool", "--module", module(), *arguments], check=True, capture_output=True)
