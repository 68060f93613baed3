// The page that shows the parts: a shape of nothing that was said, and a dialog.
import { paintWave } from "./wave.js";

const shape = (seed) => Float32Array.from({ length: 750 }, (_, at) => {
  const talk = Math.sin(at / 40 + seed) > 0.1 ? 1 : 0.03;
  return talk * (0.25 + 0.7 * Math.abs(Math.sin(at * 1.7 + seed) * Math.cos(at / 7)));
});
const cuts = [{ start: 8, end: 11, channels: [0, 1], name: "" }, { start: 21, end: 22.5, channels: [1], name: "" }];
paintWave(document.getElementById("design-wave"), { shapes: [shape(0), shape(3)], seconds: 30, cuts });

const dialog = document.getElementById("design-dialog");
document.getElementById("open-dialog").addEventListener("click", () => dialog.showModal());
