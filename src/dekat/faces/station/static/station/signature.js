/* The signature pad: the strokes are what is kept, the picture goes with them. */
"use strict";
(() => {
  const canvas = document.getElementById("pad");
  const form = document.getElementById("signature-form");
  const keep = document.getElementById("keep");
  const pad = new SignaturePad(canvas, { minWidth: 1, maxWidth: 3, penColor: "#10243e" });

  const fit = () => {
    const strokes = pad.toData();
    const ratio = Math.max(1, window.devicePixelRatio || 1);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.fromData(strokes);
  };
  const ready = () => { keep.disabled = pad.isEmpty(); };

  pad.addEventListener("endStroke", ready);
  document.getElementById("clear").addEventListener("click", () => { pad.clear(); ready(); });
  new ResizeObserver(fit).observe(canvas);
  form.addEventListener("submit", (event) => {
    if (pad.isEmpty()) return event.preventDefault();
    form.elements.strokes.value = JSON.stringify(pad.toData().map((stroke) => stroke.points));
    form.elements.png.value = canvas.toDataURL("image/png");
    return undefined;
  });
  fit();
  ready();
})();
