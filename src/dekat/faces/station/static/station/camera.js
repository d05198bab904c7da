/* Live guidance for the portrait: one instruction at a time, taken by itself when all is right for a moment.
   The station judges small frames; while it does not answer, simple measures in this page stand in. */
import { HEIGHT, WIDTH, measure, verdicts } from "./portrait_checks.js";

const EVERY_MS = 200;
const HOLD_MS = 1500;
const ANSWER_MS = 2000;
const REST_MS = 10000;
const REFUSAL_STAYS_MS = 5000;
const KEPT_HEIGHT = 1200;
const SENT_HEIGHT = 480;
const $ = (id) => document.getElementById(id);
const box = $("camera");
const video = $("video");
const form = $("photo-form");
const began = performance.now();
const canvas = (width, height) => Object.assign(document.createElement("canvas"), { width, height });
const small = canvas(WIDTH, HEIGHT);
const pen = small.getContext("2d", { willReadFrequently: true });
const sent = canvas((SENT_HEIGHT * 3) / 4, SENT_HEIGHT);
let still = canvas(0, 0);
let best = canvas(0, 0);
let bestScore = -1;
let goodSince = 0;
let judgeRestsUntil = 0;
let isTaken = false;

start();
navigator.mediaDevices?.addEventListener?.("devicechange", () => { if (!video.srcObject) start(); });
$("snap").addEventListener("click", () => { freeze(); take(still); });
$("photo-file").addEventListener("change", (event) => { $("photo-name").textContent = event.target.files[0]?.name ?? ""; });

async function start() {
  try {
    const wanted = { width: { ideal: 1600 }, height: { ideal: 1200 } };
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    await video.play();
  } catch {
    return show(false);
  }
  const track = video.srcObject.getVideoTracks()[0];
  track.addEventListener("ended", () => { video.srcObject = null; show(false); });
  form.elements.camera.value = track.label;
  show(true);
  return look();
}

function show(isThere) {
  box.classList.toggle("camera--absent", !isThere);
  $("camera-absent").hidden = isThere;
  $("snap").disabled = !isThere;
  document.querySelector(".device-photo").hidden = !isThere;
  if (!isThere) say(words("absent"));
}

async function look() {
  if (isTaken || !video.srcObject) return;
  const at = performance.now();
  freeze();
  const seen = (await judged()) ?? measuredHere();
  if (isTaken || !video.srcObject) return;
  tell(seen);
  hold(seen);
  setTimeout(look, Math.max(20, EVERY_MS - (performance.now() - at)));
}

/* The moment in full size: what the judge is asked about is what would be kept. Never mirrored. */
function freeze() {
  const part = shown();
  const width = (part.height * 3) / 4;
  const scale = Math.min(1, KEPT_HEIGHT / part.height);
  still.width = Math.round(width * scale);
  still.height = Math.round(part.height * scale);
  const x = part.x + (part.width - width) / 2;
  still.getContext("2d").drawImage(video, x, part.y, width, part.height, 0, 0, still.width, still.height);
}

async function judged() {
  if (performance.now() < judgeRestsUntil) return null;
  sent.getContext("2d").drawImage(still, 0, 0, sent.width, sent.height);
  const body = await new Promise((give) => { sent.toBlob(give, "image/jpeg", 0.85); });
  const headers = { "Content-Type": "image/jpeg", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  try {
    const answer = await fetch(box.dataset.url, { method: "POST", body, headers, signal: AbortSignal.timeout(ANSWER_MS) });
    if (answer.status === 200) return await answer.json();
  } catch { /* as when nobody judges */ }
  judgeRestsUntil = performance.now() + REST_MS;
  return null;
}

function measuredHere() {
  const part = shown();
  pen.drawImage(video, part.x, part.y, part.width, part.height, 0, 0, WIDTH, HEIGHT);
  const measured = measure(pen.getImageData(0, 0, WIDTH, HEIGHT).data, box.dataset.cloth);
  const checks = Object.entries(verdicts(measured)).map(([key, isGood]) => ({ key, is_good: isGood }));
  const wrong = checks.find((check) => !check.is_good);
  const { say: title, more } = words(wrong ? wrong.key : "good");
  return { is_good: !wrong, score: measured.sharp, checks, say: title, more };
}

function tell(seen) {
  let good = 0;
  for (const line of document.querySelectorAll("#checks [data-keys]")) {
    const keys = line.dataset.keys.split(" ");
    const asked = seen.checks.filter((check) => keys.includes(check.key));
    const isRight = asked.every((check) => check.is_good);
    line.classList.toggle("checks__line--ok", isRight && asked.length > 0);
    line.classList.toggle("checks__line--fix", !isRight);
    good += isRight ? 1 : 0;
  }
  document.querySelector(".wizard__panel .badge").textContent = box.dataset.count.replace("{good}", good);
  box.classList.toggle("camera--ok", seen.is_good);
  const wrong = seen.checks.find((check) => !check.is_good);
  const own = words(wrong ? wrong.key : "good");
  say({ say: seen.is_good ? own.say : seen.say || own.say, more: seen.is_good ? own.more : seen.more || own.more, mad: own.mad }, seen.is_good);
}

/* The best frame of those seen while all was right is the one that is kept. */
function hold(seen) {
  const at = performance.now();
  const isWaiting = isRefusalNew();
  if (!seen.is_good || isWaiting) {
    goodSince = 0;
    bestScore = -1;
  } else {
    goodSince ||= at;
    if (seen.score > bestScore) {
      bestScore = seen.score;
      [best, still] = [still, best];
    }
  }
  const share = goodSince ? Math.min(1, (at - goodSince) / HOLD_MS) : 0;
  $("progress").setAttribute("stroke-dasharray", `${share * 100} 100`);
  if (share === 1) take(best);
}

function words(key) {
  const line = [...document.querySelectorAll("#advice [data-keys]")].find((one) => one.dataset.keys.split(" ").includes(key));
  return line ? { ...line.dataset } : {};
}

function isRefusalNew() {
  return $("say-box").classList.contains("say--refused") && performance.now() - began < REFUSAL_STAYS_MS;
}

function say({ say: title = "", more = "", mad = "" }, isGood = false) {
  if (isRefusalNew()) return;
  $("say-box").classList.remove("say--refused");
  $("say-box").classList.toggle("say--ok", isGood);
  for (const [id, text] of [["say", title], ["say-more", more], ["say-mad", mad]]) {
    if ($(id).textContent !== text) $(id).textContent = text;
  }
}

/* The 4:3 middle of the camera's picture: what the page shows. */
function shown() {
  const width = Math.min(video.videoWidth, (video.videoHeight * 4) / 3);
  const height = (width * 3) / 4;
  return { x: (video.videoWidth - width) / 2, y: (video.videoHeight - height) / 2, width, height };
}

function take(picture) {
  if (isTaken) return;
  isTaken = true;
  picture.toBlob((blob) => {
    const files = new DataTransfer();
    files.items.add(new File([blob], "foto.jpg", { type: "image/jpeg" }));
    $("photo-file").files = files.files;
    for (const track of video.srcObject.getTracks()) track.stop();
    form.requestSubmit();
  }, "image/jpeg", 0.92);
}
