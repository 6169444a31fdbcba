// The theme that the reader chose, set before anything is painted.
"use strict";
window.archkit = window.archkit || {};
(() => {
  const KEY = "archkit:theme";
  const root = document.documentElement;
  root.classList.add("js");

  // Storage can be forbidden; then nothing is remembered from page to page.
  archkit.read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  archkit.keep = (key, value) => {
    try {
      localStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  };

  const show = (name) => {
    if (name) root.dataset.theme = name;
    else delete root.dataset.theme;
  };
  show(archkit.read(KEY));

  document.addEventListener("DOMContentLoaded", () => {
    const choice = document.getElementById("theme");
    choice.value = root.dataset.theme || "";
    if (choice.selectedIndex < 0) {
      choice.value = ""; // a theme of another site
      show("");
    }
    choice.addEventListener("change", () => {
      archkit.keep(KEY, choice.value);
      show(choice.value);
    });
  });

  /** Return an element with attributes and children; texts become text nodes. */
  archkit.make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null) element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };
})();
