/* A sheet to draw on, with a pointer or with the keyboard. */
"use strict";

/* canvas: the sheet. changed(finished): called after every change; finished is true at the end
   of a stroke. Strokes are lists of points [x, y], both from 0 to 1. */
Play.Pad = class {
  static RASTER = 160; // the side of the picture that is read, in pixels
  static EDGE = 4; // so many pixels of paper around it
  static SECOND = 900; // how long it takes to write a sample, in milliseconds
  static STEP = 1 / 24; // how far an arrow key moves the pen

  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.width = 0.055; // of the pen, in parts of the sheet
    this.strokes = [];
    this.pen = null; // where the keyboard's pen is, and whether it is down
    this.writing = 0; // counts the samples being written, so that a new one stops the last
    this.raster = document.createElement("canvas");
    this.raster.width = this.raster.height = Play.Pad.RASTER;
    this.listen();
    new ResizeObserver(() => this.paint()).observe(canvas);
  }

  listen() {
    const { canvas } = this;
    let id = null; // the pointer that draws; a second finger or a palm does not
    canvas.addEventListener("pointerdown", (event) => {
      if (id !== null || event.button > 0) return;
      event.preventDefault();
      canvas.focus({ preventScroll: true });
      id = event.pointerId;
      if (event.isTrusted) canvas.setPointerCapture(id);
      this.begin(this.point(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerId !== id) return;
      const parts = event.getCoalescedEvents?.() ?? [];
      for (const part of parts.length ? parts : [event]) this.extend(this.point(part));
    });
    for (const kind of ["pointerup", "pointercancel", "lostpointercapture"]) {
      canvas.addEventListener(kind, (event) => {
        if (event.pointerId !== id) return;
        id = null;
        this.update(true);
      });
    }
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("blur", () => {
      this.pen = null;
      this.paint();
    });
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  begin(point) {
    this.writing += 1;
    this.pen = null;
    this.strokes.push([point]);
    this.update(false);
  }

  extend(point) {
    this.strokes.at(-1).push(point);
    this.update(false);
  }

  key(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = moves[event.key];
    const isDraw = event.key === " ";
    if (event.key === "Backspace" || event.key === "Delete") {
      event.preventDefault();
      if (event.key === "Backspace") this.undo();
      else this.clear();
      return;
    }
    if (!(move || isDraw) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.pen ??= { at: [0.5, 0.5], down: false };
    const { pen } = this;
    if (isDraw) {
      pen.down = !pen.down;
      this.writing += 1;
      if (pen.down) this.strokes.push([[...pen.at]]);
    } else {
      const inside = (value) => Math.min(Math.max(value, 0.04), 0.96);
      pen.at = pen.at.map((value, k) => inside(value + move[k] * Play.Pad.STEP));
      if (pen.down) this.strokes.at(-1).push([...pen.at]);
    }
    if (isDraw || pen.down) this.update(isDraw && !pen.down);
    else this.paint();
  }

  undo() {
    this.writing += 1;
    if (this.pen) this.pen.down = false;
    this.strokes.pop();
    this.update(true);
  }

  clear() {
    this.writing += 1;
    if (this.pen) this.pen.down = false;
    this.strokes = [];
    this.update(true);
  }

  setWidth(width) {
    this.width = width;
    this.update(true);
  }

  /* Write strokes as a hand would, in about a second; at once for those who want no motion. */
  write(strokes) {
    this.writing += 1;
    const mine = this.writing;
    const points = strokes.flatMap((stroke, k) => stroke.map((point) => [k, point]));
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const begun = performance.now();
    let done = 0;
    this.strokes = [];
    const more = () => {
      if (this.writing !== mine) return;
      const share = still ? 1 : (performance.now() - begun) / Play.Pad.SECOND;
      for (; done < points.length && done <= share * points.length; done += 1) {
        const [k, point] = points[done];
        (this.strokes[k] ??= []).push(point);
      }
      this.update(done === points.length);
      if (done < points.length) requestAnimationFrame(more);
    };
    more();
  }

  update(finished) {
    this.paint();
    this.changed(finished);
  }

  /* Draw the strokes with a round pen, as curves through the middles between their points. */
  ink(context, side) {
    context.lineCap = context.lineJoin = "round";
    context.lineWidth = this.width * side;
    for (const stroke of this.strokes) {
      context.beginPath();
      context.moveTo(stroke[0][0] * side, stroke[0][1] * side);
      for (let k = 1; k < stroke.length - 1; k += 1) {
        const [[x, y], [nextX, nextY]] = [stroke[k], stroke[k + 1]];
        context.quadraticCurveTo(
          x * side,
          y * side,
          ((x + nextX) / 2) * side,
          ((y + nextY) / 2) * side,
        );
      }
      context.lineTo(stroke.at(-1)[0] * side, stroke.at(-1)[1] * side);
      context.stroke();
    }
  }

  paint() {
    const { canvas } = this;
    const side = Math.max(Math.round(canvas.clientWidth * (globalThis.devicePixelRatio || 1)), 1);
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, side, side);
    context.strokeStyle = "#16181c";
    this.ink(context, side);
    if (!this.pen) return;
    const [x, y] = this.pen.at.map((value) => value * side);
    context.strokeStyle = "#b34700";
    context.lineWidth = side / 120;
    const arm = side / (this.pen.down ? 26 : 16);
    context.beginPath();
    context.moveTo(x - arm, y);
    context.lineTo(x + arm, y);
    context.moveTo(x, y - arm);
    context.lineTo(x, y + arm);
    context.stroke();
  }

  /* The drawing as a picture for Play.crop.normalise: 0 is black, 1 is white. */
  picture() {
    const { RASTER, EDGE } = Play.Pad;
    const side = RASTER - 2 * EDGE;
    const context = this.raster.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#fff";
    context.strokeStyle = "#000";
    context.fillRect(0, 0, RASTER, RASTER);
    context.save();
    context.beginPath();
    context.rect(EDGE, EDGE, side, side);
    context.clip();
    context.translate(EDGE, EDGE);
    this.ink(context, side);
    context.restore();
    const { data } = context.getImageData(0, 0, RASTER, RASTER);
    const values = Float64Array.from({ length: RASTER * RASTER }, (_, k) => data[4 * k] / 255);
    return { height: RASTER, width: RASTER, values };
  }
};
