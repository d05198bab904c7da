/* The public screen begins anew when nobody touches it: a forgotten slip gives way to the next person. */
"use strict";
(() => {
  const { to, after } = document.getElementById("begin-anew").dataset;
  let timer;
  const wait = () => { clearTimeout(timer); timer = setTimeout(() => location.replace(to), Number(after) * 1000); };
  for (const sign of ["pointerdown", "keydown", "scroll"]) document.addEventListener(sign, wait);
  wait();
})();
