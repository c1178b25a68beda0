/* Slide the learning rate and see the recorded curves of training. */
"use strict";

Play.figures.rates = (figure) => {
  const { tuned, runs, knowing_nothing: knowingNothing } = Play.data.rates;
  const part = (name) => figure.querySelector(`[data-part="${name}"]`);
  const epochs = runs[0].train_loss.length - 1;
  const [WIDTH, HEIGHT, LEFT, BELOW, ABOVE, RIGHT] = [340, 230, 34, 34, 8, 8];

  /* --- panels: drawn once; a change of the rate only moves the lines --------------------- */

  function element(name, attributes, text = "") {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  }

  class Panel {
    constructor(svg, what, top, ticks, format) {
      Object.assign(this, { what, top });
      svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
      for (const tick of ticks) {
        const y = this.y(tick);
        svg.append(
          element("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y, class: "play-grid" }),
          element("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, format(tick)),
        );
      }
      for (let epoch = 0; epoch <= epochs; epoch += 15) {
        svg.append(
          element(
            "text",
            { x: this.x(epoch), y: HEIGHT - BELOW + 16, "text-anchor": "middle" },
            epoch,
          ),
        );
      }
      svg.append(
        element(
          "text",
          { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 3, "text-anchor": "middle" },
          "epoch",
        ),
        element("path", {
          d: `M${LEFT} ${ABOVE}V${HEIGHT - BELOW}H${WIDTH - RIGHT}`,
          class: "play-axis",
        }),
      );
      for (const run of runs) {
        svg.append(element("path", { d: this.path(run[`valid_${what}`]), class: "play-other" }));
      }
      this.lines = ["train", "valid"].map((kind) => {
        const line = element("path", { class: `play-line play-${kind}` });
        svg.append(line);
        return { kind, line };
      });
      if (what === "loss") this.mark(svg, knowingNothing, "knowing nothing: ln 36");
    }

    mark(svg, value, text) {
      const y = this.y(value);
      svg.append(
        element("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y, class: "play-mark" }),
        element(
          "text",
          { x: WIDTH - RIGHT, y: y - 5, "text-anchor": "end", class: "play-over" },
          text,
        ),
      );
    }

    x(epoch) {
      return LEFT + (epoch / epochs) * (WIDTH - LEFT - RIGHT);
    }

    y(value) {
      return ABOVE + (1 - value / this.top) * (HEIGHT - ABOVE - BELOW);
    }

    /* A line with gaps where a number went out of bounds. */
    path(values) {
      let path = "";
      values.forEach((value, epoch) => {
        if (value === null) return;
        const joined = epoch > 0 && values[epoch - 1] !== null;
        const y = this.y(Math.min(value, this.top));
        path += `${joined ? "L" : "M"}${this.x(epoch).toFixed(1)} ${y.toFixed(1)}`;
      });
      return path;
    }

    show(run) {
      for (const { kind, line } of this.lines) {
        line.setAttribute("d", this.path(run[`${kind}_${this.what}`]));
      }
    }
  }

  const panels = [
    new Panel(part("loss"), "loss", 6, [0, 1, 2, 3, 4, 5, 6], String),
    new Panel(part("acc"), "acc", 1, [0, 0.25, 0.5, 0.75, 1], (tick) => tick.toFixed(2)),
  ];

  /* --- what is to be seen, in words ----------------------------------------------------------- */

  const percent = (share) => `${(100 * share).toFixed(1)}\u00a0%`;
  const lowest = Math.min(...runs.map((run) => run.valid_loss.at(-1) ?? Infinity));

  /* The mean size of the jumps from one epoch to the next, over the second half of a run. */
  function unrest(losses) {
    const late = losses.slice(losses.length >> 1);
    return (
      late.slice(1).reduce((sum, loss, k) => sum + Math.abs(loss - late[k]), 0) / (late.length - 1)
    );
  }

  /* How often, of all epochs of the second half, the loss was higher than the epoch before. */
  function rises(losses) {
    const late = losses.slice(losses.length >> 1);
    return late.slice(1).filter((loss, k) => loss > late[k]).length / (late.length - 1);
  }

  function judged(run) {
    const losses = run.valid_loss;
    const last = losses.at(-1);
    if (losses.includes(null))
      return "The loss leaves all bounds: the steps are so large that the weights run away.";
    if (last > 0.9 * knowingNothing) {
      return (
        "Broken. Every step throws the weights farther than it helps. The network knows " +
        "no more than at the start, and is surer of it."
      );
    }
    if (last > 0.6 * knowingNothing) {
      return "Far too large. The loss falls a little, and jumps about; hardly anything is learnt.";
    }
    if (unrest(losses) > 0.06) {
      return (
        "Too large. It learns quickly at first; then the steps are too long to get any " +
        "deeper into the valley."
      );
    }
    if (losses.at(-8) - last > 0.02 && rises(losses) < 0.4) {
      return run.rate < tuned / 20
        ? "Too small. The curve comes down as if on rails, and after 45 epochs it is " +
            "still far from its end."
        : "Safe and slow. The curves are smooth, and still on their way when time is up.";
    }
    if (last > lowest + 0.02) {
      return (
        "Fast, and rough. Most is learnt in a few epochs; then the curves tremble, at a " +
        "height that smaller steps get below."
      );
    }
    return unrest(losses) > 0.02
      ? "Fast, and a little restless: most is learnt in five epochs, then every step " +
          "overshoots a bit. Smaller steps at the end would calm it."
      : "Nearly as fast, and calmer: in 45 epochs as good as any.";
  }

  const ratio = (rate) => {
    if (rate === tuned) return "the tuned rate";
    const times = rate > tuned ? rate / tuned : tuned / rate;
    return `${Number(times.toPrecision(2))} times ${rate > tuned ? "larger" : "smaller"}`;
  };

  function show() {
    const run = runs[slider.value];
    for (const panel of panels) panel.show(run);
    part("rate").textContent = `${run.rate} (${ratio(run.rate)})`;
    slider.setAttribute("aria-valuetext", `${run.rate}, ${ratio(run.rate)}`);
    part("words").textContent =
      `${judged(run)} Validation accuracy at the end: ${percent(run.valid_acc.at(-1))}.`;
  }

  const slider = part("slider");
  slider.max = runs.length - 1;
  slider.value = runs.findIndex((run) => run.rate === tuned);
  part("ticks").innerHTML = runs.map((_, k) => `<option value="${k}"></option>`).join("");
  slider.addEventListener("input", show);
  show();
};
