/* charts.js - the charts made live with uPlot: values under the pointer, zoom by dragging, numbers as CSV.  The drawings
 * that the page came with stay for print. */
const TIMES = [[1 / 24, '1 h'], [0.25, '6 h'], [1, '1 d'], [3, '3 d'], [7, '1 wk'], [14, '2 wk'],
  [28, '4 wk'], [84, '12 wk'], [182, '6 mo'], [365, '1 y'], [730, '2 y']];
const DASHES = [[], [], [], [6, 4], [2, 4], [9, 3, 2, 3]];
const live = [];

/* A logarithmic clock has no zero: earlier points are left out. */
function rowsOf(data) {
  const kept = data.x.map((_, i) => i).filter((i) => data.x[i] >= data.from * (1 - 1e-9));
  return [data.x, ...data.lines.map((line) => line.y)].map((column) => kept.map((i) => column[i]));
}

/* Lines and measured values with a little air; from 0 when they nearly start there. */
function heightOf(data, low, high) {
  for (const [, , ...values] of data.dots)
    for (const value of values.filter((v) => v !== null)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  if (!(high > low)) return [low - 0.5, low + 0.5];
  const air = 0.06 * (high - low);
  return [low >= 0 && low < 0.3 * high ? 0 : low - air, high + air];
}

function vertical(u, day, colour, dash) {
  const x = u.valToPos(day, 'x', true), ink = u.ctx;
  if (!(x >= u.bbox.left && x <= u.bbox.left + u.bbox.width)) return;
  ink.save();
  ink.strokeStyle = colour;
  ink.lineWidth = devicePixelRatio;
  ink.setLineDash(dash);
  strokePath(ink, [[x, u.bbox.top], [x, u.bbox.top + u.bbox.height]]);
  ink.restore();
}

/* Open disc with its range: what was measured. */
function measured(u, [line, day, value, low, high]) {
  const ink = u.ctx, x = u.valToPos(day, 'x', true), y = (v) => u.valToPos(v, 'y', true);
  ink.save();
  ink.strokeStyle = cssColour('--c' + line);
  ink.fillStyle = cssColour('--card');
  ink.lineWidth = 1.6 * devicePixelRatio;
  if (low !== null && high !== null) strokePath(ink, [[x, y(low)], [x, y(high)]]);
  ink.beginPath();
  ink.arc(x, y(value), 4 * devicePixelRatio, 0, 7);
  ink.fill();
  ink.stroke();
  ink.restore();
}

/* Sessions, measurements, and the time that the turning picture shows. */
function drawMarks(u, data) {
  for (const day of data.marks || []) vertical(u, day, cssColour('--accent'), [4, 6]);
  for (const dotted of data.dots) measured(u, dotted);
  if (page.volume) vertical(u, page.volume.days[page.state.t], cssColour('--soft'), []);
}

function axesOf(data) {
  const look = {stroke: cssColour('--faint'), font: '11px system-ui,sans-serif',
    grid: {stroke: cssColour('--grid'), width: 1}, ticks: {stroke: cssColour('--line'), width: 1}};
  const time = {...look, label: data.log ? 'time, logarithmic' : 'day', labelSize: 18,
    labelFont: look.font, size: 28, grid: {show: false}};
  if (data.log) {
    const seen = TIMES.filter(([day]) => day >= data.from && day <= data.to);
    time.splits = (u) => seen.map(([day]) => day).filter((day) => day >= u.scales.x.min && day <= u.scales.x.max);
    time.filter = (u, splits) => splits;
    time.values = (u, splits) => splits.map((day) => (seen.find(([at]) => at === day) || ['', ''])[1]);
    time.space = 10;
  }
  return [time, {...look, size: 56, label: data.unit, labelSize: 16, labelFont: look.font,
    values: (u, splits) => splits.map(words)}];
}

/* Clock of the legend: hours in the first two days. */
function whenWords(day) {
  if (day === null || day === undefined) return '–';
  return day < 2 ? words(day * 24) + ' h' : 'day ' + words(day);
}

function optionsOf(data, width) {
  const lines = data.lines.map((line, i) => ({label: line.name, stroke: cssColour('--c' + i), width: 2,
    dash: DASHES[i], points: {show: false}, value: (u, v) => (v === null || v === undefined ? '–' : words(v))}));
  return {
    width, height: page.state.p ? 200 : 260, /* beside a caption there is less room */
    scales: {x: {time: false, distr: data.log ? 3 : 1, range: (u, low, high) => [low, high]},
      y: {range: (u, low, high) => heightOf(data, low, high)}},
    series: [{label: 'Time', value: (u, v) => whenWords(v)}, ...lines],
    axes: axesOf(data), cursor: {sync: {key: 'page'}, drag: {x: true, y: false}},
    hooks: {draw: [(u) => drawMarks(u, data)]},
  };
}

function quoted(text) { return '"' + String(text).replace(/"/g, '""') + '"'; }

function csvOf(data) {
  const rows = [['time_day', ...data.lines.map((line) => quoted(line.name + ' [' + data.unit + ']'))].join(',')];
  data.x.forEach((day, i) => rows.push([day, ...data.lines.map((line) => line.y[i] ?? '')].join(',')));
  return rows.join('\n') + '\n';
}

function csvLink(data) {
  const link = document.createElement('a');
  link.className = 'csv';
  link.textContent = 'Numbers of this chart (CSV)';
  link.download = data.lines[0].name.replace(/[^\w-]+/g, '_') + '.csv';
  link.href = 'data:text/csv;charset=utf-8,' + encodeURIComponent(csvOf(data));
  return link;
}

/* A place that is hidden has no width; it is drawn when it is shown. */
function draw(one) {
  if (one.plot) one.plot.destroy();
  one.plot = null;
  if (!one.place.clientWidth) return;
  one.plot = new uPlot(optionsOf(one.data, one.place.clientWidth), rowsOf(one.data), one.place);
}

function makeChart(script) {
  const drawing = script.previousElementSibling;
  const box = document.createElement('div'), place = document.createElement('div');
  const one = {data: JSON.parse(script.textContent), place, plot: null};
  box.className = 'live';
  place.setAttribute('role', 'img');
  place.setAttribute('aria-label', one.data.alt);
  drawing.replaceWith(box);
  drawing.classList.add('still');
  box.append(drawing, place, csvLink(one.data));
  script.classList.remove('chart-data');
  draw(one);
  live.push(one);
}

/* One after the other, so that the page can be used meanwhile. */
async function makeCharts(part = document) {
  for (const script of part.querySelectorAll('script.chart-data')) {
    await new Promise((next) => setTimeout(next, 0));
    makeChart(script);
  }
}

function redrawCharts() { for (const one of live) if (one.plot) one.plot.redraw(false); }
function remakeCharts() { live.forEach(draw); }
