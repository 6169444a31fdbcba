// The part of a figure that shows its picture: larger and smaller, moved by pointer, wheel and keys.
"use strict";
(() => {
  const LEAST = 0.1;
  const MOST = 6;
  const STEP = 1.25;
  const READABLE = 0.62; // below this scale type is too small, so that a narrow screen scrolls instead

  class Stage {
    constructor(figure) {
      this.box = figure.querySelector(".stage");
      this.svg = this.box.querySelector("svg");
      this.width = Number(figure.dataset.width);
      this.height = Number(figure.dataset.height);
      this.chosen = false; // whether the reader has set the scale
      this.drag();
      this.box.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
      this.seen = 0;
      new ResizeObserver(() => this.resized()).observe(this.box);
    }

    resized() {
      const width = this.box.clientWidth;
      if (!width || width === this.seen) return;
      this.seen = width;
      if (!this.chosen) this.fit();
    }

    get large() {
      return Boolean(this.box.closest("dialog"));
    }

    /** The scale at which all of the picture is seen, but for what would be too small to read. */
    get fitting() {
      const wide = this.box.clientWidth / this.width;
      if (this.large) return Math.min(wide, this.box.clientHeight / this.height, 2);
      const most = parseFloat(getComputedStyle(this.box).maxHeight);
      if (this.box.closest(".quiz") && most) return Math.min(1, Math.max(Math.min(wide, most / this.height), READABLE));
      return Math.min(1, Math.max(wide, READABLE));
    }

    fit() {
      this.chosen = false;
      this.scale = this.fitting;
      this.box.style.height = "";
      this.apply();
      this.box.scrollTo(0, 0);
    }

    apply() {
      this.svg.style.maxWidth = "none";
      this.svg.style.width = `${this.width * this.scale}px`;
      this.svg.style.height = `${this.height * this.scale}px`;
      const room = this.box.scrollWidth > this.box.clientWidth + 1 || this.box.scrollHeight > this.box.clientHeight + 1;
      this.box.classList.toggle("movable", room);
    }

    /** Change the scale; what lies at a point of the window stays there. */
    zoom(factor, x, y) {
      const box = this.box.getBoundingClientRect();
      const at = { x: (x ?? box.left + box.width / 2) - box.left, y: (y ?? box.top + box.height / 2) - box.top };
      const before = this.scale;
      if (!this.chosen && !this.large) this.box.style.height = `${box.height}px`; // the page around must not jump
      this.chosen = true;
      this.scale = Math.min(MOST, Math.max(LEAST, before * factor));
      const grown = this.scale / before;
      const left = (this.box.scrollLeft + at.x) * grown - at.x;
      const top = (this.box.scrollTop + at.y) * grown - at.y;
      this.apply();
      this.box.scrollTo(left, top);
    }

    larger() {
      this.zoom(STEP);
    }

    smaller() {
      this.zoom(1 / STEP);
    }

    wheel(event) {
      // On the page the wheel alone scrolls the page, as everywhere; a pinch arrives with the control key.
      if (!event.ctrlKey && !event.metaKey && !this.large) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 16 : 1;
      this.zoom(Math.exp(-event.deltaY * lines * 0.002), event.clientX, event.clientY);
    }

    drag() {
      let from = null;
      this.moved = false;
      this.box.addEventListener("pointerdown", (event) => {
        this.moved = false;
        if (event.button === 0 && event.pointerType === "mouse") {
          from = { x: event.clientX, y: event.clientY, left: this.box.scrollLeft, top: this.box.scrollTop };
        }
      });
      window.addEventListener("pointermove", (event) => {
        if (!from) return;
        const x = event.clientX - from.x;
        const y = event.clientY - from.y;
        if (Math.abs(x) + Math.abs(y) > 4) this.moved = true; // else it is a click
        if (this.moved) {
          this.box.classList.add("moving");
          this.box.scrollTo(from.left - x, from.top - y);
        }
      });
      window.addEventListener("pointerup", () => {
        from = null;
        this.box.classList.remove("moving");
      });
    }

    /** Move what is shown so that some elements can be seen. */
    reveal(elements) {
      if (!elements.length) return;
      const outer = this.box.getBoundingClientRect();
      const boxes = elements.map((element) => element.getBoundingClientRect());
      const left = Math.min(...boxes.map((box) => box.left));
      const right = Math.max(...boxes.map((box) => box.right));
      const top = Math.min(...boxes.map((box) => box.top));
      const bottom = Math.max(...boxes.map((box) => box.bottom));
      const hidden = left < outer.left || right > outer.right || top < outer.top || bottom > outer.bottom;
      if (!hidden) return;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.box.scrollBy({
        left: (left + right) / 2 - (outer.left + outer.width / 2),
        top: (top + bottom) / 2 - (outer.top + outer.height / 2),
        behavior: calm ? "auto" : "smooth",
      });
    }
  }

  archkit.Stage = Stage;
})();
