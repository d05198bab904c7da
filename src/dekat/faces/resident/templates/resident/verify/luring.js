{% load static %}// Keeps the checking page and what it needs, so that a scanned code can be read without a network.
const KEPT = "dekat-periksa-2";
const PAGE = "/V";
const PIECES = [PAGE, "/v/kunci.json", "/v/daftar", "{% static 'built/dekat.css' %}", "{% static 'built/plus-jakarta-sans.woff2' %}", "{% static 'built/noble-ed25519.js' %}", "{% static 'resident/verify.css' %}", "{% static 'resident/verify.js' %}", "{% static 'resident/verify_stamp.js' %}", "{% static 'resident/verify_camera.js' %}", "{% static 'ui/mark.svg' %}"];
// The reader of pictures is large: kept once somebody used it.
const KEPT_WHEN_USED = ["{% static 'built/zxing-reader.js' %}", "{% static 'built/zxing_reader.wasm' %}"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(PIECES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const isPage = /^\/[vV]\/?$/.test(url.pathname);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (!isPage && ![...PIECES, ...KEPT_WHEN_USED].includes(url.pathname)) return;
  event.respondWith(freshOrKept(event.request, isPage ? PAGE : url.pathname));
});

async function freshOrKept(request, name) {
  const kept = await caches.open(KEPT);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await kept.put(name, fresh.clone());
    return fresh;
  } catch (noNetwork) {
    const known = await kept.match(name);
    if (known) return known;
    throw noNetwork;
  }
}
