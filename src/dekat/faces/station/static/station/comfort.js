/* The switches of the wizard turn without a new page, so that no stroke and no camera is lost; and the spoken instruction. */
"use strict";
(() => {
  const menu = document.getElementById("comfort");
  const form = menu.querySelector("form");
  const note = document.getElementById("spoken-note");
  const title = document.getElementById("say");
  const PAUSE_MS = 3500;
  let saidAt = 0;
  let said = "";
  let isWaiting = false;

  const isOn = (name) => document.body.classList.contains(`wizard--${name}`);
  const voice = () => window.speechSynthesis?.getVoices().find((one) => /^id\b/i.test(one.lang));

  const speak = () => {
    const found = isOn("spoken") && voice();
    if (!found || !title || title.textContent === said || isWaiting) return;
    const wait = saidAt + PAUSE_MS - performance.now();
    if (wait > 0) {
      isWaiting = true;
      setTimeout(() => { isWaiting = false; speak(); }, wait);
      return;
    }
    said = title.textContent;
    saidAt = performance.now();
    const words = new SpeechSynthesisUtterance(said);
    words.voice = found;
    words.lang = "id-ID";
    window.speechSynthesis.cancel();
    window.speechSynthesis.speak(words);
  };

  const askVoice = () => {
    if (isOn("spoken") && !voice()) note.textContent = note.dataset.none;
    speak();
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const isNow = document.body.classList.toggle(`wizard--${button.value}`);
    button.setAttribute("aria-pressed", String(isNow));
    const body = new FormData(form);
    body.set("switch", button.value);
    body.set("is_turned", "1");
    fetch(form.action, { method: "POST", body });
    askVoice();
    window.dispatchEvent(new Event("resize"));
  });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("toggle", () => { if (menu.open) form.querySelector("button").focus(); });
  // Before the keyboard path hears it: Esc closes the menu and does not leave the step.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopImmediatePropagation();
    menu.open = false;
    menu.firstElementChild.focus();
  }, true);

  if (title) new MutationObserver(speak).observe(title, { childList: true, characterData: true, subtree: true });
  window.speechSynthesis?.addEventListener?.("voiceschanged", speak);
  setTimeout(askVoice, 300);
})();
