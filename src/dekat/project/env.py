"""Every setting of a node, read once from `DEKAT_*`; a wrong value stops the start with a sentence."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

from dekat.adapters.quality.limits import LimitsWrong, read_limits
from dekat.equipment.policy import Policy, PolicyWrong, read_policy
from dekat.project.env_signing import Signing, read_signing
from dekat.project.setting_text import WrongSetting, existing_file, secret, url

ROLES = ("centre", "station")
JUDGES = ("full", "light", "off")


@dataclass(frozen=True)
class Telling:
    """How officers are told. A channel without an address is not there, and then nothing leaves by it.

    Facts: `quiet` are the regency's hours in which nobody is disturbed; `hours` working hours before a deadline.
    """

    smtp_url: str
    smtp_password: str
    mail_from: str
    whatsapp_url: str
    whatsapp_token: str
    whatsapp_template: str
    sms_url: str
    sms_token: str
    sms_body: str
    sms_headers: Mapping[str, str]
    quiet: tuple[time, time]
    hours: int


@dataclass(frozen=True)
class Env:
    """What this process is.

    Facts: `kecamatan` is the station's Kemendagri code; `database_url` empty means SQLite in `data_dir`;
    `quality_file` replaces single thresholds of the judge.
    """

    role: str
    data_dir: Path
    kecamatan: str
    database_url: str
    secret_key: str
    database_key: str
    centre_url: str
    centre_ca: Path | None
    proxy_url: str
    probe_url: str
    line_budget_mb: int
    public_url: str
    port: int
    wire_port: int
    is_sample: bool
    is_debug: bool
    clock_file: str
    sbi_ports: str
    sbi_trust: Path
    judge: str
    quality_file: Path | None
    self_test_days: int
    devices: str
    printer_url: str
    national_url: str
    signing: Signing
    official_name: str
    official_nip: str
    national_key: str
    sample_control_url: str
    appointments_per_slot: Mapping[str, int]
    competence_months: int
    usb_folders: tuple[str, ...]
    extract_lease_days: int
    move_letter_days: int
    telling: Telling
    asset_policy: Policy


def read_env() -> Env:
    """Read and check the environment."""
    role = os.environ.get("DEKAT_ROLE", "centre")
    if role not in ROLES:
        raise WrongSetting(f"DEKAT_ROLE must be one of {', '.join(ROLES)}, not {role!r}.")
    kecamatan = os.environ.get("DEKAT_KECAMATAN", "")
    if role == "station" and not kecamatan:
        raise WrongSetting("A station needs DEKAT_KECAMATAN, for example 35.11.12.")
    port = _port("DEKAT_PORT", 8000)
    data_dir = Path(os.environ.get("DEKAT_DATA_DIR", "var")).resolve()
    return Env(
        role=role,
        data_dir=data_dir,
        kecamatan=kecamatan,
        database_url=os.environ.get("DEKAT_DATABASE_URL", ""),
        secret_key=secret("DEKAT_SECRET_KEY"),
        database_key=secret("DEKAT_DATABASE_KEY"),
        centre_url=os.environ.get("DEKAT_CENTRE_URL", ""),
        centre_ca=existing_file("DEKAT_CENTRE_CA"),
        proxy_url=_proxy("DEKAT_PROXY_URL"),
        probe_url=_urls("DEKAT_PROBE_URL"),
        line_budget_mb=_megabytes("DEKAT_LINE_BUDGET_MB"),
        public_url=os.environ.get("DEKAT_PUBLIC_URL", f"http://127.0.0.1:{port}"),
        port=port,
        wire_port=_port("DEKAT_WIRE_PORT", port + 1),
        is_sample=_switch("DEKAT_SAMPLE"),
        is_debug=_switch("DEKAT_DEBUG"),
        clock_file=os.environ.get("DEKAT_CLOCK_FILE", ""),
        sbi_ports=_ports("DEKAT_SBI_PORTS", "4501-4600"),
        sbi_trust=Path(os.environ.get("DEKAT_SBI_TRUST") or data_dir / "device-ca"),
        judge=_judge(),
        quality_file=_quality_file(),
        self_test_days=_count("DEKAT_SELF_TEST_DAYS", 7),
        devices=os.environ.get("DEKAT_DEVICES", "sbi"),
        printer_url=os.environ.get("DEKAT_PRINTER_URL", ""),
        national_url=os.environ.get("DEKAT_NATIONAL_URL", ""),
        signing=read_signing(),
        official_name=os.environ.get("DEKAT_OFFICIAL_NAME", "Drs. CONTOH PEJABAT, M.Si."),
        official_nip=os.environ.get("DEKAT_OFFICIAL_NIP", "19650101 199003 1 001"),
        national_key=secret("DEKAT_NATIONAL_KEY"),
        sample_control_url=os.environ.get("DEKAT_SAMPLE_CONTROL_URL", ""),
        appointments_per_slot=_capacities("DEKAT_APPOINTMENTS_PER_SLOT", "4"),
        competence_months=_count("DEKAT_COMPETENCE_MONTHS", 24),
        usb_folders=tuple(filter(None, os.environ.get("DEKAT_USB_FOLDERS", "/media/*/*:/run/media/*/*").split(":"))),
        extract_lease_days=_count("DEKAT_EXTRACT_LEASE_DAYS", 7),
        move_letter_days=_count("DEKAT_MOVE_LETTER_DAYS", 30),
        telling=_telling(),
        asset_policy=_asset_policy(),
    )


def refuse_to_serve_without_secret(env: Env) -> None:
    """End the start of a centre whose sessions would not outlive it; a sample may make its key anew each time."""
    if env.role == "centre" and not env.secret_key and not env.is_sample:
        raise WrongSetting(
            "A centre needs DEKAT_SECRET_KEY_FILE: a file with at least 32 random characters, mode 0600. "
            "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


def _telling() -> Telling:
    return Telling(
        smtp_url=url("DEKAT_SMTP_URL", "smtp", "smtps"),
        smtp_password=secret("DEKAT_SMTP_PASSWORD"),
        mail_from=os.environ.get("DEKAT_MAIL_FROM", "Dekat <dekat@localhost.localdomain>"),
        whatsapp_url=url("DEKAT_WHATSAPP_URL", "https", "http"),
        whatsapp_token=secret("DEKAT_WHATSAPP_TOKEN"),
        whatsapp_template=os.environ.get("DEKAT_WHATSAPP_TEMPLATE", ""),
        sms_url=url("DEKAT_SMS_URL", "https", "http"),
        sms_token=secret("DEKAT_SMS_TOKEN"),
        sms_body=json.dumps(_json("DEKAT_SMS_BODY", '{"to": "{to}", "text": "{text}", "id": "{id}"}')),
        sms_headers=_json("DEKAT_SMS_HEADERS", '{"Authorization": "Bearer {token}"}'),
        quiet=_hours("DEKAT_QUIET_HOURS", "20:00-06:00"),
        hours=_count("DEKAT_ALERT_HOURS", 8),
    )


def _json(name: str, default: str) -> dict[str, str]:
    text = os.environ.get(name, default)
    try:
        found = json.loads(text)
    except ValueError as error:
        raise WrongSetting(f"{name} is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise WrongSetting(f"{name} must be a JSON object such as {default}.")
    return found


def _hours(name: str, default: str) -> tuple[time, time]:
    text = os.environ.get(name, default)
    begins, _, ends = text.partition("-")
    try:
        return time.fromisoformat(begins), time.fromisoformat(ends)
    except ValueError as error:
        raise WrongSetting(f"{name} must be two times such as {default}, not {text!r}.") from error


def _proxy(name: str) -> str:
    text = secret(name)
    if text and (not text.startswith("http://") or not urlsplit(text).hostname):
        raise WrongSetting(f"{name} must be the address of a proxy such as http://proksi.kantor.example:3128.")
    return text


def _port(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise WrongSetting(f"{name} must be a port from 1 to 65535, not {text!r}.")
    return int(text)


def _count(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdigit() or not 0 < int(text) < 1000:
        raise WrongSetting(f"{name} must be a number from 1 to 999, not {text!r}.")
    return int(text)


def _urls(name: str) -> str:
    text = os.environ.get(name, "")
    for word in text.split():
        parts = urlsplit(word)
        if parts.scheme not in ("tcp", "http", "https") or not parts.hostname:
            raise WrongSetting(f"{name} must be addresses such as tcp://192.0.2.1:53, not {word!r}.")
    return text


def _megabytes(name: str) -> int:
    text = os.environ.get(name, "0")
    if not text.isdigit() or len(text) > 7:
        raise WrongSetting(f"{name} must be a number of megabytes, 0 for no limit, not {text!r}.")
    return int(text)


def _judge() -> str:
    text = os.environ.get("DEKAT_JUDGE", "full")
    if text not in JUDGES:
        raise WrongSetting(f"DEKAT_JUDGE must be one of {', '.join(JUDGES)}, not {text!r}.")
    return text


def _quality_file() -> Path | None:
    text = os.environ.get("DEKAT_QUALITY_FILE", "")
    if not text:
        return None
    try:
        read_limits(Path(text))
    except LimitsWrong as error:
        raise WrongSetting(f"DEKAT_QUALITY_FILE: {error}.") from error
    return Path(text)


def _asset_policy() -> Policy:
    text = os.environ.get("DEKAT_ASSET_POLICY", "")
    try:
        return read_policy(Path(text) if text else None)
    except PolicyWrong as error:
        raise WrongSetting(f"DEKAT_ASSET_POLICY: {error}.") from error


def _ports(name: str, default: str) -> str:
    text = os.environ.get(name, default)
    first, _, last = text.partition("-")
    if not first.isdigit() or not (last or first).isdigit() or not 0 < int(first) <= int(last or first) < 65536:
        raise WrongSetting(f"{name} must be a port or a range of ports such as 4501-4600, not {text!r}.")
    return text


def _capacities(name: str, default: str) -> dict[str, int]:
    """`4 35.11.15=2`: a number for every kecamatan (kept under the empty code), then those with another one."""
    found: dict[str, int] = {}
    for word in os.environ.get(name, default).split():
        code, _, count = word.rpartition("=")
        if not count.isdigit():
            raise WrongSetting(f"{name} must be a number, then others such as 35.11.15=2, not {word!r}.")
        found[code] = int(count)
    return {"": int(default), **found}


def _switch(name: str) -> bool:
    text = os.environ.get(name, "0")
    if text not in ("0", "1"):
        raise WrongSetting(f"{name} must be 0 or 1, not {text!r}.")
    return text == "1"
