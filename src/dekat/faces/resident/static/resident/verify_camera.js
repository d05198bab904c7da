// Reads QR codes in the browser: from a photo, or from this device's camera while its picture is shown on the page.
const LOOKS_EVERY_MS = 250, LONGEST_MS = 120_000, READING_WIDTH = 1280;

export async function readCodes(picture) {
  const reader = await zxing();
  const found = await reader.readBarcodes(picture, { formats: ["QRCode"], tryHarder: true });
  return found.map((code) => code.text);
}

// The button appears only where there is a camera to ask for; the picture never leaves the page.
export function watchCamera(place, found) {
  if (!place || !navigator.mediaDevices?.getUserMedia) return;
  const [start, stop, video, said] = ["start", "stop", "video", "said"].map((part) => document.getElementById(`camera-${part}`));
  let stream = null;
  place.hidden = false;

  async function begin() {
    said.textContent = "";
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
    } catch {
      said.textContent = said.dataset.refused;
      return;
    }
    video.srcObject = stream;
    shown(true);
    await video.play();
    const code = await look(Date.now() + LONGEST_MS).catch(() => null);
    const wasStopped = stream === null;
    end();
    if (code) found(code);
    else if (!wasStopped) said.textContent = said.dataset.unread;
  }

  async function look(until) {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    while (stream && Date.now() < until) {
      if (video.videoWidth) {
        canvas.width = Math.min(video.videoWidth, READING_WIDTH);
        canvas.height = Math.round((canvas.width * video.videoHeight) / video.videoWidth);
        pen.drawImage(video, 0, 0, canvas.width, canvas.height);
        const texts = await readCodes(pen.getImageData(0, 0, canvas.width, canvas.height));
        const ours = texts.find((text) => text.includes("#"));
        if (ours) return ours;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOKS_EVERY_MS));
    }
    return null;
  }

  function end() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = video.srcObject = null;
    shown(false);
  }

  function shown(isOn) {
    video.hidden = stop.hidden = !isOn;
    start.hidden = isOn;
  }

  start.addEventListener("click", begin);
  stop.addEventListener("click", end);
  document.addEventListener("visibilitychange", () => document.hidden && stream && end());
}

function zxing() {
  if (globalThis.ZXingWASM) return globalThis.ZXingWASM;
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../built/zxing-reader.js", import.meta.url);
    script.onload = () => {
      const locateFile = () => new URL("../built/zxing_reader.wasm", import.meta.url).href;
      globalThis.ZXingWASM.prepareZXingModule({ overrides: { locateFile } });
      resolve(globalThis.ZXingWASM);
    };
    script.onerror = reject;
    document.head.append(script);
  });
}
