"""`dekat verify-log`: every chain held here, from its first event."""

import argparse

from dekat.ledger import queries as ledger


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat verify-log`."""
    parser = sub.add_parser("verify-log", help="check every event held here: order, hash and signature")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Name the first fault of each chain; 1 when there is one."""
    faults = ledger.faults()
    for fault in faults:
        print(f"{fault.node}: event {fault.seq} is {fault.reason}")
    heads = ledger.heads()
    if not faults:
        print(f"{sum(head.last_seq for head in heads)} events in {len(heads)} chains are whole")
    return 1 if faults else 0
