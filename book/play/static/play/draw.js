/* Draw a letter and watch the network of notebook 3 read it. */
"use strict";

Play.network = {
  /* The hidden layer (64) and the probabilities (36) for a picture of 1024 values. */
  forward(x, [layer1, output]) {
    const hidden = Play.sigmoid(Play.linear(x, layer1));
    return { hidden, probabilities: Play.softmax(Play.linear(hidden, output)) };
  },
};

Play.figures.draw = (figure) => {
  const { classes, samples, layers } = Play.data.draw;
  const network = layers.map(Play.unpackLayer);
  const [layer1, output] = network;
  const part = (name) => figure.querySelector(`[data-part="${name}"]`);
  const percent = (share) => `${Math.round(100 * share)}\u00a0%`;
  const state = { x: null, hidden: null, probabilities: null, unit: null };
  figure.playState = state; // for the curious, and for tests

  /* --- the hidden units: one tab stop, arrows go from unit to unit ------------------------ */

  const units = Array.from({ length: layer1.columns }, (_, k) => {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = k ? -1 : 0;
    button.addEventListener("pointerenter", () => showUnit(k));
    button.addEventListener("focus", () => showUnit(k));
    button.addEventListener("click", () => showUnit(k));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8 }[event.key];
      if (!step || !units[k + step]) return;
      event.preventDefault();
      units[k].tabIndex = -1;
      units[k + step].tabIndex = 0;
      units[k + step].focus();
    });
    part("units").append(button);
    return button;
  });

  const column = (layer, k) =>
    Array.from({ length: layer.rows }, (_, i) => layer.W[i * layer.columns + k]);
  const reach = (() => {
    const sizes = Array.from(layer1.W, Math.abs).sort((a, b) => a - b);
    return sizes[Math.floor(0.99 * sizes.length)];
  })();

  const listed = (characters) => characters.join("\u00a0");

  function showUnit(k) {
    state.unit = k;
    Play.pixels.paint(part("weights"), column(layer1, k), Play.pixels.twoSided(reach));
    units.forEach((button, j) => button.classList.toggle("play-chosen", j === k));
    const votes = Array.from(output.W.subarray(k * output.columns, (k + 1) * output.columns));
    const order = Play.ranked(votes).map((place) => classes[place]);
    part("unit-text").innerHTML =
      `<b>Unit ${k + 1}</b>: <span>${state.hidden ? state.hidden[k].toFixed(2) : ""}</span><br>` +
      `for ${listed(order.slice(0, 4))}<br>against ${listed(order.slice(-4).reverse())}`;
  }

  /* --- the probabilities ------------------------------------------------------------------ */

  const bars = Array.from(classes, (character) => {
    const bar = document.createElement("div");
    bar.className = "play-bar";
    bar.innerHTML = `<i></i><span>${character}</span>`;
    part("bars").append(bar);
    return bar;
  });

  /* --- from the drawing to the answer ------------------------------------------------------ */

  function read() {
    const crop = Play.crop.normalise(pad.picture());
    Object.assign(state, { x: crop.values }, Play.network.forward(crop.values, network));
    if (pad.strokes.length === 0) state.probabilities = new Float64Array(classes.length);
    Play.pixels.paint(part("crop"), state.x, Play.pixels.grey);
    show();
  }

  function show() {
    const { hidden, probabilities } = state;
    units.forEach((button, k) => {
      button.style.setProperty("--value", hidden[k].toFixed(3));
      button.setAttribute("aria-label", `unit ${k + 1}, ${hidden[k].toFixed(2)}`);
    });
    if (state.unit !== null)
      part("unit-text").querySelector("span").textContent = hidden[state.unit].toFixed(2);
    const order = Play.ranked(probabilities);
    bars.forEach((bar, k) => {
      bar.style.setProperty("--value", probabilities[k].toFixed(4));
      bar.classList.toggle("play-top", k === order[0] && probabilities[k] > 0);
      bar.title = `${classes[k]}: ${(100 * probabilities[k]).toFixed(1)} %`;
    });
    const some = probabilities[order[0]] > 0;
    part("guess").textContent = some ? classes[order[0]] : "?";
    part("share").textContent = some ? percent(probabilities[order[0]]) : "draw a letter";
    const next = order.slice(1, 3).filter((k) => probabilities[k] >= 0.005);
    part("next").textContent = next
      .map((k) => `or ${classes[k]} (${percent(probabilities[k])})`)
      .join("\n");
  }

  function announce() {
    const [guess, share, next] = ["guess", "share", "next"].map((name) => part(name).textContent);
    part("announcement").textContent = pad.strokes.length
      ? `The network reads ${guess}, ${share} ${next}`
      : "The sheet is empty.";
  }

  let asked = 0; // an animation frame that will read, or 0
  let talk = 0; // a timer that will announce, or 0
  const pad = new Play.Pad(part("pad"), (finished) => {
    clearTimeout(talk);
    if (finished) {
      cancelAnimationFrame(asked);
      asked = 0;
      read();
      talk = setTimeout(announce, 600);
    } else {
      asked ||= requestAnimationFrame(() => {
        asked = 0;
        read();
      });
    }
  });
  figure.playPad = pad;

  part("undo").addEventListener("click", () => pad.undo());
  part("clear").addEventListener("click", () => pad.clear());
  part("pen").addEventListener("input", (event) => pad.setWidth(event.target.value / 1000));
  for (const { character, strokes } of samples) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = character;
    button.setAttribute("aria-label", `write a sample ${character}`);
    button.addEventListener("click", () => pad.write(strokes.map(unflatten)));
    part("samples").append(button);
  }

  /* Points are stored as x, y, x, y, ... in hundredths of the sheet. */
  function unflatten(numbers) {
    return Array.from({ length: numbers.length / 2 }, (_, k) => [
      numbers[2 * k] / 100,
      numbers[2 * k + 1] / 100,
    ]);
  }

  pad.strokes = samples[0].strokes.map(unflatten);
  read();
  showUnit(Play.ranked(state.hidden)[0]);
};
