// The words: those that are heard now are lit, a click plays from one, and the page follows the talk.
const SHORTEST = 0.12; // seconds that a word is lit at least
const LONGEST = 30; // seconds: no word or mask is looked for further back

export const followWords = (player) => {
  const turns = document.getElementById("turns");
  const elements = turns ? Array.from(turns.querySelectorAll(".words [data-start]")) : [];
  const words = elements
    .map((element) => ({ element, start: Number(element.dataset.start), end: Number(element.dataset.end) }))
    .map((word) => ({ ...word, end: Math.max(word.end, word.start + SHORTEST) }))
    .sort((one, other) => one.start - other.start); // two people talk over each other
  let lit = [];
  let here = null;

  // How many words have begun by then.
  const begun = (seconds) => {
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle].start <= seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const heardAt = (seconds) => {
    const heard = [];
    for (let at = begun(seconds) - 1; at >= 0 && words[at].start > seconds - LONGEST; at -= 1) {
      if (seconds < words[at].end) heard.push(words[at]);
    }
    return heard;
  };

  const isInSight = (box) => {
    const under = player.box.getBoundingClientRect().bottom;
    return box.top >= under && box.bottom <= window.innerHeight - 40;
  };

  const bring = (element) => {
    if (isInSight(element.getBoundingClientRect())) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  };

  player.on("time", (now) => {
    const heard = heardAt(now);
    lit.filter((word) => !heard.includes(word)).forEach((word) => word.element.classList.remove("lit"));
    const fresh = heard.filter((word) => !lit.includes(word));
    fresh.forEach((word) => word.element.classList.add("lit"));
    lit = heard;
    if (!fresh.length) return;
    const turn = fresh[0].element.closest(".turn");
    if (turn !== here) {
      if (here) here.classList.remove("now");
      turn.classList.add("now");
      here = turn;
    }
    if (player.playing && player.isOn("follow")) bring(fresh[0].element);
  });

  // Who scrolls wants to read elsewhere.
  const stop = () => { if (player.playing) player.turn("follow", false); };
  ["wheel", "touchmove"].forEach((event) => window.addEventListener(event, stop, { passive: true }));
  player.on("play", () => player.turn("follow", true));
  document.getElementById("follow").addEventListener("click", () => {
    player.turn("follow", !player.isOn("follow"));
    if (player.isOn("follow") && lit.length) bring(lit[0].element);
  });

  const getMarked = () => {
    const selection = window.getSelection();
    if (!turns || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const marked = words.filter((word) => range.intersectsNode(word.element));
    if (!marked.length) return null;
    return { start: marked[0].start, end: Math.max(...marked.map((word) => word.end)) };
  };

  const loop = document.getElementById("loop");
  loop.addEventListener("mousedown", (event) => event.preventDefault()); // the marked words stay marked
  loop.addEventListener("click", () => player.toggleLoop(getMarked()));

  document.querySelectorAll("#turns, #places").forEach((place) => place.addEventListener("click", (event) => {
    const from = event.target.closest("[data-start]");
    if (from && window.getSelection().isCollapsed) player.playFrom(Number(from.dataset.start));
  }));

  const starts = turns ? Array.from(turns.querySelectorAll("button.clock"), (each) => Number(each.dataset.start)) : [];
  return {
    words,
    getMarked,
    bringIntoSight: (seconds) => {
      const heard = heardAt(seconds)[0] || words[begun(seconds)];
      if (heard) heard.element.closest(".turn").scrollIntoView({ block: "center" });
    },
    goToTurn: (direction) => {
      const sorted = [...starts].sort((one, other) => one - other);
      const after = sorted.find((start) => start > player.now + 0.05);
      const before = sorted.filter((start) => start < player.now - 1).pop();
      const to = direction > 0 ? after : before ?? 0;
      if (to === undefined) return;
      player.seek(to);
      if (!player.playing) bring((words[begun(to) - 1] || words[0]).element);
    },
  };
};
