/* A sheet laid on a Leaflet map through a mesh that the server worked out (media/control_points.py), from the tiles of
   its IIIF service. Plain canvas: no worker, no WebGL, nothing evaluated, no other host.
   window.CatVang.warp(L, {service, mesh: {columns, rows, lonlat}, mask: [[x, y], …] shares of the sheet}) → L.Layer with
   setOpacity(share), getBounds(), redraw(); its canvas tells "data-drawn" = "all" once every tile of the view is there. */
(() => {
  "use strict";
  window.CatVang = window.CatVang || {};
  const MOST = 70; // tiles of a view
  const KEPT = 240; // tiles in memory

  window.CatVang.warp = (L, { service, mesh, mask = [] }) => {
    const crs = L.CRS.EPSG3857;
    const nodes = mesh.lonlat.map(([lon, lat]) => crs.latLngToPoint(L.latLng(lat, lon), 0));
    const line = mesh.columns + 1;
    // Where a point of the sheet (shares of its width and height) lies on the plane of zoom 0.
    function flat(u, v) {
      const column = Math.min(mesh.columns - 1, Math.max(0, Math.floor(u * mesh.columns)));
      const row = Math.min(mesh.rows - 1, Math.max(0, Math.floor(v * mesh.rows)));
      const a = u * mesh.columns - column, b = v * mesh.rows - row, at = row * line + column;
      const [p, q, r, s] = [nodes[at], nodes[at + 1], nodes[at + line], nodes[at + line + 1]];
      const mix = (name) => (p[name] * (1 - a) + q[name] * a) * (1 - b) + (r[name] * (1 - a) + s[name] * a) * b;
      return { x: mix("x"), y: mix("y") };
    }
    const around = mask.length > 2 ? mask : [[0, 0], [1, 0], [1, 1], [0, 1]];
    const parts = mesh.columns > 1 ? 16 : 1;
    const outline = around.flatMap(([x, y], index) => {
      const [x2, y2] = around[(index + 1) % around.length];
      return Array.from({ length: parts }, (_, part) => flat(x + (x2 - x) * part / parts, y + (y2 - y) * part / parts));
    });

    const Layer = L.Layer.extend({
      onAdd(map) {
        this._map = map;
        this._tiles = new Map();
        this._canvas = L.DomUtil.create("canvas", "warped leaflet-zoom-animated");
        this._canvas.style.opacity = this._opacity ?? 1;
        map.getPane("overlayPane").append(this._canvas);
        map.on("move viewreset resize zoomend moveend", this.redraw, this);
        map.on("zoomanim", this._animate, this);
        if (!this._info) {
          fetch(`${service}/info.json`, { headers: { Accept: "application/json" } }).then((answer) => {
            if (!answer.ok) throw new Error(String(answer.status));
            return answer.json();
          }).then((info) => { this._info = info; this.redraw(); this.fire("ready"); }, () => this.fire("failed"));
        }
        this.redraw();
      },
      onRemove(map) {
        this._canvas.remove();
        map.off("move viewreset resize zoomend moveend", this.redraw, this);
        map.off("zoomanim", this._animate, this);
      },
      setOpacity(share) {
        this._opacity = share;
        if (this._canvas) this._canvas.style.opacity = share;
        return this;
      },
      getBounds: () => L.latLngBounds(outline.map((point) => crs.pointToLatLng(L.point(point.x, point.y), 0))),
      redraw() {
        if (this._wanted) return this;
        this._wanted = requestAnimationFrame(() => { this._wanted = 0; if (this._canvas.isConnected) this._draw(); });
        return this;
      },
      _animate(event) {
        const offset = this._map._latLngBoundsToNewLayerBounds(this._map.getBounds(), event.zoom, event.center).min;
        L.DomUtil.setTransform(this._canvas, offset, this._map.getZoomScale(event.zoom));
      },
      _draw() {
        const map = this._map, size = map.getSize(), dots = Math.min(2, window.devicePixelRatio || 1);
        const canvas = this._canvas;
        canvas.width = size.x * dots;
        canvas.height = size.y * dots;
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
        L.DomUtil.setTransform(canvas, map.containerPointToLayerPoint([0, 0]), 1);
        if (!this._info) return;
        const pen = canvas.getContext("2d"), scale = 2 ** map.getZoom(), corner = map.getPixelBounds().min;
        this._at = (u, v) => { const p = flat(u, v); return [(p.x * scale - corner.x) * dots, (p.y * scale - corner.y) * dots]; };
        pen.save();
        const edge = new Path2D();
        outline.forEach((p, index) => edge[index ? "lineTo" : "moveTo"]((p.x * scale - corner.x) * dots, (p.y * scale - corner.y) * dots));
        edge.closePath();
        pen.clip(edge);
        let missing = 0;
        for (const level of this._levels()) {
          for (const tile of this._seen(level, canvas)) {
            const image = this._image(tile);
            if (image) this._lay(pen, tile, image);
            else missing += 1;
          }
        }
        pen.restore();
        pen.lineWidth = dots;
        pen.strokeStyle = "rgba(20,33,61,.55)";
        pen.stroke(edge);
        canvas.dataset.drawn = missing ? "some" : "all";
      },
      // Scale factors to draw, the coarsest first: below tiles that are still to come lies the whole sheet.
      _levels() {
        const { width, height } = this._info, factors = this._factors(), top = factors.at(-1);
        const [a, b, c] = [this._at(0.3, 0.5), this._at(0.7, 0.5), this._at(0.5, 0.3)], d = this._at(0.5, 0.7);
        const across = Math.hypot(b[0] - a[0], b[1] - a[1]) / (0.4 * width), down = Math.hypot(d[0] - c[0], d[1] - c[1]) / (0.4 * height);
        const wanted = 1 / Math.max(across, down, 1e-9);
        let factor = factors.filter((one) => one <= wanted * 1.2).at(-1) || 1;
        while (factor < top && this._seen(factor, this._canvas).length > MOST) factor = factors.find((one) => one > factor) || top;
        return factor === top ? [top] : [top, factor];
      },
      _factors() {
        const tiles = (this._info.tiles || [])[0] || { width: 512, scaleFactors: [1] };
        return [...tiles.scaleFactors].sort((one, other) => one - other);
      },
      _seen(factor, canvas) {
        const { width, height } = this._info, side = (((this._info.tiles || [])[0] || {}).width || 512) * factor;
        const found = [];
        for (let y = 0; y < height; y += side) {
          for (let x = 0; x < width; x += side) {
            const tile = { x, y, w: Math.min(side, width - x), h: Math.min(side, height - y), factor };
            const marks = [0, 0.5, 1].flatMap((b) => [0, 0.5, 1].map((a) => this._at((x + a * tile.w) / width, (y + b * tile.h) / height)));
            const xs = marks.map((mark) => mark[0]), ys = marks.map((mark) => mark[1]);
            if (Math.max(...xs) > 0 && Math.min(...xs) < canvas.width && Math.max(...ys) > 0 && Math.min(...ys) < canvas.height) found.push(tile);
          }
        }
        return found;
      },
      _image({ x, y, w, h, factor }) {
        const { width, height } = this._info;
        const name = `${x === 0 && y === 0 && w === width && h === height ? "full" : `${x},${y},${w},${h}`}/${Math.ceil(w / factor)},${Math.ceil(h / factor)}`;
        let held = this._tiles.get(name);
        if (!held) {
          held = new Image();
          held.onload = () => { held.there = true; this.redraw(); };
          held.onerror = () => { held.there = null; this.fire("failed"); };
          held.src = `${service}/${name}/0/default.jpg`;
          this._tiles.set(name, held);
          if (this._tiles.size > KEPT) this._tiles.delete(this._tiles.keys().next().value);
        }
        return held.there ? held : null;
      },
      // A tile as small patches, each bent so little that a parallelogram does. Patches overlap by half a pixel, so
      // that no seam shows.
      _lay(pen, tile, image) {
        const { width, height } = this._info;
        const across = mesh.columns > 1 ? Math.max(2, Math.ceil(tile.w / width * mesh.columns)) : 1;
        const down = mesh.rows > 1 ? Math.max(2, Math.ceil(tile.h / height * mesh.rows)) : 1;
        for (let row = 0; row < down; row += 1) {
          for (let column = 0; column < across; column += 1) {
            const u = [column, column + 1].map((part) => (tile.x + tile.w * part / across) / width);
            const v = [row, row + 1].map((part) => (tile.y + tile.h * part / down) / height);
            this._patch(pen, image, [column / across, row / down, 1 / across, 1 / down], this._at(u[0], v[0]), this._at(u[1], v[0]), this._at(u[0], v[1]), this._at(u[1], v[1]));
          }
        }
      },
      _patch(pen, image, [left, top, wide, high], p, q, r, s) {
        const xs = [p[0], q[0], r[0], s[0]], ys = [p[1], q[1], r[1], s[1]];
        if (Math.max(...xs) < 0 || Math.min(...xs) > pen.canvas.width || Math.max(...ys) < 0 || Math.min(...ys) > pen.canvas.height) return;
        const [sw, sh] = [image.naturalWidth * wide, image.naturalHeight * high];
        const middle = [(p[0] + q[0] + r[0] + s[0]) / 4, (p[1] + q[1] + r[1] + s[1]) / 4];
        const e = [(q[0] - p[0] + s[0] - r[0]) / 2, (q[1] - p[1] + s[1] - r[1]) / 2]; // along the patch
        const f = [(r[0] - p[0] + s[0] - q[0]) / 2, (r[1] - p[1] + s[1] - q[1]) / 2]; // down it
        const more = [1 + 1 / Math.max(1, Math.hypot(...e)), 1 + 1 / Math.max(1, Math.hypot(...f))];
        pen.setTransform(e[0] * more[0] / sw, e[1] * more[0] / sw, f[0] * more[1] / sh, f[1] * more[1] / sh,
          middle[0] - (e[0] * more[0] + f[0] * more[1]) / 2, middle[1] - (e[1] * more[0] + f[1] * more[1]) / 2);
        pen.drawImage(image, image.naturalWidth * left, image.naturalHeight * top, sw, sh, 0, 0, sw, sh);
        pen.setTransform(1, 0, 0, 1, 0, 0);
      },
    });
    return new Layer();
  };
})();
