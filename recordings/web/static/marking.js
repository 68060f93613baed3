// Masking what was missed: the marked words, or the stretch that was dragged over the shape.
import { collectStretches } from "./notes.js";
import { writeClock } from "./player.js";

export const listenToMarks = (player, words) => {
  const form = document.getElementById("mark");
  if (!form) return;
  const what = document.getElementById("mark-what");
  let stretch = null;
  const show = (found) => {
    stretch = found;
    collectStretches(found);
    what.textContent = found ? `${writeClock(found.start)}-${writeClock(Math.ceil(found.end))}` : "";
  };
  document.addEventListener("selectionchange", () => {
    const marked = words.getMarked();
    if (marked) show(marked); // a click on the button takes the marks away: what was marked last counts
  });
  player.on("stretch", (found) => { if (found) show(found); });
  form.addEventListener("submit", (event) => {
    if (!stretch) {
      event.preventDefault();
      what.textContent = form.dataset.nothing;
      return;
    }
    const sure = form.dataset.sure.replace("{from}", writeClock(stretch.start)).replace("{to}", writeClock(Math.ceil(stretch.end)));
    if (!window.confirm(sure)) {
      event.preventDefault();
      return;
    }
    form.elements.start.value = stretch.start.toFixed(3);
    form.elements.end.value = stretch.end.toFixed(3);
  });
};
