/* Small pictures out of numbers. */
"use strict";

Play.pixels = {
  /* Fill a canvas with one pixel a value; colour(value) gives red, green and blue, 0 to 255. */
  paint(canvas, values, colour) {
    const side = Math.round(Math.sqrt(values.length));
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const image = new ImageData(side, side);
    values.forEach((value, k) => image.data.set([...colour(value), 255], 4 * k));
    canvas.getContext("2d").putImageData(image, 0, 0);
  },

  /* Ink 0, paper 1. */
  grey(value) {
    const level = Math.round(255 * Math.min(Math.max(value, 0), 1));
    return [level, level, level];
  },

  /* Negative blue, positive red, 0 white; `reach` and more is the full colour. */
  twoSided: (reach) => (value) => {
    const end = value < 0 ? [0, 92, 153] : [190, 60, 20];
    const part = Math.min(Math.abs(value) / reach, 1);
    return end.map((level) => Math.round(255 + part * (level - 255)));
  },
};
