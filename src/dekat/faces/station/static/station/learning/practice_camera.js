/* Practice: the page's camera is a film of somebody drawn. The wizard's camera code runs unchanged and does not know. */
const FRAMES = 6;
const EVERY_MS = 110;
const band = document.getElementById("practice");
const room = { seat: "aside", lamp: "dark" };
const films = new Map();
let number = 0;

const canvas = document.createElement("canvas");
canvas.width = 640;
canvas.height = 480;
const pen = canvas.getContext("2d");

if (!navigator.mediaDevices) Object.defineProperty(navigator, "mediaDevices", { value: {}, configurable: true });
navigator.mediaDevices.getUserMedia = async () => {
  await film();
  draw();
  return canvas.captureStream(12);
};

for (const act of band.querySelectorAll("[data-act]")) {
  act.addEventListener("click", async () => {
    act.disabled = true;
    if (act.dataset.act === "seat") room.seat = "middle";
    else room.lamp = "light";
    await film();
  });
}

/* The pictures of the room as it is now, fetched once. */
function film() {
  const scene = `${room.seat}-${room.lamp}`;
  if (!films.has(scene)) {
    const wanted = Array.from({ length: FRAMES }, (_, place) => load(band.dataset.film.replace("SCENE/0", `${scene}/${place}`)));
    films.set(scene, Promise.all(wanted).then((pictures) => (films.get(scene).ready = pictures)));
  }
  return films.get(scene);
}

function load(address) {
  return new Promise((done, failed) => {
    const picture = new Image();
    picture.onload = () => done(picture);
    picture.onerror = failed;
    picture.src = address;
  });
}

function draw() {
  const ready = films.get(`${room.seat}-${room.lamp}`)?.ready;
  if (ready) pen.drawImage(ready[(number += 1) % FRAMES], 0, 0, canvas.width, canvas.height);
  setTimeout(draw, EVERY_MS);
}
