/* volume.js - decodes the fields that the page carries: base64 of zlib of differences between neighbours. */

async function inflate(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/* Differences along each row become values again. */
function addUp(bytes, row) {
  for (let i = 0; i < bytes.length; i++)
    if (i % row) bytes[i] = bytes[i] + bytes[i - 1];
  return bytes;
}

function makeVolume(data) {
  const [nx, ny, nz] = data.shape;
  return Object.assign(data, {
    radial: data.kind === 'axisymmetric',
    block: ny > 1,
    voxels: nx * ny * nz,
    size: [data.to[0] - data.from[0], data.to[1] - data.from[1], data.to[2] - data.from[2]],
    ready: {},
  });
}

function fieldOf(volume, key) {
  return volume.fields.find((field) => field.key === key) || volume.fields[0];
}

/* Each field is decoded when it is first asked for. */
async function bytesOf(volume, field) {
  if (!volume.ready[field.key])
    volume.ready[field.key] = addUp(await inflate(field.data), volume.shape[0]);
  return volume.ready[field.key];
}

function frameOf(volume, bytes, frame) {
  return bytes.subarray(frame * volume.voxels, (frame + 1) * volume.voxels);
}

/* 256 colours [r, g, b, 255] between the anchors of a published table. */
function makeShades(anchors) {
  const shades = new Uint8Array(1024);
  for (let i = 0; i < 256; i++) {
    const at = i / 255 * (anchors.length - 1), low = Math.min(Math.floor(at), anchors.length - 2);
    for (let c = 0; c < 3; c++) {
      const a = anchors[low] >> (16 - 8 * c) & 255, b = anchors[low + 1] >> (16 - 8 * c) & 255;
      shades[4 * i + c] = Math.round(a + (at - low) * (b - a));
    }
    shades[4 * i + 3] = 255;
  }
  return shades;
}

/* Needles that were in before that day. */
function needlesAt(volume, frame) {
  return volume.needles.filter((needle) => needle[6] <= volume.days[frame] + 1e-9);
}

/* A round length in um that fits below `most`, with its name. */
function roundLength(most) {
  const power = Math.pow(10, Math.floor(Math.log10(most)));
  const um = [5, 2, 1].find((digit) => digit * power <= most) * power;
  return [um, um >= 1000 ? um / 1000 + ' mm' : um + ' µm'];
}
