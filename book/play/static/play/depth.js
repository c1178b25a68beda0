/* How much of a gradient comes through many layers: a random network, computed as you look. */
"use strict";

Play.depth = (() => {
  const WIDTH = 64;
  const MOST = 30; // layers
  const EXAMPLES = 6;

  /* slope: the derivative, from the value, as in notebook 2. */
  const activations = {
    sigmoid: { value: (z) => 1 / (1 + Math.exp(-z)), slope: (a) => a * (1 - a), steepest: 0.25 },
    tanh: { value: Math.tanh, slope: (a) => 1 - a * a, steepest: 1 },
    relu: { value: (z) => Math.max(0, z), slope: (a) => (a > 0 ? 1 : 0), steepest: 1 },
  };

  /* Numbers from 0 to 1 that depend on nothing but the seed (the generator "mulberry32"). */
  function uniform(seed) {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  /* Normal numbers, by the method of Box and Muller. */
  function normal(random, count) {
    return Float64Array.from({ length: count }, () => {
      const radius = Math.sqrt(-2 * Math.log(1 - random()));
      return radius * Math.cos(2 * Math.PI * random());
    });
  }

  /* A network to begin with: weights of variance 1/WIDTH, a few inputs, gradients at the output. */
  function network(seed) {
    const random = uniform(seed);
    return {
      inputs: Array.from({ length: EXAMPLES }, () => normal(random, WIDTH)),
      gradients: Array.from({ length: EXAMPLES }, () => normal(random, WIDTH)),
      weights: Array.from({ length: MOST }, () =>
        normal(random, WIDTH * WIDTH).map((weight) => weight / Math.sqrt(WIDTH)),
      ),
    };
  }

  /* x W, or x W^T where `back` is set. */
  function times(x, W, factor, back) {
    const out = new Float64Array(WIDTH);
    for (let i = 0; i < WIDTH; i += 1) {
      for (let j = 0; j < WIDTH; j += 1) {
        out[j] += x[i] * W[back ? j * WIDTH + i : i * WIDTH + j] * factor;
      }
    }
    return out;
  }

  const norm = (values) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

  /* For each layer from 0 (the input) to the last: the size of the gradient in its values, as a
     part of that at the output; and the mean slope that the gradient met on the way. */
  function gradientSizes({ inputs, gradients, weights }, name, layers, size) {
    const { value, slope } = activations[name];
    const sizes = new Float64Array(layers + 1);
    let slopes = 0;
    inputs.forEach((input, k) => {
      const values = [input];
      for (let l = 0; l < layers; l += 1)
        values.push(times(values[l], weights[l], size).map(value));
      let delta = gradients[k];
      const whole = norm(delta);
      sizes[layers] += 1 / EXAMPLES;
      for (let l = layers; l > 0; l -= 1) {
        const met = values[l].map(slope);
        slopes += met.reduce((sum, one) => sum + one, 0) / WIDTH / layers / EXAMPLES;
        delta = times(
          delta.map((d, j) => d * met[j]),
          weights[l - 1],
          size,
          true,
        );
        sizes[l - 1] += norm(delta) / whole / EXAMPLES;
      }
    });
    return { sizes, slope: slopes };
  }

  return { MOST, activations, network, gradientSizes };
})();

Play.figures.depth = (figure) => {
  const { MOST, activations, network, gradientSizes } = Play.depth;
  const part = (name) => figure.querySelector(`[data-part="${name}"]`);
  const state = { seed: 1, net: network(1), result: null };
  figure.playState = state; // for the curious, and for tests

  /* --- the graph: powers of ten from LOW to HIGH ------------------------------------------- */

  const isNarrow = figure.clientWidth < 500;
  const [WIDTH, HEIGHT] = isNarrow ? [340, 260] : [640, 300];
  const [LEFT, RIGHT, ABOVE, BELOW] = [44, 12, 10, 36];
  const [LOW, HIGH] = [-24, 12];
  const svg = part("graph");
  const x = (layer) => LEFT + (layer / MOST) * (WIDTH - LEFT - RIGHT);
  const y = (size) => {
    const power = Math.min(Math.max(Math.log10(size), LOW), HIGH);
    return ABOVE + ((HIGH - power) / (HIGH - LOW)) * (HEIGHT - ABOVE - BELOW);
  };

  function element(name, attributes, text = "") {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    svg.append(made);
    return made;
  }

  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  for (let power = LOW; power <= HIGH; power += 6) {
    const at = y(10 ** power);
    element("line", {
      x1: LEFT,
      x2: WIDTH - RIGHT,
      y1: at,
      y2: at,
      class: power ? "play-grid" : "play-one",
    });
    const label = element(
      "text",
      { x: LEFT - 8, y: at + 4, "text-anchor": "end" },
      power ? "10" : "1",
    );
    if (power) {
      const raised = document.createElementNS(label.namespaceURI, "tspan");
      raised.setAttribute("dy", -5);
      raised.setAttribute("class", "play-power");
      raised.textContent = String(power).replace("-", "−");
      label.append(raised);
    }
  }
  for (let layer = 0; layer <= MOST; layer += 5) {
    element("text", { x: x(layer), y: HEIGHT - BELOW + 17, "text-anchor": "middle" }, layer);
  }
  element(
    "text",
    { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 2, "text-anchor": "middle" },
    "layer",
  );
  element("path", {
    d: `M${LEFT} ${ABOVE}V${HEIGHT - BELOW}H${WIDTH - RIGHT}`,
    class: "play-axis",
  });
  const line = element("path", { class: "play-line play-train" });
  const dots = element("path", { class: "play-dots" });

  /* --- words ------------------------------------------------------------------------------------ */

  const raised = (power) =>
    String(power).replace(/[-0-9]/g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]);

  function amount(value) {
    if (value === 0) return "nothing at all";
    if (value >= 0.01 && value < 1000) return String(Number(value.toPrecision(2)));
    const [digits, power] = value.toExponential(1).split("e");
    return `${digits} · 10${raised(Number(power))}`;
  }

  function judged(arrives, slope, steepest) {
    const isFlat = slope < 0.4 * steepest; // most units are where the curve hardly rises
    if (arrives > 1e3) return "It explodes: every layer makes it larger.";
    if (arrives > 20) return "It grows from layer to layer.";
    if (arrives > 1e-3 && arrives < 0.05)
      return "It shrinks from layer to layer; a few more, and it is gone.";
    if (arrives > 1e-3) {
      return isFlat
        ? "It gets through, at a price: the weights are so large that most units sit " +
            "where the curve is flat."
        : "It gets through: what the slopes take away, the weights bring back.";
    }
    if (isFlat)
      return "It vanishes: the weights are large, but most units sit where the curve is flat.";
    return steepest < 1
      ? "It vanishes: even where the sigmoid is steepest, it lets only a quarter through."
      : "It vanishes: the weights are too small to carry it.";
  }

  function show() {
    const name = figure.querySelector("input[type=radio]:checked").value;
    const layers = Number(part("layers").value);
    const size = 2 ** (part("size").value / 4);
    state.result = gradientSizes(state.net, name, layers, size);
    const { sizes, slope } = state.result;
    const points = Array.from(sizes, (one, layer) => `${x(layer).toFixed(1)} ${y(one).toFixed(1)}`);
    line.setAttribute("d", `M${points.join("L")}`);
    dots.setAttribute("d", points.map((point) => `M${point}h0`).join(""));
    part("layers-value").textContent = layers;
    part("size-value").textContent = size.toFixed(2);
    part("size").setAttribute("aria-valuetext", size.toFixed(2));
    part("words").textContent =
      `${amount(sizes[0])} arrives at the input. ` +
      `${judged(sizes[0], slope, activations[name].steepest)} Mean slope on the way: ${slope.toFixed(3)}.`;
  }

  figure.querySelector(".play-controls").addEventListener("input", show);
  part("again").addEventListener("click", () => {
    state.seed += 1;
    state.net = network(state.seed);
    show();
  });
  show();
};
