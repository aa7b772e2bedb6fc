/* solid.js - the tissue as a solid that is turned and cut, drawn by one WebGL2 fragment shader that follows a ray through
 * the volume; edges, needles and the scale are drawn over it on a plain canvas.
 * Space: the longest side is 1 long, the middle is the origin, z points out of the skin. */

const VERTEX = `#version 300 es
out vec2 at;
void main() {
  at = vec2(gl_VertexID == 1 ? 3. : -1., gl_VertexID == 2 ? 3. : -1.);
  gl_Position = vec4(at, 0., 1.);
}`;

/* mode 0: colour of the first tissue that the ray meets; 1: strong values glow, weak ones are clear. */
const FRAGMENT = `#version 300 es
precision highp float;
precision highp sampler3D;
in vec2 at;
out vec4 colour;
uniform sampler3D field;
uniform sampler2D shades;
uniform vec3 eye, across, upward, ahead, halfSize, low, high;
uniform int mode;
uniform bool radial;
const int STEPS = 160;

float valueAt(vec3 p) {
  vec3 share = (p + halfSize) / (2. * halfSize);
  share.z = 1. - share.z;
  if (radial) share.xy = vec2(length(p.xy) / halfSize.x, .5);
  return texture(field, share).r;
}

vec3 shadeOf(float value) { return texture(shades, vec2((value * 255. + .5) / 256., .5)).rgb; }

bool inside(vec3 p) { return !radial || length(p.xy) <= halfSize.x; }

void main() {
  vec3 ray = normalize(ahead + at.x * across + at.y * upward);
  vec3 a = (low - eye) / ray, b = (high - eye) / ray;
  vec3 near = min(a, b), far = max(a, b);
  float from = max(max(near.x, near.y), max(near.z, 0.)), to = min(min(far.x, far.y), far.z);
  colour = vec4(0.);
  if (from >= to) return;
  float stride = (to - from) / float(STEPS), strength = 1. - exp(-9. * stride);
  for (int i = 0; i < STEPS; i++) {
    vec3 p = eye + ray * (from + (mode == 0 ? float(i) + 1e-3 : float(i) + .5) * stride);
    if (!inside(p)) continue;
    float value = valueAt(p);
    if (mode == 0) { colour = vec4(shadeOf(value), 1.); return; }
    float alpha = clamp(strength * value * value * 2.5, 0., 1.) * (1. - colour.a);
    colour += vec4(shadeOf(value) * alpha, alpha);
    if (colour.a > .98) return;
  }
}`;

function compile(gl, kind, text) {
  const shader = gl.createShader(kind);
  gl.shaderSource(shader, text);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
  return shader;
}

function link(gl) {
  const program = gl.createProgram();
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, VERTEX));
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, FRAGMENT));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
  return program;
}

function makeTexture(gl, unit, target) {
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(target, gl.createTexture());
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T, gl.TEXTURE_WRAP_R])
    gl.texParameteri(target, side, gl.CLAMP_TO_EDGE);
  gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
}

/* Null when this browser cannot do it: the section on a plain canvas takes its place. */
function makeSolid(canvas, volume) {
  const gl = canvas.getContext('webgl2', {antialias: false, preserveDrawingBuffer: true});
  if (!gl) return null;
  const program = link(gl), places = {};
  gl.useProgram(program);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  makeTexture(gl, 0, gl.TEXTURE_3D);
  makeTexture(gl, 1, gl.TEXTURE_2D);
  for (const name of ['field', 'shades', 'eye', 'across', 'upward', 'ahead', 'halfSize', 'low',
    'high', 'mode', 'radial']) places[name] = gl.getUniformLocation(program, name);
  gl.uniform1i(places.field, 0);
  gl.uniform1i(places.shades, 1);
  gl.uniform1i(places.radial, volume.radial ? 1 : 0);
  return {gl, places, canvas, volume};
}

function loadFrame(solid, bytes, shades) {
  const {gl, volume} = solid, [nx, ny, nz] = volume.shape;
  gl.activeTexture(gl.TEXTURE0);
  gl.texImage3D(gl.TEXTURE_3D, 0, gl.R8, nx, ny, nz, 0, gl.RED, gl.UNSIGNED_BYTE, bytes);
  gl.activeTexture(gl.TEXTURE1);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, shades);
}

/* Half sides, and the box that the cuts leave. */
function boxOf(volume, state) {
  const size = volume.size.slice();
  if (volume.radial) { size[0] *= 2; size[1] = size[0]; }
  const longest = Math.max(...size), half = size.map((side) => side / longest / 2);
  const low = half.map((side) => -side), high = half.slice();
  high[0] -= 2 * half[0] * clamp(state.x, 0, 98) / 100;
  low[1] += 2 * half[1] * clamp(state.y, 0, 98) / 100;
  high[2] -= 2 * half[2] * clamp(state.z, 0, 98) / 100;
  return {half, low, high, longest};
}

/* Where the eye is: `a` turns around the skin's normal, `e` is its height; `s` brings it nearer. */
function cameraOf(state, width, height) {
  const [ca, sa, ce, se] = [Math.cos(state.a), Math.sin(state.a), Math.cos(state.e), Math.sin(state.e)];
  const far = 2.05 / clamp(state.s, 0.4, 4), open = 0.36;
  const ahead = [-sa * ce, ca * ce, -se], right = [ca, sa, 0], up = [-sa * se, ca * se, ce];
  const scale = (vector, by) => vector.map((part) => part * by);
  return {
    eye: scale(ahead, -far), ahead, right, up, width, height, open,
    across: scale(right, open * width / height), upward: scale(up, open),
  };
}

function dot(a, b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/* Pixels of a point. */
function project(camera, point) {
  const from = point.map((part, d) => part - camera.eye[d]), depth = dot(from, camera.ahead);
  const unit = camera.height / 2 / camera.open / depth;
  return [camera.width / 2 + unit * dot(from, camera.right), camera.height / 2 - unit * dot(from, camera.up)];
}

function drawSolid(solid, state, camera, box) {
  const {gl, places, canvas} = solid;
  gl.viewport(0, 0, canvas.width, canvas.height);
  gl.clearColor(0, 0, 0, 0);
  gl.clear(gl.COLOR_BUFFER_BIT);
  for (const name of ['eye', 'across', 'upward', 'ahead']) gl.uniform3fv(places[name], camera[name]);
  gl.uniform3fv(places.halfSize, box.half);
  gl.uniform3fv(places.low, box.low);
  gl.uniform3fv(places.high, box.high);
  gl.uniform1i(places.mode, state.m === 'glow' ? 1 : 0);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
}

function strokePath(ink, points) {
  ink.beginPath();
  points.forEach(([x, y], i) => (i ? ink.lineTo(x, y) : ink.moveTo(x, y)));
  ink.stroke();
}

/* Light over dark, to be seen on every colour. */
function strokeTwice(ink, lines) {
  for (const [colour, width] of [['#0006', 3], ['#fffc', 1.1]]) {
    ink.strokeStyle = colour;
    ink.lineWidth = width;
    for (const line of lines) strokePath(ink, line);
  }
}

/* Rim at the surface and two sides down to the tip. */
function needleLines(volume, box, camera, needle) {
  const [x, y, depth, diameter, tilt, azimuth] = needle, rad = Math.PI / 180;
  const middle = volume.radial ? [0, 0] : [0, 1].map((d) => (volume.from[d] + volume.to[d]) / 2);
  const lean = depth * Math.tan(tilt * rad);
  const place = (px, py, down) => project(camera,
    [(px - middle[0]) / box.longest, (py - middle[1]) / box.longest, box.half[2] - down / box.longest]);
  const rim = [...Array(17).keys()].map((i) => place(x + diameter / 2 * Math.cos(i * Math.PI / 8),
    y + diameter / 2 * Math.sin(i * Math.PI / 8), 0));
  const tip = place(x + lean * Math.cos(azimuth * rad), y + lean * Math.sin(azimuth * rad), depth);
  const side = [...rim.keys()].slice(0, 16).sort((i, j) => rim[i][0] - rim[j][0]);
  return [rim, [rim[side[0]], tip, rim[side[15]]]];
}

/* Does the cut leave the place where the needle goes in? */
function isLeft(volume, box, needle) {
  if (volume.radial) return true;
  return [0, 1].every((d) => {
    const at = (needle[d] - (volume.from[d] + volume.to[d]) / 2) / box.longest, slack = 0.5 * needle[3] / box.longest;
    return at >= box.low[d] - slack && at <= box.high[d] + slack;
  });
}

function boxLines(box, camera) {
  const corner = (i) => project(camera, [0, 1, 2].map((d) => (i >> d & 1 ? box.high[d] : box.low[d])));
  const lines = [];
  for (let i = 0; i < 8; i++)
    for (let d = 0; d < 3; d++) if (!(i >> d & 1)) lines.push([corner(i), corner(i | 1 << d)]);
  return lines;
}

function drawScale(ink, width, height, perUm) {
  const [um, name] = roundLength(0.2 * width / perUm), length = um * perUm;
  ink.fillStyle = cssColour('--ink');
  ink.fillRect(14, height - 14, length, 3);
  ink.font = '12px system-ui,sans-serif';
  ink.textAlign = 'left';
  ink.fillText(name, 14, height - 19);
}

/* Edges, needles, and a scale that holds in the middle of the picture. */
function drawOver(ink, volume, state, camera, box) {
  ink.clearRect(0, 0, camera.width, camera.height);
  if (!volume.radial) {
    ink.strokeStyle = cssColour('--faint');
    ink.lineWidth = 0.8;
    for (const line of boxLines(box, camera)) strokePath(ink, line);
  }
  if (state.n)
    for (const needle of needlesAt(volume, state.t).filter((one) => isLeft(volume, box, one)))
      strokeTwice(ink, needleLines(volume, box, camera, needle));
  const perUm = camera.height / 2 / camera.open / Math.hypot(...camera.eye) / box.longest;
  drawScale(ink, camera.width, camera.height, perUm);
}
