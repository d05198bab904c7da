/* The exception photo: the whole picture of the camera as it is, taken when the operator presses. */
"use strict";
(() => {
  const LARGEST_WIDTH = 1200;
  const $ = (id) => document.getElementById(id);
  const box = $("exception-camera");
  const video = $("video");
  const form = $("exception-photo-form");

  start();

  async function start() {
    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return absent();
    try {
      const wanted = { width: { ideal: 1280 }, height: { ideal: 960 } };
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      await video.play();
    } catch {
      return absent();
    }
    form.elements.camera.value = video.srcObject.getVideoTracks()[0].label;
    $("snap").disabled = false;
    $("snap").addEventListener("click", take, { once: true });
  }

  function absent() {
    $("camera-note").textContent = box.dataset.absent;
  }

  function take() {
    const scale = Math.min(1, LARGEST_WIDTH / video.videoWidth);
    const still = document.createElement("canvas");
    still.width = Math.round(video.videoWidth * scale);
    still.height = Math.round(video.videoHeight * scale);
    still.getContext("2d").drawImage(video, 0, 0, still.width, still.height);
    still.toBlob(send, "image/jpeg", 0.9);
  }

  function send(blob) {
    const files = new DataTransfer();
    files.items.add(new File([blob], "pengecualian.jpg", { type: "image/jpeg" }));
    $("photo-file").files = files.files;
    for (const track of video.srcObject.getTracks()) track.stop();
    form.requestSubmit();
  }
})();
