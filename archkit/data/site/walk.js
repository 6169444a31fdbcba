// A way through a figure, step by step, with buttons and keys; each step is read aloud.
"use strict";
(() => {
  const key = (tail, head, kind) => JSON.stringify([tail, head, kind]);

  class Walk {
    constructor(figure, stage) {
      this.stage = stage;
      this.svg = stage.svg;
      this.lists = [...figure.querySelectorAll(":scope > .walk")];
      this.at = -1;
      this.on = false;
      const make = archkit.make;
      this.choice = make("select", { "aria-label": "What to walk through", onchange: () => this.begin() });
      this.lists.forEach((list, at) => this.choice.append(make("option", { value: at }, list.dataset.title)));
      this.choice.hidden = this.lists.length < 2;
      this.back = make("button", { type: "button", "aria-label": "Step back", onclick: () => this.go(this.at - 1) }, "◀");
      this.next = make("button", { type: "button", "aria-label": "Next step", onclick: () => this.go(this.at + 1) }, "▶");
      this.count = make("span", { class: "count" });
      this.said = make("p", { class: "said", "aria-live": "polite", "aria-atomic": "true" });
      this.bar = make(
        "div",
        { class: "steps", role: "group", "aria-label": "Steps", hidden: true, onkeydown: (event) => this.keys(event) },
        make("div", {}, this.choice, this.back, this.count, this.next),
        this.said,
      );
      this.lists.forEach((list) => (list.hidden = false));
      figure.querySelector(".stage").before(this.bar);
    }

    read() {
      const list = this.lists[Number(this.choice.value)];
      this.steps = [...list.querySelectorAll("li")].map((item) => ({
        said: item.textContent,
        nodes: new Set(JSON.parse(item.dataset.nodes)),
        edges: new Set(JSON.parse(item.dataset.edges).map((edge) => key(...edge))),
      }));
    }

    begin() {
      this.on = true;
      this.bar.hidden = false;
      this.svg.classList.add("walking");
      this.read();
      this.go(0);
    }

    end() {
      this.on = false;
      this.at = -1;
      this.bar.hidden = true;
      this.said.textContent = "";
      this.svg.classList.remove("walking");
      this.svg.querySelectorAll(".now, .past").forEach((each) => each.classList.remove("now", "past"));
    }

    go(to) {
      if (!this.on) return this.begin();
      this.at = Math.min(this.steps.length - 1, Math.max(0, to));
      const step = this.steps[this.at];
      const before = this.steps.slice(0, this.at);
      const mark = (element, now, past) => {
        element.classList.toggle("now", now);
        element.classList.toggle("past", !now && past);
      };
      const shown = [];
      for (const node of this.svg.querySelectorAll("g.node, g.note")) {
        const id = node.dataset.id;
        const now = step.nodes.has(id);
        mark(node, now, before.some((each) => each.nodes.has(id)));
        if (now) shown.push(node);
      }
      for (const edge of this.svg.querySelectorAll("g.edge")) {
        const name = key(edge.dataset.from, edge.dataset.to, edge.dataset.kind);
        const now = step.edges.has(name);
        mark(edge, now, before.some((each) => each.edges.has(name)));
        if (now) shown.push(edge);
      }
      // Not disabled in earnest, which would take the focus away from those who go by keys.
      this.back.setAttribute("aria-disabled", String(this.at === 0));
      this.next.setAttribute("aria-disabled", String(this.at === this.steps.length - 1));
      this.count.textContent = `${this.at + 1} of ${this.steps.length}`;
      this.said.textContent = step.said;
      this.stage.reveal(shown);
      return undefined;
    }

    /** Handle a key; return whether it was one for steps. */
    keys(event) {
      if (event.target === this.choice) return false;
      const to = { ArrowRight: this.at + 1, ArrowLeft: this.at - 1, Home: 0, End: this.steps.length - 1 }[event.key];
      if (to === undefined) return false;
      event.preventDefault();
      event.stopPropagation();
      this.go(to);
      return true;
    }
  }

  archkit.Walk = Walk;
})();
