/* Pick a letter, change its 32 numbers, and see what the autoencoder's decoder makes of them. */
"use strict";

Play.autoencoder = {
  /* Ink (1) and paper (0) of 1024 pixels, out of a code. */
  decode(code, [hidden2, output]) {
    return Play.sigmoid(Play.linear(Play.relu(Play.linear(code, hidden2)), output));
  },

  /* The peak signal-to-noise ratio in decibels, for values from 0 to 1. */
  psnr(original, rebuilt) {
    const total = original.reduce((sum, value, k) => sum + (value - rebuilt[k]) ** 2, 0);
    return 10 * Math.log10(original.length / total);
  },
};

Play.figures.code = (figure) => {
  const { classes, each, levels, codes, reach, start, goal } = Play.data.code;
  const layers = Play.data.code.layers.map(Play.unpackLayer);
  const pixels = Play.integers(Play.data.code.images, 8);
  const part = (name) => figure.querySelector(`[data-part="${name}"]`);
  const { decode, psnr } = Play.autoencoder;
  const state = { place: 0, original: null, code: null, own: null, rebuilt: null };
  figure.playState = state; // for the curious, and for tests

  /* Two pixels a byte, the first in the lower four bits. */
  function image(place) {
    return Float64Array.from({ length: 1024 }, (_, k) => {
      const byte = pixels[512 * place + (k >> 1)];
      return ((byte >> (k % 2 ? 4 : 0)) & 15) / levels;
    });
  }

  /* --- controls ---------------------------------------------------------------------------- */

  const buttons = Array.from(classes, (character, k) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = character;
    button.addEventListener("click", () => pick(k * each));
    part("letters").append(button);
    part("target").append(new Option(character, k));
    return button;
  });

  const sliders = reach.map((most, k) => {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.max = (1.25 * most).toFixed(2);
    slider.step = (most / 80).toPrecision(2);
    slider.setAttribute("aria-label", `number ${k + 1}`);
    slider.addEventListener("input", () => {
      state.code[k] = Number(slider.value);
      part("way").value = 0;
      show(k);
    });
    slider.addEventListener("change", announce);
    part("numbers").append(slider);
    return slider;
  });

  part("reset").addEventListener("click", () => pick(state.place));
  part("other").addEventListener("click", () => {
    const first = state.place - (state.place % each);
    pick(first + ((state.place + 1) % each));
  });
  for (const name of ["way", "target"]) {
    part(name).addEventListener("input", () => {
      const goal = codes[Number(part("target").value) * each];
      const far = Number(part("way").value) / 100;
      state.code = codes[state.place].map((value, k) => (1 - far) * value + far * goal[k]);
      show();
    });
    part(name).addEventListener("change", announce);
  }

  /* --- pictures -------------------------------------------------------------------------- */

  function pick(place) {
    state.place = place;
    state.original = image(place);
    state.code = [...codes[place]];
    state.own = decode(state.code, layers);
    part("way").value = 0;
    Play.pixels.paint(part("original"), state.original, Play.pixels.grey);
    buttons.forEach((button, k) => {
      button.setAttribute("aria-pressed", k === Math.floor(place / each));
    });
    show();
    announce();
  }

  function show(touched = null) {
    state.rebuilt = decode(state.code, layers);
    const ink = state.rebuilt;
    Play.pixels.paint(part("rebuilt"), ink, (value) => Play.pixels.grey(1 - value));
    const change = ink.map((value, k) => state.own[k] - value);
    Play.pixels.paint(part("effect"), change, Play.pixels.twoSided(1));
    part("psnr").textContent = `PSNR ${similarity().toFixed(1)} dB`;
    sliders.forEach((slider, k) => {
      const value = state.code[k];
      if (k !== touched) slider.value = value;
      slider.style.setProperty(
        "--value",
        `${Math.min((100 * value) / slider.max, 100).toFixed(1)}%`,
      );
      slider.setAttribute("aria-valuetext", value.toFixed(2));
    });
  }

  const similarity = () =>
    psnr(
      state.original,
      state.rebuilt.map((value) => 1 - value),
    );

  function announce() {
    const character = classes[Math.floor(state.place / each)];
    part("announcement").textContent =
      `Letter ${character}, PSNR ${similarity().toFixed(1)} decibels.`;
  }

  part("target").value = classes.indexOf(goal);
  pick(classes.indexOf(start) * each);
};
