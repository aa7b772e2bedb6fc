/* main.js - joins controls, pictures and charts.  What the page reports about itself stands in attributes of its root
 * element (data-page-...), where tests and curious readers find it. */

function report(name, value) { document.documentElement.setAttribute('data-page-' + name, value); }

let errors = 0;
addEventListener('error', (event) => { errors++; report('errors', errors + ' ' + event.message); });
addEventListener('unhandledrejection', (event) => { errors++; report('errors', errors + ' ' + event.reason); });

function addOptions(select, entries) {
  for (const [value, text] of entries) {
    const option = document.createElement('option');
    option.value = value;
    option.textContent = text;
    select.append(option);
  }
}

function modesOf(volume, solid) {
  const flat = ['section', 'Section'];
  if (!solid) return [flat];
  if (volume.radial) return [flat, ['block', 'Solid of revolution'], ['glow', 'Glowing']];
  return [['block', 'Solid block'], ['glow', 'Glowing'], flat];
}

/* The block is first cut through the needle that stands nearest to its middle. */
function firstCut(volume) {
  if (volume.radial) return 50;
  if (!volume.block) return 0;
  const middle = (volume.from[1] + volume.to[1]) / 2;
  const near = volume.needles.map((n) => n[1]).sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return near.length ? clamp(100 * (near[0] - volume.from[1]) / volume.size[1], 0, 90) : 50;
}

/* A state that an old or wrong address brought is made one that can be shown. */
function settle(view) {
  const {volume, modes} = view, state = page.state;
  state.f = fieldOf(volume, state.f).key;
  state.t = clamp(Math.round(state.t), 0, volume.days.length - 1);
  if (!modes.some(([mode]) => mode === state.m)) state.m = modes[0][0];
  if (!(state.c in volume.maps)) state.c = '';
  for (const cut of ['x', 'y', 'z']) state[cut] = clamp(state[cut], 0, 98);
  state.e = clamp(state.e, -1.5, 1.5);
  state.s = clamp(state.s, 0.4, 4);
}

function showControls(view) {
  const state = page.state, {volume} = view, field = fieldOf(volume, state.f);
  const flat = state.m === 'section';
  for (const [id, value] of [['field', state.f], ['mode', state.m], ['map', state.c], ['time', state.t],
    ['x', state.x], ['y', state.y], ['z', state.z]]) byId('vw-' + id).value = value;
  byId('vw-needles').checked = Boolean(state.n);
  byId('vw-when').textContent = volume.when[state.t];
  byId('vw-time').setAttribute('aria-valuetext', volume.when[state.t]);
  byId('vw-low').textContent = words(field.low);
  byId('vw-high').textContent = words(field.high) + ' ' + field.unit;
  byId('vw-doc').textContent = field.doc;
  byId('vw-solid').hidden = flat;
  byId('vw-flat').hidden = !flat;
  byId('vw-over').hidden = flat;
  byId('vw-lx').hidden = byId('vw-lz').hidden = flat;
  byId('vw-cuts').hidden = flat && !volume.block;
  byId('vw-flat').setAttribute('aria-label', field.name + ' in a vertical section, ' + volume.when[state.t]);
}

/* Pixels follow the size on the screen; more than two to a point only cost time. */
function fit(canvas, frame) {
  const dense = Math.min(devicePixelRatio || 1, 2);
  const size = [Math.round(frame.clientWidth * dense), Math.round(frame.clientHeight * dense)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  return dense;
}

function inkOf(canvas, frame) {
  const dense = fit(canvas, frame), ink = canvas.getContext('2d');
  ink.setTransform(dense, 0, 0, dense, 0, 0);
  return ink;
}

function showBar(shades) {
  const ink = byId('vw-bar').getContext('2d'), image = new ImageData(256, 12);
  for (let y = 0; y < 12; y++) image.data.set(shades, 1024 * y);
  ink.putImageData(image, 0, 0);
}

function showSolid(view, bytes, shades) {
  const {solid, frame, volume} = view, state = page.state;
  const box = boxOf(volume, state), camera = cameraOf(state, frame.clientWidth, frame.clientHeight);
  fit(solid.canvas, frame);
  loadFrame(solid, bytes, shades);
  drawSolid(solid, state, camera, box);
  drawOver(inkOf(byId('vw-over'), frame), volume, state, camera, box);
}

/* A page that is opened without a time begins where its field is strongest. */
async function firstTime(volume, field) {
  const bytes = await bytesOf(volume, field);
  const sums = volume.days.map((_, t) => frameOf(volume, bytes, t).reduce((sum, byte) => sum + byte, 0));
  return sums.indexOf(Math.max(...sums));
}

async function show(view) {
  if (page.state.t < 0) page.state.t = await firstTime(view.volume, fieldOf(view.volume, page.state.f));
  settle(view);
  showControls(view);
  const {volume, frame} = view, state = page.state, field = fieldOf(volume, state.f);
  const whole = await bytesOf(volume, field);
  if (field.key !== state.f || volume !== view.volume) return; /* something else was asked for meanwhile */
  const shades = makeShades(volume.maps[state.c] || Object.values(volume.maps)[field.map]);
  view.bytes = frameOf(volume, whole, state.t);
  showBar(shades);
  if (state.m === 'section')
    view.place = drawFlat(inkOf(byId('vw-flat'), frame), volume, state, view.bytes, shades,
      [frame.clientWidth, frame.clientHeight]);
  else showSolid(view, view.bytes, shades);
  redrawCharts();
  showNow(volume.days[state.t]);
  tell(view);
}

/* How many different colours a sample of the picture has, to tell a drawn one from a blank one. */
function coloursOf(canvas) {
  const small = document.createElement('canvas');
  small.width = small.height = 64;
  const ink = small.getContext('2d', {willReadFrequently: true});
  ink.drawImage(canvas, 0, 0, 64, 64);
  return new Set(new Uint32Array(ink.getImageData(0, 0, 64, 64).data.buffer)).size;
}

function sumOf(bytes) { return bytes.reduce((sum, byte) => (sum * 31 + byte) % 1000003, 7); }

function tell(view) {
  const state = page.state;
  if (!view.told) report('first-ms', Math.round(performance.now()));
  view.told = true;
  for (const [name, value] of [['field', state.f], ['time', view.volume.when[state.t]], ['mode', state.m],
    ['frames', view.volume.days.length], ['sum', sumOf(view.bytes)], ['charts', live.length], ['errors', errors]])
    report(name, value);
  if (view.probing) report('colours', coloursOf(byId(state.m === 'section' ? 'vw-flat' : 'vw-solid')));
}

/* The line of the time that is shown, in the timeline of healing. */
function showNow(day) {
  const now = byId('phase-now');
  if (!now) return;
  const {from, to, left, right, log} = now.ownerSVGElement.dataset;
  const way = log === '1' ? Math.log(Math.max(day, from) / from) / Math.log(to / from) : (day - from) / (to - from);
  const x = Number(left) + clamp(way, 0, 1) * (right - left);
  now.setAttribute('d', now.dataset.d.replace('X', x.toFixed(1)));
}

function listen(view) {
  const set = (key, number) => (event) =>
    change({[key]: number ? Number(event.target.value) : event.target.value});
  byId('vw-field').addEventListener('change', set('f'));
  byId('vw-mode').addEventListener('change', set('m'));
  byId('vw-map').addEventListener('change', set('c'));
  byId('vw-time').addEventListener('input', set('t', true));
  for (const cut of ['x', 'y', 'z']) byId('vw-' + cut).addEventListener('input', set(cut, true));
  byId('vw-needles').addEventListener('change', (event) => change({n: event.target.checked ? 1 : 0}));
  byId('vw-flat').addEventListener('pointermove', (event) => point(view, event));
  byId('vw-play').addEventListener('click', () => play(view));
  turn(byId('vw-solid'));
}

function point(view, event) {
  const {volume, place, bytes} = view, field = fieldOf(volume, page.state.f);
  const hit = place && probe(volume, field, bytes, page.state, place, event.offsetX, event.offsetY);
  byId('vw-say').textContent = hit ? field.name + ' ' + words(hit.value) + ' ' + field.unit + ' at '
    + words(hit.across / 1000) + ' mm across, ' + words(hit.depth / 1000) + ' mm deep' : '';
}

/* Goes through time once; a second press stops it. */
function play(view) {
  const button = byId('vw-play'), last = view.volume.days.length - 1;
  const rest = () => {
    clearInterval(view.timer);
    view.timer = 0;
    button.textContent = 'Play';
    button.setAttribute('aria-pressed', 'false');
  };
  if (view.timer) return rest();
  if (page.state.t >= last) change({t: 0});
  button.textContent = 'Stop';
  button.setAttribute('aria-pressed', 'true');
  view.timer = setInterval(() => {
    change({t: page.state.t + 1});
    if (page.state.t >= last) rest();
  }, 450);
}

/* Pointer, wheel with Control, and keys turn the solid. */
function turn(canvas) {
  const state = page.state;
  canvas.addEventListener('pointerdown', (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons) change({a: state.a - event.movementX / 160, e: state.e + event.movementY / 160});
  });
  canvas.addEventListener('wheel', (event) => {
    if (!event.ctrlKey) return; /* the wheel alone scrolls the page */
    event.preventDefault();
    change({s: state.s * Math.exp(-event.deltaY / 400)});
  }, {passive: false});
  canvas.addEventListener('keydown', (event) => {
    const keys = {ArrowLeft: {a: state.a + 0.1}, ArrowRight: {a: state.a - 0.1}, ArrowUp: {e: state.e + 0.1},
      ArrowDown: {e: state.e - 0.1}, '+': {s: state.s * 1.15}, '=': {s: state.s * 1.15}, '-': {s: state.s / 1.15},
      0: {a: -0.6, e: 0.45, s: 1}};
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    change(keys[event.key]);
  });
}

/* A driver without 3D textures or with a broken compiler counts as none. */
function trySolid(volume) {
  if (!volume.block && !volume.radial) return null;
  try {
    return makeSolid(byId('vw-solid'), volume);
  } catch (refused) {
    report('solid', refused.message);
    return null;
  }
}

/* Controls, address and canvas of a picture; the caller shows it. */
function openViewer(volume) {
  byId('viewer').hidden = false;
  const solid = trySolid(volume), view = {volume, solid, modes: modesOf(volume, solid),
    frame: document.querySelector('.vw-frame'), probing: location.hash.includes('probe=')};
  page.volume = volume;
  readAddress();
  addOptions(byId('vw-field'), volume.fields.map((field) => [field.key, field.name]));
  addOptions(byId('vw-mode'), view.modes);
  addOptions(byId('vw-map'), [['', 'of the field'], ...Object.keys(volume.maps).map((map) => [map, map])]);
  byId('vw-time').max = volume.days.length - 1;
  byId('vw-ln').hidden = !volume.needles.length;
  listen(view);
  page.listeners.push(() => show(view));
  addEventListener('hashchange', () => { readAddress(); for (const listener of page.listeners) listener(page.state); });
  addEventListener('resize', () => show(view));
  return view;
}

function startViewer() {
  const data = byId('vw-data');
  if (!data || typeof DecompressionStream === 'undefined') return null;
  const volume = makeVolume(JSON.parse(data.textContent));
  if (!volume.fields.length) return null;
  page.state.y = firstCut(volume);
  return show(openViewer(volume));
}

async function start() {
  if (!await startTale()) {
    await startViewer();
    await makeCharts();
  }
  matchMedia('(prefers-color-scheme:dark)').addEventListener('change', remakeCharts);
  addEventListener('resize', remakeCharts);
  report('charts', live.length);
  report('ready', 1);
}

start();
