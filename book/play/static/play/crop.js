/* From a drawing to a picture like those that the network was trained on: the same steps, in the
   same order, as normalise_crop in helpers/crops.py, which says what each is for. On a square sheet
   the result is the same to the last digits. For a tall picture Pillow, which is used there, changes
   the order of two passes, and some rounding with it. */
"use strict";

Play.crop = (() => {
  const { clip, picture, blank, evenInk, mainInk, dilate } = Play.ink;
  const SIDE = 32;
  const RADIUS = 8; // how far ink is from its centre, in pixels of the result
  const MARGIN = 1;
  const UPRIGHT = 0.5; // the part of the slant that is taken out
  const STROKE = 4;
  const FINE = 3; // strokes are measured on a grid this many times finer
  const GRID = SIDE * FINE;

  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

  /* Half values go to the even neighbour, as in NumPy. */
  function roundToEven(value) {
    const low = Math.floor(value);
    if (value - low !== 0.5) return Math.round(value);
    return low % 2 === 0 ? low : low + 1;
  }

  /* --- size and place ------------------------------------------------------------------------- */

  function cubic(x) {
    const t = Math.abs(x);
    if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
    return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
  }

  /* For each of `size` new pixels between `start` and `end`: the first old pixel, and weights in
     parts of 2^22, as Pillow computes them. */
  function bicubicWeights(length, start, end, size) {
    const scale = Math.fround(end - start) / size; // Pillow's corners have single precision
    const stretch = Math.max(scale, 1);
    return Array.from({ length: size }, (_, k) => {
      const centre = start + (k + 0.5) * scale;
      const first = Math.max(Math.trunc(centre - 2 * stretch + 0.5), 0);
      const last = Math.min(Math.trunc(centre + 2 * stretch + 0.5), length);
      const raw = Array.from({ length: last - first }, (_, j) =>
        cubic((j + first - centre + 0.5) / stretch),
      );
      const total = raw.reduce((sum, weight) => sum + weight, 0);
      const weights = raw.map((weight) => {
        const part = (weight / total) * 2 ** 22;
        return Math.trunc(part < 0 ? part - 0.5 : part + 0.5);
      });
      return { first, weights };
    });
  }

  /* Whole values from 0 to 255 along one line. */
  function weighLine(line, table) {
    return table.map(({ first, weights }) => {
      let sum = 2 ** 21;
      for (let j = 0; j < weights.length; j += 1) sum += line[first + j] * weights[j];
      return clip(Math.floor(sum / 2 ** 22), 0, 255);
    });
  }

  /* Cut a square out of a picture of whole values and bring it to GRID x GRID pixels. */
  function resize({ height, width, values }, left, top, side) {
    const [x0, y0] = [Math.fround(left), Math.fround(top)];
    const across = bicubicWeights(width, x0, Math.fround(left + side), GRID);
    const down = bicubicWeights(height, y0, Math.fround(top + side), GRID);
    const last = down[GRID - 1];
    const narrow = []; // only the rows that are asked for below
    for (let y = down[0].first; y < last.first + last.weights.length; y += 1) {
      narrow[y] = weighLine(values.subarray(y * width, (y + 1) * width), across);
    }
    const out = blank(GRID, GRID);
    for (let x = 0; x < GRID; x += 1) {
      const column = weighLine(
        narrow.map((row) => row[x]),
        down,
      );
      for (let y = 0; y < GRID; y += 1) out.values[y * GRID + x] = column[y] / 255;
    }
    return out;
  }

  /* Move each row sideways, the further the further down; new pixels are paper. */
  function shearRows({ height, width, values }, shear, shift) {
    const out = blank(height, width);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const from = x + shear * y + shift;
        if (from < 0 || from > width - 1) continue;
        const low = Math.min(Math.floor(from), width - 2);
        const part = from - low;
        const k = y * width + low;
        out.values[y * width + x] = (1 - part) * values[k] + part * values[k + 1];
      }
    }
    return out;
  }

  /* Set the ink's centre of mass in the middle of a square, its spread to RADIUS. */
  function place(ink, shape) {
    const { height, width } = ink;
    const rows = [];
    const cols = [];
    shape.values.forEach((is, k) => {
      if (!is) return;
      rows.push(Math.floor(k / width) + 0.5);
      cols.push((k % width) + 0.5);
    });
    const [cy, cx] = [mean(rows), mean(cols)];
    const y = rows.map((row) => row - cy);
    const x = cols.map((col) => col - cx);
    const tall = mean(y.map((v) => v * v)) + 1 / 12;
    let wide = mean(x.map((v) => v * v)) + 1 / 12;
    const lean = mean(x.map((v, k) => v * y[k]));
    const shear = UPRIGHT * clip(lean / tall, -0.8, 0.8);
    wide += shear * (shear * tall - 2 * lean);
    const far = (values) => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    const reach = Math.max(far(y), far(x)) + 0.5;
    const side = Math.max(
      (Math.sqrt(tall + wide) * SIDE) / RADIUS,
      (2 * reach * SIDE) / (SIDE - 2 * MARGIN),
    );
    const pad = Math.ceil(side) + 1;
    const padded = blank(height + 2 * pad, width + 2 * pad);
    ink.values.forEach((value, k) => {
      const row = Math.floor(k / width) + pad;
      padded.values[row * padded.width + (k % width) + pad] = roundToEven(value * 255);
    });
    const fine = resize(padded, cx - side / 2 + pad, cy - side / 2 + pad, side);
    return shearRows(fine, shear, (-shear * (GRID - 1)) / 2);
  }

  /* --- stroke width ------------------------------------------------------------------------ */

  /* The distance from each pixel of GRID x GRID to the nearest one where `is` does not hold. */
  function distances(is) {
    const far = 4 * GRID;
    const upright = new Float64Array(GRID * GRID); // within the column
    for (let x = 0; x < GRID; x += 1) {
      for (let y = 0; y < GRID; y += 1) {
        const k = y * GRID + x;
        upright[k] = is(k) ? Math.min(y ? upright[k - GRID] + 1 : far, far) : 0;
      }
      for (let y = GRID - 2; y >= 0; y -= 1) {
        const k = y * GRID + x;
        upright[k] = Math.min(upright[k], upright[k + GRID] + 1);
      }
    }
    return upright.map((own, k) => {
      if (own === 0) return 0;
      const x = k % GRID;
      let best = own * own;
      for (let away = 1; away * away < best && away < GRID; away += 1) {
        const square = away * away;
        if (x >= away) best = Math.min(best, square + upright[k - away] ** 2);
        if (x + away < GRID) best = Math.min(best, square + upright[k + away] ** 2);
      }
      return Math.sqrt(best);
    });
  }

  /* Bring strokes to one width and reduce to SIDE x SIDE. */
  function redraw({ values }) {
    const out = blank(SIDE, SIDE);
    const inside = distances((k) => values[k] > 0.5);
    const within = inside.filter((distance) => distance > 0);
    if (within.length === 0) return out;
    const outside = distances((k) => values[k] <= 0.5);
    const grow = (STROKE * FINE) / 2 - 2 * mean(within);
    inside.forEach((distance, k) => {
      const edge = (distance > 0 ? distance - 0.5 : 0.5 - outside[k]) + grow;
      const row = Math.floor(k / GRID / FINE);
      const col = Math.floor((k % GRID) / FINE);
      out.values[row * SIDE + col] += clip(0.5 + edge / FINE, 0, 1) / (FINE * FINE);
    });
    return out;
  }

  /* grey: a picture, 0 is black and 1 is white. The result is 32 x 32, ink 0 on paper 1. */
  function normalise(grey) {
    const ink = evenInk(grey);
    const { height, width } = ink;
    const dark = Uint8Array.from(ink.values, (value) => (value > 0.5 ? 1 : 0));
    const shape = mainInk(picture(height, width, dark));
    if (!shape.values.includes(1))
      return picture(SIDE, SIDE, new Float64Array(SIDE * SIDE).fill(1));
    const near = dilate(dilate(shape));
    const own = picture(
      height,
      width,
      ink.values.map((value, k) => value * near.values[k]),
    );
    const small = redraw(place(own, shape));
    return picture(
      SIDE,
      SIDE,
      small.values.map((value) => 1 - value),
    );
  }

  return { normalise };
})();
