/* state.js - what the page shows, kept in the address after '#', so that a view can be sent to somebody as a link. */
const page = {
  volume: null,       /* what volume.js decoded; null without a picture to turn */
  state: {f: '', t: -1, m: '', c: '', x: 0, y: 0, z: 0, n: 1, a: -0.6, e: 0.45, s: 1},
  listeners: [],
};

function byId(id) { return document.getElementById(id); }

function clamp(value, low, high) { return Math.min(high, Math.max(low, value)); }

/* A colour of the style sheet in the theme that is on. */
function cssColour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/* Numbers stay numbers; anything that the address says wrongly is left as it was. */
function readAddress() {
  const text = location.hash.slice(1);
  if (!text.includes('=')) return;
  for (const [key, value] of new URLSearchParams(text)) {
    if (!(key in page.state)) continue;
    if (typeof page.state[key] === 'string') page.state[key] = value;
    else if (value !== '' && isFinite(Number(value))) page.state[key] = Number(value);
  }
}

function writeAddress() {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(page.state))
    parts.set(key, typeof value === 'number' ? String(Number(value.toFixed(3))) : value);
  try {
    history.replaceState(null, '', '#' + parts);
  } catch (refused) { /* some viewers of local files forbid it; the page works without */ }
}

/* Changes some of the state and shows it. */
function change(some) {
  Object.assign(page.state, some);
  writeAddress();
  for (const listener of page.listeners) listener(page.state);
}

/* Three digits, as the rest of the page has them. */
function words(value) {
  if (value === null || !isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2).replace('-', '−');
  return String(Number(value.toPrecision(3))).replace('-', '−');
}
