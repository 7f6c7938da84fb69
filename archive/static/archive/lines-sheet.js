// The sheet of the lines' page: a box for each line over OpenSeadragon, and drawing a new one with the pointer.
// window.linesSheet(holder, service, acts) → { boxes(lines, chosen), show(region), draw(then), stop(), zoom(by), home() }
(function () {
  "use strict";
  const within = (number, low, high) => Math.min(Math.max(number, low), high);

  window.linesSheet = (holder, service, { failed, chosen: onChosen, stopped }) => {
    if (!holder || !service || !window.OpenSeadragon) return null;
    const boxes = new Map();
    let layer = null, waiting = null, ready = false, last = null;
    const viewer = window.OpenSeadragon({
      element: holder, drawer: "canvas", showNavigationControl: false, maxZoomPixelRatio: 3, visibilityRatio: 0.4,
      animationTime: 0.4, gestureSettingsMouse: { clickToZoom: false }, loadTilesWithAjax: false,
    });
    const item = () => viewer.world.getItemAt(0);
    const size = () => item().getContentSize();
    const onSheet = ([x, y, width, height]) => item().imageToViewportRectangle(x * size().x / 100, y * size().y / 100, width * size().x / 100, height * size().y / 100);

    fetch(`${service}/info.json`).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(({ sizes, ...info }) => viewer.open({ ...info, id: new URL(service, location.href).href })).catch(failed);
    viewer.addHandler("open-failed", failed);
    viewer.addHandler("open", () => {
      ready = true;
      if (last) draw(...last);
      if (waiting) show(waiting);
    });

    function draw(lines, current) {
      last = [lines, current];
      if (!ready) return;
      const wanted = new Set(lines);
      for (const [line, element] of boxes) if (!wanted.has(line)) { viewer.removeOverlay(element); boxes.delete(line); }
      for (const line of lines) {
        let element = boxes.get(line);
        if (!element) {
          element = document.createElement("div");
          boxes.set(line, element);
          viewer.addOverlay({ element, location: onSheet(line.region) });
        } else viewer.updateOverlay(element, onSheet(line.region));
        element.className = `line-box${line === current ? " is-chosen" : ""}${line.doubtful ? " is-doubtful" : ""}${line.by ? " is-seen" : ""}`;
      }
    }

    // A line with some of its surroundings; the sheet isn't moved when the line is well seen already.
    function show(region) {
      waiting = region;
      if (!ready) return;
      const line = onSheet(region), seen = viewer.viewport.getBounds();
      const inside = line.x >= seen.x && line.y >= seen.y && line.x + line.width <= seen.x + seen.width && line.y + line.height <= seen.y + seen.height;
      if (inside && line.width > seen.width * 0.35) return;
      const room = Math.max(line.width * 0.15, line.height * 2);
      viewer.viewport.fitBounds(new OpenSeadragon.Rect(line.x - room, line.y - room, line.width + 2 * room, line.height + 2 * room));
    }

    viewer.addHandler("canvas-click", (event) => {
      if (!event.quick || layer) return;
      const at = item().viewportToImageCoordinates(viewer.viewport.pointFromPixel(event.position));
      const [x, y] = [at.x / size().x * 100, at.y / size().y * 100];
      const found = [...boxes.keys()].filter(({ region: [left, top, width, height] }) => x >= left && x <= left + width && y >= top && y <= top + height);
      found.sort((one, other) => one.region[2] * one.region[3] - other.region[2] * other.region[3]);
      if (found.length) onChosen(found[0]);
    });

    // The next rectangle that is dragged goes to `then`, as [x, y, width, height] in percent.
    function drawNew(then) {
      stop();
      if (!ready) return;
      layer = document.createElement("div");
      layer.className = "lines-layer";
      holder.append(layer);
      let from = null, ghost = null;
      const at = (event) => {
        const frame = viewer.element.getBoundingClientRect();
        const pixel = new OpenSeadragon.Point(event.clientX - frame.left, event.clientY - frame.top);
        const point = item().viewportToImageCoordinates(viewer.viewport.pointFromPixel(pixel, true));
        return [within(point.x / size().x * 100, 0, 100), within(point.y / size().y * 100, 0, 100)];
      };
      layer.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        layer.setPointerCapture(event.pointerId);
        const frame = holder.getBoundingClientRect();
        from = { at: at(event), x: event.clientX - frame.left, y: event.clientY - frame.top };
        ghost = document.createElement("div");
        ghost.className = "lines-ghost";
        layer.append(ghost);
      });
      layer.addEventListener("pointermove", (event) => {
        if (!from) return;
        const frame = holder.getBoundingClientRect(), x = event.clientX - frame.left, y = event.clientY - frame.top;
        Object.assign(ghost.style, { left: `${Math.min(x, from.x)}px`, top: `${Math.min(y, from.y)}px`, width: `${Math.abs(x - from.x)}px`, height: `${Math.abs(y - from.y)}px` });
      });
      layer.addEventListener("pointerup", (event) => {
        if (!from) return;
        const [[x1, y1], [x2, y2]] = [from.at, at(event)];
        const region = [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x1 - x2), Math.abs(y1 - y2)];
        stop();
        if (region[2] > 0.02 && region[3] > 0.02) then(region);
      });
      layer.addEventListener("pointercancel", stop);
    }
    function stop() {
      if (layer) layer.remove();
      layer = null;
      stopped();
    }
    // A line's worth of room in the middle of what is seen.
    function middle() {
      if (!ready) return [30, 45, 40, 3];
      const box = item().viewportToImageRectangle(viewer.viewport.getBounds());
      const seen = [box.x / size().x * 100, box.y / size().y * 100, box.width / size().x * 100, box.height / size().y * 100];
      const width = within(seen[2] * 0.5, 0.1, 100), height = within(seen[3] * 0.06, 0.1, 100);
      return [within(seen[0] + (seen[2] - width) / 2, 0, 100 - width), within(seen[1] + (seen[3] - height) / 2, 0, 100 - height), width, height];
    }
    return {
      boxes: draw, show, draw: drawNew, stop, middle,
      get drawing() { return Boolean(layer); },
      zoom: (by) => viewer.viewport.zoomBy(by).applyConstraints(),
      home: () => viewer.viewport.goHome(),
    };
  };
})();
