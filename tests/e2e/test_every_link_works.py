"""Nobody meets a dead link: every address that a role sees on its pages answers."""

import re
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar

import pytest

from dekat.accounts.roles import Role
from dekat.faces.sample.regency import OFFICERS, PASSWORD
from dekat.faces.ui.navigation import MENUS

pytestmark = pytest.mark.processes
NUMBERED = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{64}\b|\d[\d.\-K]*|PTK-[A-Z-]+")
ROLES = [
    (None, "centre"),
    ("operator.wringin", "wringin"),
    ("operator.cermee", "cermee"),
    ("camat.ijen", "ijen"),
    ("verifikator", "centre"),
    ("kadis", "centre"),
    ("sekda", "centre"),
    ("inspektorat", "centre"),
    ("dprd", "centre"),
]


class Links(HTMLParser):
    """The addresses that a page links to, and its CSRF token."""

    def __init__(self):
        super().__init__()
        self.found, self.token = [], ""

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "a" and values.get("href"):
            self.found.append(values["href"])
        if values.get("name") == "csrfmiddlewaretoken":
            self.token = values["value"]


class Visitor:
    """Somebody who opens every link, two of each kind."""

    def __init__(self, home):
        self.home = home
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def read(self, address, form=None):
        """The status, the address in the end, and what the page links to."""
        body = urllib.parse.urlencode(form).encode() if form else None
        try:
            answer = self._open(urllib.request.Request(address, body, {"Referer": address}), timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        page = Links()
        with answer:
            if answer.headers.get_content_type() == "text/html":
                page.feed(answer.read().decode())
        return answer.status, answer.url, page

    def log_in(self, username):
        """Come in by the log-in page; the address where this role begins."""
        _, address, page = self.read(f"{self.home}/masuk/")
        form = {"csrfmiddlewaretoken": page.token, "username": username, "password": PASSWORD, "lanjut": ""}
        _, address, _ = self.read(address, form)
        assert "/masuk/" not in address
        return address

    def walk(self, start):
        """Every address that answered something else than 200, with the page that links to it; all that were read."""
        waiting, kinds, seen, wrong = [(start, ""), (f"{self.home}/", "")], {}, set(), []
        while waiting:
            address, linked_from = waiting.pop(0)
            kind = _kind(address)
            if address in seen or kinds.get(kind, 0) >= 2:
                continue
            seen.add(address)
            kinds[kind] = kinds.get(kind, 0) + 1
            status, address, page = self.read(address)
            if status != 200:
                wrong.append(f"{status} {address} on {linked_from}")
            links = (urllib.parse.urldefrag(urllib.parse.urljoin(address, href)).url for href in page.found)
            waiting += [(link, address) for link in links if link.startswith(f"{self.home}/")]
        return wrong, seen


def _kind(address):
    """The same for all addresses of one page: its numbers do not count, nor what a filter says."""
    path, _, query = address.removeprefix("http://127.0.0.1").partition("?")
    names = sorted(urllib.parse.parse_qs(query, keep_blank_values=True))
    # Every table comes in the same formats by the same way, and strangers may not take hundreds an hour.
    path = re.sub(r"/unduh/[^.]+", "/unduh/*", path.partition("/")[2])
    path = re.sub(r"^formulir/[^/]+/", "formulir/*/", path)
    return NUMBERED.sub("*", path), *names


def menu_of(username):
    """The places that the menu offers to this officer."""
    officer = next(one for one in OFFICERS if one.username == username)
    face = "oversight"
    if officer.role in (Role.OPERATOR, Role.DISTRICT_HEAD):
        face = "station"
    elif officer.role in (Role.VERIFIER, Role.REGISTRY_HEAD):
        face = "office"
    return {item.href for item in MENUS[face] if officer.role not in item.hidden_from}


@pytest.mark.parametrize(("username", "where"), ROLES)
def test_every_link_of_every_role_answers(regency, username, where):
    visitor = Visitor(regency.url(where, ""))
    start = visitor.log_in(username) if username else f"{visitor.home}/contoh/"

    wrong, read = visitor.walk(start)

    expected = menu_of(username) if username else {"/", "/contoh/", "/pengawasan/", "/v"}
    assert wrong == [], "\n".join(wrong)
    assert {f"{visitor.home}{path}" for path in expected} - read == set()
