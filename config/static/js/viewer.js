/* The scan of an item page: OpenSeadragon on the stage, tools, strip of pages, and the view in the address (#xywh=…).
   Reads the JSON script element #viewer-data; without JavaScript the stage is a plain picture. */
(() => {
  "use strict";
  const stage = document.querySelector("[data-viewer]");
  const data = document.getElementById("viewer-data");
  if (!stage || !data || !window.OpenSeadragon) return;
  const { scans } = JSON.parse(data.textContent);
  const view = stage.querySelector(".stage-view");
  const plain = stage.querySelector(".stage-plain");
  const note = stage.querySelector(".stage-note");
  const tools = stage.querySelector(".stage-tools");
  const trouble = stage.querySelector(".stage-trouble");
  const strip = [...document.querySelectorAll(".strip a")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let page = 0, touched = false, pending = readHash();

  const holder = document.createElement("div");
  holder.style.cssText = "position:absolute;inset:0";
  view.append(holder);
  const viewer = window.OpenSeadragon({
    element: holder,
    drawer: "canvas",
    showNavigationControl: false,
    maxZoomPixelRatio: 2,
    minZoomImageRatio: 0.8,
    visibilityRatio: 0.5,
    animationTime: calm ? 0 : 0.7,
    immediateRender: calm,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    tileRetryMax: 2,
    tileRetryDelay: 1200,
    timeout: 30000,
    loadTilesWithAjax: false,
  });
  viewer.canvas.setAttribute("role", "application");
  viewer.canvas.setAttribute("aria-label", stage.dataset.label);

  // --- pages and failures -----------------------------------------------------------------------
  function open(index) {
    page = Math.min(Math.max(index, 0), scans.length - 1);
    const scan = scans[page];
    say("");
    note.textContent = scan.note;
    note.hidden = !scan.note;
    strip.forEach((link, i) => {
      if (i === page) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    plain.href = `${scan.service}/full/max/0/default.jpg`;
    if (index !== 0 || plain.dataset.changed) {
      plain.dataset.changed = "yes";
      plain.firstElementChild.src = scan.plain;
    }
    plain.hidden = Boolean(pending && pending.box);
    describe(scan.service).then((source) => { if (scans[page] === scan) viewer.open(source); }, failed);
  }

  // What the image server says of an image. Tiles are asked of this host, whatever name the server gives itself; and
  // OpenSeadragon takes a list of sizes for its levels when their number happens to fit, so it doesn't get one.
  async function describe(service) {
    const answer = await fetch(`${service}/info.json`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { sizes, ...info } = await answer.json();
    return { ...info, id: new URL(service, location.href).href };
  }

  function failed() {
    plain.hidden = false;
    holder.style.visibility = "hidden";
    tools.hidden = true;
    say(stage.dataset.failed);
  }

  function say(words) {
    trouble.hidden = !words;
    trouble.firstElementChild.textContent = words;
  }

  viewer.addHandler("open", () => {
    // At first the plain picture lies exactly below the tiles, so that the stage is never half empty.
    const item = viewer.world.getItemAt(0);
    item.addHandler("fully-loaded-change", (event) => { if (event.fullyLoaded) plain.hidden = true; });
    if (pending || item.getFullyLoaded()) plain.hidden = true;
    holder.style.visibility = "";
    tools.hidden = false;
    if (pending) show(pending);
    pending = null;
  });
  viewer.addHandler("animation-start", () => { if (touched) plain.hidden = true; });
  viewer.addHandler("open-failed", failed);
  viewer.addHandler("tile-load-failed", () => {
    if (viewer.isOpen()) say(stage.dataset.broken);
  });

  // --- tools ----------------------------------------------------------------------------------------
  const acts = {
    in: () => viewer.viewport.zoomBy(1.6).applyConstraints(),
    out: () => viewer.viewport.zoomBy(1 / 1.6).applyConstraints(),
    home: () => viewer.viewport.setRotation(0).goHome(),
    rotate: () => viewer.viewport.setRotation((viewer.viewport.getRotation() + 90) % 360),
    full: toggleFull,
    retry: () => { pending = touched ? current() : null; open(page); },
  };
  stage.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (button.dataset.do !== "retry") touched = true;
    acts[button.dataset.do]();
  });
  // Pages are opened from the strip and from beside their words.
  document.querySelectorAll("a[data-page]").forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    touched = true;
    open(Number(link.dataset.page) - 1);
    stage.scrollIntoView({ block: "nearest" });
  }));

  function isFull() { return document.fullscreenElement === stage || stage.classList.contains("is-full"); }
  function toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (stage.classList.contains("is-full") || !stage.requestFullscreen) fill(!stage.classList.contains("is-full"));
    else stage.requestFullscreen().catch(() => fill(true));
  }
  function fill(on) {
    stage.classList.toggle("is-full", on);
    marked();
  }
  function marked() { tools.querySelector("[data-do=full]").setAttribute("aria-pressed", String(isFull())); }
  document.addEventListener("fullscreenchange", marked);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && stage.classList.contains("is-full")) fill(false);
  });

  // The wheel scrolls the page until the visitor has taken hold of the picture.
  viewer.addHandler("canvas-scroll", (event) => {
    const wheel = event.originalEvent;
    if (isFull() || wheel.ctrlKey || wheel.metaKey || viewer.canvas.contains(document.activeElement)) return;
    event.preventDefaultAction = true;
    event.preventDefault = false;
  });
  for (const name of ["canvas-drag", "canvas-scroll", "canvas-pinch", "canvas-key", "canvas-double-click"]) {
    viewer.addHandler(name, () => { touched = true; });
  }

  // --- the view in the address: #xywh=x,y,w,h (pixels of the image) &page=2 &rotate=90 --------------
  function readHash() {
    const values = new URLSearchParams(location.hash.slice(1));
    const box = (values.get("xywh") || "").split(",").map(Number);
    const index = Number(values.get("page") || 1) - 1;
    const good = box.length === 4 && box.every(Number.isFinite) && box[2] > 0 && box[3] > 0;
    if (!good && !values.has("page")) return null;
    return { page: Number.isInteger(index) ? index : 0, box: good ? box : null, rotate: Number(values.get("rotate")) || 0 };
  }
  function current() {
    const item = viewer.world.getItemAt(0);
    if (!item) return null;
    const box = item.viewportToImageRectangle(viewer.viewport.getBoundsNoRotate());
    return { page, box: [box.x, box.y, box.width, box.height].map(Math.round), rotate: viewer.viewport.getRotation() };
  }
  function show(wanted) {
    const item = viewer.world.getItemAt(0);
    viewer.viewport.setRotation(wanted.rotate, true);
    if (!wanted.box) return;
    // Not fitBounds: that fits the turned box, and the same address would show another view.
    const box = item.imageToViewportRectangle(...wanted.box);
    const wide = viewer.viewport.getAspectRatio();
    viewer.viewport.zoomTo(Math.min(1 / box.width, 1 / (box.height * wide)), null, true).panTo(box.getCenter(), true);
  }
  viewer.addHandler("animation-finish", () => {
    const now = touched && current();
    if (!now) return;
    const parts = [`xywh=${now.box.join(",")}`];
    if (now.page) parts.push(`page=${now.page + 1}`);
    if (now.rotate) parts.push(`rotate=${now.rotate}`);
    history.replaceState(history.state, "", `#${parts.join("&")}`);
  });
  addEventListener("hashchange", () => {
    const wanted = readHash();
    if (!wanted) return;
    touched = true;
    if (wanted.page === page && viewer.isOpen()) show(wanted);
    else { pending = wanted; open(wanted.page); }
    stage.scrollIntoView({ block: "nearest" });
  });

  open(pending ? pending.page : 0);
})();
