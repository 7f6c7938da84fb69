// The basemap of the georeferencing page: our own layer in Leaflet, numbered points, the sheet laid over it.
// window.georefMap(holder, {land, lang, box, service}, acts) → { points, middle, show, sheet(worked), opacity(share), fit(), zoom }
// acts: put(lon, lat), moved(index, lon, lat), chosen(index), removed(index).
(function () {
  "use strict";
  const L = window.L;
  const turned = (lon) => ((lon + 540) % 360) - 180;

  window.georefMap = (holder, { land, lang, box, service }, acts) => {
    if (!holder || !L) return null;
    const map = L.map(holder, { zoomControl: false, attributionControl: false, minZoom: 1, maxZoom: 12, worldCopyJump: true, keyboard: true, zoomSnap: 0.5 });
    window.CatVang.basemap(L, land, lang).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    const markers = [];
    let laid = null, laidAs = "", share = 0.6, footprint = null;
    if (box) map.fitBounds([[box[1], box[0]], [box[3], box[2] < box[0] ? box[2] + 360 : box[2]]]);
    else map.fitBounds([[5, 100], [23, 120]]);
    map.on("click", (event) => acts.put(turned(event.latlng.lng), event.latlng.lat));

    function icon(number, one, chosen) {
      return L.divIcon({ className: `geo-point${one.off ? " is-off" : ""}${chosen ? " is-chosen" : ""}${one.pending ? " is-pending" : ""}`, html: String(number), iconSize: [26, 26] });
    }

    function points(list, chosen, pending) {
      const wanted = list.map((one) => one);
      if (pending) wanted.push({ ...pending, pending: true });
      while (markers.length > wanted.length) markers.pop().remove();
      wanted.forEach((one, index) => {
        const at = L.latLng(one.lat, one.lon);
        if (!markers[index]) {
          const marker = markers[index] = L.marker(at, { icon: icon(index + 1, one, false), draggable: !acts.locked, keyboard: true, autoPanOnFocus: false }).addTo(map);
          marker.on("click", () => acts.chosen(index));
          marker.on("dragend", () => { const to = marker.getLatLng(); acts.moved(index, turned(to.lng), to.lat); });
        }
        const marker = markers[index];
        marker.setLatLng(at);
        const element = marker.getElement();
        const fresh = icon(index + 1, one, index === chosen);
        element.className = element.className.replace(/ ?(geo-point|is-off|is-chosen|is-pending)/g, "") + ` ${fresh.options.className}`;
        element.textContent = index + 1;
        element.setAttribute("aria-label", `${acts.words.point} ${index + 1}`);
        if (element.dataset.held) return;
        element.dataset.held = "yes";
        element.addEventListener("focus", () => acts.chosen(index));
        element.addEventListener("keydown", (event) => keys(event, index, marker));
      });
    }

    // Arrow keys move a point by a pixel of the screen, with Shift by ten.
    function keys(event, index, marker) {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (step && !acts.locked) {
        event.preventDefault();
        event.stopPropagation();
        const by = event.shiftKey ? 10 : 1;
        const to = map.containerPointToLatLng(map.latLngToContainerPoint(marker.getLatLng()).add([step[0] * by, step[1] * by]));
        acts.moved(index, turned(to.lng), to.lat);
      } else if (event.key === "Delete") acts.removed(index);
    }

    // The sheet as the server laid it; the same mesh and mask aren't laid twice.
    function sheet({ mesh, mask, footprint: ring }) {
      const key = mesh ? JSON.stringify([mesh, mask]) : "";
      if (key === laidAs) return;
      laidAs = key;
      laid?.remove();
      footprint?.remove();
      laid = footprint = null;
      if (!mesh) return;
      footprint = L.polygon(ring.map(([lon, lat]) => [lat, lon]), { color: "#8a5a00", weight: 2, fill: false, dashArray: "6 4", interactive: false }).addTo(map);
      if (!service) return;
      laid = window.CatVang.warp(L, { service, mesh, mask: mask.map(([x, y]) => [x / 100, y / 100]) });
      laid.setOpacity(share).addTo(map);
    }

    return {
      points, sheet,
      opacity(value) { share = value; laid?.setOpacity(value); },
      middle: () => { const at = map.getCenter(); return [turned(at.lng), at.lat]; },
      show: (lon, lat) => map.panTo([lat, lon]),
      fit: () => { if (footprint) map.fitBounds(footprint.getBounds()); else if (box) map.fitBounds([[box[1], box[0]], [box[3], box[2]]]); },
      zoom: (by) => map.setZoom(map.getZoom() + by),
    };
  };
})();
