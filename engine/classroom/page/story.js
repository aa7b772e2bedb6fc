/* What is happening now, in plain words, read off the courses of the run itself. */

const ACTORS = [
  { course: "fibrin", lay: "Blood clot", term: "fibrin" },
  { course: "neutrophils", lay: "First responders", term: "neutrophils" },
  { course: "macrophages_m1", lay: "Clean-up cells", term: "M1" },
  { course: "macrophages_m2", lay: "Repair cells", term: "M2" },
  { course: "fibroblasts", lay: "Builder cells", term: "fibroblasts" },
  { course: "synthesis_track", lay: "Collagen made", term: "synthesis" },
];

const PHASES = {
  before: ["One moment", "The engine works out the first two weeks."],
  clot: ["The clot forms", "Haemostasis: blood clots in the channels that the needles left, and torn cells send out an alarm."],
  inflammation: ["Clean-up", "Inflammation: white blood cells arrive, remove debris and germs, " +
    "and pass on the signals for repair. The skin is red."],
  building: ["New tissue", "Proliferation: builder cells move in and lay down new collagen; " +
    "small blood vessels grow; the surface is closed."],
  remodelling: ["Rebuilding", "Remodelling: the crowd of cells leaves. Young collagen is exchanged and cross-linked for months."],
};

/* Shares of the largest value mean something once the first two weeks, with their peaks, are computed (h). */
const PEAKS_KNOWN = 336;
function hasPeaks(course) {
  return Boolean(course) && course.times.length > 1 && course.times[course.times.length - 1] >= PEAKS_KNOWN;
}

/* A course between its first sample and its largest, 0 to 1, at time t (h). */
function shareOf(course, name, t) {
  const k = courseNumber(name), first = courseValue(course, k, 0);
  let most = first;
  for (let i = 0; i < course.times.length; i++) most = Math.max(most, courseValue(course, k, i));
  return most > first ? clamp((courseAt(course, k, t) - first) / (most - first), 0, 1) : 0;
}

function phaseOf(course, t) {
  if (!hasPeaks(course)) return "before";
  const share = (name) => shareOf(course, name, t);
  const alarm = Math.max(share("neutrophils"), share("macrophages_m1"));
  const builders = Math.max(share("fibroblasts"), share("synthesis_track"));
  if (alarm < 0.25 && builders < 0.25 && share("fibrin") > 0.4) return "clot";
  if (alarm >= 0.25 && alarm >= 0.8 * builders) return "inflammation";
  return builders >= 0.25 ? "building" : "remodelling";
}

/* Bars of who is at work; `t` in hours. */
function drawStory(course, t) {
  const phase = phaseOf(course, t), [title, text] = PHASES[phase];
  if (byId("phase").textContent !== title) {
    byId("phase").textContent = title;
    byId("phase-text").textContent = text;
  }
  document.documentElement.dataset.phase = phase;
  ACTORS.forEach((actor, i) => {
    const share = hasPeaks(course) ? shareOf(course, actor.course, t) : 0;
    const bar = byId(`actor-${i}`);
    bar.style.transform = `scaleX(${share.toFixed(3)})`;
    bar.parentNode.setAttribute("aria-valuenow", Math.round(100 * share));
  });
}

function makeActors() {
  byId("actors").innerHTML = ACTORS.map((a, i) => `<li><span>${a.lay} <i>${a.term}</i></span>
    <span class="meter" role="meter" aria-label="${a.lay}, share of its largest value" aria-valuemin="0" aria-valuemax="100"
      aria-valuenow="0"><b id="actor-${i}"></b></span></li>`).join("");
}
