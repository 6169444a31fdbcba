// Figures of a page → live ones, each as it comes near: its tools, what its parts are, and which arrows they have.
"use strict";
(() => {
  const { make } = archkit;
  const NEAR = "600px 0px";
  const LINGER = 250; // milliseconds in which the pointer may move from a part to its card

  const partOf = (id) => document.getElementById(`c-${id}`);
  const titleOf = (group) => {
    const title = [...group.children].find((child) => child.localName === "title");
    return title ? title.textContent : "";
  };

  /** The card that tells about a part; there is one for the whole page. */
  const card = (() => {
    const inner = make("div", { class: "card-inner" });
    const close = make("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => hide(true) }, "×");
    const box = make("div", { class: "card", role: "dialog", "aria-label": "Details", tabindex: "-1", hidden: true }, close, inner);
    let of = null;
    let owner = null;
    let pinned = false;
    let timer = 0;

    const place = () => {
      if (!of || box.hidden) return;
      const at = of.getBoundingClientRect();
      const own = box.getBoundingClientRect();
      const room = { width: document.documentElement.clientWidth, height: innerHeight };
      const right = at.right + 12 + own.width <= room.width;
      const left = right ? at.right + 12 : at.left - 12 - own.width;
      const beside = right || left >= 8;
      const x = beside ? left : Math.min(Math.max(8, at.left), room.width - own.width - 8);
      const y = beside ? at.top : at.bottom + 10;
      box.style.left = `${Math.max(8, x)}px`;
      box.style.top = `${Math.min(Math.max(8, y), Math.max(8, room.height - own.height - 8))}px`;
    };
    const hide = (back = false) => {
      clearTimeout(timer);
      if (box.hidden) return;
      const inside = box.contains(document.activeElement);
      box.hidden = true;
      pinned = false;
      owner?.calm();
      if (back && inside) of?.focus();
      of = null;
    };
    const show = (element, live, content, pin) => {
      clearTimeout(timer);
      if (owner && owner !== live) owner.calm();
      of = element;
      owner = live;
      pinned = pin;
      inner.replaceChildren(content);
      (element.closest("dialog") || document.body).append(box);
      box.hidden = false;
      box.classList.toggle("pinned", pin);
      place();
      if (pin) box.focus();
    };
    const leave = () => {
      clearTimeout(timer);
      if (!pinned) timer = setTimeout(() => hide(), LINGER);
    };
    box.addEventListener("pointerenter", () => clearTimeout(timer));
    box.addEventListener("pointerleave", leave);
    box.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-node]");
      if (link && owner?.visit(link.dataset.node)) event.preventDefault();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        hide(true);
      }
    });
    addEventListener("scroll", place, { passive: true, capture: true });
    addEventListener("resize", place);
    addEventListener("pointerdown", (event) => {
      if (!box.contains(event.target) && !event.target.closest?.("g.node, g.edge")) hide();
    });
    return { show, hide, leave, isPinned: () => pinned };
  })();

  class Live {
    constructor(figure) {
      this.figure = figure;
      this.name = `${document.title.split(" · ")[0]} ${figure.dataset.name}`.replace(/[^\w-]+/g, "-").toLowerCase();
      this.stage = new archkit.Stage(figure);
      this.svg = this.stage.svg;
      this.nodes = [...this.svg.querySelectorAll("g.node[data-id]")].filter((node) => partOf(node.dataset.id));
      this.edges = [...this.svg.querySelectorAll("g.edge[data-from]")];
      this.walk = figure.querySelector(":scope > .walk") ? new archkit.Walk(figure, this.stage) : null;
      this.said = make("p", { class: "done", role: "status" });
      this.tools();
      if (this.nodes.length) this.parts();
      this.lanes();
      figure.addEventListener("keydown", (event) => this.keys(event));
      this.stage.fit();
      figure.classList.add("alive");
    }

    tools() {
      const button = (words, label, does, more = {}) =>
        make("button", { type: "button", "aria-label": label, title: label, onclick: does, ...more }, words);
      this.enlarge = button("⤢", "Enlarge", () => this.toggle());
      const steps = this.walk
        ? button("Steps", "Step by step", () => (this.walk.on ? this.walk.end() : this.walk.begin()), { class: "wide" })
        : "";
      this.bar = make(
        "div",
        { class: "tools", role: "group", "aria-label": "Figure tools" },
        button("−", "Smaller (key −)", () => this.stage.smaller()),
        button("+", "Larger (key +)", () => this.stage.larger()),
        button("1:1", "Fit (key 0)", () => this.stage.fit(), { class: "wide" }),
        this.enlarge,
        steps,
        button("Copy", "Copy as PNG", () => this.copy(), { class: "wide" }),
        button("SVG", "Download SVG", () => this.download(), { class: "wide" }),
      );
      this.figure.prepend(this.bar);
      this.bar.after(this.said);
    }

    async copy() {
      this.said.textContent = "Drawing …";
      this.said.textContent = await archkit.copyPng(this.svg, this.stage.width, this.stage.height, this.name);
    }

    async download() {
      const text = await archkit.asSvg(this.svg, this.stage.width, this.stage.height);
      archkit.save(new Blob([text], { type: "image/svg+xml" }), `${this.name}.svg`);
      this.said.textContent = "Saved as a file.";
    }

    parts() {
      this.svg.setAttribute("role", "group");
      for (const node of this.nodes) {
        node.setAttribute("aria-label", titleOf(node) || node.dataset.id);
        node.setAttribute("role", "button");
        node.setAttribute("aria-haspopup", "dialog");
        node.setAttribute("tabindex", "-1");
        node.querySelector(":scope > title")?.remove(); // the card tells more
        node.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.look(node));
        node.addEventListener("pointerleave", () => this.unlook());
        node.addEventListener("focus", () => {
          this.trace(node.dataset.id);
          this.nodes.forEach((each) => each.setAttribute("tabindex", each === node ? "0" : "-1"));
        });
        node.addEventListener("blur", () => card.isPinned() || this.calm());
        node.addEventListener("click", () => this.stage.moved || this.tell(node, true));
      }
      this.nodes[0].setAttribute("tabindex", "0");
      for (const edge of this.edges) {
        edge.addEventListener("pointerenter", () => card.isPinned() || this.traceEdge(edge));
        edge.addEventListener("pointerleave", () => card.isPinned() || this.calm());
        edge.addEventListener("click", () => this.stage.moved || this.tellEdge(edge));
      }
    }

    look(node) {
      if (card.isPinned()) return;
      this.trace(node.dataset.id);
      this.tell(node, false);
    }

    unlook() {
      if (!card.isPinned()) card.leave();
    }

    tell(node, pin) {
      const copy = partOf(node.dataset.id).cloneNode(true);
      copy.removeAttribute("id");
      this.trace(node.dataset.id);
      card.show(node, this, copy, pin);
    }

    /** Tell about an arrow: what the components at its ends say about it. */
    tellEdge(edge) {
      const { from, to, kind } = edge.dataset;
      const item = [...(partOf(from)?.querySelectorAll(".arrows > li") ?? [])].find(
        (each) => each.dataset.from === from && each.dataset.to === to && (!each.dataset.kind || each.dataset.kind === kind),
      );
      const list = make("ul", { class: "arrows" });
      if (item) list.append(item.cloneNode(true));
      const content = make("article", { class: "part" }, make("h3", {}, titleOf(edge) || `${from} → ${to}`), list);
      this.traceEdge(edge);
      card.show(edge, this, content, true);
    }

    /** Make a component stand out with all that it is joined to. */
    trace(id) {
      const near = new Set([id]);
      for (const edge of this.edges) {
        const joined = edge.dataset.from === id || edge.dataset.to === id;
        edge.classList.toggle("near", joined);
        if (joined) near.add(edge.dataset.from).add(edge.dataset.to);
      }
      this.mark(near);
    }

    traceEdge(edge) {
      this.edges.forEach((each) => each.classList.toggle("near", each === edge));
      this.mark(new Set([edge.dataset.from, edge.dataset.to]));
    }

    mark(ids) {
      this.svg.querySelectorAll("g.node, g.note").forEach((each) => each.classList.toggle("near", ids.has(each.dataset.id)));
      this.svg.classList.add("tracing");
    }

    calm() {
      this.svg.classList.remove("tracing");
      this.svg.querySelectorAll(".near").forEach((each) => each.classList.remove("near"));
    }

    /** Go to a component of this figure; return whether it has it. */
    visit(id) {
      const node = this.nodes.find((each) => each.dataset.id === id);
      if (!node) return false;
      node.focus({ preventScroll: true });
      this.stage.reveal([node]);
      this.tell(node, true);
      return true;
    }

    /** Buttons that leave but some lanes in full colour. */
    lanes() {
      const lanes = JSON.parse(this.figure.dataset.lanes || "[]");
      // Large figures repeat their lanes, stave by stave.
      const boxes = new Map(lanes.map(([id]) => [id, [...this.svg.querySelectorAll(`g.lane[data-id="${CSS.escape(id)}"] > .outline`)]]));
      const known = lanes.filter(([id]) => boxes.get(id).some((box) => box.getBBox));
      if (known.length < 2) return;
      const on = new Set();
      const buttons = known.map(([id, title]) =>
        make("button", { type: "button", "aria-pressed": "false", onclick: (event) => {
          if (!on.delete(id)) on.add(id);
          event.currentTarget.setAttribute("aria-pressed", String(on.has(id)));
          this.light(on, boxes);
        } }, title),
      );
      const group = make("div", { class: "lanes", role: "group", "aria-label": "Show only these lanes" }, ...buttons);
      this.bar.append(group);
    }

    light(on, boxes) {
      this.svg.classList.toggle("lit", on.size > 0);
      const shown = new Set();
      const inside = (element) => {
        const box = element.getBBox();
        const x = box.x + box.width / 2;
        const y = box.y + box.height / 2;
        return [...on].flatMap((id) => boxes.get(id)).some((box) => {
          const lane = box.getBBox();
          return x >= lane.x && x <= lane.x + lane.width && y >= lane.y && y <= lane.y + lane.height;
        });
      };
      for (const node of this.svg.querySelectorAll("g.node, g.note")) {
        const lit = inside(node);
        node.classList.toggle("off", on.size > 0 && !lit);
        if (lit && node.classList.contains("node")) shown.add(node.dataset.id);
      }
      for (const edge of this.edges) {
        edge.classList.toggle("off", on.size > 0 && !(shown.has(edge.dataset.from) && shown.has(edge.dataset.to)));
      }
      for (const lane of this.svg.querySelectorAll("g.lane")) {
        lane.classList.toggle("off", on.size > 0 && !on.has(lane.dataset.id));
      }
      for (const other of this.svg.querySelectorAll("g.group, g.leader")) {
        other.classList.toggle("off", on.size > 0 && !inside(other));
      }
    }

    /** Show the figure alone, as large as the window, or back in its page. */
    toggle() {
      if (this.dialog) {
        this.dialog.close();
        return;
      }
      const label = this.stage.box.getAttribute("aria-label");
      this.dialog = make("dialog", { class: "large", "aria-label": label });
      const stand = make("div", { class: "stand" });
      stand.style.height = `${this.figure.offsetHeight}px`;
      this.figure.before(stand);
      document.body.append(this.dialog);
      this.dialog.append(this.figure);
      this.dialog.addEventListener("close", () => {
        card.hide();
        stand.replaceWith(this.figure);
        this.dialog.remove();
        this.dialog = null;
        this.enlarge.setAttribute("aria-label", "Enlarge");
        this.stage.fit();
        this.enlarge.focus();
      });
      this.dialog.showModal();
      this.enlarge.setAttribute("aria-label", "Back to the page");
      this.stage.fit();
      this.stage.box.focus();
    }

    keys(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select")) return;
      const node = event.target.closest?.("g.node");
      const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      const does = {
        "+": () => this.stage.larger(),
        "=": () => this.stage.larger(),
        "-": () => this.stage.smaller(),
        0: () => this.stage.fit(),
        n: () => this.walk?.go(this.walk.at + 1),
        p: () => this.walk?.go(this.walk.at - 1),
      };
      if (node && (event.key === "Enter" || event.key === " ")) this.tell(node, true);
      else if (node && arrows[event.key]) this.toward(node, ...arrows[event.key]);
      else if (does[event.key]) does[event.key]();
      else if (event.key === "Escape" && this.walk?.on) this.walk.end();
      else if (this.walk?.on && event.target === this.stage.box) {
        this.walk.keys(event);
        return;
      } else return;
      event.preventDefault();
    }

    /** Go to the nearest component in a direction. */
    toward(node, x, y) {
      const middle = (element) => {
        const box = element.getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2];
      };
      const [fromX, fromY] = middle(node);
      let best = null;
      let least = Infinity;
      for (const other of this.nodes) {
        const [toX, toY] = middle(other);
        const along = (toX - fromX) * x + (toY - fromY) * y;
        const across = Math.abs((toX - fromX) * y) + Math.abs((toY - fromY) * x);
        const far = along + 2 * across;
        if (other !== node && along > 4 && far < least) [best, least] = [other, far];
      }
      best?.focus({ preventScroll: true });
      if (best) this.stage.reveal([best]);
    }
  }

  const watch = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((each) => each.isIntersecting)) {
        watch.unobserve(entry.target);
        new Live(entry.target);
      }
    },
    { rootMargin: NEAR },
  );
  document.querySelectorAll("figure.figure").forEach((figure) => watch.observe(figure));
})();
