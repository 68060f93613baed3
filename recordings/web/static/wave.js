// The shape of the sound, channel by channel, with its cuts; a drag selects a stretch that is repeated.
import Regions from "./vendor/wavesurfer-regions-8.0.1.esm.js";
import WaveSurfer from "./vendor/wavesurfer-8.0.1.esm.js";
import { writeClock } from "./player.js";

const FIRST_HEIGHT = 44; // of a channel; the content security policy knows wavesurfer's style by its hash at this height
const SILENCE = 4 / 255; // of full scale: a telephone line that nobody speaks on
const SHORTEST_SILENCE = 1.2; // seconds
const KEPT = 0.25; // seconds of a silence that stay at each of its ends

const readPeaks = async (address) => {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no peaks");
  const { per_second: perSecond, channels } = await answer.json();
  const shapes = channels.map((text) => Float32Array.from(atob(text), (letter) => letter.charCodeAt(0) / 255));
  return { perSecond, shapes };
};

// Where no channel has a sound, and no word or cut is: nothing that was said is ever skipped.
const findQuiet = ({ perSecond, shapes }, spoken) => {
  const loud = new Uint8Array(shapes[0].length);
  shapes.forEach((shape) => shape.forEach((value, at) => { if (value > SILENCE) loud[at] = 1; }));
  spoken.forEach(({ start, end }) => loud.fill(1, Math.max(0, Math.floor(start * perSecond)), Math.ceil(end * perSecond)));
  const quiet = [];
  for (let at = 0; at < loud.length; at += 1) {
    if (loud[at]) continue;
    let end = at;
    while (end < loud.length && !loud[end]) end += 1;
    if ((end - at) / perSecond >= SHORTEST_SILENCE) quiet.push([at / perSecond + KEPT, end / perSecond - KEPT]);
    at = end;
  }
  return quiet;
};

const colourOf = (element) => getComputedStyle(element).color;
const pale = (colour) => `color-mix(in srgb, ${colour} 45%, transparent)`;

export const drawWave = async (player, words) => {
  const wave = document.getElementById("wave");
  const cuts = Array.from(document.querySelectorAll("#places button[data-start]"), (button) => ({
    start: Number(button.dataset.start),
    end: Number(button.dataset.end),
    channels: button.dataset.channels.split(" ").filter(Boolean).map(Number),
    name: button.dataset.name,
  }));
  slide(player, wave);

  let peaks;
  try {
    peaks = await readPeaks(player.box.dataset.peaks);
  } catch {
    wave.hidden = true;
    document.querySelector(".wave-names").hidden = true;
    document.getElementById("wave-problem").hidden = false;
    return;
  }
  if (peaks.shapes.length && peaks.shapes[0].length) player.quiet = findQuiet(peaks, [...words.words, ...cuts]);

  const regions = paintWave(wave, { shapes: peaks.shapes, seconds: player.seconds, cuts, media: player.sound });
  selectStretches(player, regions);
};

// Draw a shape of `seconds` with its cuts into an element; `media` moves the cursor. Returns the regions on it.
export const paintWave = (wave, { shapes, seconds, cuts, media }) => {
  const names = Array.from(wave.parentElement.querySelectorAll(".wave-names li"));
  const look = () => ({
    height: wave.clientHeight / shapes.length,
    cursorColor: colourOf(wave),
    splitChannels: shapes.map((_, channel) => {
      const colour = colourOf(names[channel] || wave);
      return { waveColor: pale(colour), progressColor: colour };
    }),
  });
  const regions = Regions.create();
  const surfer = WaveSurfer.create({
    ...look(), height: FIRST_HEIGHT, container: wave, media, peaks: shapes, duration: seconds, plugins: [regions],
    cursorWidth: 2, barWidth: 2, barGap: 1, barRadius: 1, normalize: true, hideScrollbar: true,
  });
  surfer.once("ready", () => {
    surfer.setOptions(look());
    showCuts(regions, cuts, shapes.length);
    if (media && media.currentTime) surfer.setTime(media.currentTime); // a link may have led here before the shape came
    wave.dataset.drawn = "yes";
  });
  const again = () => surfer.setOptions(look());
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  window.matchMedia("(max-width: 40rem)").addEventListener("change", again);
  return regions;
};

const showCuts = (regions, cuts, count) => cuts.forEach(({ start, end, channels, name }) => {
  const places = channels.length >= count ? [-1] : channels;
  places.forEach((channelIdx) => {
    const region = regions.addRegion({ id: "mask", start, end, channelIdx, drag: false, resize: false, color: "transparent" });
    region.element.title = name;
  });
});

const selectStretches = (player, regions) => {
  const look = { id: "loop", drag: false, color: "transparent" };
  let shown = null;
  let ours = false; // a region that the keys or the words asked for, not a drag
  const show = (region) => {
    if (shown) shown.remove();
    shown = region;
  };
  regions.enableDragSelection(look);
  regions.on("region-created", (region) => {
    if (region.id !== look.id || ours) return;
    show(region);
    player.repeat(region.start, region.end);
    player.seek(region.start);
  });
  regions.on("region-updated", (region) => { if (region === shown) player.repeat(region.start, region.end); });
  player.on("stretch", (stretch) => {
    if (shown && stretch && shown.start === stretch.start && shown.end === stretch.end) return;
    ours = true;
    show(stretch ? regions.addRegion({ ...look, ...stretch }) : null);
    ours = false;
  });
};

// A slider for those who cannot see or point.
const slide = (player, wave) => {
  const moves = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -30, PageUp: 30 };
  wave.addEventListener("keydown", (event) => {
    const ends = { Home: 0, End: player.seconds };
    if (event.key in moves) player.seek(player.now + moves[event.key]);
    else if (event.key in ends) player.seek(ends[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation(); // the page's own arrows do something else
  });
  player.on("time", (now) => {
    const whole = String(Math.floor(now));
    if (wave.getAttribute("aria-valuenow") === whole) return;
    wave.setAttribute("aria-valuenow", whole);
    wave.setAttribute("aria-valuetext", writeClock(now));
  });
};
