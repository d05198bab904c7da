"""What makes the centre the one that issues documents: signer, stamp key, official."""

from pathlib import Path

from django.conf import settings

from dekat.adapters.signer.key_folder import stamp_key
from dekat.adapters.signer.pades import PadesSigner
from dekat.adapters.signer.trial_authority import trial_signer
from dekat.documents.ports import Authority, Official, Signer
from dekat.faces.clock import now

OFFICE = "Kepala Dinas Kependudukan dan Pencatatan Sipil Kabupaten Bondowoso"
ISSUER = "ID-3511"


def authority() -> Authority:
    """The centre's right to issue."""
    return Authority(
        signer=_signer(),
        stamp_key=stamp_key(settings.ENV.data_dir / "authority"),
        issuer=ISSUER,
        address=settings.ENV.public_url,
        official=Official(name=settings.ENV.official_name, nip=settings.ENV.official_nip, title=OFFICE),
        regency=settings.REGENCY.removeprefix("Kabupaten "),
    )


def _signer() -> Signer:
    env = settings.ENV
    if not env.signer_p12:
        return trial_signer(env.data_dir / "authority", now=now())
    return PadesSigner.from_pkcs12(
        Path(env.signer_p12), passphrase=env.signer_passphrase, is_accredited=env.is_signer_accredited
    )
