// The list of designs: search, filters, order, and how many cards are due.
"use strict";
(() => {
  const MOST = 30; // hits inside designs
  const { make, progress } = archkit;
  const at = (id) => document.getElementById(id);
  const fields = ["q", "archetype", "tag", "score", "sort"];
  const tiles = [...document.querySelectorAll(".tile")].map((element) => ({
    element,
    at: Number(element.dataset.at),
    title: element.dataset.title,
    text: element.textContent.toLowerCase(),
    archetypes: JSON.parse(element.dataset.archetypes),
    tags: JSON.parse(element.dataset.tags),
    score: Number(element.dataset.score),
    due: 0,
  }));
  const hits = archkit.search.map(([title, kind, of, href, more]) => ({
    title, kind, of, href, text: `${title} ${kind} ${more}`.toLowerCase(), name: title.toLowerCase(),
  }));
  const orders = {
    given: (a, b) => a.at - b.at,
    title: (a, b) => a.title.localeCompare(b.title),
    score: (a, b) => b.score - a.score || a.at - b.at,
    due: (a, b) => b.due - a.due || a.at - b.at,
  };

  const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

  const update = () => {
    const wanted = Object.fromEntries(fields.map((id) => [id, at(id).value]));
    const words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (text) => words.every((word) => text.includes(word));
    const found = words.length ? hits.filter((hit) => has(hit.text)) : [];
    const within = new Set(found.map((hit) => hit.of));
    const shown = new Set();
    for (const tile of tiles) {
      const fits =
        (!wanted.archetype || tile.archetypes.includes(wanted.archetype)) &&
        (!wanted.tag || tile.tags.includes(wanted.tag)) &&
        (!wanted.score || tile.score >= Number(wanted.score)) &&
        (has(tile.text) || within.has(tile.at));
      tile.element.hidden = !fits;
      if (fits) shown.add(tile.at);
    }
    at("tiles").append(...[...tiles].sort(orders[wanted.sort]).map((tile) => tile.element));
    inside(found.filter((hit) => shown.has(hit.of)), words);
    const filtered = shown.size < tiles.length;
    at("found").textContent = filtered ? `${plural(shown.size, "design")} of ${tiles.length}` : "";
    const kept = fields.filter((id) => wanted[id] && wanted[id] !== "given");
    const hash = kept.map((id) => `${id}=${encodeURIComponent(wanted[id])}`).join("&");
    history.replaceState(null, "", hash ? `#${hash}` : location.href.split("#")[0]);
  };

  const inside = (found, words) => {
    at("inside").hidden = !found.length;
    found.sort((a, b) => Number(words.every((w) => b.name.includes(w))) - Number(words.every((w) => a.name.includes(w))));
    const rows = found.slice(0, MOST).map((hit) =>
      make("li", {}, make("a", { href: hit.href }, hit.title), make("span", {}, ` ${hit.kind} · ${tiles[hit.of].title}`)),
    );
    if (found.length > MOST) rows.push(make("li", {}, `and ${found.length - MOST} more`));
    at("hits").replaceChildren(...rows);
  };

  const due = () => {
    const now = Date.now();
    let all = 0;
    let known = 0;
    for (const deck of archkit.decks) {
      const { due: waiting } = progress.waiting(deck.ids, now);
      const begun = deck.ids.filter((id) => progress.cards.has(id)).length;
      all += waiting.length;
      known += begun;
      const link = document.querySelector(`[data-deck="${CSS.escape(deck.folder)}"]`);
      if (!link) continue;
      link.replaceChildren(plural(deck.ids.length, "card"));
      if (begun) link.append(make("b", { class: waiting.length ? "due" : "none" }, ` ${waiting.length} due`));
      const tile = tiles.find((each) => each.element.contains(link));
      if (tile) tile.due = waiting.length;
    }
    const total = archkit.decks.reduce((sum, deck) => sum + deck.ids.length, 0);
    at("due-all").textContent = known
      ? `${plural(all, "card")} due now; ${known} of ${total} begun.`
      : "No card has been begun. Open the cards of a design: what you know is kept in this browser.";
  };

  const recall = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const id of fields) {
      const value = given.get(id);
      const fits = value !== null && (id === "q" || [...at(id).options].some((option) => option.value === value));
      at(id).value = fits ? value : id === "sort" ? "given" : "";
    }
  };

  recall();
  due();
  update();
  for (const id of fields) at(id).addEventListener("input", update);
  at("clear").addEventListener("click", () => {
    for (const id of fields) at(id).value = id === "sort" ? "given" : "";
    update();
    at("q").focus();
  });
  addEventListener("hashchange", () => {
    recall();
    update();
  });
  addEventListener("pageshow", () => {
    progress.reload();
    due();
  });
  document.addEventListener("archkit:progress", () => {
    due();
    update();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.matches("input, select, textarea")) {
      event.preventDefault();
      at("q").focus();
    }
  });
})();
