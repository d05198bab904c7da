/* The one button that only a script can do. */
"use strict";
document.getElementById("print").addEventListener("click", () => window.print());
