"""The stand-alone verifier: one altered, removed or inserted past event anywhere is found and named."""

import ast
import json
import subprocess
import sys
import venv
from pathlib import Path

import cryptography
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dekat.kernel.canonical import canonical_json
from dekat.ledger import rules, verifier
from tests.make.log import CENTRE, CERMEE, NEW_CENTRE, SEMPOL, as_text, key, place, sample_log

LOG = sample_log()
LINES, HEADS = LOG.lines(), LOG.heads()
ANY = st.integers(0, len(LINES) - 1)
FAST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
STRANGER = key(9)
VERIFIER = Path(verifier.__file__)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The heads that a witness kept."""
    file = tmp_path_factory.mktemp("witness") / "ujung.json"
    file.write_text(json.dumps(HEADS))
    return file


@pytest.fixture
def checked(tmp_path, kept):
    """Check these lines; give what is wrong."""

    def run(lines, *, is_witnessed=True, **more):
        file = tmp_path / "catatan.jsonl"
        file.write_text(as_text(lines))
        return verifier.check(file, kept_heads=[kept] if is_witnessed else [], **more).faults

    return run


def named(faults):
    """What is said, as (node, number, reason)."""
    return [(fault.node, fault.seq, fault.reason) for fault in faults]


def changed(line, change):
    """A line whose event was changed by hand, nothing else made to fit."""
    event = json.loads(line)
    change(event)
    return canonical_json(event).decode()


def resealed(event, signer=STRANGER):
    """Hash and signature made to fit by somebody without the machine's key."""
    content = {name: value for name, value in event.items() if name not in verifier.SEALS}
    hashed, signature = rules.sign_event(content, bytes.fromhex(event["prev_hash"]), signer)
    event |= {"hash": hashed.hex(), "signature": signature.hex()}


def test_a_whole_log_is_whole(checked):
    assert checked(LINES) == checked(LINES, is_witnessed=False) == []


FIELDS = {
    "id": lambda event: event.update(id="019acb7e-0000-7000-8000-00000000ffff"),
    "name": lambda event: event.update(name=event["name"] + "x"),
    "subject": lambda event: event.update(subject="device:LAIN"),
    "actor": lambda event: event.update(actor="account:lain"),
    "occurred_at": lambda event: event.update(occurred_at="2020-01-01T00:00:00Z"),
    "recorded_at": lambda event: event.update(recorded_at="2020-01-01T00:00:00Z"),
    "data": lambda event: event["data"].update(count=99),
    "one more field": lambda event: event.update(note="x"),
    "version": lambda event: event.update(version=2),
    "no recorded_at": lambda event: event.pop("recorded_at"),
    "no subject": lambda event: event.pop("subject"),
    "prev_hash": lambda event: event.update(prev_hash="ab" * 32),
    "hash": lambda event: event.update(hash="ab" * 32),
}


@FAST
@given(at=ANY, field=st.sampled_from(sorted(FIELDS)))
def test_an_altered_event_is_named(checked, at, field):
    lines = list(LINES)
    lines[at] = changed(lines[at], FIELDS[field])

    [fault, *more] = checked(lines)

    node, seq, _ = place(LINES[at])
    assert (fault.node, fault.seq, fault.reason) == (node, seq, "altered")
    assert more == []


@FAST
@given(at=ANY, junk=st.sampled_from(["x", "²", 7, None, [], {}, ["x"], {"x": "² x"}, {"centre": "9"}]))
def test_whatever_stands_in_an_altered_event_it_is_named_and_told(checked, tmp_path, at, junk):
    lines = list(LINES)
    lines[at] = changed(lines[at], lambda event: event.update(data={**dict.fromkeys(event["data"], junk), "x": junk}))

    node, seq, event_id = place(LINES[at])
    assert (node, seq, "altered", event_id) in {(one.node, one.seq, one.reason, one.event) for one in checked(lines)}
    said = []
    verifier.tell(verifier.check(tmp_path / "catatan.jsonl"), said.append)
    assert said[-1] == "TIDAK UTUH."


@FAST
@given(at=ANY)
def test_an_altered_event_that_was_sealed_again_without_the_key_is_named(checked, at):
    lines = list(LINES)
    lines[at] = changed(lines[at], lambda event: (event.update(subject="device:LAIN"), resealed(event)))

    node, seq, event_id = place(LINES[at])
    assert named(checked(lines)) == [(node, seq, "signature_invalid")]
    assert checked(lines)[0].event == event_id


@FAST
@given(at=ANY)
def test_a_damaged_signature_alone_is_named(checked, at):
    lines = list(LINES)
    lines[at] = changed(lines[at], lambda event: event.update(signature="00" + event["signature"][2:]))

    node, seq, _ = place(LINES[at])
    assert named(checked(lines)) == [(node, seq, "signature_invalid")]


@FAST
@given(at=ANY)
def test_a_removed_event_is_named_also_at_the_end(checked, at):
    node, seq, _ = place(LINES[at])
    is_last = seq == len(LOG.chains[node])

    found = named(checked(LINES[:at] + LINES[at + 1 :]))

    assert found == [(node, seq, "cut_off" if is_last else "missing")]


@FAST
@given(at=ANY, count=st.integers(1, 30))
def test_a_cut_off_end_is_named_from_its_first_missing_number(checked, at, count):
    node, seq, _ = place(LINES[at])
    lines = [line for line in LINES if place(line)[0] != node or place(line)[1] < seq]

    found = [fault for fault in checked(lines) if fault.node == node]

    expected = "cut_off" if seq > 1 else "chain_missing"
    assert [(fault.seq, fault.reason) for fault in found] == [(seq, expected)]
    assert found[0].until == len(LOG.chains[node])


@pytest.mark.parametrize("node", [CERMEE, SEMPOL, CENTRE])
def test_what_the_centre_published_in_its_own_chain_names_a_cut_without_any_witness(checked, node):
    last = len(LOG.chains[node])
    cut = [line for line in LINES if place(line)[:2] != (node, last)]
    gone = [line for line in LINES if place(line)[0] != node]

    assert (node, last, "cut_off") in named(checked(cut, is_witnessed=False))
    assert (node, 1, "chain_missing") in named(checked(gone, is_witnessed=False))


def test_a_name_that_is_written_in_another_way_hides_nothing(checked):
    last = len(LOG.chains[SEMPOL])
    cut = [line for line in LINES if place(line)[:2] != (SEMPOL, last)]
    hidden = [
        line.replace("ledger.heads", "\\u006cedger.heads").replace("accounts.", "\\u0061ccounts.") for line in cut
    ]

    assert hidden != cut
    assert named(checked(hidden, is_witnessed=False)) == [(SEMPOL, last, "cut_off")]


@FAST
@given(at=ANY, source=ANY)
def test_an_inserted_event_is_named(checked, at, source):
    """Anything that was put in before the event `at`: made up, with its number, without the machine's key."""
    node, seq, _ = place(LINES[at])
    made_up = json.loads(LINES[source])
    made_up |= {"node": node, "seq": seq, "prev_hash": json.loads(LINES[at])["prev_hash"], "id": "0" * 36}
    resealed(made_up)

    found = checked([*LINES[:at], canonical_json(made_up).decode(), *LINES[at:]])

    assert [(fault.node, fault.seq, fault.event) for fault in found] == [(node, seq, "0" * 36)]
    assert found[0].reason in ("inserted", "signature_invalid")


@FAST
@given(at=ANY, to=ANY)
def test_an_event_that_stands_twice_is_named(checked, at, to):
    node, seq, event_id = place(LINES[at])
    later = max(at, to) + 1

    found = checked([*LINES[:later], LINES[at], *LINES[later:]])

    assert [(fault.node, fault.seq, fault.reason, fault.event) for fault in found] == [(node, seq, "twice", event_id)]


@FAST
@given(at=ANY)
def test_events_that_move_to_higher_numbers_to_make_room_are_named(checked, at):
    node, seq, _ = place(LINES[at])
    lines = [
        changed(line, lambda event: event.update(seq=event["seq"] + 1))
        if place(line)[0] == node and place(line)[1] >= seq
        else line
        for line in LINES
    ]

    found = checked(lines)

    assert [fault for fault in found if fault.node != node] == []
    assert min(fault.seq for fault in found) in (seq, seq + 1)


@FAST
@given(at=ANY, apart=st.integers(1, 8))
def test_a_swapped_pair_is_named(checked, at, apart):
    node, seq, _ = place(LINES[at])
    other = at + apart
    if other >= len(LINES) or place(LINES[other])[0] != node:
        return
    lines = list(LINES)
    lines[at], lines[other] = lines[other], lines[at]

    found = named(checked(lines))

    assert found[0] == (node, seq, "swapped")
    assert {reason for _, _, reason in found} == {"swapped"}


@FAST
@given(at=ANY)
def test_contents_that_changed_places_are_named(checked, at):
    node, seq, _ = place(LINES[at])
    if at + 1 >= len(LINES) or place(LINES[at + 1])[0] != node:
        return
    lines = list(LINES)
    first, second = json.loads(lines[at]), json.loads(lines[at + 1])
    first["seq"], second["seq"] = second["seq"], first["seq"]
    lines[at], lines[at + 1] = canonical_json(second).decode(), canonical_json(first).decode()

    found = named(checked(lines))

    assert (node, seq, "altered") in found


@pytest.mark.parametrize("node", [CERMEE, SEMPOL, CENTRE, NEW_CENTRE])
def test_a_removed_chain_is_named(checked, node):
    found = named(checked([line for line in LINES if place(line)[0] != node]))

    assert (node, 1, "chain_missing") in found


@FAST
@given(at=ANY)
def test_who_holds_the_key_itself_cannot_rewrite_what_a_witness_knows(checked, tmp_path, at):
    """The office signs its chain anew from `at` on: the head is not the one that was kept; an old copy names `at`."""
    node, seq, _ = place(LINES[at])
    prev, lines = "", list(LINES)
    for number in range(at, len(LINES)):
        event = json.loads(LINES[number])
        if event["node"] != node:
            break
        if number == at:
            event["actor"] = "account:lain"
        else:
            event["prev_hash"] = prev
        resealed(event, LOG.keys[node])
        prev, lines[number] = event["hash"], canonical_json(event).decode()
    old = tmp_path / "lama.jsonl"
    old.write_text(as_text(LINES))

    assert (node, len(LOG.chains[node]), "rewritten") in named(checked(lines))
    assert (node, seq, "rewritten") in named(checked(lines, old=old))


def test_a_chain_signed_anew_with_another_key_is_named_from_its_first_event(checked):
    prev, lines = rules.FIRST_PREV_HASH.hex(), list(LINES)
    for number, line in enumerate(LINES):
        event = json.loads(line)
        if event["node"] == SEMPOL:
            event["prev_hash"] = prev
            if event["name"] == "accounts.node.founded":
                event["data"]["verify_key"] = key(9).verify_key.text
            resealed(event)
            prev, lines[number] = event["hash"], canonical_json(event).decode()

    assert named(checked(lines))[0] == (SEMPOL, 1, "signature_invalid")


def test_heads_of_another_office_are_not_believed(tmp_path, kept):
    file, forged = tmp_path / "catatan.jsonl", tmp_path / "ujung.json"
    file.write_text(as_text(LINES))
    forged.write_text(kept.read_text().replace('"seq": 16', '"seq": 15'))

    assert "heads_invalid" in [fault.reason for fault in verifier.check(file, kept_heads=[forged]).faults]


@pytest.mark.parametrize("line", ["{", "[]", '{"node":1}', '{"a":1,"a":2}', "1e999", '"' + "[" * 9000])
def test_a_line_that_is_no_event_is_named(checked, line):
    assert [(fault.node, fault.reason) for fault in checked([*LINES[:3], line, *LINES[3:]])] == [
        ("baris 4", "unreadable")
    ]


def test_it_needs_only_python_and_cryptography():
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(VERIFIER.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }

    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory):
    """A Python that has nothing but cryptography (and cffi, which cryptography brings)."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=False, symlinks=True)
    [packages] = home.glob("lib/python*/site-packages")
    source = Path(cryptography.__file__).parent.parent
    for name in ("cryptography", "cffi", "pycparser", *(one.name for one in source.glob("_cffi_backend*"))):
        if (source / name).exists():
            (packages / name).symlink_to(source / name)
    return home / "bin" / "python"


def told(python, *arguments):
    """Run the file alone, isolated from this environment."""
    return subprocess.run(
        [str(python), "-I", "-B", str(VERIFIER), *map(str, arguments)], capture_output=True, text=True, timeout=60
    )


def test_it_runs_alone_and_its_exit_code_says_the_outcome(bare_python, tmp_path, kept):
    good, bad, copy = tmp_path / "catatan.jsonl", tmp_path / "diubah.jsonl", tmp_path / "periksa_catatan.py"
    good.write_text(as_text(LINES))
    lines = list(LINES)
    lines[20] = changed(lines[20], FIELDS["data"])
    bad.write_text(as_text(lines))
    copy.write_text(VERIFIER.read_text())

    whole, broken = told(bare_python, good, "--ujung", kept), told(bare_python, bad, "--ujung", kept)

    node, seq, event_id = place(LINES[20])
    assert (whole.returncode, whole.stderr) == (0, "")
    assert whole.stdout.splitlines()[-1] == "UTUH." and f"{len(LINES)} kejadian dalam 4 rantai" in whole.stdout
    assert broken.returncode == 1
    assert f"SALAH  {node} nomor {seq} ({event_id}): isinya DIUBAH" in broken.stdout
    assert told(bare_python, tmp_path / "tidak-ada").returncode == 2
    machine = json.loads(told(bare_python, bad, "--json").stdout)
    assert [fault["seq"] for fault in machine["faults"]] == [seq]
