// Light the words that are being played, and play from a word or a time that is clicked.
"use strict";

const sound = document.getElementById("sound");
const turns = document.getElementById("turns");

if (sound && turns) {
  const words = Array.from(turns.querySelectorAll(".words [data-start]"), (element) => ({
    element,
    start: Number(element.dataset.start),
    end: Number(element.dataset.end),
  }));
  let lit = [];

  const light = () => {
    const now = sound.currentTime;
    // both speakers may talk at once, so several words can be lit
    const next = words.filter((word) => word.start <= now && now < Math.max(word.end, word.start + 0.12));
    lit.filter((word) => !next.includes(word)).forEach((word) => word.element.classList.remove("lit"));
    const fresh = next.filter((word) => !lit.includes(word));
    fresh.forEach((word) => word.element.classList.add("lit"));
    if (fresh.length && !sound.paused) follow(fresh[0].element);
    lit = next;
    if (!sound.paused) requestAnimationFrame(light);
  };

  const follow = (element) => {
    const box = element.getBoundingClientRect();
    if (box.top >= 150 && box.bottom <= window.innerHeight - 60) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  };

  const playFrom = (seconds) => {
    sound.currentTime = seconds;
    sound.play().catch(() => {}); // a browser may want a click on the player first
  };

  sound.addEventListener("play", light);
  sound.addEventListener("seeked", light);
  turns.addEventListener("click", (event) => {
    const from = event.target.closest("[data-start]");
    if (from && !String(window.getSelection())) playFrom(Number(from.dataset.start));
  });

  const asked = /^#t=([\d.]+)$/.exec(window.location.hash);
  if (asked) {
    const open = () => {
      sound.currentTime = Number(asked[1]);
      const word = words.find((each) => each.end > Number(asked[1]));
      if (word) word.element.scrollIntoView({ block: "center" });
    };
    // the sound may have been quicker than this script
    if (sound.readyState >= 1) open();
    else sound.addEventListener("loadedmetadata", open, { once: true });
  }
}
