/* What the device sees now, frame by frame, with what the station says about it. One question at a time. */
"use strict";
(() => {
  const EVERY_MS = 150;
  const AGAIN_MS = 3000;
  const REFUSAL_STAYS_MS = 5000;
  const $ = (id) => document.getElementById(id);
  const box = $("live");
  const first = { say: $("say").textContent, more: $("say-more").textContent };
  const isRefused = $("say-box").classList.contains("say--refused");
  const began = performance.now();
  let number = 0;

  const say = (title, more, tone) => {
    if (isRefused && performance.now() - began < REFUSAL_STAYS_MS) return;
    $("say-box").classList.toggle("say--ok", tone === "ok");
    $("say-box").classList.toggle("say--live", tone === "warn");
    if (title !== "") $("say-box").classList.remove("say--refused");
    const words = title ? { say: title, more } : first;
    if ($("say").textContent !== words.say) $("say").textContent = words.say;
    if ($("say-more").textContent !== words.more) $("say-more").textContent = words.more;
  };

  const show = (seen) => {
    number = seen.number;
    $("live-picture").src = seen.picture;
    $("live-picture").hidden = $("live-note").hidden = false;
    $("live-away").hidden = true;
    const count = $("live-count");
    if (seen.count === undefined) return;
    if (count) {
      count.hidden = false;
      count.firstElementChild.textContent = seen.count;
      count.className = `live__count live__count--${seen.tone || "none"}`;
    }
    say(seen.say, seen.more, seen.tone);
  };

  const away = (words) => {
    number = 0;
    $("live-picture").hidden = $("live-note").hidden = true;
    $("live-away").hidden = false;
    if (words) $("live-away").lastElementChild.textContent = words;
  };

  const look = async () => {
    let wait = EVERY_MS;
    try {
      const answer = await fetch(`${box.dataset.url}&sesudah=${number}`);
      const seen = await answer.json();
      if (seen.picture) show(seen);
      else { away(`${seen.say} ${seen.more}`); wait = AGAIN_MS; }
    } catch {
      away();
      wait = AGAIN_MS;
    }
    setTimeout(document.hidden ? whenSeen : look, wait);
  };
  const whenSeen = () => document.addEventListener("visibilitychange", look, { once: true });

  look();
})();
