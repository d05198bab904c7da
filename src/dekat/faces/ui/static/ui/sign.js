/* The signature pad of a hand-over: only the strokes go along; the server draws them anew. */
"use strict";
(() => {
  const box = document.getElementById("sign");
  const form = document.getElementById("sign-form");
  if (!box || !form) return;
  box.hidden = false;
  const canvas = document.getElementById("sign-pad");
  const pad = new SignaturePad(canvas, { minWidth: 1, maxWidth: 3, penColor: "#10243e" });
  const fit = () => {
    const strokes = pad.toData();
    const ratio = Math.max(1, window.devicePixelRatio || 1);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.fromData(strokes);
  };
  document.getElementById("sign-clear").addEventListener("click", () => pad.clear());
  form.addEventListener("submit", () => {
    const lines = pad.toData().map((stroke) => stroke.points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })));
    form.elements.strokes.value = pad.isEmpty() ? "" : JSON.stringify(lines);
  });
  new ResizeObserver(fit).observe(canvas);
  fit();
})();
