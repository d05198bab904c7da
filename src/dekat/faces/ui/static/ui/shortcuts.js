/* The keyboard path: whatever names its key in data-shortcut is pressed by that key. Without this file all is clickable. */
"use strict";
(() => {
  const keys = { " ": "Spasi", Spacebar: "Spasi", Escape: "Esc", Enter: "Enter" };
  const types = (element) => element.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");
  const presses = (element) => element.matches("button, a, summary, input");

  document.addEventListener("keydown", (event) => {
    const key = keys[event.key] || event.key;
    const at = document.activeElement || document.body;
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (types(at) && !key.startsWith("F") && key !== "Esc") return;
    if (presses(at) && (key === "Enter" || key === "Spasi")) return;
    const named = document.querySelectorAll(`[data-shortcut="${CSS.escape(key)}"]:not([disabled])`);
    const target = [...named].find((one) => one.getClientRects().length > 0);
    if (!target) return;
    event.preventDefault();
    target.click();
  });

  // A second press of the same button while the first is on its way would only wait for nothing.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    for (const button of document.querySelectorAll("button")) {
      setTimeout(() => { button.disabled = true; }, 0);
    }
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  const print = document.getElementById("print");
  if (print) print.addEventListener("click", () => window.print());
})();
