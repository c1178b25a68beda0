/* Weights out of text, and the few lines that a network consists of.

   Everything shares one global name, Play; a page may hold several figures, and then loads this
   file more than once. */
"use strict";

globalThis.Play ??= {
  data: {}, // each *-data.js puts its part here
  figures: {}, // for each figure, a function that brings an element to life

  /* Whole numbers of `bits` bits each, in two's complement, lowest bits first, in base64. */
  integers(text, bits) {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const values = new Int32Array(Math.floor((bytes.length * 8) / bits));
    let held = 0; // the bits that were read and not yet used, and how many they are
    let count = 0;
    let next = 0;
    for (let k = 0; k < values.length; k += 1) {
      while (count < bits) {
        held |= bytes[next] << count;
        count += 8;
        next += 1;
      }
      values[k] = (held << (32 - bits)) >> (32 - bits);
      held >>>= bits;
      count -= bits;
    }
    return values;
  },

  /* One layer: W (rows x columns) has whole numbers and one scale for each column. */
  unpackLayer(packed) {
    const { rows, columns, bits, scales, bias } = packed;
    const whole = Play.integers(packed.weights, bits);
    const W = new Float64Array(rows * columns);
    for (let k = 0; k < W.length; k += 1) W[k] = whole[k] * scales[k % columns];
    return { rows, columns, W, b: Float64Array.from(bias) };
  },

  /* x W + b, for one example. */
  linear(x, layer) {
    const { rows, columns, W, b } = layer;
    const sums = Float64Array.from(b);
    for (let i = 0; i < rows; i += 1) {
      if (x[i] === 0) continue;
      for (let j = 0; j < columns; j += 1) sums[j] += x[i] * W[i * columns + j];
    }
    return sums;
  },

  sigmoid: (values) => values.map((value) => 1 / (1 + Math.exp(-value))),
  relu: (values) => values.map((value) => Math.max(0, value)),

  softmax(scores) {
    const largest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - largest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  },

  /* Places of the largest values, the largest first. */
  ranked: (values) => [...values.keys()].sort((i, j) => values[j] - values[i]),
};

if (!Play.begun) {
  Play.begun = true;
  document.addEventListener("DOMContentLoaded", () => {
    for (const figure of document.querySelectorAll("[data-play]")) {
      Play.figures[figure.dataset.play](figure);
      figure.classList.add("play-on"); // from here on the picture gives way to the real thing
    }
  });
}
