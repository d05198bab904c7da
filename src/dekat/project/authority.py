"""What makes the centre the one that issues documents: signer, stamp key, official."""

from django.conf import settings

from dekat.adapters.signer.key_folder import stamp_key
from dekat.documents.ports import Authority, Official
from dekat.faces.clock import now
from dekat.project.signing import signer_of

OFFICE = "Kepala Dinas Kependudukan dan Pencatatan Sipil Kabupaten Bondowoso"
ISSUER = "ID-3511"


def authority() -> Authority:
    """The centre's right to issue.

    Refuses: documents.signer.certificate_unreadable.
    """
    folder = settings.ENV.data_dir / "authority"
    return Authority(
        signer=signer_of(settings.ENV.signing, folder=folder, now=now()),
        stamp_key=stamp_key(folder),
        issuer=ISSUER,
        address=settings.ENV.public_url,
        official=Official(name=settings.ENV.official_name, nip=settings.ENV.official_nip, title=OFFICE),
        regency=settings.REGENCY.removeprefix("Kabupaten "),
    )
