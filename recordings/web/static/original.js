// A call as it was: stretches of a minute, one after the other; marked words become the stretch that is cut.
import { writeClock } from "./player.js";

const LENGTH = 60; // seconds of one answer
const box = document.getElementById("hearing");
const sound = document.getElementById("sound");
const now = document.getElementById("now");
const turns = document.getElementById("turns");
const form = document.getElementById("cut");
const seconds = Number(box.dataset.seconds);
let from = 0;
let until = null; // where to stop, when one stretch alone is played

const load = (start, end) => {
  from = Math.max(0, Math.floor(start * 10) / 10);
  const to = Math.min(end ?? from + LENGTH, from + LENGTH, Math.max(seconds, from + 0.1));
  until = end ?? null;
  sound.src = `${box.dataset.sound}/${Math.round(from * 10)}-${Math.ceil(to * 10)}`;
  sound.play().catch(() => {}); // a browser may want a click first
};

const words = turns ? Array.from(turns.querySelectorAll(".words [data-start]")) : [];
const tell = (at) => {
  now.textContent = `${writeClock(at)} / ${writeClock(seconds)}`;
};
tell(0); // from the start, so that nothing moves under a finger when the sound begins
sound.addEventListener("timeupdate", () => {
  const at = from + sound.currentTime;
  tell(at);
  words.forEach((word) => word.classList.toggle("lit", !sound.paused && Number(word.dataset.start) <= at && at < Number(word.dataset.end)));
});
sound.addEventListener("ended", () => {
  if (until === null && from + LENGTH < seconds) load(from + LENGTH);
});

document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-start]");
  if (!place || !window.getSelection().isCollapsed) return;
  load(Number(place.dataset.start), place.matches("button[data-end]") ? Number(place.dataset.end) : undefined);
});

// Until something is played, the player's own button begins at the start.
sound.src = `${box.dataset.sound}/0-${Math.ceil(Math.min(LENGTH, Math.max(seconds, 0.1)) * 10)}`;

if (form) {
  const hear = document.getElementById("try");
  hear.hidden = false;
  hear.addEventListener("click", () => {
    const [start, end] = ["start", "end"].map((name) => Number(form.elements[name].value));
    if (end > start) load(start, end);
  });
  // A double click marks a word; the first of its clicks has begun the sound, which must not be in the way.
  document.addEventListener("dblclick", (event) => {
    const word = event.target.closest(".words [data-start]");
    if (word) window.getSelection().selectAllChildren(word);
  });
  document.addEventListener("selectionchange", () => {
    const selection = window.getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const marked = words.filter((word) => range.intersectsNode(word));
    if (!marked.length) return;
    form.elements.start.value = marked[0].dataset.start;
    form.elements.end.value = Math.max(...marked.map((word) => Number(word.dataset.end)));
  });
}
