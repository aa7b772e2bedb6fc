/* Courses over time: this lesson, and dashed the one before. */

const courseValue = (course, k, i) => course.values[i * NAMES.courses.length + k];

/* Linear between samples, held outside; of two samples at one time, before and after the needles, the later. */
function courseAt(course, k, t) {
  const { times } = course, last = times.length - 1;
  if (t < times[0]) return courseValue(course, k, 0);
  if (t >= times[last]) return courseValue(course, k, last);
  let low = 0, high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= t) low = middle; else high = middle;
  }
  const share = times[high] > times[low] ? (t - times[low]) / (times[high] - times[low]) : 1;
  return courseValue(course, k, low) * (1 - share) + courseValue(course, k, high) * share;
}

/* Points [day, value] of a chart. */
function chartPoints(course, chart) {
  const k = courseNumber(chart.course), first = courseValue(course, k, 0);
  return Array.from(course.times, (t, i) => [t / 24, chart.of(courseValue(course, k, i), first)]);
}

function niceStep(span, most) {
  const raw = span / most, power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw * 0.999);
}

/* The frame of a chart in pixels: days along x, values along y. */
function chartFrame(chart, curves, end, width) {
  const height = 150, left = 50, right = 12, top = 10, bottom = 24;
  let low = chart.floor ?? 0, high = chart.least;
  for (const curve of curves) for (const [day, y] of curve) if (day <= end) { low = Math.min(low, y); high = Math.max(high, y); }
  const step = niceStep(high - low, 4);
  if (low < -0.25 * step) low = Math.floor(low / step + 1e-6) * step;
  high = Math.ceil(high / step - 1e-6) * step;
  const x = (day) => left + (width - left - right) * day / end;
  const y = (value) => height - bottom - (height - top - bottom) * (value - low) / (high - low);
  return { unit: ` ${chart.unit}`, width, height, left, right, top, bottom, low, high, step, x, y };
}

function path(curve, f, end) {
  const point = ([day, y], i) => `${i ? "L" : "M"}${f.x(day).toFixed(1)} ${f.y(y).toFixed(1)}`;
  return curve.filter(([day]) => day <= end).map(point).join("");
}

function axes(f, end) {
  let out = "";
  for (let v = Math.ceil(f.low / f.step) * f.step; v <= f.high + 1e-9; v += f.step) {
    out += `<line class="grid" x1="${f.left}" x2="${f.width - f.right}" y1="${f.y(v)}" y2="${f.y(v)}"/>` +
      `<text x="${f.left - 6}" y="${f.y(v) + 4}" text-anchor="end">${+v.toFixed(2)}${f.unit}</text>`;
  }
  const weeks = end > 21, step = weeks ? 7 * Math.ceil(end / 7 / 7) : 2;
  for (let d = 0; d <= end + 1e-9; d += step) {
    const text = `${weeks ? Math.round(d / 7) : d}${d ? "" : weeks ? " weeks" : " days"}`;
    out += `<text x="${f.x(d)}" y="${f.height - 6}" text-anchor="middle">${text}</text>`;
  }
  return out;
}

/* One chart as SVG; `now` in days. */
function drawChart(chart, { course, ghost, end, now, sessions }) {
  const box = byId(`chart-${chart.id}`), curve = course ? chartPoints(course, chart) : [];
  const old = ghost ? chartPoints(ghost.course, chart) : [];
  const f = chartFrame(chart, [curve, old], end, Math.max(240, box.clientWidth));
  const visits = sessions.filter((d) => d <= end).map((d) => `<path class="visit" d="M${f.x(d)} ${f.height - f.bottom}l-4 6h8z"/>`);
  const base = f.height - f.bottom, k = courseNumber(chart.course);
  const cursor = now <= end ? `<line class="now" x1="${f.x(now)}" x2="${f.x(now)}" y1="${f.top}" y2="${base}"/>` : "";
  const value = course ? chart.of(courseAt(course, k, now * 24), courseValue(course, k, 0)) : NaN;
  const dot = course && now <= end ? `<circle cx="${f.x(now)}" cy="${f.y(value)}" r="4"/>` : "";
  box.innerHTML = `<svg viewBox="0 0 ${f.width} ${f.height}" width="${f.width}" height="${f.height}" aria-hidden="true">
    ${axes(f, end)}${visits.join("")}${cursor}<path class="ghost" d="${path(old, f, end)}"/>
    <path class="curve" d="${path(curve, f, end)}"/>${dot}</svg>`;
  const text = told(value, 1, chart.unit, chart.id === "collagen");
  byId(`value-${chart.id}`).textContent = text;
  box.setAttribute("aria-label", `${chart.title} over time; on day ${now.toFixed(1)}: ${text}`);
}

function makeCharts() {
  byId("charts").innerHTML = CHARTS.map((c) => `<figure class="chart"><figcaption><b>${c.title}</b> <i>${c.term}</i>
    <output id="value-${c.id}"></output></figcaption><div id="chart-${c.id}" role="img"></div></figure>`).join("");
}
