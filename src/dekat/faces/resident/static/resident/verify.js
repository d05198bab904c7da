// The checking page: the code behind # is read here; the server learns only the document's id.
import { readCodes, watchCamera } from "./verify_camera.js";
import { FalseStamp, UnknownKey, readEndedList, readStamp } from "./verify_stamp.js";

const place = document.getElementById("verify-result");
const form = document.getElementById("verify-form");
const inOwnZone = new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeZone: "Asia/Jakarta" });

async function check() {
  if (location.hash.length < 2) return;
  if (!globalThis.crypto?.subtle) return sendTyped(location.hash);
  const known = await getJson("/v/kunci.json").catch(() => null);
  if (!known) return show("UNDECIDED");
  try {
    const stamp = await readStamp(location.hash, known.keys);
    await showStanding(stamp, known);
  } catch (error) {
    if (error instanceof UnknownKey && !navigator.onLine) return show("UNDECIDED");
    show("FALSE");
    if (!(error instanceof FalseStamp || error instanceof UnknownKey)) throw error;
  }
}

async function showStanding(stamp, { papers, keys }) {
  const standing = (await getJson(`/v/keadaan/${stamp.documentId}`).catch(() => null)) ?? (await byList(stamp, keys));
  show(standing.verdict, standing.verdict === "FALSE" ? null : stamp, papers, standing);
}

// Without a network the kept list says what had ended by its day; what it names has ended for good.
async function byList(stamp, keys) {
  try {
    const answer = await fetch("/v/daftar");
    if (!answer.ok) return { verdict: "OFFLINE" };
    const list = await readEndedList(new Uint8Array(await answer.arrayBuffer()), keys);
    return { verdict: await list.verdictOf(stamp.documentId), as_of: list.asOf.toISOString() };
  } catch {
    return { verdict: "OFFLINE" };
  }
}

function show(verdict, stamp = null, papers = {}, standing = null) {
  const result = document.getElementById(`result-${verdict}`).content.cloneNode(true);
  if (stamp) fill(result, stamp, papers[stamp.kind], standing);
  place.replaceChildren(result);
  document.getElementById("verify-intro").hidden = true;
  document.getElementById("verify-again").hidden = false;
  place.querySelector("h1").focus();
  window.scrollTo({ top: 0 });
}

function fill(result, stamp, words, standing) {
  const texts = {
    kind: words.label, number_label: words.number, number_tail: stamp.numberTail, initials: stamp.initials,
    count_label: words.count, count: stamp.count, serial: `${stamp.serial.slice(0, 5)}-${stamp.serial.slice(5)}`,
    issued_on: inOwnZone.format(stamp.issuedAt), since: standing?.since ? inOwnZone.format(new Date(standing.since)) : "",
    as_of: standing?.as_of ? inOwnZone.format(new Date(standing.as_of)) : "",
  };
  for (const spot of result.querySelectorAll("[data-fact]")) spot.textContent = texts[spot.dataset.fact];
  result.querySelector("[data-part=paper]").hidden = false;
  for (const part of ["initials", "count", "since", "as_of"]) {
    const row = result.querySelector(`[data-part=${part}]`);
    if (row) row.hidden = !texts[part];
  }
  result.querySelector("[data-part=specimen]").hidden = !standing?.is_specimen;
}

async function getJson(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// Without a secure connection browsers hide their cryptography: then the server checks.
function sendTyped(code) {
  form.elements.typed.value = code;
  form.submit();
}

// A photo is read in the browser when it can be; only what it cannot read is sent.
async function readPhoto(file) {
  return (await readCodes(file)).find((text) => text.includes("#"));
}

form.addEventListener("submit", async (event) => {
  const typed = form.elements.typed.value;
  const [file] = form.elements.file.files;
  if (typed.includes("#")) {
    event.preventDefault();
    openCode(typed);
  } else if (file?.type.startsWith("image/")) {
    event.preventDefault();
    const code = await readPhoto(file).catch(() => null);
    if (code) openCode(code);
    else form.submit();
  }
});

function openCode(code) {
  const hash = code.slice(code.lastIndexOf("#"));
  if (location.hash === hash) check();
  else location.hash = hash;
}

window.addEventListener("hashchange", check);
check();
watchCamera(document.getElementById("verify-camera"), openCode);
for (const scope of ["/V", "/v"]) navigator.serviceWorker?.register("/v/luring.js", { scope }).catch(() => null);
