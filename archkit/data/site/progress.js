// What has been learned, kept in this browser, saved to a file and read from one.
"use strict";
(() => {
  const KEY = "archkit:progress";
  const VERSION = 1;
  const NEW_A_DAY = 20;

  const number = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0;
  const sound = (card) =>
    card !== null &&
    typeof card === "object" &&
    ["difficulty", "stability", "last", "due", "asked", "forgotten"].every((name) => number(card[name])) &&
    card.stability > 0;

  /** Return the sound cards of a text, or nothing where it holds no progress. */
  const parse = (text) => {
    try {
      const found = JSON.parse(text);
      if (found?.version !== VERSION || typeof found.cards !== "object" || found.cards === null) return null;
      const days = typeof found.days === "object" && found.days !== null ? found.days : {};
      return {
        cards: new Map(Object.entries(found.cards).filter(([, card]) => sound(card))),
        days: new Map(Object.entries(days).filter(([, count]) => number(count))),
      };
    } catch {
      return null;
    }
  };

  const today = (now) => {
    const date = new Date(now);
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  };

  const progress = {
    ...(parse(archkit.read(KEY)) ?? { cards: new Map(), days: new Map() }),
    kept: true,

    text() {
      return JSON.stringify({
        version: VERSION,
        cards: Object.fromEntries(this.cards),
        days: Object.fromEntries(this.days),
      });
    },

    save() {
      this.kept = archkit.keep(KEY, this.text());
    },

    grade(id, grade, now) {
      const known = this.cards.get(id);
      this.reload();
      if (!known) this.days.set(today(now), (this.days.get(today(now)) ?? 0) + 1);
      this.cards.set(id, archkit.schedule.after(known, grade, now));
      this.save();
    },

    /** Take over what another tab has learned meanwhile. */
    reload() {
      const found = parse(archkit.read(KEY));
      if (found) this.merge(found);
    },

    merge(found) {
      for (const [id, card] of found.cards) {
        if ((this.cards.get(id)?.last ?? -1) < card.last) this.cards.set(id, card);
      }
      for (const [day, count] of found.days) this.days.set(day, Math.max(count, this.days.get(day) ?? 0));
    },

    /** Return the cards that are due, the longest waiting first, and those that are new, in their order. */
    waiting(ids, now) {
      const due = ids.filter((id) => this.cards.has(id) && this.cards.get(id).due <= now);
      due.sort((a, b) => this.cards.get(a).due - this.cards.get(b).due);
      return { due, fresh: ids.filter((id) => !this.cards.has(id)) };
    },

    /** How many new cards may still be begun today. */
    room(now) {
      return Math.max(0, NEW_A_DAY - (this.days.get(today(now)) ?? 0));
    },
  };
  archkit.progress = progress;

  const said = document.getElementById("progress-said");
  document.getElementById("progress-export")?.addEventListener("click", () => {
    const link = archkit.make("a", {
      href: URL.createObjectURL(new Blob([progress.text()], { type: "application/json" })),
      download: "archkit-progress.json",
    });
    document.body.append(link);
    link.click();
    link.remove();
    said.textContent = "Saved as a file.";
  });
  document.getElementById("progress-import")?.addEventListener("change", async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    const found = parse(await file.text());
    if (found) {
      progress.merge(found);
      progress.save();
      said.textContent = `${found.cards.size} cards read from the file.`;
      document.dispatchEvent(new Event("archkit:progress"));
    } else {
      said.textContent = "This file holds no progress.";
    }
  });
})();
