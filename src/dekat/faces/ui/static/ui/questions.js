/* Questions that depend on an earlier answer show only when they are put. Without this file all of them are there. */
"use strict";
(() => {
  const answerOf = (form, key) => {
    const control = form.elements.namedItem(key);
    if (!control) return "";
    if (control.type === "checkbox") return String(control.checked);
    return String(control.value).toLowerCase();
  };
  const fits = (answer, wanted) =>
    wanted.includes(answer) || (wanted.includes("one-word") && /^\S+$/.test(answer.trim()));
  const settle = (form) => {
    for (const control of form.querySelectorAll("[data-only-if]")) {
      const wanted = control.dataset.onlyIfIs.toLowerCase().split(" ");
      const group = control.closest(".govuk-form-group") || control;
      const asked = form.elements.namedItem(control.dataset.onlyIf);
      const isPut = fits(answerOf(form, control.dataset.onlyIf), wanted) && !(asked && asked.closest && asked.closest("[hidden]"));
      group.hidden = !isPut;
    }
  };
  for (const form of document.querySelectorAll("form")) {
    if (!form.querySelector("[data-only-if]")) continue;
    form.addEventListener("change", () => settle(form));
    settle(form);
  }
})();
