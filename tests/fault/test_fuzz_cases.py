"""What the fuzzer found stays mended, and it begins where our own code writes: `make fuzz`, without the fuzzer."""

from pathlib import Path

import pytest
from fuzz.seeds import SEEDS
from fuzz.targets import TARGETS
from fuzz.world import made

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")]
CASES = Path(__file__).parent / "cases"
# Nothing of ours is accepted there: a stranger's signature, an incomplete recording, a device we do not know.
REFUSED_SEEDS = {"recording", "sbi_capture"}


@pytest.fixture
def world(tmp_path):
    return made(tmp_path)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_no_case_and_no_seed_harms_its_parser(name, world):
    """Each is read or refused with a code, within a second and 256 MB."""
    target = TARGETS[name]

    refused = [target.is_refused(world, seed) for seed in SEEDS[name](world)]
    for case in sorted((CASES / name).glob("*.bin")):
        target.is_refused(world, case.read_bytes())

    assert not all(refused) or name in REFUSED_SEEDS


def test_every_folder_of_cases_has_its_target():
    assert {folder.name for folder in CASES.iterdir()} <= set(TARGETS)
