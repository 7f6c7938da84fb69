/* The stage of sheets: OpenSeadragon, its tools and keys, failures, and the view in the address. The other viewer-*.js
   files add pages, place names and the menu (CatVang.parts). Without JavaScript the stage is a plain picture.

   A stage is [data-viewer] with the value "item" (its view stands in the address), "block", "kiosk" or "compare"; what
   belongs to it stands with it in a [data-room]. It opens at the view that the address names, else at its data-open.
   Its JSON script element comes from archive/viewer.py. docs/viewer.md says how another file adds a part. */
(() => {
  "use strict";
  const { sums, parts } = window.CatVang;

  window.CatVang.openStage = (stage) => {
    const data = stage.querySelector("script[type='application/json']");
    if (!data || !window.OpenSeadragon) return null;
    const { scans } = JSON.parse(data.textContent);
    const room = stage.closest("[data-room]") || stage;
    const kind = stage.dataset.viewer;
    const view = stage.querySelector(".stage-view");
    const plain = stage.querySelector(".stage-plain");
    const note = stage.querySelector(".stage-note");
    const tools = stage.querySelector(".stage-tools");
    const trouble = stage.querySelector(".stage-trouble");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const inAddress = kind === "item";
    const named = kind === "block" ? null : sums.readView(location.hash, stage.dataset.side);
    let touched = false, pending = named || sums.readView(stage.dataset.open || "");

    const holder = document.createElement("div");
    holder.className = "stage-tiles";
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
      maxImageCacheCount: 300,
      maxTilesPerFrame: 8, // one at a time, as OpenSeadragon would, leaves the line empty between them
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { pinchRotate: false, flickEnabled: !calm },
      tileRetryMax: 2,
      tileRetryDelay: 1200,
      timeout: 30000,
      loadTilesWithAjax: false,
    });
    viewer.canvas.setAttribute("role", "application");
    viewer.canvas.setAttribute("aria-label", stage.dataset.label);

    // What the other files see of a stage. tell/on: "page" (another page), "open" (its picture is there), "view".
    const heard = {};
    const it = {
      stage, room, kind, scans, viewer, calm, page: 0,
      on(name, act) { (heard[name] = heard[name] || []).push(act); },
      tell(name, detail) { (heard[name] || []).forEach((act) => act(detail)); },
      open, goTo, show, current, say, acts: {}, isFull, mark,
      announce(words) { const said = stage.querySelector(".stage-said"); if (said) said.textContent = words; },
      hold() { touched = true; },
      link() { return `${stage.dataset.link || location.pathname + location.search}${sums.writeView(shown() || { page: it.page })}`; },
    };

    // --- pages and failures -----------------------------------------------------------------------
    function open(index, wanted = null) {
      it.page = Math.min(Math.max(index, 0), scans.length - 1);
      pending = wanted;
      const scan = scans[it.page];
      say("");
      note.textContent = scan.note;
      note.hidden = !scan.note;
      plain.href = `${scan.service}/full/max/0/default.jpg`;
      if (index !== 0 || plain.dataset.changed) {
        plain.dataset.changed = "yes";
        plain.firstElementChild.src = scan.below;
      }
      plain.hidden = Boolean(pending && pending.box);
      it.tell("page");
      describe(scan.service).then((source) => { if (scans[it.page] === scan) viewer.open(source); }, () => {
        if (scans[it.page] === scan) failed();
      });
    }

    // A frame around a region of the sheet [x, y, w, h] that is open; gone with it when another page opens.
    function mark(region, name) {
      const element = document.createElement("div");
      element.className = name;
      viewer.addOverlay({ element, location: viewer.world.getItemAt(0).imageToViewportRectangle(...region) });
      return element;
    }

    // Another page as a step that the back button takes back.
    function goTo(index, wanted = null) {
      const page = Math.min(Math.max(index, 0), scans.length - 1);
      step({ page, box: wanted && wanted.box, rotate: 0 });
      if (page === it.page && viewer.isOpen()) wanted ? show(wanted) : viewer.viewport.setRotation(0).goHome();
      else open(page, wanted);
    }

    // What the image server says of an image. Tiles are asked of this host, whatever name the server gives itself; and
    // OpenSeadragon takes a list of sizes for its levels when their number happens to fit, so it doesn't get one.
    async function describe(service) {
      const answer = await fetch(`${service}/info.json`); // the item page asks for the first one beforehand
      if (!answer.ok) throw new Error(String(answer.status));
      const { sizes, ...info } = await answer.json();
      return { ...info, id: new URL(service, location.href).href };
    }

    function failed() {
      plain.firstElementChild.src = scans[it.page].plain;
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
      it.tell("open");
      if (pending) show(pending, true);
      pending = null;
    });
    addEventListener("beforeprint", () => { plain.firstElementChild.src = scans[it.page].plain; });
    viewer.addHandler("animation-start", () => { plain.hidden = plain.hidden || touched; });
    viewer.addHandler("open-failed", failed);
    viewer.addHandler("tile-load-failed", () => { if (viewer.isOpen()) say(stage.dataset.broken); });
    viewer.addHandler("update-viewport", () => it.tell("view"));

    // --- tools and keys --------------------------------------------------------------------------------
    const zoom = (by) => viewer.viewport.zoomBy(by).applyConstraints();
    const turn = (by) => viewer.viewport.setRotation((viewer.viewport.getRotation() + by + 360) % 360);
    Object.assign(it.acts, {
      in: () => zoom(1.6),
      out: () => zoom(1 / 1.6),
      home: () => viewer.viewport.setRotation(0).goHome(),
      rotate: () => turn(90),
      full: toggleFull,
      before: () => goTo(it.page - 1),
      after: () => goTo(it.page + 1),
      retry: () => open(it.page, touched ? shown() : null),
    });
    room.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button || !it.acts[button.dataset.do]) return;
      if (["in", "out", "home", "rotate"].includes(button.dataset.do)) touched = true;
      it.acts[button.dataset.do](button);
    });
    const keys = {
      "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), "_": () => zoom(1 / 1.3),
      0: () => it.acts.home(), r: () => turn(90), R: () => turn(-90), f: toggleFull, F: toggleFull,
      PageUp: () => scans.length > 1 && goTo(it.page - 1), PageDown: () => scans.length > 1 && goTo(it.page + 1),
    };
    viewer.addHandler("canvas-key", (event) => {
      const { key, ctrlKey, altKey, metaKey } = event.originalEvent;
      touched = true;
      const act = !ctrlKey && !altKey && !metaKey && keys[key];
      // Letters mean here what is written above alone: OpenSeadragon's own mirror the sheet, for one.
      if (act || /^[a-z]$/i.test(key)) event.preventDefaultAction = true;
      if (!act || (kind === "kiosk" && act === toggleFull)) return;
      event.originalEvent.preventDefault();
      act();
    });

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
    function marked() { tools.querySelector("[data-do=full]")?.setAttribute("aria-pressed", String(isFull())); }
    document.addEventListener("fullscreenchange", marked);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && stage.classList.contains("is-full")) fill(false);
    });

    // The wheel scrolls the page until the visitor has taken hold of the picture; a kiosk's page doesn't scroll.
    viewer.addHandler("canvas-scroll", (event) => {
      const wheel = event.originalEvent;
      if (kind === "kiosk" || isFull() || wheel.ctrlKey || wheel.metaKey || viewer.canvas.contains(document.activeElement)) return;
      event.preventDefaultAction = true;
      event.preventDefault = false;
    });
    for (const name of ["canvas-drag", "canvas-scroll", "canvas-pinch", "canvas-double-click"]) {
      viewer.addHandler(name, (event) => { if (!event.preventDefaultAction) touched = true; });
    }

    // --- the view in the address: #xywh=x,y,w,h (pixels of the image) &page=2 &rotate=90 --------------
    let stands = pending; // the view that the address names; until the visitor moves the sheet it is the view shown
    function current() {
      const item = viewer.world.getItemAt(0);
      if (!item) return null;
      const box = item.viewportToImageRectangle(viewer.viewport.getBoundsNoRotate());
      return { page: it.page, box: [box.x, box.y, box.width, box.height].map(Math.round), rotate: viewer.viewport.getRotation() };
    }
    function shown() { return touched ? current() : stands; }
    // `wide`: how much more than the box to show, 1 for exactly the box.
    function show(wanted, atOnce = false, wide = 1) {
      const item = viewer.world.getItemAt(0);
      const now = atOnce || calm;
      it.tell("shown", wanted);
      viewer.viewport.setRotation(wanted.rotate || 0, now);
      if (!wanted.box) return void viewer.viewport.goHome(now);
      // Not fitBounds: that fits the turned box, and the same address would show another view.
      const box = item.imageToViewportRectangle(...wanted.box);
      const aspect = viewer.viewport.getAspectRatio();
      const more = wanted.wide || wide;
      const level = Math.min(1 / (box.width * more), 1 / (box.height * more * aspect), viewer.viewport.getMaxZoom());
      viewer.viewport.zoomTo(level, null, now).panTo(box.getCenter(), now);
    }
    function step(wanted) {
      stands = wanted;
      touched = false;
      if (inAddress) history.pushState(null, "", sums.writeView(wanted) || location.pathname + location.search);
    }
    viewer.addHandler("animation-finish", () => {
      const now = inAddress && touched && current();
      if (now) history.replaceState(history.state, "", sums.writeView(now));
    });
    if (inAddress) addEventListener("popstate", () => {
      const wanted = sums.readView(location.hash) || (location.hash ? null : { page: 0, box: null, rotate: 0 });
      if (!wanted) return;
      stands = wanted;
      touched = false;
      if (wanted.page === it.page && viewer.isOpen()) show(wanted, true);
      else open(wanted.page, wanted);
    });

    for (const part of parts) part(it);
    open(pending ? pending.page : 0, pending);
    return it;
  };

  window.CatVang.stages = [...document.querySelectorAll("[data-viewer]")].map(window.CatVang.openStage).filter(Boolean);
})();
