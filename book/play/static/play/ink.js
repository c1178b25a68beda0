/* Where the ink of a drawing or a photograph is, as in helpers/crops.py: paper and light are taken
   out, and pieces that are not the character's. A picture is an object with its height, its width,
   and its values row by row. */
"use strict";

Play.ink = (() => {
  const clip = (value, low, high) => Math.min(Math.max(value, low), high);
  const picture = (height, width, values) => ({ height, width, values });
  const blank = (height, width) => picture(height, width, new Float64Array(height * width));

  function median(values) {
    const sorted = Float64Array.from(values).sort();
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
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
    return picture(
      height,
      width,
      ink.map((value) => clip((value - rest) / range, 0, 1)),
    );
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
    return picture(
      height,
      width,
      Uint8Array.from(piece, (k) => (keep[k] ? 1 : 0)),
    );
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

  return { clip, picture, blank, evenInk, mainInk, dilate };
})();
