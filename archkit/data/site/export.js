// A figure as it is seen → an SVG file of its own, a PNG picture, or the clipboard.
"use strict";
(() => {
  const PIXELS = 2; // of a PNG for one of the figure
  const LARGEST = 8000; // pixels from side to side
  const SPACE = "http://www.w3.org/2000/svg";
  const KEPT = [
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "fill-opacity", "font-size", "font-weight",
    "font-style", "font-family", "text-anchor",
  ];
  let loading = null;

  /** Load the typefaces as text; they are needed only here, so that no page waits for them. */
  const fonts = () => {
    loading ??= new Promise((done) => {
      const script = archkit.make("script", { src: document.body.dataset.fonts });
      script.addEventListener("load", () => done(archkit.fonts));
      script.addEventListener("error", () => done(""));
      document.head.append(script);
    });
    return loading;
  };

  /** Return the text of an SVG file that looks as the figure does now, without what was added to point at parts. */
  archkit.asSvg = async (svg, width, height) => {
    const rules = await fonts();
    const copy = svg.cloneNode(true);
    const marked = svg.getAttribute("class");
    svg.setAttribute("class", "archkit"); // computed without tracing, steps and lanes
    const live = [svg, ...svg.querySelectorAll("*")];
    const still = [copy, ...copy.querySelectorAll("*")];
    live.forEach((element, at) => {
      const target = still[at];
      if (!(element instanceof SVGGraphicsElement) && element.localName !== "tspan") return;
      const style = getComputedStyle(element);
      const above = element === svg ? null : getComputedStyle(element.parentNode);
      for (const name of KEPT) {
        const value = style.getPropertyValue(name);
        if (!above || above.getPropertyValue(name) !== value) target.setAttribute(name, value);
      }
      for (const name of ["class", "style", "tabindex", "role", "aria-label", "aria-haspopup"]) target.removeAttribute(name);
    });
    svg.setAttribute("class", marked);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.setAttribute("role", "img");
    const paper = document.createElementNS(SPACE, "rect");
    paper.setAttribute("width", "100%");
    paper.setAttribute("height", "100%");
    paper.setAttribute("fill", getComputedStyle(document.documentElement).getPropertyValue("--f-paper").trim());
    const style = document.createElementNS(SPACE, "style");
    style.textContent = rules;
    copy.prepend(style, paper);
    return new XMLSerializer().serializeToString(copy);
  };

  archkit.asPng = async (svg, width, height) => {
    const text = await archkit.asSvg(svg, width, height);
    const scale = Math.min(PIXELS, LARGEST / Math.max(width, height));
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = archkit.make("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png");
    });
  };

  archkit.save = (blob, name) => {
    const url = URL.createObjectURL(blob);
    const link = archkit.make("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  /** Copy a picture, or save it where the browser does not let pages copy; return what was done, in words. */
  archkit.copyPng = async (svg, width, height, name) => {
    const picture = archkit.asPng(svg, width, height);
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
      return "The picture is on the clipboard.";
    } catch {
      archkit.save(await picture, `${name}.png`);
      return "The browser keeps the clipboard closed; the picture was saved as a file.";
    }
  };
})();
