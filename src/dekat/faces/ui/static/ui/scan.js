/* Reads QR labels with the camera: by the browser where it can, else by zxing. Types what a person would type. */
"use strict";
(() => {
  const EVERY_MS = 250;
  const LABEL = "DEKAT-ALAT:";
  const built = new URL("../built/", document.currentScript.src);
  const $ = (id) => document.getElementById(id);
  const box = $("scan");
  if (!box || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
  const video = $("scan-video");
  const note = $("scan-note");
  let last = "";
  box.hidden = false;
  $("scan-start").addEventListener("click", start);

  async function start() {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      video.hidden = false;
      await video.play();
    } catch {
      note.textContent = box.dataset.absent;
      return;
    }
    $("scan-start").hidden = true;
    const read = await reader();
    for (;;) {
      const text = await read().catch(() => "");
      if (text && text !== last) take(text);
      await new Promise((next) => setTimeout(next, EVERY_MS));
    }
  }

  async function reader() {
    if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async () => ((await detector.detect(video))[0] || { rawValue: "" }).rawValue;
    }
    const zxing = await loadZxing();
    const still = document.createElement("canvas");
    return async () => {
      still.width = video.videoWidth;
      still.height = video.videoHeight;
      const context = still.getContext("2d", { willReadFrequently: true });
      context.drawImage(video, 0, 0);
      const found = await zxing.readBarcodes(context.getImageData(0, 0, still.width, still.height), { formats: ["QRCode"] });
      return found.length ? found[0].text : "";
    };
  }

  function loadZxing() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("zxing-reader.js", built).href;
      script.onload = () => {
        const locateFile = () => new URL("zxing_reader.wasm", built).href;
        globalThis.ZXingWASM.prepareZXingModule({ overrides: { locateFile } });
        resolve(globalThis.ZXingWASM);
      };
      script.onerror = reject;
      document.head.append(script);
    });
  }

  /* On the page of a hand-over the label fills its own field; in a stock-take it is sent at once. */
  function take(text) {
    last = text;
    const serial = text.startsWith(LABEL) ? text.slice(LABEL.length) : text;
    note.textContent = `${box.dataset.found} ${serial}`;
    const fields = document.querySelectorAll("[data-serial]");
    for (const field of fields) if (field.dataset.serial === serial) field.value = serial;
    const form = $("scan-form");
    if (!form || fields.length) return;
    form.elements.label.value = text;
    form.requestSubmit();
  }
})();
