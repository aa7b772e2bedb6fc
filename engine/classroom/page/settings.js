"use strict";
/* What the page can turn and show, in words for a class.  Names of fields and courses are the model's. */

const NAMES = JSON.parse(document.getElementById("names").textContent);
const byId = (id) => document.getElementById(id);
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

const SLIDERS = [
  { id: "depth", hash: "d", low: 0.3, high: 1.8, step: 0.05, first: NAMES.lesson.depth_mm, digits: 2, unit: "mm",
    label: "Needle depth", help: "how deep the needles reach below the surface" },
  { id: "density", hash: "n", low: 25, high: 400, step: 5, first: NAMES.lesson.per_cm2, digits: 0, unit: "per cm²",
    label: "Needle density", help: "punctures in each square centimetre of skin" },
  { id: "age", hash: "a", low: 18, high: 80, step: 1, first: NAMES.lesson.age_year, digits: 0, unit: "years",
    label: "Age of the person", help: "older skin answers more weakly and more slowly" },
  { id: "sessions", hash: "s", low: 1, high: 4, step: 1, first: 1, digits: 0, unit: "", label: "Sessions",
    help: "how often the treatment is done" },
  { id: "interval", hash: "i", low: 2, high: 8, step: 1, first: 4, digits: 0, unit: "weeks", label: "Weeks between sessions",
    help: "time from one session to the next" },
];

/* What a picture shows: the sum of `fields` from `low` to `high`; `colour`: in the overview. */
const FIELDS = [
  { id: "clot", fields: ["fibrin"], low: 0, high: 1, unit: "1 = fresh clot", lay: "Blood clot", term: "fibrin",
    text: "A clot plugs every puncture within minutes and is the first scaffold for cells." },
  { id: "alarm", fields: ["il1"], low: 0, high: 0.05, unit: "1 = peak in a large wound", lay: "Alarm signal", term: "IL-1, TNF",
    text: "Torn cells call for help. The call fades within days." },
  { id: "neutrophils", fields: ["neutrophils"], low: 0, high: 0.5, unit: "1 = peak in a large wound", lay: "First responders",
    term: "neutrophils", text: "White blood cells that arrive on day one and fight germs." },
  { id: "m1", fields: ["m1"], low: 0, high: 0.7, unit: "1 = peak in a large wound", lay: "Clean-up cells",
    term: "inflammatory macrophages, M1", text: "They eat debris, then change sides or leave." },
  { id: "m2", fields: ["m2"], low: 0, high: 0.8, unit: "1 = peak in a large wound", lay: "Repair cells",
    term: "repair macrophages, M2", text: "They calm the inflammation and call for builders." },
  { id: "vegf", fields: ["vegf"], low: 0, high: 0.3, unit: "1 = peak in a large wound", lay: "Call for blood vessels", term: "VEGF",
    text: "Tissue short of oxygen asks for new vessels." },
  { id: "vessels", fields: ["endothelium"], low: 0, high: 2, unit: "1 = healthy dermis", lay: "Small blood vessels",
    term: "capillary density", text: "New capillaries grow in, bring oxygen, and most are pruned again." },
  { id: "fibroblasts", fields: ["fibroblasts"], low: 0, high: 3, unit: "1 = healthy dermis", lay: "Builder cells",
    term: "fibroblasts", text: "They crawl along the signals into the wound and make collagen." },
  { id: "collagen3", fields: ["collagen_3"], low: 0, high: 45, unit: "kg/m³", lay: "Early collagen", term: "collagen III",
    text: "Thin fibres, laid down first." },
  { id: "collagen1new", fields: ["collagen_1_new"], low: 0, high: 60, unit: "kg/m³", lay: "New strong collagen",
    term: "collagen I, not yet cross-linked", text: "Thick fibres that become strong over months." },
  { id: "elastin", fields: ["elastin"], low: 0, high: 1.2, unit: "1 = young skin", lay: "Elastic fibres", term: "elastin",
    text: "They let skin spring back. They renew very slowly." },
  { id: "cover", fields: ["keratinocytes"], low: 0, high: 1, unit: "1 = whole", lay: "Living skin cover", term: "keratinocytes",
    text: "The upper skin closes over the punctures within a day or two." },
];

/* The overview draws four things over the tissue, in colours that colour-blind readers can tell apart (Okabe and Ito) and in
 * shapes of their own.  None is drawn at `above` x healthy and below, all places of `grid` are taken `span` higher. */
const LAYERS = [
  { fields: ["fibrin"], above: 1, span: 0.8, glyph: "stain", colour: [190, 40, 40], lay: "blood clot", term: "fibrin" },
  { fields: ["collagen_3", "collagen_1_new"], above: 1.01, span: 34, glyph: "fibre", grid: [46, 30],
    colour: [0, 114, 178], lay: "new collagen", term: "I and III" },
  { fields: ["fibroblasts"], above: 1.05, span: 1.9, glyph: "spindle", grid: [30, 24],
    colour: [0, 140, 95], lay: "extra builder cells", term: "fibroblasts" },
  { fields: ["neutrophils", "m1", "m2"], above: 1, span: 1.1, glyph: "round", grid: [50, 36],
    colour: [214, 137, 0], lay: "inflammation", term: "immune cells" },
];

const CHARTS = [
  { id: "collagen", course: "collagen_total", title: "Collagen gained", term: "types I and III, treated dermis",
    unit: "%", least: 10,
    of: (value, first) => 100 * (value / first - 1) },
  { id: "redness", course: "erythema", title: "Redness", term: "erythema index", unit: "%", least: 20, of: (value) => value },
  { id: "barrier", course: "tewl", title: "Barrier of the skin", term: "100 % lets no extra water out", unit: "%", least: 100,
    of: (value) => 100 * (1 - value), floor: 60 },
];

const NUMBERS = [
  { outcome: "collagen_total_gain", label: "Collagen gained at the end", digits: 1, unit: "%", sign: true },
  { outcome: "erythema_days", label: "Redness gone after the last session", digits: 1, unit: "days" },
  { outcome: "tewl_recovery_hours", label: "Barrier nearly tight again", digits: 1, unit: "hours" },
  { outcome: "reepithelialisation_hours", label: "Punctures covered by new skin", digits: 0, unit: "hours" },
];

const TRIES = [
  { label: "Shallow or deep?", from: { depth: 0.5 }, to: { depth: 1.5 } },
  { label: "Few or many?", from: { density: 75 }, to: { density: 300 } },
  { label: "Young or old?", from: { age: 25 }, to: { age: 75 } },
  { label: "One or four visits?", from: { sessions: 1 }, to: { sessions: 4, interval: 4 } },
];

const WANTED = [...new Set(FIELDS.concat(LAYERS).flatMap((f) => f.fields))];
const WANTED_NUMBERS = WANTED.map((name) => NAMES.fields.findIndex((f) => f.name === name));
const courseNumber = (name) => NAMES.courses.findIndex((c) => c.name === name);
const outcomeNumber = (name) => NAMES.outcomes.findIndex((o) => o.name === name);

/* "+34.1 %", and a dash where it never happened. */
function told(value, digits, unit, sign) {
  if (value === undefined || !Number.isFinite(value)) return "–";
  const text = (sign && value >= 0 ? "+" : value < 0 ? "−" : "") + Math.abs(value).toFixed(digits);
  return unit ? `${text} ${unit}` : text;
}
