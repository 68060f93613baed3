// What moves in the sound: play, pause, seek, speed, silence skipped, a stretch repeated. Nothing is kept in the browser.
const STEP = 5;

export const writeClock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
};

export class Player {
  constructor(box) {
    this.box = box;
    this.sound = document.getElementById("sound");
    this.seconds = Number(box.dataset.seconds);
    this.stretch = null; // what is repeated: {start, end} in seconds
    this.quiet = []; // where nobody speaks: [start, end], in order
    this.listeners = { time: [], play: [], stretch: [] };
    this.connect();
  }

  on(event, listener) { this.listeners[event].push(listener); }
  tell(event, ...values) { this.listeners[event].forEach((listener) => listener(...values)); }

  get now() { return this.sound.currentTime; }
  get playing() { return !this.sound.paused; }

  whenReady(then) {
    // the sound may have been quicker than this script
    if (this.sound.readyState >= 1) then();
    else this.sound.addEventListener("loadedmetadata", then, { once: true });
  }

  play() { this.sound.play().catch(() => {}); } // a browser may want a click first
  toggle() { if (this.playing) this.sound.pause(); else this.play(); }
  seek(seconds) { this.sound.currentTime = Math.min(Math.max(0, seconds), this.seconds); }
  step(direction) { this.seek(this.now + direction * STEP); }
  playFrom(seconds) { this.seek(seconds); this.play(); }

  isOn(name) { return document.getElementById(name).getAttribute("aria-pressed") === "true"; }
  turn(name, on) { document.getElementById(name).setAttribute("aria-pressed", String(on)); }

  changeSpeed(direction) {
    const speed = document.getElementById("speed");
    speed.selectedIndex = Math.min(Math.max(0, speed.selectedIndex + direction), speed.length - 1);
    this.sound.playbackRate = Number(speed.value);
    this.say(speed.selectedOptions[0].textContent.trim());
  }

  repeat(start, end) {
    this.stretch = end - start > 0.2 ? { start: Math.max(0, start), end: Math.min(end, this.seconds) } : null;
    this.turn("loop", this.stretch !== null);
    this.tell("stretch", this.stretch);
  }

  // Repeat the stretch, what is marked in the words, or nothing any more.
  toggleLoop(marked) {
    if (this.isOn("loop")) this.turn("loop", false);
    else if (marked) this.repeat(marked.start, marked.end);
    else if (this.stretch) this.turn("loop", true);
    else this.say(this.box.dataset.nothing);
  }

  say(text) {
    const place = document.getElementById("said-now");
    place.textContent = text;
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => { place.textContent = ""; }, 4000);
  }

  async copyLink() {
    const link = `${window.location.origin}${this.box.dataset.link}#t=${this.now.toFixed(1)}`;
    try {
      await navigator.clipboard.writeText(link);
      this.say(this.box.dataset.copied);
    } catch { // without TLS or a permission the reader copies
      const field = document.getElementById("link");
      document.getElementById("link-box").hidden = false;
      field.value = link;
      field.select();
    }
  }

  connect() {
    const press = (name, act) => document.getElementById(name).addEventListener("click", act);
    press("play", () => this.toggle());
    press("back-5", () => this.step(-1));
    press("forward-5", () => this.step(1));
    press("silence", () => this.turn("silence", !this.isOn("silence")));
    press("copy", () => this.copyLink());
    document.getElementById("speed").addEventListener("change", (event) => {
      this.sound.playbackRate = Number(event.target.value);
    });
    const show = () => {
      this.box.classList.toggle("playing", this.playing);
      document.getElementById("play").setAttribute("aria-label", this.playing ? this.box.dataset.pause : this.box.dataset.play);
    };
    ["play", "pause", "ended"].forEach((event) => this.sound.addEventListener(event, show));
    this.sound.addEventListener("play", () => { this.tell("play"); this.run(); });
    // a page in the background gets no frames, but this
    ["timeupdate", "seeked", "loadedmetadata"].forEach((event) => this.sound.addEventListener(event, () => this.tick()));
  }

  run() {
    this.tick();
    if (this.playing) requestAnimationFrame(() => this.run());
  }

  tick() {
    if (this.playing) this.jump();
    const clock = writeClock(this.now);
    const shown = document.getElementById("now");
    if (shown.textContent !== clock) shown.textContent = clock;
    this.tell("time", this.now);
  }

  jump() {
    const { now } = this;
    if (this.stretch && this.isOn("loop")) {
      if (now >= this.stretch.end || now < this.stretch.start - 0.5) this.seek(this.stretch.start);
      return;
    }
    if (!this.isOn("silence")) return;
    const silent = this.quiet.find(([start, end]) => start <= now && now < end - 0.1);
    if (silent) this.seek(silent[1]);
  }
}
