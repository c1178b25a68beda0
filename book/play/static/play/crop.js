/* From a drawing to a picture like those that the network was trained on: the same steps, in the
   same order, as normalise_crop in helpers/crops.py, which says what each is for. On a square sheet
   the result is the same to the last digits; for a tall picture Pillow, which is used there, changes
   the order of two passes, and some rounding with it. A picture is an object with its height, its
   width, and its values row by row. */
"use strict";

Play.crop = (() => {
  const SIDE = 32;
  const RADIUS = 8; // how far ink is from its centre, in pixels of the result
  const MARGIN = 1;
  const UPRIGHT = 0.5; // the part of the slant that is taken out
  const STROKE = 4;
  const FINE = 3; // strokes are measured on a grid this many times finer
  const GRID = SIDE * FINE;

  const clip = (value, low, high) => Math.min(Math.max(value, low), high);
  const picture = (height, width, values) => ({ height, width, values });
  const blank = (height, width) => picture(height, width, new Float64Array(height * width));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

  function median(values) {
    const sorted = Float64Array.from(values).sort();
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /* Half values go to the even neighbour, as in NumPy. */
  function roundToEven(value) {
    const low = Math.floor(value);
    if (value - low !== 0.5) return Math.round(value);
    return low % 2 === 0 ? low : low + 1;
  }

  /* --- neighbourhoods; beyond the edge, the edge's own values go on ----------------------- */

  function median3x3({ height, width, values }) {
    const out = blank(height, width);
    const around = new Float64Array(9);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        let k = 0;
        for (let dy = -1; dy <= 1; dy += 1) {
          const row = clip(y + dy, 0, height - 1) * width;
          for (let dx = -1; dx <= 1; dx += 1) {
            around[k] = values[row + clip(x + dx, 0, width - 1)];
            k += 1;
          }
        }
        const even = around.every((value) => value === around[0]);
        out.values[y * width + x] = even ? around[0] : around.sort()[4];
      }
    }
    return out;
  }

  /* Apply `filter(line)` to every row, then to every column. */
  function separately({ height, width, values }, filter) {
    const out = picture(height, width, Float64Array.from(values));
    for (let y = 0; y < height; y += 1) {
      const row = out.values.subarray(y * width, (y + 1) * width);
      row.set(filter(Float64Array.from(row)));
    }
    const column = new Float64Array(height);
    for (let x = 0; x < width; x += 1) {
      for (let y = 0; y < height; y += 1) column[y] = out.values[y * width + x];
      const filtered = filter(column);
      for (let y = 0; y < height; y += 1) out.values[y * width + x] = filtered[y];
    }
    return out;
  }

  /* The largest (or, with sign -1, the smallest) value within reach. `falling` holds the places
     that can still become the largest: later ones have smaller values. */
  const extreme = (size, sign) => (line) => {
    const reach = size >> 1;
    const out = new Float64Array(line.length);
    const falling = new Int32Array(line.length);
    let [first, end] = [0, 0];
    for (let k = 0; k < line.length + reach; k += 1) {
      if (k < line.length) {
        while (end > first && sign * line[falling[end - 1]] <= sign * line[k]) end -= 1;
        falling[end] = k;
        end += 1;
      }
      if (k < reach) continue;
      if (falling[first] < k - 2 * reach) first += 1;
      out[k - reach] = line[falling[first]];
    }
    return out;
  };

  const average = (size) => (line) => {
    const reach = size >> 1;
    const last = line.length - 1;
    let sum = 0;
    for (let j = -reach; j <= reach; j += 1) sum += line[clip(j, 0, last)];
    return line.map((_, k) => {
      if (k > 0) sum += line[Math.min(k + reach, last)] - line[Math.max(k - reach - 1, 0)];
      return sum / size;
    });
  };

  /* --- ink and paper -------------------------------------------------------------------------- */

  function otsu(values, bins = 128) {
    const counts = new Float64Array(bins);
    for (const value of values) counts[Math.min(Math.floor(value * bins), bins - 1)] += 1;
    const below = new Float64Array(bins);
    const moment = new Float64Array(bins);
    for (let k = 0; k < bins; k += 1) {
      below[k] = (k ? below[k - 1] : 0) + counts[k];
      moment[k] = (k ? moment[k - 1] : 0) + (counts[k] * (2 * k + 1)) / (2 * bins);
    }
    const [all, total] = [below[bins - 1], moment[bins - 1]];
    const between = below.map((count, k) => {
      const apart = moment[k] * all - total * count;
      return (apart * apart) / Math.max(count * (all - count), 1);
    });
    const largest = Math.max(...between);
    const best = [...between.keys()].filter((k) => between[k] === largest);
    return (best[best.length >> 1] + 1) / bins;
  }

  function evenInk(grey) {
    const { height, width, values } = grey;
    const reach = Math.max(5, Math.floor(Math.max(height, width) / 3)) | 1;
    const calm = median3x3(grey);
    let paper = separately(separately(calm, extreme(reach, 1)), extreme(reach, -1));
    const window = (reach >> 1) | 1;
    paper = separately(separately(paper, average(window)), average(window));
    const ink = values.map((value, k) => clip(1 - value / Math.max(paper.values[k], 1e-3), 0, 1));
    const cut = otsu(ink);
    const dark = ink.filter((value) => value > cut);
    if (cut < 0.02 || dark.length === 0 || dark.length === ink.length) return blank(height, width);
    const tone = median(dark);
    const rest = median(ink.filter((value) => value <= cut));
    const range = Math.max(tone - rest, 1e-3);
    return picture(height, width, ink.map((value) => clip((value - rest) / range, 0, 1)));
  }

  /* Number the connected pieces of a shape from 1, corners included. */
  function label({ height, width, values }) {
    const piece = new Int32Array(values.length);
    const sizes = [0];
    for (let first = 0; first < values.length; first += 1) {
      if (!values[first] || piece[first]) continue;
      const waiting = [first];
      piece[first] = sizes.length;
      let size = 0;
      while (waiting.length) {
        const here = waiting.pop();
        size += 1;
        const [y, x] = [Math.floor(here / width), here % width];
        for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row += 1) {
          for (let col = Math.max(x - 1, 0); col <= Math.min(x + 1, width - 1); col += 1) {
            const near = row * width + col;
            if (values[near] && !piece[near]) {
              piece[near] = sizes.length;
              waiting.push(near);
            }
          }
        }
      }
      sizes.push(size);
    }
    return { piece, sizes };
  }

  /* Keep the pieces that belong to the character: no specks, no neighbours on the border. */
  function mainInk(shape) {
    const { height, width } = shape;
    const { piece, sizes } = label(shape);
    if (sizes.length < 3) return shape;
    const onBorder = sizes.map(() => false);
    for (let y = 0; y < height; y += 1) {
      const edge = y === 0 || y === height - 1;
      for (let x = 0; x < width; x += edge ? 1 : Math.max(width - 1, 1)) {
        onBorder[piece[y * width + x]] = true;
      }
    }
    const inside = Math.max(...sizes.map((size, k) => (onBorder[k] ? 0 : size)));
    const whole = Math.max(...sizes);
    const largest = inside * 4 > whole ? inside : whole;
    const keep = sizes.map(
      (size, k) =>
        k > 0 &&
        size >= largest / 20 &&
        (!onBorder[k] || size >= largest / 2) &&
        (inside !== largest || !onBorder[k] || size === largest),
    );
    return picture(height, width, Uint8Array.from(piece, (k) => (keep[k] ? 1 : 0)));
  }

  /* Grow a shape by one pixel to each of the four sides. */
  function dilate({ height, width, values }) {
    const out = Uint8Array.from(values);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const k = y * width + x;
        if (!values[k]) continue;
        if (y > 0) out[k - width] = 1;
        if (y < height - 1) out[k + width] = 1;
        if (x > 0) out[k - 1] = 1;
        if (x < width - 1) out[k + 1] = 1;
      }
    }
    return picture(height, width, out);
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
      const column = weighLine(narrow.map((row) => row[x]), down);
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
    if (!shape.values.includes(1)) return picture(SIDE, SIDE, new Float64Array(SIDE * SIDE).fill(1));
    const near = dilate(dilate(shape));
    const own = picture(height, width, ink.values.map((value, k) => value * near.values[k]));
    const small = redraw(place(own, shape));
    return picture(SIDE, SIDE, small.values.map((value) => 1 - value));
  }

  return { normalise };
})();
