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
  const show = () => { picture.style.transform = `rotate(${turn}deg) scale(${size})`; };
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
      show();
      viewer.showModal();
    });
  }
})();
