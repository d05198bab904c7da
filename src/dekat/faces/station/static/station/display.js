/* The display's sound, off until somebody presses it, and a word when the officer's computer no longer answers. */
"use strict";
(() => {
  const board = document.getElementById("board"), sound = document.getElementById("sound"), lost = document.getElementById("lost");
  const said = () => { const now = board.querySelector(".board__now"); return now ? now.dataset : {}; };
  let last = said().called, isOn = false, missed = 0;

  function chime() {
    const Audio = window.AudioContext || window.webkitAudioContext;
    if (!Audio) return;
    const context = new Audio();
    [[660, 0], [520, 0.35]].forEach(([pitch, at]) => {
      const tone = context.createOscillator(), loud = context.createGain();
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.25, context.currentTime + at);
      loud.gain.exponentialRampToValueAtTime(0.001, context.currentTime + at + 0.6);
      tone.connect(loud).connect(context.destination);
      tone.start(context.currentTime + at);
      tone.stop(context.currentTime + at + 0.6);
    });
  }

  function say(words) {
    chime();
    if (!window.speechSynthesis || !words) return;
    const speech = new SpeechSynthesisUtterance(words);
    speech.lang = "id-ID";
    speech.rate = 0.85;
    setTimeout(() => window.speechSynthesis.speak(speech), 900);
  }

  sound.addEventListener("click", () => {
    isOn = !isOn;
    sound.setAttribute("aria-pressed", String(isOn));
    sound.textContent = isOn ? sound.dataset.on : sound.dataset.off;
    if (isOn) chime();
  });

  document.body.addEventListener("htmx:afterSwap", () => {
    const now = said();
    if (isOn && now.called && now.called !== last) say(now.say);
    last = now.called;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    missed = event.detail.successful ? 0 : missed + 1;
    lost.hidden = missed < 3;
  });
})();
