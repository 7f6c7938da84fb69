/* Results on our own basemap: clusters of all hits, footprints of the page's items, a box that becomes a filter. The
   map stays when results are drawn anew. Leaflet is loaded when a map is first shown. */
(() => {
  "use strict";
  const page = document.querySelector(".found[data-land]");
  if (!page) return;
  const NEAREST = 9; // zoom at which clusters are as fine as the index has them: from there on they are listed
  const HOME = [[5, 102], [23, 120]], calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let map = null, shown = null, marks = null, foot = null, asked = null, moved = 0;

  const load = (address) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
  const libraries = (() => {
    let loading = null;
    return () => loading ||= (async () => {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = page.dataset.leafletCss;
      document.head.prepend(sheet);
      await load(page.dataset.leaflet);
      await load(page.dataset.basemap);
    })();
  })();
  const data = () => JSON.parse(document.getElementById("map-data")?.textContent || "null");
  const room = () => document.querySelector("[data-map-room]");
  const say = (text) => { const note = room()?.querySelector("[data-map-said]"); if (note) note.textContent = text; };
  // [west, south, east, north] ↔ Leaflet's bounds; a box over the antimeridian goes on counting beyond 180.
  const bounds = ([west, south, east, north]) => [[south, west], [north, east < west ? east + 360 : east]];
  const turn = (lon) => ((lon + 180) % 360 + 360) % 360 - 180;
  const text = (box) => {
    const round = (value) => Math.round(value * 1000) / 1000;
    const west = box.getWest(), east = box.getEast();
    const [left, right] = east - west >= 360 ? [-180, 180] : [turn(west), turn(east)];
    return [left, Math.max(-90, box.getSouth()), right, Math.min(90, box.getNorth())].map(round).join(",");
  };

  // --- what is shown ----------------------------------------------------------------------------------------
  const RADII = [0, 14, 20, 24, 29]; // pixels, by size; as .cluster-… in search-views.css
  const size = (count, most) => (count === 1 ? 1 : Math.min(4, 2 + Math.floor(2.99 * Math.log(count) / Math.log(most + 1))));
  // Marks that would lie on one another become one, at the mean of what they hold; `found` comes with the largest first.
  function apart(found, most) {
    const kept = [];
    for (const one of found) {
      const mark = { ...one, box: window.L.latLngBounds(bounds(one.bbox)), at: map.latLngToLayerPoint([one.lat, one.lon]) };
      const gap = (other) => RADII[size(mark.count, most)] + RADII[size(other.count, most)];
      const near = kept.find((other) => mark.at.distanceTo(other.at) < gap(other));
      if (!near) { kept.push(mark); continue; }
      const count = near.count + mark.count, mean = (name) => (near[name] * near.count + mark[name] * mark.count) / count;
      Object.assign(near, { lat: mean("lat"), lon: mean("lon"), count, box: near.box.extend(mark.box) });
      near.at = map.latLngToLayerPoint([near.lat, near.lon]);
    }
    return kept;
  }
  function clusters(found) {
    const L = window.L, most = Math.max(1, ...found.map((one) => one.count));
    marks.clearLayers();
    for (const one of apart(found, most)) {
      const number = one.count.toLocaleString(page.dataset.lang);
      const icon = L.divIcon({ className: `cluster cluster-${size(one.count, most)}`, iconSize: null, html: number });
      const label = room().querySelector("[data-map-said]").dataset.cluster.replace("{n}", number);
      const mark = L.marker([one.lat, one.lon], { icon, title: label, alt: label, riseOnHover: true });
      mark.on("click", () => go(one.box));
      mark.on("add", () => mark.getElement()?.setAttribute("aria-label", label));
      marks.addLayer(mark);
    }
  }
  function go(box) {
    const padding = [24, 24];
    const zoom = Math.min(NEAREST, map.getBoundsZoom(box, false, window.L.point(padding).multiplyBy(2)));
    if (zoom <= map.getZoom()) return window.CatVang.search({ bbox: text(box.pad(0.01)) }); // text() rounds
    map.fitBounds(box, { padding, maxZoom: NEAREST, animate: !calm });
  }
  function outline(item) {
    foot.clearLayers();
    if (!item) return;
    const L = window.L;
    if (item.bbox) foot.addLayer(L.rectangle(bounds(item.bbox), { className: "footprint", interactive: false }));
    else if (item.point) foot.addLayer(L.circleMarker([item.point[1], item.point[0]], { className: "footprint", radius: 11, interactive: false }));
    say(item.bbox || item.point ? item.title : "");
  }
  // Seen from nearer, clusters fall apart: they are asked for again for what the map shows.
  async function refine() {
    asked?.abort();
    asked = new AbortController();
    const url = new URL(`/api/v1/search/${location.search}`, location.href);
    for (const name of ["page", "after"]) url.searchParams.delete(name);
    url.searchParams.set("lang", page.dataset.lang);
    url.searchParams.set("view", "map");
    url.searchParams.set("page_size", "1");
    // Of a box that is asked for, nothing outside it: it is narrowed to what the map shows only where that lies within.
    const view = map.getBounds(), within = !shown.bbox || window.L.latLngBounds(bounds(shown.bbox)).contains(view);
    url.searchParams.set("bbox", within ? text(view) : shown.bbox.join(","));
    try {
      const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (answer.ok) clusters((await answer.json()).clusters);
    } catch (error) {
      if (error.name !== "AbortError") say("");
    }
  }
  function fit() {
    map.fitBounds(shown.bbox ? bounds(shown.bbox) : HOME, { animate: false });
  }
  function fill(first) {
    const before = JSON.stringify(shown?.bbox ?? null);
    shown = data();
    foot.clearLayers();
    map.eachLayer((layer) => { if (layer.options.className === "asked-box") layer.remove(); });
    if (shown.bbox) window.L.rectangle(bounds(shown.bbox), { className: "asked-box", interactive: false }).addTo(map);
    if (first || before !== JSON.stringify(shown.bbox ?? null)) fit();
    clusters(shown.clusters);
    clearTimeout(moved);
    moved = setTimeout(refine, 250);
  }

  // --- the map itself -----------------------------------------------------------------------------------------
  async function open() {
    const here = room();
    if (!here) { map?.remove(); map = null; return; }
    if (map && map.getContainer().isConnected) { here.hidden = false; return fill(false); }
    try { await libraries(); } catch { return; } // the list of places stays
    if (map?.getContainer().isConnected || room() !== here) return;
    const L = window.L;
    here.hidden = false;
    map = L.map(here.querySelector("[data-map]"), {
      zoomControl: false, attributionControl: false, minZoom: 1, maxZoom: 12, zoomSnap: 0.5, scrollWheelZoom: false,
      zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm, worldCopyJump: true,
    });
    window.CatVang.basemap(L, page.dataset.land, page.dataset.lang).addTo(map);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    marks = L.layerGroup().addTo(map);
    foot = L.layerGroup().addTo(map);
    map.getContainer().addEventListener("focusin", () => map.scrollWheelZoom.enable());
    map.getContainer().addEventListener("focusout", () => map.scrollWheelZoom.disable());
    map.on("mousedown", () => map.getContainer().focus({ preventScroll: true }));
    shown = null;
    fill(true);
    map.on("moveend", () => { clearTimeout(moved); moved = setTimeout(refine, 250); });
    drawing(here);
    document.querySelector("[data-map-places]")?.removeAttribute("open");
  }
  function drawing(here) {
    const L = window.L, button = here.querySelector("[data-do=draw]"), box = map.getContainer();
    let start = null, drawn = null;
    const set = (on) => {
      button.setAttribute("aria-pressed", String(on));
      box.classList.toggle("is-drawing", on);
      map.dragging[on ? "disable" : "enable"]();
      say(on ? here.querySelector("[data-map-said]").dataset.drawing : "");
    };
    const on = () => button.getAttribute("aria-pressed") === "true";
    box.addEventListener("pointerdown", (event) => {
      if (!on() || event.button) return;
      start = map.mouseEventToLatLng(event);
      drawn = L.rectangle([start, start], { className: "asked-box", interactive: false }).addTo(map);
      box.setPointerCapture(event.pointerId);
    });
    box.addEventListener("pointermove", (event) => { if (start) drawn.setBounds([start, map.mouseEventToLatLng(event)]); });
    const end = (event) => {
      if (!start) return;
      const chosen = L.latLngBounds(start, map.mouseEventToLatLng(event));
      start = null;
      drawn.remove();
      set(false);
      if (event.type === "pointerup" && chosen.getNorth() > chosen.getSouth() && chosen.getEast() > chosen.getWest()) {
        window.CatVang.search({ bbox: text(chosen) });
      }
    };
    box.addEventListener("pointerup", end);
    box.addEventListener("pointercancel", end);
    here.addEventListener("keydown", (event) => { if (event.key === "Escape" && on()) set(false); });
    here.addEventListener("click", (event) => {
      const what = event.target.closest("[data-do]")?.dataset.do;
      if (what === "in") map.zoomIn(1);
      else if (what === "out") map.zoomOut(1);
      else if (what === "draw") set(!on());
      else if (what === "here") window.CatVang.search({ bbox: text(map.getBounds()) });
      else if (what === "all") shown.bbox ? window.CatVang.search({ bbox: null }) : fit();
    });
  }
  for (const name of ["mouseover", "focusin"]) {
    document.addEventListener(name, (event) => {
      const hit = event.target.closest?.("[data-hit]");
      if (!map || !hit || !room()) return;
      outline(shown?.items.find((item) => item.id === hit.dataset.hit));
    });
  }
  document.addEventListener("mouseout", (event) => { if (map && foot && event.target.closest?.("[data-hit]") && room()) outline(null); });
  document.addEventListener("catvang:drawn", open);
  open();
})();
