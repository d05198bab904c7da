/* The review by keyboard: J and K walk through the queue; the viewer enlarges and turns a picture of the evidence. */
"use strict";
(() => {
  const links = [...document.querySelectorAll("[data-rows] a")];
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey || !links.length) return;
    if (document.activeElement.matches("input, select, textarea")) return;
    const at = links.indexOf(document.activeElement);
    links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
  });

  const viewer = document.getElementById("viewer");
  if (!viewer) return;
  const picture = document.getElementById("viewer-picture");
  let size = 1;
  let turn = 0;
  // At size 1 the whole picture fits, turned or not; its margins give a turned picture the room that it takes.
  const show = () => {
    const stage = picture.parentElement;
    const [wide, high] = [picture.naturalWidth, picture.naturalHeight];
    const isTurned = turn % 180 !== 0;
    const [across, down] = isTurned ? [high, wide] : [wide, high];
    const scale = size * Math.min(stage.clientWidth / across, stage.clientHeight / down);
    const [width, height] = [wide * scale, high * scale];
    picture.style.width = `${width}px`;
    picture.style.margin = isTurned ? `${(width - height) / 2}px ${(height - width) / 2}px` : "0";
    picture.style.transform = `rotate(${turn}deg)`;
  };
  const press = (id, act) => document.getElementById(id).addEventListener("click", () => { act(); show(); });
  press("viewer-larger", () => { size = Math.min(size * 1.25, 6); });
  press("viewer-smaller", () => { size = Math.max(size / 1.25, 0.5); });
  press("viewer-turn", () => { turn = (turn + 90) % 360; });
  document.getElementById("viewer-close").addEventListener("click", () => viewer.close());
  for (const link of document.querySelectorAll("[data-view]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      [size, turn] = [1, 0];
      picture.src = link.href;
      picture.alt = link.querySelector("img").alt;
      viewer.showModal();
      picture.decode().then(show);
    });
  }
})();
