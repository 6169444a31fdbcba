// The cards of a design, one by one: what is asked for is covered in the figure until the answer is shown.
"use strict";
(() => {
  const { make, progress, schedule } = archkit;
  const SPACE = "http://www.w3.org/2000/svg";
  const at = (id) => document.getElementById(id);
  const cards = new Map(
    [...document.querySelectorAll(".card")].map((element) => [
      element.dataset.id,
      { ...element.dataset, front: element.querySelector("summary").textContent, back: element.querySelectorAll("p") },
    ]),
  );
  const stages = new Map();
  const buttons = [...document.querySelectorAll("[data-grade]")];
  let queue = [];
  let current = null;
  let uncover = () => {};
  let shown = false;
  let asked = 0;

  const begin = (more = 0) => {
    const now = Date.now();
    const { due, fresh } = progress.waiting([...cards.keys()], now);
    queue = [...due, ...fresh.slice(0, Math.max(progress.room(now), more))];
    ask();
  };

  const ask = () => {
    uncover();
    uncover = () => {};
    shown = false;
    current = queue.shift() ?? null;
    at("quiz-show").hidden = current === null;
    at("quiz-grades").hidden = true;
    at("quiz-back").hidden = true;
    at("quiz-back").replaceChildren();
    at("quiz-figure").replaceChildren();
    if (current === null) {
      rest();
      return;
    }
    const card = cards.get(current);
    at("quiz-left").textContent = `${queue.length + 1} to go${asked ? `, ${asked} answered` : ""}`;
    at("quiz-front").textContent = card.front;
    if (card.figure) cover(card);
  };

  /** Say that nothing is left, when the next card is due, and where to go on. */
  const rest = () => {
    const now = Date.now();
    const ids = [...cards.keys()];
    const fresh = ids.filter((id) => !progress.cards.has(id));
    const next = Math.min(...ids.filter((id) => progress.cards.has(id)).map((id) => progress.cards.get(id).due));
    at("quiz-left").textContent = asked ? `${asked} answered` : "";
    at("quiz-front").textContent = cards.size
      ? `Nothing is due here${Number.isFinite(next) ? `; the next card is due in ${span(next - now)}` : ""}.`
      : "This design has no cards.";
    const links = [];
    if (fresh.length) {
      const words = `Begin ${Math.min(10, fresh.length)} more new cards`;
      links.push(make("button", { type: "button", onclick: () => begin(10) }, words));
    }
    const other = archkit.decks
      .map((deck) => ({ ...deck, due: progress.waiting(deck.ids, now).due.length }))
      .filter((deck) => deck.due && !deck.ids.includes(ids[0]))
      .sort((a, b) => b.due - a.due)[0];
    if (other) {
      const href = `../${encodeURIComponent(other.folder)}/quiz.html`;
      links.push(make("a", { href }, `${other.title}: ${other.due} due`));
    }
    at("quiz-back").hidden = !links.length;
    at("quiz-back").replaceChildren(...links);
  };

  const stage = (name) => {
    if (!stages.has(name)) {
      const figure = document.querySelector(`#quiz-figures figure[data-name="${CSS.escape(name)}"]`);
      stages.set(name, figure);
    }
    return stages.get(name);
  };

  const cover = (card) => {
    const figure = stage(card.figure);
    if (!figure) return;
    at("quiz-figure").append(figure);
    figure.stage ??= new archkit.Stage(figure);
    const svg = figure.stage.svg;
    const same = (name) => (card[name] === undefined ? "" : `[data-${name}="${CSS.escape(card[name])}"]`);
    const target = card.node
      ? svg.querySelector(`g.node[data-id="${CSS.escape(card.node)}"]`)
      : svg.querySelector(`g.edge${same("from")}${same("to")}${same("kind")}`);
    if (!target) return;
    const title = target.querySelector(":scope > title");
    const spoken = title?.textContent;
    if (title) title.textContent = "?";
    svg.setAttribute("aria-hidden", "true"); // its description names what is asked for
    const parts = card.node ? [target.querySelector(".outline")] : [...target.querySelectorAll("text.label")];
    target.classList.add("covered");
    const boxes = parts.filter(Boolean).map((part) => part.getBBox());
    if (!boxes.length) return;
    const left = Math.min(...boxes.map((box) => box.x)) - 3;
    const top = Math.min(...boxes.map((box) => box.y)) - 2;
    const width = Math.max(...boxes.map((box) => box.x + box.width)) + 3 - left;
    const height = Math.max(...boxes.map((box) => box.y + box.height)) + 2 - top;
    const draw = (name, attributes, words = "") => {
      const element = document.createElementNS(SPACE, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      element.textContent = words;
      return element;
    };
    const mask = draw("g", { class: "mask" });
    mask.append(
      draw("rect", { x: left, y: top, width, height, rx: 6 }),
      draw("text", { x: left + width / 2, y: top + height / 2 + 6, "text-anchor": "middle", "font-size": 18 }, "?"),
    );
    svg.append(mask);
    figure.stage.resized();
    figure.stage.reveal([mask]);
    uncover = () => {
      mask.remove();
      target.classList.remove("covered");
      svg.removeAttribute("aria-hidden");
      if (title) title.textContent = spoken;
      figure.stage.svg.querySelectorAll(".answered").forEach((each) => each.classList.remove("answered"));
    };
    card.target = target;
  };

  const span = (milliseconds) => {
    const days = milliseconds / schedule.DAY;
    if (days < 1 / 24) return `${Math.max(1, Math.round(days * 24 * 60))} min`;
    if (days < 1) return `${Math.round(days * 24)} h`;
    if (days < 60) return `${Math.round(days)} d`;
    return days < 730 ? `${Math.round(days / 30.4)} months` : `${Math.round(days / 365)} years`;
  };

  const show = () => {
    if (current === null || shown) return;
    shown = true;
    const card = cards.get(current);
    uncover();
    card.target?.classList.add("answered");
    at("quiz-back").replaceChildren(...[...card.back].map((line) => line.cloneNode(true)));
    at("quiz-back").hidden = false;
    at("quiz-show").hidden = true;
    at("quiz-grades").hidden = false;
    const now = Date.now();
    for (const button of buttons) {
      const then = schedule.after(progress.cards.get(current), Number(button.dataset.grade), now);
      button.querySelector(".in").textContent = span(then.due - now);
    }
    buttons[2].focus({ preventScroll: true });
  };

  const grade = (value) => {
    if (current === null || !shown) return;
    cards.get(current).target?.classList.remove("answered");
    progress.grade(current, value, Date.now());
    asked += 1;
    if (value === 1) queue.push(current); // once more before the end
    if (!progress.kept) at("progress-said").textContent = "This browser keeps nothing: save your progress to a file.";
    ask();
    if (current !== null) at("quiz-show").focus({ preventScroll: true });
    else at("quiz-front").focus();
  };

  at("quiz-show").addEventListener("click", show);
  for (const button of buttons) button.addEventListener("click", () => grade(Number(button.dataset.grade)));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input, summary, a")) return;
    if ((event.key === " " || event.key === "Enter") && current !== null && !shown) {
      event.preventDefault();
      show();
    } else if (shown && "1234".includes(event.key) && event.key.length === 1) {
      event.preventDefault();
      grade(Number(event.key));
    }
  });
  document.addEventListener("archkit:progress", () => begin());
  begin();
})();
