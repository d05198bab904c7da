"""What an entry of the catalogue says."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from django.db.models import TextChoices

from dekat.accounts.roles import Role
from dekat.cases.questions import Question
from dekat.kernel.canonical import Json

# 24 hours by Permendagri 19/2018, counted by us in working time: three days of eight hours.
ONE_ORDER_MINUTES = 24 * 60


class ServiceCode(TextChoices):
    """The services; never renamed, only added."""

    KK_CHANGE = "KK_CHANGE", "Perubahan data Kartu Keluarga"
    KK_REPLACE = "KK_REPLACE", "Kartu Keluarga hilang atau rusak"
    KK_NEW = "KK_NEW", "Kartu Keluarga baru karena membentuk keluarga"
    KK_SPLIT = "KK_SPLIT", "Pisah Kartu Keluarga"
    KK_JOIN = "KK_JOIN", "Menumpang pada Kartu Keluarga"
    KK_HEAD = "KK_HEAD", "Ganti kepala keluarga"
    KTP_REPLACE = "KTP_REPLACE", "KTP-el hilang atau rusak"
    KTP_CHANGE = "KTP_CHANGE", "KTP-el karena data berubah"
    KIA = "KIA", "Kartu Identitas Anak"
    BIRTH = "BIRTH", "Akta kelahiran"
    DEATH = "DEATH", "Akta kematian"
    MARRIAGE = "MARRIAGE", "Pencatatan perkawinan"
    DIVORCE = "DIVORCE", "Pencatatan perceraian"
    MOVE_WITHIN = "MOVE_WITHIN", "Pindah di dalam kabupaten"
    MOVE_OUT = "MOVE_OUT", "Pindah ke luar kabupaten (SKPWNI)"
    MOVE_IN = "MOVE_IN", "Datang dari luar kabupaten"
    BIODATA = "BIODATA", "Biodata penduduk"
    STATEMENT = "STATEMENT", "Surat keterangan kependudukan"


class Group(TextChoices):
    """The shelves on which residents look for a service."""

    FAMILY = "FAMILY", "Kartu Keluarga"
    CARD = "CARD", "KTP-el dan KIA"
    CIVIL = "CIVIL", "Lahir, meninggal, kawin, cerai"
    MOVE = "MOVE", "Pindah dan datang"
    OTHER = "OTHER", "Biodata dan surat keterangan"


@dataclass(frozen=True)
class Start:
    """One way into a service, with its own address: what `known` answers is not asked; `yields` where it is less."""

    slug: str
    title: str
    about: str
    known: Mapping[str, Json]
    yields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Service:
    """One service.

    Facts: `sla_minutes` are working minutes from a complete application to the issued document; `forms` are numbers of
    Permendagri 109/2019; `requirements` names only what the register does not hold already; `yields` says in plain
    words what the resident gets; `about` one or two sentences for whom it is; `is_made_at_office`: it yields a
    card that Dispendukcapil prints; with `is_for_newcomers` the applicant need not be in the register; `starts` where
    there is more than one way in.
    Law: permendagri-19-2018, perpres-96-2018
    """

    code: ServiceCode
    group: Group
    about: str
    yields: tuple[str, ...]
    forms: tuple[str, ...]
    requirements: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    sla_minutes: int = ONE_ORDER_MINUTES
    reviewed_by: Role = Role.VERIFIER
    issued_by: Role = Role.REGISTRY_HEAD
    is_present: bool = False
    is_made_at_office: bool = False
    is_for_newcomers: bool = False
    starts: tuple[Start, ...] = ()

    @property
    def days(self) -> int:
        """The time that it may take, in days of eight working hours."""
        return ceil(self.sla_minutes / (8 * 60))

    @property
    def slug(self) -> str:
        """The service in an address: `kk-new`."""
        return self.code.lower().replace("_", "-")
