/* tale.js - a story: its steps drive the picture of main.js, its buttons change the run that is looked at.  The step and
 * the run stand in the address beside the state of the picture. */
const tale = {steps: [], names: [], volumes: [], articles: [], view: null, step: -1};

/* Stored picture nearest to a day; all variants have those of the steps. */
function frameAt(volume, day) {
  const away = volume.days.map((each) => Math.abs(each - day));
  return away.indexOf(Math.min(...away));
}

/* What a step asks of the picture; what it leaves open is as the page begins. */
function stateOf(number) {
  const step = tale.steps[number], volume = tale.volumes[step.variant], rad = Math.PI / 180;
  const [x, y, z] = step.cut || [0, firstCut(volume), 0];
  const [a, e, s] = step.camera ? [step.camera[0] * rad, step.camera[1] * rad, step.camera[2]] : [-0.6, 0.45, 1];
  return {p: number + 1, w: step.variant, f: step.field, t: frameAt(volume, step.day), m: step.view, x, y, z, a, e, s,
    n: step.day > 0 && !z ? 1 : 0}; /* no needles before they went in, none that stand above a cut */
}

function goTo(number) { change(stateOf(clamp(number, 0, tale.steps.length - 1))); }

/* The run of a variant in the place of another: same window, same colours, same moment. */
function useVariant(number) {
  const {view} = tale, volume = tale.volumes[number];
  if (view.volume === volume) return;
  page.state.t = frameAt(volume, view.volume.days[page.state.t] ?? 0);
  view.volume = page.volume = volume;
  if (view.solid) view.solid.volume = volume;
  byId('vw-time').max = volume.days.length - 1;
}

function showButtons(article) {
  for (const button of article.querySelectorAll('.tale-if button'))
    button.setAttribute('aria-pressed', String(Number(button.dataset.variant) === page.state.w));
  for (const cell of article.querySelectorAll('.tale-numbers [data-variant]'))
    cell.classList.toggle('shown', Number(cell.dataset.variant) === page.state.w);
  for (const chart of article.querySelectorAll('.tale-chart[data-variant]'))
    chart.hidden = Number(chart.dataset.variant) !== page.state.w;
}

function showStep() {
  const number = page.state.p - 1, last = tale.steps.length - 1;
  tale.articles.forEach((article, i) => { article.hidden = i !== number; });
  [...byId('tale-dots').querySelectorAll('button')].forEach((dot, i) => {
    if (i === number) dot.setAttribute('aria-current', 'step');
    else dot.removeAttribute('aria-current');
  });
  byId('tale-back').disabled = number === 0;
  byId('tale-next').disabled = number === last;
  tale.step = number;
}

/* Charts of the step are made when it is first seen, and again when their place has another width. */
async function showCharts(article) {
  await makeCharts(article);
  for (const one of live)
    if (article.contains(one.place) && one.place.clientWidth && one.plot?.width !== one.place.clientWidth) draw(one);
}

function showTale() {
  const state = page.state;
  state.p = clamp(Math.round(state.p), 1, tale.steps.length);
  state.w = clamp(Math.round(state.w), 0, tale.volumes.length - 1);
  useVariant(state.w);
  if (tale.step !== state.p - 1) showStep();
  const article = tale.articles[state.p - 1], step = tale.steps[state.p - 1];
  showButtons(article);
  const what = tale.names[state.w], field = fieldOf(tale.view.volume, state.f);
  const name = step.field === field.key && step.shows ? step.shows : field.name;
  const {when} = tale.view.volume, moment = when[clamp(state.t, 0, when.length - 1)];
  byId('tale-shown').textContent = name.charAt(0).toUpperCase() + name.slice(1) + ', ' + moment
    + (tale.volumes.length > 1 ? ' · ' + (state.w === step.variant ? '' : 'what if: ') + what : '');
  report('step', state.p);
  report('variant', state.w);
  return showCharts(article);
}

/* Arrows walk, unless they turn the block, move a slider or choose from a menu. */
function walkByKey(event) {
  const steps = {ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1}[event.key];
  const busy = event.target.closest && event.target.closest('input,select,canvas,.tale-numbers,.u-wrap');
  if (!steps || busy || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  goTo(page.state.p - 1 + steps);
}

function listenToTale() {
  byId('tale-back').addEventListener('click', () => goTo(page.state.p - 2));
  byId('tale-next').addEventListener('click', () => goTo(page.state.p));
  [...byId('tale-dots').querySelectorAll('button')].forEach((dot, i) => dot.addEventListener('click', () => goTo(i)));
  for (const button of document.querySelectorAll('.tale-if button'))
    button.addEventListener('click', () => {
      const volume = tale.volumes[Number(button.dataset.variant)], step = tale.steps[page.state.p - 1];
      change({w: Number(button.dataset.variant), t: frameAt(volume, step.day), f: step.field});
    });
  byId('tale-free').addEventListener('click', (event) => {
    const free = document.documentElement.classList.toggle('free');
    event.target.setAttribute('aria-pressed', String(free));
    change({});
  });
  document.addEventListener('keydown', walkByKey);
}

/* "#p=3" alone is a link to a step as it was meant. */
function takeStep() {
  const asked = Number(new URLSearchParams(location.hash.slice(1)).get('p')) || 1;
  const number = clamp(Math.round(asked), 1, tale.steps.length) - 1;
  if (number !== tale.step) Object.assign(page.state, stateOf(number));
}

/* False on pages that are no story. */
async function startTale() {
  const text = byId('tale-data');
  if (!text || typeof DecompressionStream === 'undefined') return false;
  const data = JSON.parse(text.textContent);
  Object.assign(tale, data, {volumes: data.volumes.map(makeVolume),
    articles: [...document.querySelectorAll('.tale-step')]});
  Object.assign(page.state, {p: 1, w: 0});
  document.documentElement.classList.add('telling');
  document.querySelector('.tale-walk').hidden = false;
  listenToTale();
  page.listeners.push(showTale); /* before the picture, which it hands the right run */
  takeStep();
  addEventListener('hashchange', takeStep); /* before main.js reads the rest of the address */
  tale.view = openViewer(tale.volumes[page.state.w]);
  await showTale();
  await show(tale.view);
  return true;
}
