// Single keys that move in a call. The menu at the top turns them off (WCAG 2.1.4); the help shows them.
const TYPING = "input, select, textarea, [contenteditable], dialog, [popover]";
const STRETCH = 3; // seconds that are repeated while only one end was said

export const listenToKeys = (player, words) => {
  const help = document.getElementById("keys");
  document.getElementById("show-keys").addEventListener("click", () => help.showModal());
  if (player.box.dataset.keys === "off") return;

  const cuts = Array.from(document.querySelectorAll("#places button[data-start]"), (button) => Number(button.dataset.start));
  const open = (name) => document.getElementById(name)?.click();
  const acts = {
    " ": () => player.toggle(),
    k: () => player.toggle(),
    ArrowLeft: () => player.step(-1),
    ArrowRight: () => player.step(1),
    ArrowUp: () => words.goToTurn(-1),
    ArrowDown: () => words.goToTurn(1),
    "-": () => player.changeSpeed(-1),
    "+": () => player.changeSpeed(1),
    s: () => document.getElementById("silence").click(),
    "[": () => player.repeat(player.now, player.stretch?.end > player.now ? player.stretch.end : player.now + STRETCH),
    "]": () => player.repeat(player.stretch?.start < player.now ? player.stretch.start : player.now - STRETCH, player.now),
    l: () => player.toggleLoop(words.getMarked()),
    m: () => {
      const next = cuts.find((start) => start > player.now + 0.05);
      if (next !== undefined) player.seek(next);
    },
    p: () => open("previous-hit"),
    n: () => open("next-hit"),
    c: () => player.copyLink(),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(TYPING)) return;
    // a button or a link that has the focus keeps its own space
    if (event.key === " " && event.target.closest("button, a")) return;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
};
