// Reads the signed stamp out of a QR code: base32, deterministic CBOR, COSE_Sign1 with Ed25519. No dependency but the
// signature check, which the browser has or which comes from noble. Mirrors documents/stamp.py; the tests flip every bit.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const EDDSA = -8, ALG = 1, KID = 4, ISS = 1, IAT = 6, CTI = 7, PAPER = -65537, ENDED = -65538, SHORT = 5;

export class FalseStamp extends Error {}
export class UnknownKey extends Error {}

export async function readStamp(code, keys) {
  return facts(await signedClaims(fromBase32(code.slice(code.lastIndexOf("#") + 1)), keys));
}

// The list of documents that no longer hold: five bytes for each, ascending. Mirrors documents/status_list.py.
export async function readEndedList(bytes, keys) {
  const claims = await signedClaims(bytes, keys);
  const [superseded, revoked] = claims.get(ENDED);
  demand([superseded, revoked].every((part) => part instanceof Uint8Array && part.length % SHORT === 0));
  return {
    asOf: new Date(claims.get(IAT) * 1000),
    async verdictOf(documentId) {
      const id = fromHex(documentId.replaceAll("-", ""));
      const wanted = new Uint8Array(await crypto.subtle.digest("SHA-256", id)).slice(0, SHORT);
      if (holds(revoked, wanted)) return "REVOKED";
      return holds(superseded, wanted) ? "SUPERSEDED" : "LISTED";
    },
  };
}

function holds(names, wanted) {
  let low = 0, high = names.length / SHORT;
  while (low < high) {
    const middle = (low + high) >> 1, found = compare(names, middle * SHORT, wanted);
    if (found === 0) return true;
    if (found < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

function compare(names, at, wanted) {
  for (let i = 0; i < SHORT; i++) if (names[at + i] !== wanted[i]) return names[at + i] - wanted[i];
  return 0;
}

async function signedClaims(raw, keys) {
  const { protectedBytes, payload, signature } = coseParts(raw);
  const header = decode(protectedBytes);
  demand(header instanceof Map && header.size === 2 && header.get(ALG) === EDDSA && header.get(KID) instanceof Uint8Array);
  const key = keys[toHex(header.get(KID))];
  if (!key) throw new UnknownKey();
  demand(await isSigned(signature, toBeSigned(protectedBytes, payload), fromHex(key)));
  return decode(payload);
}

function facts(claims) {
  const [kind, numberTail, initials, count, , serial] = claims.get(PAPER);
  return {
    issuer: claims.get(ISS), issuedAt: new Date(claims.get(IAT) * 1000), documentId: uuid(claims.get(CTI)),
    kind, numberTail, initials, count, serial,
  };
}

// Tag 18, an array of four, the unprotected header exactly the empty map: it is the one part that nobody signs.
function coseParts(raw) {
  demand(raw[0] === 0xd2 && raw[1] === 0x84);
  const reader = new Reader(raw, 2);
  const protectedBytes = reader.value();
  demand(raw[reader.at] === 0xa0);
  reader.at += 1;
  const payload = reader.value(), signature = reader.value();
  demand(reader.at === raw.length && [protectedBytes, payload, signature].every((part) => part instanceof Uint8Array));
  demand(signature.length === 64);
  return { protectedBytes, payload, signature };
}

function decode(bytes) {
  const reader = new Reader(bytes, 0);
  const value = reader.value();
  demand(reader.at === bytes.length);
  return value;
}

class Reader {
  constructor(bytes, at) { this.bytes = bytes; this.at = at; }

  head() {
    demand(this.at < this.bytes.length);
    const first = this.bytes[this.at++], major = first >> 5, info = first & 31;
    if (info < 24) return [major, info];
    const size = { 24: 1, 25: 2, 26: 4 }[info];
    demand(size && this.at + size <= this.bytes.length);
    let number = 0;
    for (let i = 0; i < size; i++) number = number * 256 + this.bytes[this.at++];
    // One value has one encoding: a longer one than needed is refused.
    demand(number >= (size === 1 ? 24 : 256 ** (size / 2)));
    return [major, number];
  }

  value() {
    const [major, number] = this.head();
    if (major === 0) return number;
    if (major === 1) return -1 - number;
    if (major === 2) return this.take(number);
    if (major === 3) return new TextDecoder("utf-8", { fatal: true }).decode(this.take(number));
    if (major === 4) return Array.from({ length: limited(number) }, () => this.value());
    demand(major === 5);
    const map = new Map();
    for (let i = 0; i < limited(number); i++) map.set(this.value(), this.value());
    return map;
  }

  take(length) {
    demand(this.at + length <= this.bytes.length);
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }
}

function limited(count) { demand(count <= 32); return count; }

async function isSigned(signature, message, publicKey) {
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, message);
  } catch (unknownToThisBrowser) {
    const noble = await import("../built/noble-ed25519.js");
    // RFC 8032 strictness, as the server has it.
    return noble.verifyAsync(signature, message, publicKey, { zip215: false });
  }
}

function toBeSigned(protectedBytes, payload) {
  const context = new TextEncoder().encode("Signature1");
  return new Uint8Array([0x84, 0x60 | context.length, ...context, ...byteString(protectedBytes), 0x40, ...byteString(payload)]);
}

function byteString(bytes) {
  const length = bytes.length;
  if (length < 24) return [0x40 | length, ...bytes];
  if (length < 256) return [0x58, length, ...bytes];
  if (length < 65536) return [0x59, length >> 8, length & 255, ...bytes];
  return [0x5a, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255, ...bytes];
}

function fromBase32(text) {
  const letters = text.replace(/\s/g, "").toUpperCase(), bytes = [];
  let held = 0, bits = 0;
  for (const letter of letters) {
    const five = ALPHABET.indexOf(letter);
    demand(five >= 0);
    held = (held << 5) | five;
    bits += 5;
    if (bits >= 8) { bits -= 8; bytes.push((held >> bits) & 255); }
    held &= (1 << bits) - 1;
  }
  demand(held === 0 && bits < 5 && bytes.length <= 600);
  return new Uint8Array(bytes);
}

function demand(isTrue) { if (!isTrue) throw new FalseStamp(); }
function toHex(bytes) { return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""); }
function fromHex(text) { return new Uint8Array(text.match(/../g).map((pair) => parseInt(pair, 16))); }
function uuid(bytes) {
  const hex = toHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
