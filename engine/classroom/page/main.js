/* The page: sliders to a lesson, a lesson to the engine, pictures and courses from the engine to the screen. */

const page = {
  lesson: Object.fromEntries(SLIDERS.map((s) => [s.id, s.first])),
  field: "all", day: 0, playing: false, pace: 1, range: "all",
  run: 0, shown: null, latest: null, ghost: null,   // runs: {run, lesson, grid, days, pictures, course, outcomes}
  then: null,                                       // what to do when the latest run ends
  turning: 0, errors: 0, send: null, drawn: false, drawnAt: 0, seen: "",
};
const section = new Section(byId("section"));
const root = document.documentElement;

const lessonSessions = (lesson) => Array.from({ length: lesson.sessions }, (_, i) => i * 7 * lesson.interval);
const endOf = (lesson) => lessonSessions(lesson).at(-1) + NAMES.lesson.after_day;
const fieldRow = () => FIELDS.find((f) => f.id === page.field) ?? null;

function complain(text) {
  page.errors++;
  root.dataset.pageErrors = page.errors;
  byId("trouble").hidden = false;
  byId("trouble").textContent = `Something went wrong: ${text}`;
}

/* ---- engine ---- */

function startLesson() {
  page.run++;
  page.startedAt = performance.now();
  page.latest = { run: page.run, lesson: { ...page.lesson }, pictures: [], course: null, outcomes: null };
  delete root.dataset.pageDone;
  page.send({ run: page.run, lesson: page.latest.lesson });
}

/* The picture changes over to the new run as soon as that has come to the day that is looked at. */
function maybeShow() {
  const { latest } = page;
  if (page.shown === latest || !latest.pictures.length) return;
  const reached = latest.pictures.at(-1).day >= Math.min(page.day, latest.days.at(-1)) - 1e-9;
  if (page.shown && !reached) return;
  page.shown = latest;
  page.day = Math.min(page.day, latest.days.at(-1));
  section.setGrid(latest.grid);
  section.setHealthy(latest.pictures[0].fields);
}

const RECEIVE = {
  start(message, run) { run.grid = message; run.days = message.days; },
  picture(message, run) { run.pictures.push(message); maybeShow(); },
  course(message, run) { run.course = message; },
  end(message, run) {
    run.outcomes = message.outcomes;
    root.dataset.pageDone = run.run;
    const seconds = (performance.now() - page.startedAt) / 1000;
    root.dataset.pageSeconds = seconds.toFixed(3);
    byId("cost").textContent = `${Math.round(endOf(run.lesson) / 7)} weeks of skin in ${seconds.toFixed(1)} s: ` +
      `${message.cells} cells, ${NAMES.fields.length} fields, ${message.steps} steps.`;
    const { then } = page;
    page.then = null;
    if (then) then();
  },
};

function receive(message) {
  if (message.kind === "failed") {
    complain(message.run ? message.text : `this browser cannot run the engine; it needs WebAssembly with SIMD (${message.text})`);
    return;
  }
  if (message.run !== page.run) return;
  RECEIVE[message.kind](message, page.latest);
  if (message.kind !== "picture" || !page.drawn || performance.now() - page.drawnAt > 120) schedule();
}

/* A worker made of this very page; where that is refused, the engine runs here in slices. */
function startEngine() {
  /* without fetch it unpacks itself instead of asking a network, which this page does not allow */
  const text = `const cxEngine = (function (fetch) { ${byId("engine").textContent}
    return cxEngine; })();\n${byId("worker").textContent}`;
  const wanted = JSON.stringify(WANTED_NUMBERS);
  try {
    const own = `${text}\nconst serve = serveLessons(${byId("names").textContent}, ${wanted}, (m, t) => postMessage(m, t || []));
      onmessage = (event) => serve(event.data);`;
    const worker = new Worker(URL.createObjectURL(new Blob([own], { type: "text/javascript" })));
    worker.onmessage = (event) => receive(event.data);
    worker.onerror = (event) => complain(event.message || "the engine could not be started");
    page.send = (message) => worker.postMessage(message);
    root.dataset.pageEngine = "worker";
  } catch {
    const script = document.createElement("script");
    script.textContent = text;
    document.body.append(script);
    page.send = serveLessons(NAMES, WANTED_NUMBERS, (message) => receive(message));
    root.dataset.pageEngine = "slices";
  }
}

/* ---- drawing ---- */

/* Fields of the shown run on a day: between two pictures, but never across a session. */
function fieldsAt(run, day) {
  const { pictures } = run;
  let k = 0;
  while (k + 1 < pictures.length && pictures[k + 1].day <= day + 1e-9) k++;
  const a = pictures[k], b = pictures[k + 1];
  if (!b || day <= a.day || lessonSessions(run.lesson).includes(b.day)) return a.fields;
  const share = (day - a.day) / (b.day - a.day), mixed = new Float32Array(a.fields.length);
  for (let i = 0; i < mixed.length; i++) mixed[i] = a.fields[i] + share * (b.fields[i] - a.fields[i]);
  return mixed;
}

/* "week 3", in the first two days "5 h after needling". */
function dayText(day, lesson) {
  const since = day - lessonSessions(lesson).filter((d) => d <= day + 1e-9).at(-1);
  if (since < 1 / 12) return `${Math.round(1440 * since)} min after needling`;
  return since < 1.99 ? `${Math.round(24 * since)} h after needling` : `week ${Math.floor(day / 7) + 1}`;
}

function drawNumbers() {
  const { latest, ghost } = page;
  NUMBERS.forEach((row, i) => {
    const k = outcomeNumber(row.outcome), value = latest?.outcomes?.[k], old = ghost?.outcomes?.[k];
    byId(`number-${i}`).textContent = told(value, row.digits, row.unit, row.sign);
    byId(`before-${i}`).textContent = old === undefined ? "" : `before: ${told(old, row.digits, row.unit, row.sign)}`;
  });
  byId("ghost-note").textContent = ghost
    ? `Dashed: before (${lessonText(ghost.lesson)})`
    : "Move a slider: the old curve stays, dashed, to compare.";
}

const lessonText = (l) =>
  `${l.depth.toFixed(2)} mm, ${l.density} per cm², ${l.age} years, ${l.sessions} session${l.sessions > 1 ? "s" : ""}`;

function drawTime() {
  const run = page.shown ?? page.latest, end = endOf(run.lesson), slider = byId("time");
  byId("day").textContent = page.day.toFixed(page.day < 10 ? 1 : 0);
  byId("when").textContent = dayText(page.day, run.lesson);
  if (!run.days) return;
  const at = run.days.findIndex((d) => d >= page.day - 1e-9);
  slider.max = run.days.length - 1;
  slider.value = at < 0 ? run.days.length - 1 : at;
  slider.setAttribute("aria-valuetext", `day ${page.day.toFixed(1)} of ${Math.round(end)}`);
  const ready = page.latest.days ? page.latest.pictures.length / page.latest.days.length : 0;
  byId("ready").style.transform = `scaleX(${ready})`;
  byId("ready").parentNode.classList.toggle("done", ready >= 1);
}

/* Only when something of it has changed. */
function drawSection() {
  const { shown } = page;
  if (section.canvas.clientWidth !== section.width) section.resize();
  const near = shown?.pictures.find((p) => p.day >= page.day - 1e-9)?.day ?? -1;
  const key = [shown?.run, page.day, near, page.field, section.width, matchMedia("(prefers-color-scheme: dark)").matches].join();
  if (!shown || key === page.seen) return;
  page.seen = key;
  section.draw(fieldsAt(shown, page.day), fieldRow(), page.day);
}

function draw() {
  page.scheduled = false;
  page.drawnAt = performance.now();
  const { shown, latest } = page;
  drawSection();
  const end = page.range === "all" ? Math.max(endOf(page.lesson), page.ghost ? endOf(page.ghost.lesson) : 0) : 14;
  const what = { course: latest?.course ?? null, ghost: page.ghost, end, now: page.day, sessions: lessonSessions(page.lesson) };
  for (const chart of CHARTS) drawChart(chart, what);
  drawStory(shown?.course, 24 * page.day);
  drawNumbers();
  drawTime();
  root.dataset.pageDay = page.day.toFixed(4);
  if (shown && !page.drawn) {
    page.drawn = true;
    root.dataset.pageFirst = Math.round(performance.now());
    root.dataset.pageReady = "1";
  }
}

function schedule() {
  if (page.scheduled) return;
  page.scheduled = true;
  requestAnimationFrame(draw);
}

/* ---- what the reader does ---- */

function writeHash() {
  const parts = SLIDERS.map((s) => `${s.hash}=${+page.lesson[s.id].toFixed(2)}`);
  history.replaceState(null, "", `#${parts.join("&")}&f=${page.field}&t=${+page.day.toFixed(2)}&x=${page.range}`);
}

function readHash() {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const s of SLIDERS) {
    const value = parseFloat(said.get(s.hash));
    if (Number.isFinite(value)) page.lesson[s.id] = clamp(s.low + Math.round((value - s.low) / s.step) * s.step, s.low, s.high);
  }
  if (FIELDS.some((f) => f.id === said.get("f"))) page.field = said.get("f");
  if (said.get("x") === "days") page.range = "days";
  const day = parseFloat(said.get("t"));
  if (Number.isFinite(day)) page.day = clamp(day, 0, endOf(page.lesson));
  return said.has("t");
}

function showLesson() {
  for (const s of SLIDERS) {
    const input = byId(s.id), value = page.lesson[s.id];
    input.value = value;
    input.setAttribute("aria-valuetext", `${value.toFixed(s.digits)} ${s.unit}`);
    input.style.setProperty("--share", `${100 * (value - s.low) / (s.high - s.low)}%`);
    byId(`${s.id}-value`).textContent = `${value.toFixed(s.digits)} ${s.unit}`;
  }
  byId("interval-row").classList.toggle("idle", page.lesson.sessions < 2);
  byId("interval").disabled = page.lesson.sessions < 2;
}

function keepGhost() {
  const { latest } = page;
  if (byId("pin").checked && page.ghost) return;
  if (latest?.course) page.ghost = { course: latest.course, outcomes: latest.outcomes, lesson: latest.lesson };
}

/* One turn of a slider is one comparison, however many values it passes. */
function turnSlider(slider) {
  if (!page.turning) keepGhost();
  clearTimeout(page.turning);
  page.turning = setTimeout(() => { page.turning = 0; }, 1200);
  page.then = null;
  page.lesson[slider.id] = parseFloat(byId(slider.id).value);
  page.day = Math.min(page.day, endOf(page.lesson));
  showLesson();
  writeHash();
  clearTimeout(page.starting);
  page.starting = setTimeout(startLesson, 60);
  schedule();
}

function setField(id) {
  page.field = id;
  const field = fieldRow();
  byId("field").value = id;
  byId("field-text").textContent = field?.text ??
    "Fibres and dots stand for amounts, not for single cells. Choose one thing to see its numbers.";
  byId("legend").innerHTML = field
    ? `<span>${field.low} </span><i class="ramp" aria-hidden="true"></i><span> ${field.high} <small>${field.unit}</small></span>`
    : LAYERS.map((l) => `<span class="key"><i style="background:rgb(${l.colour})" aria-hidden="true"></i>${l.lay}
      <em>${l.term}</em></span>`).join("");
  const shows = field ? `${field.lay} (${field.term})` : LAYERS.map((l) => l.lay).join(", ");
  section.canvas.setAttribute("aria-label", `Section through the skin, 3 mm wide and 1.9 mm deep: ${shows}`);
  root.dataset.pageField = id;
  schedule();
}

function setPlaying(on) {
  page.playing = on;
  byId("play").setAttribute("aria-pressed", on);
  byId("play").querySelector("span").textContent = on ? "Pause" : "Play";
  byId("play").classList.toggle("on", on);
  if (!on) writeHash();
  page.tick = performance.now();
  if (on) requestAnimationFrame(advance);
}

/* A time-lapse: slow while much happens, faster the longer ago the last session is. */
function advance(now) {
  if (!page.playing) return;
  const run = page.shown, seconds = Math.min(0.1, (now - page.tick) / 1000);
  page.tick = now;
  if (run) {
    const since = page.day - lessonSessions(run.lesson).filter((d) => d <= page.day + 1e-9).at(-1);
    page.day = Math.min(page.day + seconds * page.pace * Math.min(7, 0.2 + 0.32 * since), run.pictures.at(-1).day);
    schedule();
    if (page.day >= endOf(run.lesson) - 1e-6) { setPlaying(false); return; }
  }
  requestAnimationFrame(advance);
}

function setDay(day) {
  setPlaying(false);
  page.day = clamp(day, 0, page.shown ? page.shown.pictures.at(-1).day : 0);
  writeHash();
  schedule();
}

function reset() {
  for (const s of SLIDERS) page.lesson[s.id] = s.first;
  Object.assign(page, { ghost: null, day: 0, range: "all", then: null });
  byId("pin").checked = false;
  byId("range-all").checked = true;
  setField("all");
  showLesson();
  startLesson();
  writeHash();
}

/* First the one, then the other, so that both curves stand side by side. */
function tryOut({ from, to }) {
  for (const s of SLIDERS) page.lesson[s.id] = from[s.id] ?? s.first;
  byId("pin").checked = false;
  Object.assign(page, { ghost: null, day: 0 });
  showLesson();
  startLesson();
  page.then = () => {
    keepGhost();
    Object.assign(page.lesson, to);
    page.day = 0;
    showLesson();
    startLesson();
    writeHash();
    setPlaying(true);
  };
}

function pressKey(event) {
  const busy = event.target.matches("input, select, button, summary, a");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && !event.target.matches("button, select, summary, a, [type=checkbox], [type=radio]")) {
    event.preventDefault();
    togglePlay();
  } else if ((event.key === "r" || event.key === "R") && !event.target.matches("select")) reset();
  else if (!busy && (event.key === "ArrowRight" || event.key === "ArrowLeft")) step(event.key === "ArrowRight" ? 1 : -1);
}

function step(by) {
  const run = page.shown;
  if (!run) return;
  const at = run.days.findIndex((d) => d >= page.day - 1e-9);
  setDay(run.days[clamp((at < 0 ? run.days.length - 1 : at) + by, 0, run.days.length - 1)]);
}

function togglePlay() {
  if (!page.playing && page.shown && page.day >= endOf(page.shown.lesson) - 1e-6) page.day = 0;
  setPlaying(!page.playing);
}

/* ---- making ---- */

function makeControls() {
  byId("sliders").innerHTML = SLIDERS.map((s) => `<div class="slider" id="${s.id}-row"><label for="${s.id}">${s.label}</label>
    <output id="${s.id}-value" for="${s.id}"></output>
    <input type="range" id="${s.id}" min="${s.low}" max="${s.high}" step="${s.step}"
    aria-describedby="${s.id}-help"><small id="${s.id}-help">${s.help}</small></div>`).join("");
  byId("field").innerHTML = `<option value="all">Overview of four things</option>` +
    FIELDS.map((f) => `<option value="${f.id}">${f.lay} (${f.term})</option>`).join("");
  byId("numbers").innerHTML = NUMBERS.map((n, i) => `<div class="number"><span>${n.label}</span>
    <output id="number-${i}">–</output><small id="before-${i}"></small></div>`).join("");
  byId("tries").innerHTML = TRIES.map((t, i) => `<button type="button" id="try-${i}">${t.label}</button>`).join("");
}

function bindControls() {
  for (const s of SLIDERS) byId(s.id).addEventListener("input", () => turnSlider(s));
  TRIES.forEach((t, i) => byId(`try-${i}`).addEventListener("click", () => tryOut(t)));
  byId("field").addEventListener("change", (event) => { setField(event.target.value); writeHash(); });
  byId("play").addEventListener("click", togglePlay);
  byId("pace").addEventListener("change", (event) => { page.pace = parseFloat(event.target.value); });
  byId("reset").addEventListener("click", reset);
  byId("time").addEventListener("input", (event) => page.shown && setDay(page.shown.days[event.target.value]));
  for (const name of ["all", "days"]) {
    byId(`range-${name}`).addEventListener("change", () => { page.range = name; writeHash(); schedule(); });
  }
  addEventListener("keydown", pressKey);
  addEventListener("resize", schedule);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", schedule);
}

addEventListener("error", (event) => complain(event.message));
addEventListener("unhandledrejection", (event) => complain(String(event.reason)));
root.dataset.pageErrors = "0";
makeControls();
makeActors();
makeCharts();
bindControls();
const resumed = readHash();
byId(`range-${page.range}`).checked = true;
setField(page.field);
showLesson();
section.resize();
startEngine();
startLesson();
if (!resumed && !matchMedia("(prefers-reduced-motion: reduce)").matches) setPlaying(true);
