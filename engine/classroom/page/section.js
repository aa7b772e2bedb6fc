/* The section through the skin: a picture of cells, drawn smoothly, with layers and needles.  The sides of the simulated
 * block are periodic, so the picture goes on beyond it with the same skin. */

const VIEW = { width: 3000, depth: 1850, above: 250 };   // um
const TISSUE = { horn: [222, 184, 150], epidermis: [240, 190, 168], papillary: [250, 218, 198],
  dermis: [252, 230, 212], fat: [253, 243, 208] };
/* Viridis (van der Walt and Smith), dark to light in nine steps. */
const SCALE = [[68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142],
  [33, 144, 141], [39, 173, 129], [92, 200, 99], [170, 220, 50], [253, 231, 37]];
const LUT = new Uint8Array(256 * 3);
for (let i = 0; i < 256; i++) {
  const at = i / 255 * 8, k = Math.min(7, Math.floor(at));
  for (let c = 0; c < 3; c++) LUT[3 * i + c] = SCALE[k][c] + (at - k) * (SCALE[k + 1][c] - SCALE[k][c]);
}

/* For each pixel of a line: two neighbouring cells and the weight of the second.  centre: ascending middles of the cells;
 * limits: places across which nothing is smoothed. */
function weights(centre, places, period, limits) {
  const n = centre.length, one = new Int32Array(places.length), two = new Int32Array(places.length);
  const share = new Float32Array(places.length);
  places.forEach((place, p) => {
    const at = period ? ((place % period) + period) % period : place;
    let k = 0;
    while (k < n && centre[k] <= at) k++;
    const low = k ? k - 1 : (period ? n - 1 : 0), high = k < n ? k : (period ? 0 : n - 1);
    let span = centre[high] - centre[low], away = at - centre[low];
    if (period && span < 0) { span += period; if (away < 0) away += period; }
    let s = span > 0 ? away / span : 0;
    if (limits && limits.some((l) => l > centre[low] && l < centre[high])) {
      const l = limits.find((x) => x > centre[low] && x < centre[high]);
      s = at < l ? 0 : 1;
    }
    one[p] = low; two[p] = high; share[p] = s;
  });
  return { one, two, share };
}

/* Places of glyphs: one in each square of a grid, moved about inside it, with the share from which on it is drawn. */
function scatter(columns, rows, seed) {
  const chance = (k) => { const v = Math.sin((k + 1) * 12.9898 + seed * 78.233) * 43758.5453; return v - Math.floor(v); };
  return Array.from({ length: columns * rows }, (_, k) => ({ x: ((k % columns) + chance(4 * k)) / columns,
    y: (Math.floor(k / columns) + chance(4 * k + 1)) / rows,
    from: 0.02 + 0.96 * chance(4 * k + 2), turn: chance(4 * k + 3) - 0.5 }));
}
LAYERS.forEach((layer, k) => { if (layer.grid) layer.places = scatter(...layer.grid, k + 1); });

/* Each at x, y; r: size in pixels; turn: -0.5 to 0.5. */
const GLYPHS = {
  fibre(pen, x, y, r, turn) {
    const dx = 5.5 * r, dy = 5 * r * turn, bend = turn > 0 ? 2 * r : -2 * r;
    pen.beginPath();
    pen.moveTo(x - dx, y - dy);
    pen.bezierCurveTo(x - dx / 3, y - dy - bend, x + dx / 3, y + dy + bend, x + dx, y + dy);
    pen.stroke();
  },
  spindle(pen, x, y, r, turn) {
    pen.beginPath();
    pen.ellipse(x, y, 2.9 * r, 0.95 * r, 2.2 * turn, 0, 2 * Math.PI);
    pen.fill();
  },
  round(pen, x, y, r) {
    pen.beginPath();
    pen.arc(x, y, 1.25 * r, 0, 2 * Math.PI);
    pen.fill();
  },
};

class Section {
  constructor(canvas) {
    this.canvas = canvas;
    this.pixels = document.createElement("canvas");
    this.grid = null;
  }

  /* A new block: what cx_web_facts, cx_web_planes and cx_web_needles said. */
  setGrid({ facts, x, z, needles }) {
    const middles = (edges) => Array.from(edges.subarray(1), (e, i) => (e + edges[i]) / 2);
    this.grid = { facts, x: middles(x), z: middles(z), needles: [] };
    for (let i = 0; i + 4 < needles.length; i += 5) {
      const [at, , depth, diameter, session] = needles.subarray(i, i + 5);
      const known = this.grid.needles.some((n) => n.session === session && Math.abs(n.x - at) < 1);
      if (!known) this.grid.needles.push({ x: at, depth, diameter, session });
    }
    this.base = null;
    this.plan = null;
  }

  /* Middle value of each wanted field in the dermis of the first picture: what healthy skin is like. */
  setHealthy(fields) {
    const { facts, z } = this.grid, cells = facts.columns * facts.rows;
    const rows = z.map((d, k) => [-d, k]).filter(([d]) => d > facts.epidermis && d < facts.dermis).map(([, k]) => k);
    this.base = WANTED.map((_, i) => {
      const row = (k) => i * cells + k * facts.columns;
      const values = rows.flatMap((k) => Array.from(fields.subarray(row(k), row(k + 1))));
      return values.sort((a, b) => a - b)[values.length >> 1];
    });
  }

  resize() {
    const width = this.canvas.clientWidth, left = width < 500 ? 36 : 46, scale = (width - left) / VIEW.width;
    const height = Math.round((VIEW.depth + VIEW.above) * scale);
    const dense = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.style.height = `${height}px`;
    this.canvas.width = Math.round(width * dense);
    this.canvas.height = Math.round(height * dense);
    Object.assign(this, { left, scale, dense, width, height, plan: null });
  }

  x(um) { return this.left + um * this.scale; }
  y(um) { return (um + VIEW.above) * this.scale; }

  /* Which cells a pixel of the inner picture is made of. */
  makePlan() {
    const { facts } = this.grid, across = Math.min(640, Math.round(VIEW.width * this.scale));
    const down = Math.round(across * VIEW.depth / VIEW.width);
    this.pixels.width = across;
    this.pixels.height = down;
    const xs = Array.from({ length: across }, (_, i) => (i + 0.5) * VIEW.width / across);
    const zs = Array.from({ length: down }, (_, j) => -(j + 0.5) * VIEW.depth / down);
    const limits = [-facts.corneum, -facts.epidermis, -facts.papillary, -facts.dermis];
    this.plan = { across, down, x: weights(this.grid.x, xs, facts.width),
      z: weights(this.grid.z, zs, 0, limits), depth: zs.map((d) => -d) };
  }

  /* Sum of fields on the plan's pixels. */
  sampled(fields, names) {
    const { across, down, x, z } = this.plan, { columns, rows } = this.grid.facts, cells = columns * rows;
    const sum = new Float32Array(cells), out = new Float32Array(across * down), line = new Float32Array(columns);
    for (const name of names) {
      const o = WANTED.indexOf(name) * cells;
      for (let i = 0; i < cells; i++) sum[i] += fields[o + i];
    }
    for (let j = 0; j < down; j++) {
      const a = z.one[j] * columns, b = z.two[j] * columns, s = z.share[j];
      for (let i = 0; i < columns; i++) line[i] = sum[a + i] + s * (sum[b + i] - sum[a + i]);
      for (let i = 0; i < across; i++) out[j * across + i] = line[x.one[i]] + x.share[i] * (line[x.two[i]] - line[x.one[i]]);
    }
    return out;
  }

  tissueAt(depth) {
    const f = this.grid.facts;
    if (depth < f.corneum) return TISSUE.horn;
    if (depth < f.epidermis) return TISSUE.epidermis;
    if (depth < f.papillary) return TISSUE.papillary;
    return depth < f.dermis ? TISSUE.dermis : TISSUE.fat;
  }

  /* Tissue, and the clot as a stain. */
  paintOverview(image, fields) {
    const { across, down, depth } = this.plan, data = image.data, stain = LAYERS.find((l) => l.glyph === "stain");
    const values = this.sampled(fields, stain.fields);
    for (let j = 0, i = 0, p = 0; j < down; j++) {
      const ground = this.tissueAt(depth[j]);
      for (let k = 0; k < across; k++, i++, p += 4) {
        const a = 0.9 * clamp(values[i] / stain.span, 0, 1);
        for (let c = 0; c < 3; c++) data[p + c] = ground[c] + a * (stain.colour[c] - ground[c]);
        data[p + 3] = 255;
      }
    }
  }

  /* The other three as fibres and cells: the same places every time, and the more of them the larger the amount. */
  drawGlyphs(pen, fields) {
    const { across, down } = this.plan, size = clamp(this.scale * 11, 1.25, 3.2);
    pen.save();
    pen.beginPath();
    pen.rect(this.left, this.y(0), this.width - this.left, this.height);
    pen.clip();
    for (const layer of LAYERS.filter((l) => l.glyph !== "stain")) {
      const values = this.sampled(fields, layer.fields);
      const healthy = layer.fields.reduce((sum, name) => sum + this.base[WANTED.indexOf(name)], 0);
      pen.fillStyle = pen.strokeStyle = `rgb(${layer.colour})`;
      pen.lineCap = "round";
      pen.lineWidth = 0.62 * size;
      for (const place of layer.places) {
        const i = Math.floor(place.x * across), j = Math.floor(place.y * down);
        const more = (values[j * across + i] - layer.above * healthy) / layer.span;
        if (more <= place.from) continue;
        pen.globalAlpha = clamp((more - place.from) * 12, 0, 1) * 0.9;
        GLYPHS[layer.glyph](pen, this.left + place.x * VIEW.width * this.scale, this.y(place.y * VIEW.depth), size, place.turn);
      }
    }
    pen.restore();
  }

  paintField(image, fields, field) {
    const values = this.sampled(fields, field.fields), data = image.data;
    for (let i = 0, p = 0; i < values.length; i++, p += 4) {
      const k = 3 * Math.round(255 * clamp((values[i] - field.low) / (field.high - field.low), 0, 1));
      data[p] = LUT[k]; data[p + 1] = LUT[k + 1]; data[p + 2] = LUT[k + 2]; data[p + 3] = 255;
    }
  }

  /* fields: [wanted][cells] or null; field: a row of FIELDS or null for the overview; day: now. */
  draw(fields, field, day) {
    const pen = this.canvas.getContext("2d");
    pen.setTransform(this.dense, 0, 0, this.dense, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    if (!this.grid || !fields) return;
    if (!this.plan) this.makePlan();
    const paint = this.pixels.getContext("2d"), image = paint.createImageData(this.plan.across, this.plan.down);
    if (field) this.paintField(image, fields, field); else this.paintOverview(image, fields);
    paint.putImageData(image, 0, 0);
    pen.imageSmoothingEnabled = true;
    pen.drawImage(this.pixels, this.left, this.y(0), VIEW.width * this.scale, VIEW.depth * this.scale);
    if (!field) this.drawGlyphs(pen, fields);
    this.drawNeedles(pen, day, Boolean(field));
    this.drawLayers(pen, Boolean(field));
  }

  /* Every needle of the block and its repeats in the picture. */
  eachNeedle(session, act) {
    const period = this.grid.facts.width;
    for (const n of this.grid.needles) {
      if (n.session !== session) continue;
      for (let x = n.x - period; x < VIEW.width + n.diameter; x += period) if (x > -n.diameter) act(x, n);
    }
  }

  /* In the skin when the session comes, withdrawn within an hour and a half; the track stays as a faint line. */
  drawNeedles(pen, day, dark) {
    const starts = lessonSessions(page.lesson).filter((d) => d <= day + 1e-6);
    const session = starts.length - 1;
    if (session < 0) return;
    const hours = 24 * (day - starts[session]), out = clamp((hours - 0.1) / 1.5, 0, 1);
    const ink = getComputedStyle(this.canvas).getPropertyValue("--needle");
    pen.save();
    pen.beginPath();
    pen.rect(this.left, 0, this.width - this.left, this.height);
    pen.clip();
    this.eachNeedle(session, (x, n) => {
      const half = n.diameter / 2 * this.scale, tip = this.y(n.depth), top = this.y(0), middle = this.x(x);
      pen.setLineDash([3, 4]);
      pen.lineWidth = 1;
      pen.strokeStyle = dark ? "rgba(255,255,255,.55)" : "rgba(70,40,40,.38)";
      pen.beginPath();
      pen.moveTo(middle - half, top); pen.lineTo(middle, tip); pen.lineTo(middle + half, top);
      pen.stroke();
      pen.setLineDash([]);
      if (out >= 1) return;
      const lift = out * (tip - top), shaft = half * 1.25;
      pen.globalAlpha = 1 - 0.6 * out;
      pen.fillStyle = ink;
      pen.strokeStyle = "rgba(255,255,255,.7)";
      pen.beginPath();
      const outline = [[0, tip - lift], [half, top - lift], [shaft, -9], [-shaft, -9], [-half, top - lift]];
      for (const [dx, y] of outline) pen.lineTo(middle + dx, y);
      pen.closePath();
      pen.fill();
      pen.stroke();
      pen.globalAlpha = 1;
    });
    pen.restore();
  }

  drawLayers(pen, dark) {
    const f = this.grid.facts, style = getComputedStyle(this.canvas), small = this.width < 500;
    pen.font = `${small ? 10.5 : 12}px system-ui, sans-serif`;
    pen.textBaseline = "middle";
    pen.lineWidth = 1;
    pen.textAlign = "right";
    pen.fillStyle = style.getPropertyValue("--soft");
    for (let mm = 0; 1000 * mm <= VIEW.depth; mm += 0.5) {
      pen.fillText(mm ? mm.toFixed(1) : "0 mm", this.left - 6, this.y(1000 * mm));
      pen.fillRect(this.left - 4, this.y(1000 * mm) - 0.5, 4, 1);
    }
    const bands = [["upper skin (epidermis)", 0, f.epidermis], ["upper dermis (papillary)", f.epidermis, f.papillary],
      ["lower dermis (reticular)", f.papillary, f.dermis], ["fat under the skin", f.dermis, VIEW.depth]];
    pen.textAlign = "left";
    for (const [name, from, to] of bands) {
      if (from >= VIEW.depth) continue;
      pen.strokeStyle = dark ? "rgba(255,255,255,.4)" : "rgba(90,50,40,.28)";
      pen.beginPath();
      pen.moveTo(this.left, this.y(from)); pen.lineTo(this.width, this.y(from));
      pen.stroke();
      const tall = (Math.min(to, VIEW.depth) - from) * this.scale, place = this.y(from) + Math.min(tall / 2, 13);
      if (tall < 11) continue;
      pen.lineWidth = 3;
      pen.strokeStyle = dark ? "rgba(10,10,30,.55)" : "rgba(255,248,240,.9)";
      pen.strokeText(name, this.left + 8, place);
      pen.fillStyle = dark ? "#fff" : "#4a2e28";
      pen.fillText(name, this.left + 8, place);
      pen.lineWidth = 1;
    }
  }
}
