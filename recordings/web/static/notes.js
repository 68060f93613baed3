// Notes are written at the moment that is playing; a stretch that was marked goes into a collection as one.
import { writeClock } from "./player.js";

export const listenToNotes = (player) => {
  const form = document.getElementById("new-note");
  if (!form) return;
  const at = document.getElementById("at-moment");
  const clock = document.getElementById("note-clock");
  at.closest("label").hidden = false; // without a script a note is about the whole call
  player.on("time", (now) => { clock.textContent = writeClock(now); });
  form.addEventListener("submit", () => {
    form.elements.at.disabled = !at.checked;
    form.elements.at.value = player.now.toFixed(1);
  });
  const list = document.getElementById("note-list");
  if (!list) return;
  list.addEventListener("click", (event) => {
    const from = event.target.closest("[data-start]");
    if (from) player.playFrom(Number(from.dataset.start));
  });
};

export const collectStretches = (stretch) => {
  const form = document.getElementById("collect");
  if (!form) return;
  document.getElementById("collect-what").textContent = stretch
    ? `${writeClock(stretch.start)}-${writeClock(Math.ceil(stretch.end))}` : "";
  ["start", "end"].forEach((name) => {
    form.elements[name].disabled = !stretch;
    form.elements[name].value = stretch ? stretch[name].toFixed(3) : "";
  });
};
