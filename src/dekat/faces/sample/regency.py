"""What the sample regency consists of: nodes, ports, officers. Everything else is seeded from here."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from dekat.accounts.roles import Role
from dekat.adapters.sample_line.line import Quality
from dekat.equipment.sample import officer

PASSWORD = "contoh-dekat-2026"  # noqa: S105 - the sample regency's password is public on purpose
SEED = 3511


@dataclass(frozen=True)
class Station:
    """One station of the sample and its line."""

    key: str
    kecamatan: str
    name: str
    offset: int
    quality: Quality


@dataclass(frozen=True)
class Officer:
    """A sample log-in. `where` is `centre` or a station's key."""

    username: str
    full_name: str
    role: Role
    kecamatan: str
    where: str
    voice: str

    @property
    def account_id(self) -> UUID:
        """The account that the sample's history already speaks for."""
        return officer(self.voice)


STATIONS = (
    Station("wringin", "35.11.12", "Wringin", 10, Quality()),
    Station("cermee", "35.11.15", "Cermee", 20, Quality(bytes_per_s=64_000, up_s=45, down_s=6)),
    Station("ijen", "35.11.19", "Ijen (Sempol)", 30, Quality()),
)

OFFICERS = (
    Officer("operator.wringin", "Rina Hidayati", Role.OPERATOR, "35.11.12", "wringin", "OPERATOR/35.11.12"),
    Officer("camat.wringin", "Bambang Sutrisno", Role.DISTRICT_HEAD, "35.11.12", "wringin", "KECAMATAN:35.11.12"),
    Officer("operator.cermee", "Ach. Fauzi Rahman", Role.OPERATOR, "35.11.15", "cermee", "OPERATOR/35.11.15"),
    Officer("camat.cermee", "Sri Wahyuni", Role.DISTRICT_HEAD, "35.11.15", "cermee", "KECAMATAN:35.11.15"),
    Officer("operator.ijen", "Dewi Lestari", Role.OPERATOR, "35.11.19", "ijen", "OPERATOR/35.11.19"),
    Officer("camat.ijen", "Hendra Gunawan", Role.DISTRICT_HEAD, "35.11.19", "ijen", "KECAMATAN:35.11.19"),
    Officer("verifikator", "Nur Azizah", Role.VERIFIER, "", "centre", "VERIFIER"),
    Officer("kadis", "Slamet Riyadi", Role.REGISTRY_HEAD, "", "centre", "DISPENDUKCAPIL"),
    Officer("sekda", "Endang Kusumawati", Role.REGIONAL_SECRETARY, "", "centre", "SEKDA"),
    Officer("inspektorat", "Agus Prasetyo", Role.INSPECTORATE, "", "centre", "INSPEKTORAT"),
    Officer("dprd", "Siti Maimunah", Role.PARLIAMENT, "", "centre", "DPRD"),
)


@dataclass(frozen=True)
class Layout:
    """Where the sample lives: one folder, one block of ports.

    Facts: `base` is the centre's pages; the wire is `base + 1`; a station's pages are `base + offset`, its line
    `+ 1`, its printer `+ 5`; SBI devices have three ports each from `sbi_base`. `centre_database` is the address of the
    centre's PostgreSQL; empty means SQLite, which stations always have.
    """

    folder: Path
    base: int = 8000
    sbi_base: int = 4501
    centre_database: str = ""

    @property
    def wire_port(self) -> int:
        return self.base + 1

    @property
    def national_port(self) -> int:
        return self.base + 50

    @property
    def control_port(self) -> int:
        return self.base + 90

    @property
    def device_control_port(self) -> int:
        return self.base + 91

    @property
    def message_ports(self) -> tuple[int, int]:
        """Of the simulated gateway and the simulated mail server."""
        return self.base + 60, self.base + 61

    @property
    def clock_file(self) -> Path:
        return self.folder / "clock"

    def pages(self, station: Station) -> int:
        return self.base + station.offset

    def line_port(self, station: Station) -> int:
        return self.base + station.offset + 1

    def printer_port(self, station: Station) -> int:
        return self.base + station.offset + 5

    def sbi_ports(self, station: Station) -> tuple[int, int, int]:
        first = self.sbi_base + STATIONS.index(station) * 10
        return (first, first + 1, first + 2)

    def home(self, key: str) -> Path:
        return self.folder / key

    def url(self, port: int) -> str:
        return f"http://127.0.0.1:{port}"

    def environment(self, key: str) -> dict[str, str]:
        """The settings of one node's process."""
        common = {
            "DEKAT_SAMPLE": "1",
            "DEKAT_CLOCK_FILE": str(self.clock_file),
            "DEKAT_DATA_DIR": str(self.home(key)),
            "DEKAT_SECRET_KEY_FILE": str(self.home(key) / "secret.key"),
        }
        if key == "centre":
            return common | {
                "DEKAT_ROLE": "centre",
                "DEKAT_DATABASE_URL": self.centre_database,
                "DEKAT_PORT": str(self.base),
                "DEKAT_WIRE_PORT": str(self.wire_port),
                "DEKAT_PUBLIC_URL": self.url(self.base),
                "DEKAT_NATIONAL_URL": self.url(self.national_port),
                "DEKAT_NATIONAL_KEY_FILE": str(self.home("national") / "national.pub"),
                "DEKAT_SAMPLE_CONTROL_URL": self.url(self.control_port),
                "DEKAT_SMTP_URL": f"smtp://127.0.0.1:{self.message_ports[1]}",
                "DEKAT_WHATSAPP_URL": f"{self.url(self.message_ports[0])}/messages",
                "DEKAT_SMS_URL": f"{self.url(self.message_ports[0])}/sms",
                # The tour may be taken at night.
                "DEKAT_QUIET_HOURS": "00:00-00:00",
            }
        station = by_key(key)
        first, _, last = self.sbi_ports(station)
        return common | {
            "DEKAT_ROLE": "station",
            "DEKAT_DATABASE_URL": "",
            "DEKAT_KECAMATAN": station.kecamatan,
            "DEKAT_PORT": str(self.pages(station)),
            "DEKAT_CENTRE_URL": self.url(self.line_port(station)),
            "DEKAT_PUBLIC_URL": self.url(self.base),
            "DEKAT_DATABASE_KEY_FILE": str(self.home(key) / "database.key"),
            "DEKAT_SBI_PORTS": f"{first}-{last}",
            "DEKAT_SBI_TRUST": str(self.home("devices") / "trust"),
            "DEKAT_PRINTER_URL": f"ipp://127.0.0.1:{self.printer_port(station)}/ipp/print",
        }


def by_key(key: str) -> Station:
    """The station of this key."""
    return next(station for station in STATIONS if station.key == key)
