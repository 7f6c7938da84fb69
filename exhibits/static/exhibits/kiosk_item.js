/* The sheet under the finger: OpenSeadragon with our own buttons. */
(() => {
  "use strict";

  const place = document.getElementById("viewer");
  const data = document.getElementById("scans");
  if (!place || !data) return;
  const scans = JSON.parse(data.textContent);
  const lang = document.documentElement.lang;
  const label = document.querySelector("[data-leaf-label]");
  const notes = document.querySelectorAll("[data-note]");
  let leaf = 0;

  const plain = () => {
    const picture = document.createElement("img");
    picture.className = "plain";
    picture.src = scans[leaf].plain;
    picture.alt = "";
    place.replaceChildren(picture);
  };
  if (!window.OpenSeadragon) return plain();

  const viewer = OpenSeadragon({
    element: place,
    tileSources: scans[0].source,
    showNavigationControl: false,
    visibilityRatio: 0.6,
    minZoomImageRatio: 0.8,
    maxZoomPixelRatio: 2,
    animationTime: 0.6,
    maxImageCacheCount: 300,
    gestureSettingsTouch: { pinchRotate: false, flickEnabled: true },
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    crossOriginPolicy: false,
  });
  viewer.addHandler("open-failed", () => { viewer.destroy(); plain(); });

  document.addEventListener("click", (event) => {
    const zoom = event.target.closest("[data-zoom]");
    if (zoom && viewer.viewport) {
      if (zoom.dataset.zoom === "home") viewer.viewport.goHome();
      else viewer.viewport.zoomBy(Number(zoom.dataset.zoom));
      viewer.viewport.applyConstraints();
    }
    const turn = event.target.closest("[data-leaf]");
    if (turn) {
      leaf = (leaf + Number(turn.dataset.leaf) + scans.length) % scans.length;
      viewer.open(scans[leaf].source);
      label.textContent = scans[leaf].label[lang] || `${leaf + 1} / ${scans.length}`;
      for (const note of notes) note.hidden = Number(note.dataset.note) !== leaf;
    }
  });
})();
