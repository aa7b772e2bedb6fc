/* flat.js - a vertical section on a plain canvas: the picture of slices and discs, and of blocks where WebGL2 is missing. */

/* Row of voxels that the cut from the front leaves first. */
function planeOf(volume, state) {
  return clamp(Math.floor(state.y / 100 * volume.shape[1]), 0, volume.shape[1] - 1);
}

/* Byte at pixel column i, row k of the section; a disc is mirrored at its axis. */
function columnOf(volume, i) {
  const nx = volume.shape[0];
  if (!volume.radial) return i;
  return i < nx ? nx - 1 - i : i - nx;
}

function sectionImage(volume, bytes, shades, plane) {
  const [nx, ny, nz] = volume.shape, width = volume.radial ? 2 * nx : nx;
  const image = new ImageData(width, nz);
  for (let k = 0; k < nz; k++)
    for (let i = 0; i < width; i++) {
      const shade = 4 * bytes[columnOf(volume, i) + nx * (plane + ny * k)];
      image.data.set(shades.subarray(shade, shade + 4), 4 * (i + width * k));
    }
  return image;
}

/* The section as large as it fits, the same scale across and down. */
function placeSection(volume, width, height) {
  const um = [volume.radial ? 2 * volume.size[0] : volume.size[0], volume.size[2]];
  const perUm = Math.min((width - 110) / um[0], (height - 24) / um[1]);
  const size = um.map((length) => length * perUm);
  return {perUm, left: (width - 110 - size[0]) / 2 + 4, top: 10, width: size[0], height: size[1],
    zero: volume.radial ? -volume.size[0] : volume.from[0]};
}

function drawSection(ink, volume, bytes, shades, plane, place) {
  const image = sectionImage(volume, bytes, shades, plane);
  const small = document.createElement('canvas');
  small.width = image.width;
  small.height = image.height;
  small.getContext('2d').putImageData(image, 0, 0);
  ink.imageSmoothingEnabled = true;
  ink.imageSmoothingQuality = 'high';
  ink.drawImage(small, place.left, place.top, place.width, place.height);
}

function drawLayers(ink, volume, place) {
  let last = place.top;
  ink.font = '11px system-ui,sans-serif';
  ink.textAlign = 'left';
  for (const layer of volume.layers) {
    const y = place.top + Math.min(layer.to * place.perUm, place.height);
    if (y - last < 5) continue;
    ink.setLineDash([4, 3]);
    if (layer.to < volume.size[2]) strokeTwice(ink, [[[place.left, y], [place.left + place.width, y]]]);
    ink.setLineDash([]);
    ink.fillStyle = cssColour('--faint');
    if (y - last > 14) ink.fillText(layer.name, place.left + place.width + 6, (y + last) / 2 + 4);
    last = y;
  }
}

/* Of a block only the needles that the plane cuts. */
function cutsNeedle(volume, plane, needle) {
  if (!volume.block) return true;
  const cell = volume.size[1] / volume.shape[1], y = volume.from[1] + (plane + 0.5) * cell;
  return Math.abs(needle[1] - y) <= Math.max(needle[3], cell) / 2;
}

function drawFlatNeedles(ink, volume, state, plane, place) {
  for (const needle of needlesAt(volume, state.t)) {
    if (!cutsNeedle(volume, plane, needle)) continue;
    const [x, , depth, diameter, tilt, azimuth] = needle, rad = Math.PI / 180;
    const lean = depth * Math.tan(tilt * rad) * Math.cos(azimuth * rad);
    const at = (um, down) => [place.left + (um - place.zero) * place.perUm, place.top + down * place.perUm];
    strokeTwice(ink, [[at(x - diameter / 2, 0), at(x + lean, depth), at(x + diameter / 2, 0)]]);
  }
}

function drawFlat(ink, volume, state, bytes, shades, size) {
  const place = placeSection(volume, size[0], size[1]), plane = planeOf(volume, state);
  ink.clearRect(0, 0, size[0], size[1]);
  drawSection(ink, volume, bytes, shades, plane, place);
  drawLayers(ink, volume, place);
  if (state.n) drawFlatNeedles(ink, volume, state, plane, place);
  drawScale(ink, size[0], size[1], place.perUm);
  return place;
}

/* Value, place across and depth under the pointer; null beside the section. */
function probe(volume, field, bytes, state, place, x, y) {
  const i = Math.floor((x - place.left) / place.width * volume.shape[0] * (volume.radial ? 2 : 1));
  const k = Math.floor((y - place.top) / place.height * volume.shape[2]);
  const wide = volume.shape[0] * (volume.radial ? 2 : 1);
  if (i < 0 || k < 0 || i >= wide || k >= volume.shape[2]) return null;
  const byte = bytes[columnOf(volume, i) + volume.shape[0] * (planeOf(volume, state) + volume.shape[1] * k)];
  return {value: field.low + byte / 255 * (field.high - field.low),
    across: (x - place.left) / place.perUm + place.zero, depth: (y - place.top) / place.perUm};
}
