/* bands.js - shaded bands behind the curves, where the draws of an ensemble lie.  Only a page with bands carries this part,
 * before the others; it puts the two edges of each band around what charts.js makes of a chart. */
const bare = {rowsOf, optionsOf, csvOf};

/* The two ends of the band of a line, as lines of their own. */
function edgesOf(data, line) {
  return line.low ? [line.low, line.high].map((y, i) => ({name: line.name + ', ' + data.ends[i] + ' of the draws', y})) : [];
}

/* Edges come first and are drawn first; the last column is empty and only has its entry in the legend. */
rowsOf = function (data) {
  if (!data.band) return bare.rowsOf(data);
  const edges = data.lines.flatMap((line) => edgesOf(data, line));
  return bare.rowsOf({...data, lines: [...edges, ...data.lines, {y: data.x.map(() => null)}]});
};

csvOf = function (data) {
  if (!data.band) return bare.csvOf(data);
  return bare.csvOf({...data, lines: data.lines.flatMap((line) => [line, ...edgesOf(data, line)])});
};

/* Colours of the sheet are written #rrggbb. */
function faded(name, share) {
  return cssColour(name) + Math.round(255 * share).toString(16).padStart(2, '0');
}

/* Beside the value of a line, where its band lies at that time. */
function withRange(say, lowColumn) {
  return (u, v, i, at) => {
    const [low, high] = [lowColumn, lowColumn + 1].map((column) => (at === null || at === undefined ? null : u.data[column][at]));
    return low === null || high === null ? say(u, v) : `${say(u, v)} (${words(low)} – ${words(high)})`;
  };
}

/* A band is there while its line and the entry of the bands are switched on. */
function followSwitches(banded, first, note) {
  return (u, changed) => {
    if (!changed || changed < first) return;
    for (const {number, column} of banded)
      for (const edge of [column, column + 1]) {
        const show = u.series[first + number].show && u.series[note].show;
        if (u.series[edge].show !== show) u.setSeries(edge, {show});
      }
  };
}

/* Edges have no entries of their own: their numbers stand beside those of their line. */
function hideEdges(u, first) {
  const rows = u.root.querySelectorAll('.u-legend .u-series');
  for (let i = 1; i < first; i++) rows[i].style.display = 'none';
}

optionsOf = function (data, width) {
  const made = bare.optionsOf(data, width);
  if (!data.band) return made;
  const [time, ...lines] = made.series, edges = [], banded = [];
  data.lines.forEach((line, number) => {
    if (!line.low) return;
    const column = 1 + edges.length, look = {stroke: faded('--c' + number, 0.5), width: 0.8, dash: DASHES[number],
      points: {show: false}};
    banded.push({number, column});
    edges.push(look, {...look});
    lines[number].value = withRange(lines[number].value, column);
  });
  const first = 1 + edges.length, note = first + lines.length;
  made.series = [time, ...edges, ...lines, {label: 'Shaded', stroke: faded('--faint', 0.6), width: 1,
    fill: faded('--faint', 0.2), points: {show: false}, value: () => data.band}];
  made.bands = banded.map(({number, column}) => ({series: [column + 1, column], fill: faded('--c' + number, 0.18)}));
  made.cursor.points = {size: (u, i) => (i < first ? 0 : 8)};
  made.hooks.setSeries = [followSwitches(banded, first, note)];
  made.hooks.init = [(u) => hideEdges(u, first)];
  return made;
};
