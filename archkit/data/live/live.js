// The page of `archkit watch`: asks for what is shown whenever the server says that it has changed, and puts new pictures
// in the place of old ones once they can be painted, so that nothing flashes and nothing scrolls away.
"use strict";
(() => {
  const ALL = "*";
  const by = (id) => document.getElementById(id);
  let state = { number: 0, said: "", sheets: [] };
  const fresh = new Set(); // figures that have changed since the reader saw them
  const marks = new Map(); // of each figure, the mark of its newest picture

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  /** The blueprint and figure that the address names, or the first ones. */
  const chosen = () => {
    const [folder, name] = location.hash.slice(1).split("/").map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return "";
      }
    });
    const sheet = state.sheets.find((each) => each.folder === folder) || state.sheets[0];
    if (!sheet) return { sheet: null, name: ALL };
    const known = name === ALL || sheet.figures.some((each) => each.name === name);
    return { sheet, name: known ? name : sheet.figures.length ? sheet.figures[0].name : ALL };
  };

  const address = (folder, name) => `#${encodeURIComponent(folder)}/${encodeURIComponent(name)}`;
  const key = (sheet, figure) => `${sheet.folder}/${figure.name}`;

  const choose = (sheet, name) => {
    by("choice").hidden = state.sheets.length < 2;
    by("blueprint").replaceChildren(
      ...state.sheets.map((each) =>
        make("option", { value: each.folder, textContent: `${each.broken ? "✗ " : ""}${each.title}`, selected: each === sheet }),
      ),
    );
    const link = (figure, words) => {
      const current = figure.name === name;
      const found = make("a", { href: address(sheet.folder, figure.name), textContent: words });
      if (current) found.setAttribute("aria-current", "true");
      if (!current && fresh.has(key(sheet, figure))) {
        found.classList.add("new");
        found.title = "changed since you saw it";
      }
      return make("li", {}, found);
    };
    const entries = sheet ? sheet.figures.map((figure) => link(figure, figure.title)) : [];
    if (entries.length > 1) entries.push(link({ name: ALL }, `All ${entries.length} figures`));
    // Links that are the same stay, lest the keyboard's focus be lost.
    const list = by("figures");
    if (list.innerHTML !== make("ul", {}, ...entries).innerHTML) {
      const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      list.replaceChildren(...entries);
      if (focused) [...list.querySelectorAll("a")].find((each) => each.getAttribute("href") === focused)?.focus();
    }
  };

  const tell = (sheet) => {
    const findings = sheet ? sheet.findings : [];
    by("stale").hidden = !sheet || !sheet.broken;
    by("stale").textContent = sheet && sheet.broken ? sheet.broken : "";
    const found = by("found");
    found.hidden = !findings.length;
    if (sheet && sheet.broken) found.open = true;
    const counts = ["error", "warning", "advice"].map((severity) => [severity, findings.filter((each) => each.severity === severity).length]);
    by("count").textContent = counts
      .filter(([, count]) => count)
      .map(([word, count]) => `${count} ${word}${count > 1 && word !== "advice" ? "s" : ""}`)
      .join(", ");
    by("findings").replaceChildren(
      ...findings.map((each) =>
        make(
          "li",
          { className: each.severity },
          make("span", { className: "severity", textContent: each.severity }),
          ` ${each.head}`,
          make("pre", { textContent: each.detail, tabIndex: 0 }),
        ),
      ),
    );
    const errors = counts[0][1];
    document.title = `${errors ? `(${errors}) ` : ""}${sheet ? sheet.title : "archkit watch"}`;
  };

  const source = (figure) => `/figure/${figure.mark}.svg`;

  /** Show a picture once it can be painted; until then the one before it stays. */
  const picture = async (place, figure) => {
    if (place.dataset.mark === figure.mark) return;
    place.dataset.mark = figure.mark;
    const image = make("img", { alt: `${figure.title}. ${figure.description}`, width: figure.width, height: figure.height });
    image.src = source(figure);
    try {
      await image.decode();
    } catch {
      if (place.dataset.mark === figure.mark) place.dataset.mark = ""; // shown no more: the next state has another one
      return;
    }
    if (place.dataset.mark === figure.mark) place.replaceChildren(image);
  };

  const paint = (sheet, name) => {
    const wanted = sheet ? sheet.figures.filter((figure) => name === ALL || figure.name === name) : [];
    const places = new Map([...by("pictures").children].map((place) => [place.dataset.key, place]));
    const now = wanted.map((figure) => {
      const id = key(sheet, figure);
      const place = places.get(id) || make("figure", { tabIndex: 0 }); // focused, it is scrolled with keys
      place.setAttribute("aria-label", figure.title);
      place.dataset.key = id;
      picture(place, figure);
      fresh.delete(id);
      return place;
    });
    const before = [...by("pictures").children];
    if (now.length !== before.length || now.some((place, at) => place !== before[at])) by("pictures").replaceChildren(...now);
  };

  const show = () => {
    const { sheet, name } = chosen();
    by("title").textContent = sheet ? sheet.title : "archkit watch";
    by("said").textContent = state.said;
    tell(sheet);
    paint(sheet, name);
    choose(sheet, name);
  };

  const load = async () => {
    const { sheet, name } = chosen();
    // What is looked at is drawn first when the files change.
    const looked = new URLSearchParams({ folder: sheet ? sheet.folder : "", figure: name });
    const answer = await fetch(`/state?${looked}`);
    const found = await answer.json();
    if (found.number < state.number) return; // a newer one has come first
    for (const sheet of found.sheets)
      for (const figure of sheet.figures) {
        const id = key(sheet, figure);
        if (marks.has(id) && marks.get(id) !== figure.mark) fresh.add(id);
        marks.set(id, figure.mark);
      }
    state = found;
    show();
  };

  addEventListener("hashchange", () => {
    scrollTo(0, 0);
    show();
    load().catch(() => {});
  });
  by("blueprint").addEventListener("change", (event) => {
    location.hash = `${encodeURIComponent(event.target.value)}/`;
  });

  const size = () => {
    const actual = document.body.classList.toggle("actual");
    by("size").setAttribute("aria-pressed", String(actual));
  };
  by("size").addEventListener("click", size);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "0") size();
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const links = [...by("figures").querySelectorAll("a")];
    const at = links.findIndex((each) => each.hasAttribute("aria-current"));
    links[(at + step + links.length) % links.length]?.click();
  });

  const listen = () => {
    const events = new EventSource("/events");
    events.addEventListener("open", () => {
      by("lost").hidden = true;
      state.number = 0; // archkit may have been started anew, and counts from the beginning
    });
    events.addEventListener("message", () => load().catch(() => {}));
    events.addEventListener("error", () => {
      by("lost").hidden = false;
      // Most browsers ask again by themselves; where one gives up, it is asked to.
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    });
  };
  listen();
})();
