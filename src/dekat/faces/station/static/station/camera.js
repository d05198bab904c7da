/* Live guidance for the portrait: one instruction at a time, taken by itself when all is right for a moment. */
import { HEIGHT, WIDTH, measure, verdicts } from "./portrait_checks.js";

const EVERY_MS = 120;
const HOLD_FRAMES = 12;
const LARGEST_HEIGHT = 1200;
const $ = (id) => document.getElementById(id);
const box = $("camera");
const video = $("video");
const form = $("photo-form");
const small = document.createElement("canvas");
small.width = WIDTH;
small.height = HEIGHT;
const pen = small.getContext("2d", { willReadFrequently: true });
let goodFrames = 0;
let isTaken = false;

start();

async function start() {
  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return say(box.dataset.absent, box.dataset.absentMore);
  try {
    const wanted = { width: { ideal: 1600 }, height: { ideal: 1200 } };
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    await video.play();
  } catch {
    return say(box.dataset.absent, box.dataset.absentMore);
  }
  form.elements.camera.value = video.srcObject.getVideoTracks()[0].label;
  $("snap").disabled = false;
  $("snap").addEventListener("click", take);
  return look();
}

function look() {
  if (isTaken) return;
  const part = shown();
  pen.drawImage(video, part.x, part.y, part.width, part.height, 0, 0, WIDTH, HEIGHT);
  const measured = measure(pen.getImageData(0, 0, WIDTH, HEIGHT).data, box.dataset.cloth);
  show(verdicts(measured));
  if (goodFrames >= HOLD_FRAMES) take();
  else setTimeout(look, EVERY_MS);
}

function show(right) {
  const lines = [...document.querySelectorAll("[data-check]")];
  for (const line of lines) {
    line.classList.toggle("checks__line--ok", right[line.dataset.check]);
    line.classList.toggle("checks__line--fix", !right[line.dataset.check]);
  }
  const wrong = lines.find((line) => !right[line.dataset.check]);
  const good = lines.filter((line) => right[line.dataset.check]).length;
  document.querySelector(".wizard__panel .badge").textContent = box.dataset.count.replace("{good}", good);
  goodFrames = wrong ? 0 : goodFrames + 1;
  box.classList.toggle("camera--ok", !wrong);
  $("say-box").classList.toggle("say--ok", !wrong);
  $("progress").setAttribute("stroke-dasharray", `${Math.min(100, (goodFrames / HOLD_FRAMES) * 100)} 100`);
  if (wrong) say(wrong.dataset.say, wrong.dataset.more);
  else say(box.dataset.good, box.dataset.goodMore);
}

function say(title, more) {
  if ($("say").textContent !== title) $("say").textContent = title;
  if ($("say-more").textContent !== more) $("say-more").textContent = more;
}

/* The 4:3 middle of the camera's picture: what the page shows. Never mirrored. */
function shown() {
  const width = Math.min(video.videoWidth, (video.videoHeight * 4) / 3);
  const height = (width * 3) / 4;
  return { x: (video.videoWidth - width) / 2, y: (video.videoHeight - height) / 2, width, height };
}

function take() {
  if (isTaken) return;
  isTaken = true;
  const part = shown();
  const width = (part.height * 3) / 4;
  const scale = Math.min(1, LARGEST_HEIGHT / part.height);
  const still = document.createElement("canvas");
  still.width = Math.round(width * scale);
  still.height = Math.round(part.height * scale);
  const x = part.x + (part.width - width) / 2;
  still.getContext("2d").drawImage(video, x, part.y, width, part.height, 0, 0, still.width, still.height);
  still.toBlob(send, "image/jpeg", 0.92);
}

function send(blob) {
  const files = new DataTransfer();
  files.items.add(new File([blob], "foto.jpg", { type: "image/jpeg" }));
  $("photo-file").files = files.files;
  for (const track of video.srcObject.getTracks()) track.stop();
  form.requestSubmit();
}
