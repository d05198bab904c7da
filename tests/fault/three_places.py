"""Station, centre and national centre: three processes in three network namespaces, joined by two links."""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.rig.link import bad_link
from bench.rig.places import ip, places
from bench.rig.quality import Quality

ROOT = Path(__file__).resolve().parents[2]
GOOD = Quality(send_kbit_s=4000, receive_kbit_s=4000, delay_ms=15)
STATION_IP, CENTRE_IP, CENTRE_OUT_IP, NATIONAL_IP = "10.35.1.2", "10.35.1.1", "10.35.2.2", "10.35.2.1"
WIRE_PORT, NATIONAL_PORT = 23001, 23050


class Node:
    """A whole node in a place of its own."""

    def __init__(self, place, folder, **settings):
        folder.mkdir()
        self.folder = folder
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("DEKAT_")},
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "dekat.project.settings",
            "DEKAT_DATA_DIR": str(folder),
            "DEKAT_SECRET_KEY": "test",
            "DEKAT_SAMPLE": "1",
            "DEKAT_JUDGE": "off",
            **{f"DEKAT_{name}": value for name, value in settings.items()},
        }
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": (folder / "log").open("w")}
        command = [sys.executable, "-m", "tests.fault.nodes.whole"]
        self._process = place.start(*command, cwd=ROOT, env=environment, text=True, **pipes)

    def begin(self, order, *arguments):
        """Give an order without waiting for its answer."""
        self._process.stdin.write(json.dumps([order, arguments]) + "\n")
        self._process.stdin.flush()

    def end(self):
        """The answer to the oldest order that has none."""
        line = self._process.stdout.readline()
        assert line, (self.folder / "log").read_text()[-3000:]
        said = json.loads(line)
        assert "answer" in said, (self.folder / "log").read_text()[-3000:]
        return said["answer"]

    def tell(self, order, *arguments):
        """Give an order; give its answer."""
        self.begin(order, *arguments)
        return self.end()

    def until(self, is_right, order, *arguments, patience_s=30):
        """Ask until the answer is right; give it."""
        deadline = time.monotonic() + patience_s
        while not is_right(found := self.tell(order, *arguments)):
            assert time.monotonic() < deadline, found
            time.sleep(0.1)
        return found

    def close(self):
        """End the process."""
        self._process.stdin.close()
        self._process.terminate()
        self._process.wait()


@contextlib.contextmanager
def three_places(folder):
    """The three nodes, founded and known to each other, their cables in; gives an object with all of them."""
    clock = folder / "clock"
    clock.write_text("0")
    with contextlib.ExitStack() as stack:
        far, middle, near = stack.enter_context(places(3))
        stack.enter_context(bad_link(middle, far, GOOD, near_ip=CENTRE_OUT_IP, far_ip=NATIONAL_IP))
        cable = stack.enter_context(bad_link(near, middle, GOOD, near_ip=STATION_IP, far_ip=CENTRE_IP))
        home = folder / "national"
        simulator = ["-m", "dekat.adapters.national.simulator", "--folder", str(home), "--pace", "0.5"]
        pusat = far.start(
            *(sys.executable, *simulator, "--host", NATIONAL_IP, "--port", str(NATIONAL_PORT)),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )
        stack.callback(pusat.wait)
        stack.callback(pusat.terminate)
        while not (home / "national.pub").exists():
            assert pusat.poll() is None
            time.sleep(0.05)
        centre = Node(
            middle,
            folder / "centre",
            ROLE="centre",
            CLOCK_FILE=str(clock),
            WIRE_PORT=str(WIRE_PORT),
            NATIONAL_URL=f"http://{NATIONAL_IP}:{NATIONAL_PORT}",
            NATIONAL_KEY_FILE=str(home / "national.pub"),
        )
        stack.callback(centre.close)
        station = Node(
            near,
            folder / "station",
            ROLE="station",
            KECAMATAN="35.11.15",
            CLOCK_FILE=str(clock),
            DATABASE_KEY="ab" * 32,
            CENTRE_URL=f"http://{CENTRE_IP}:{WIRE_PORT}",
            USB_FOLDERS="",
        )
        stack.callback(station.close)
        centre.begin("found", "CENTRE")
        station.begin("found", "STATION")
        of_centre, of_station = centre.end(), station.end()
        centre.begin("enrol", of_station)
        station.begin("enrol", of_centre)
        centre.end()
        station.end()
        yield Three(station, centre, home, cable, middle, clock)


class Three:
    """Everything a test may touch."""

    def __init__(self, station, centre, national, cable, middle, clock):
        self.station, self.centre, self.national = station, centre, national
        self.cable, self._middle, self._clock = cable, middle, clock

    def pass_time(self, **span):
        """Move all clocks on."""
        shift_s = span["days"] * 86_400 + span.get("hours", 0) * 3600 + span.get("minutes", 0) * 60
        self._clock.write_text(str(shift_s))

    @contextlib.contextmanager
    def one_way(self):
        """The station is heard at the centre, but no answer comes back."""
        route = ("-n", self._middle.name, "route", "replace")
        [found] = json.loads(self._middle.ran("ip", "-j", "route", "show", STATION_IP))
        ip(*route, "blackhole", STATION_IP)
        yield
        ip(*route, STATION_IP, "dev", found["dev"], "src", CENTRE_IP)
