/* Sheets laid over our basemap: one that fades (item pages), or two of which one fades into the other (compare page).
   A place is [data-earth] with a JSON script of its sheets (archive/placed_sheets.py for_map), of which one is laid; with
   [data-pair] it holds two lists of sheets, and one of each is laid. select[data-sheet] chooses, its value names the
   list; the pair's choice stands in the address (#a.page=2&b.page=3). Sliders work by keyboard by themselves; [data-set]
   and [data-step] buttons do the same. */
(() => {
  "use strict";

  // Leaflet, its style and what draws on it: asked for when a map comes near, so that they don't delay the sheet itself.
  let loading = null;
  const load = (address) => new Promise((done, failed) => {
    const style = address.endsWith(".css");
    const one = Object.assign(document.createElement(style ? "link" : "script"), style ? { rel: "stylesheet", href: address } : { src: address });
    one.addEventListener("load", done);
    one.addEventListener("error", failed);
    document.head.append(one);
  });
  const ready = (room) => {
    const addresses = room.dataset.needs.split(" ");
    loading = loading || addresses.reduce((before, address) => before.then(() => load(address)), Promise.resolve());
    return loading;
  };

  function open(room) {
    const L = window.L, { basemap, warp } = window.CatVang;
    const told = JSON.parse(room.querySelector("script[type='application/json']").textContent);
    const fade = room.querySelector("[data-fade]");
    const pair = "pair" in room.dataset;
    const lists = pair ? told : [told];
    const picked = lists.map((sheets, at) => {
      const page = Number(new URLSearchParams(location.hash.slice(1)).get(`${"ab"[at]}.page`));
      // An item beside itself is one of its sheets beside another.
      const usual = at && sheets.length > 1 && sheets[0].mesh === lists[0][0].mesh ? 1 : 0;
      return pair && sheets.some((sheet) => sheet.page === page) ? sheets.findIndex((sheet) => sheet.page === page) : usual;
    });
    const chosen = () => lists.map((sheets, at) => sheets[picked[at]]);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    room.querySelectorAll("[data-when]").forEach((part) => { part.hidden = false; });
    room.querySelector(".earth-figure")?.remove();
    const map = L.map(room.querySelector("[data-map]"), {
      zoomControl: false, attributionControl: false, minZoom: 1, maxZoom: 12, zoomSnap: 0.5,
      scrollWheelZoom: false, zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm,
    });
    const bounds = (some) => some.reduce((all, sheet) => all.extend(sheet.footprint.map(([lon, lat]) => [lat, lon])), L.latLngBounds([]));
    let laid = [];
    const home = () => map.fitBounds(bounds(chosen()), { padding: [24, 24] });
    home();
    basemap(L, room.dataset.land, room.dataset.lang).addTo(map);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    // The wheel scrolls the page until the visitor has taken hold of the map.
    map.getContainer().addEventListener("focusin", () => map.scrollWheelZoom.enable());
    map.getContainer().addEventListener("focusout", () => map.scrollWheelZoom.disable());
    map.on("mousedown", () => map.getContainer().focus({ preventScroll: true }));

    const failed = () => { room.querySelector("[data-trouble]").hidden = false; };
    async function lay(sheet, at) {
      const answer = await fetch(sheet.mesh, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const mesh = await answer.json();
      if (chosen()[at] !== sheet) return; // another was chosen meanwhile
      const layer = warp(L, { service: sheet.service, mesh, mask: sheet.mask });
      layer.on("failed", failed);
      laid[at] = layer;
      layer.addTo(map);
      if (at === 0 && laid[1]) laid[1].remove() && laid[1].addTo(map); // the second lies above the first
      faded();
    }
    function show() {
      laid.forEach((layer) => layer?.remove());
      laid = [];
      chosen().forEach((sheet, at) => lay(sheet, at).catch(failed));
    }
    // Of two, the lower one stays whole until nearly the end: halfway both are seen alike, and no sea shines through.
    function faded() {
      const share = fade.value / 100;
      if (!pair) return void laid[0]?.setOpacity(share);
      laid[0]?.setOpacity(Math.min(1, 4 - 4 * share));
      laid[1]?.setOpacity(share);
    }
    function set(value) {
      fade.value = Math.min(100, Math.max(0, value));
      faded();
    }
    fade.addEventListener("input", faded);
    room.querySelectorAll("select[data-sheet]").forEach((which) => {
      const at = Number(which.dataset.sheet);
      which.value = picked[at];
      which.addEventListener("change", () => {
        picked[at] = Number(which.value);
        show();
        home();
        if (pair) history.replaceState(history.state, "", `#${chosen().map((sheet, side) => `${"ab"[side]}.page=${sheet.page}`).join("&")}`);
      });
    });
    room.addEventListener("click", (event) => {
      const { dataset = {} } = event.target.closest("button") || {};
      if ("set" in dataset) set(Number(dataset.set));
      else if ("step" in dataset) set(Number(fade.value) + Number(dataset.step));
      else if (dataset.do === "in") map.zoomIn(1);
      else if (dataset.do === "out") map.zoomOut(1);
      else if (dataset.do === "home") home();
    });
    show();
  }

  // Far down a page nothing is asked for until it comes near.
  const near = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting) { near.unobserve(one.target); ready(one.target).then(() => open(one.target), () => {}); } // else the figure stays
  }, { rootMargin: "400px" });
  document.querySelectorAll("[data-earth]").forEach((room) => near.observe(room));
})();
