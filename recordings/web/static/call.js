// The page of one call: the sound, its shape, its words, and the keys that move in them.
import { listenToKeys } from "./keys.js";
import { listenToMarks } from "./marking.js";
import { listenToNotes } from "./notes.js";
import { Player } from "./player.js";
import { drawWave } from "./wave.js";
import { followWords } from "./words.js";

const box = document.getElementById("player");
const player = new Player(box);
const words = followWords(player);
listenToKeys(player, words);
drawWave(player, words);
listenToMarks(player, words);
listenToNotes(player);

const goToLink = () => {
  const asked = /^#t=(\d+(?:\.\d+)?)$/.exec(window.location.hash);
  if (!asked) return;
  player.seek(Number(asked[1]));
  words.bringIntoSight(Number(asked[1]));
};
window.addEventListener("hashchange", goToLink);
player.whenReady(goToLink);
