// The sheet of the georeferencing page: numbered points over OpenSeadragon, and the outline of what is map.
// window.georefSheet(holder, service, acts) → { points(list, chosen, pending), mask(corners, drawing), middle(), show(x, y), zoom, home }
// Coordinates are percent of the page. acts: put(x, y), moved(index, x, y), chosen(index), removed(index), failed().
(function () {
  "use strict";
  const within = (number) => Math.min(Math.max(number, 0), 100);

  window.georefSheet = (holder, service, acts) => {
    if (!holder || !service || !window.OpenSeadragon) return null;
    let ready = false, marks = [], outline = [], drawing = false, last = null;
    const viewer = window.OpenSeadragon({
      element: holder, drawer: "canvas", showNavigationControl: false, maxZoomPixelRatio: 4, visibilityRatio: 0.3,
      animationTime: 0.3, gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: false }, loadTilesWithAjax: false,
    });
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "geo-outline");
    const line = svg.appendChild(document.createElementNS(svg.namespaceURI, "polygon"));
    viewer.canvas.append(svg);
    const item = () => viewer.world.getItemAt(0);
    const size = () => item().getContentSize();
    const place = (x, y) => item().imageToViewportCoordinates(x * size().x / 100, y * size().y / 100);
    const percent = (point) => [within(point.x / size().x * 100), within(point.y / size().y * 100)];
    const atPixel = (x, y) => percent(item().viewportToImageCoordinates(viewer.viewport.pointFromPixel(new OpenSeadragon.Point(x, y), true)));

    fetch(`${service}/info.json`).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(({ sizes, ...info }) => viewer.open({ ...info, id: new URL(service, location.href).href })).catch(acts.failed);
    viewer.addHandler("open-failed", acts.failed);
    viewer.addHandler("open", () => { ready = true; if (last) points(...last); draw(); });
    viewer.addHandler("update-viewport", draw);
    viewer.addHandler("canvas-click", (event) => {
      if (!event.quick || !ready || event.originalTarget?.closest?.(".geo-point")) return;
      const at = item().viewportToImageCoordinates(viewer.viewport.pointFromPixel(event.position, true));
      if (at.x < 0 || at.y < 0 || at.x > size().x || at.y > size().y) return;
      acts.put(...percent(at));
    });

    function draw() {
      if (!ready) return;
      line.setAttribute("points", outline.map(([x, y]) => {
        const pixel = viewer.viewport.pixelFromPoint(place(x, y), true);
        return `${pixel.x.toFixed(1)},${pixel.y.toFixed(1)}`;
      }).join(" "));
      svg.classList.toggle("is-drawing", drawing);
    }

    function points(list, chosen, pending) {
      last = [list, chosen, pending];
      if (!ready) return;
      const wanted = list.map((one, index) => ({ ...one, index }));
      if (pending) wanted.push({ ...pending, index: list.length, pending: true });
      while (marks.length > wanted.length) viewer.removeOverlay(marks.pop());
      wanted.forEach((one, at) => {
        let mark = marks[at];
        const location = place(one.x, one.y);
        if (!mark) {
          mark = marks[at] = document.createElement("button");
          mark.type = "button";
          hold(mark);
          viewer.addOverlay({ element: mark, location, placement: OpenSeadragon.Placement.CENTER, checkResize: false });
        } else viewer.updateOverlay(mark, location, OpenSeadragon.Placement.CENTER);
        mark.dataset.index = one.index;
        mark.textContent = one.index + 1;
        mark.setAttribute("aria-label", `${acts.words.point} ${one.index + 1}`);
        mark.className = `geo-point${one.off ? " is-off" : ""}${one.index === chosen ? " is-chosen" : ""}${one.pending ? " is-pending" : ""}`;
      });
    }

    // A point is dragged, or moved by arrow keys (Shift: ten pixels of the screen); Delete takes it away.
    function hold(mark) {
      let from = null;
      new OpenSeadragon.MouseTracker({
        element: mark,
        pressHandler: () => acts.chosen(Number(mark.dataset.index)),
        dragHandler: (event) => {
          if (acts.locked || mark.classList.contains("is-pending")) return;
          from = from || true;
          const frame = viewer.canvas.getBoundingClientRect();
          const [x, y] = atPixel(event.originalEvent.clientX - frame.left, event.originalEvent.clientY - frame.top);
          viewer.updateOverlay(mark, place(x, y), OpenSeadragon.Placement.CENTER);
          mark.dataset.at = `${x} ${y}`;
        },
        dragEndHandler: () => {
          if (mark.dataset.at) acts.moved(Number(mark.dataset.index), ...mark.dataset.at.split(" ").map(Number));
          delete mark.dataset.at;
          from = null;
        },
      });
      mark.addEventListener("focus", () => acts.chosen(Number(mark.dataset.index)));
      mark.addEventListener("keydown", (event) => {
        const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (step) {
          event.preventDefault();
          event.stopPropagation();
          const one = last[0][Number(mark.dataset.index)];
          if (!one || acts.locked) return;
          const by = (event.shiftKey ? 10 : 1) / viewer.viewport.viewportToImageZoom(viewer.viewport.getZoom(true));
          acts.moved(Number(mark.dataset.index), within(one.x + step[0] * by / size().x * 100), within(one.y + step[1] * by / size().y * 100));
        } else if (event.key === "Delete") acts.removed(Number(mark.dataset.index));
      });
    }

    return {
      points,
      mask(corners, on) { outline = corners; drawing = on; draw(); },
      middle() { return ready ? percent(item().viewportToImageCoordinates(viewer.viewport.getCenter(true))) : null; },
      show(x, y) { if (ready) viewer.viewport.panTo(place(x, y)); },
      zoom: (by) => viewer.viewport.zoomBy(by).applyConstraints(),
      home: () => viewer.viewport.goHome(),
    };
  };
})();
