/* Our own basemap as a Leaflet layer: land without borders, graticule, islands, the archipelagos' names. Drawn in the
   browser from static/vendor/basemap/land.json (media/basemap/outlines.py), so it asks nobody for anything.
   window.CatVang.basemap(L, address of land.json, "vi" | "en") → L.GridLayer */
(() => {
  "use strict";
  window.CatVang = window.CatVang || {};
  const INK = { sea: "#efe6d0", land: "#e2d3ae", coast: "#3b2f1c", water: "93,127,134", line: "#14213d", mark: "#b8862b", text: "#14213d" };
  const loaded = new Map();

  // [{box, from, rings: [{points: Float64Array of x, y on the sphere's plane at zoom 0, west, east, south, north}]}]
  function read(L, data) {
    const crs = L.CRS.EPSG3857;
    return data.layers.map(({ box, from, rings }) => ({ box, from, rings: rings.map((steps) => {
      const points = new Float64Array(steps.length);
      let x = 0, y = 0, west = Infinity, east = -Infinity, south = Infinity, north = -Infinity;
      for (let at = 0; at < steps.length; at += 2) {
        x += steps[at]; y += steps[at + 1];
        const flat = crs.latLngToPoint(L.latLng(Math.max(-85, Math.min(85, y / data.scale)), x / data.scale), 0);
        points[at] = flat.x; points[at + 1] = flat.y;
        west = Math.min(west, flat.x); east = Math.max(east, flat.x); north = Math.min(north, flat.y); south = Math.max(south, flat.y);
      }
      return { points, west, east, north, south };
    }) }));
  }

  function load(L, address) {
    if (!loaded.has(address)) {
      loaded.set(address, fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }).then((data) => ({ data, layers: read(L, data) })));
      loaded.get(address).catch(() => loaded.delete(address));
    }
    return loaded.get(address);
  }

  function paint(L, tile, coords, { data, layers }, lang) {
    const pen = tile.getContext("2d"), size = 256, scale = 2 ** coords.z, dots = tile.width / size;
    const left = coords.x * size / scale, top = coords.y * size / scale, span = size / scale;
    pen.setTransform(dots, 0, 0, dots, 0, 0);
    const inside = (layer) => coords.z >= layer.from && (!layer.box || within(L, layer.box, left, top, span));
    const layer = [...layers].reverse().find(inside);
    // The world goes on to the left and right: each ring is drawn where a turn of it meets the tile.
    const turn = Math.floor((left + span / 2) / 256) * 256;
    pen.beginPath();
    const room = 16 / scale;
    for (const ring of layer ? layer.rings : []) {
      for (const shift of [turn - 256, turn, turn + 256]) {
        if (ring.east + shift < left - room || ring.west + shift > left + span + room || ring.south < top - room || ring.north > top + span + room) continue;
        const { points } = ring;
        for (let at = 0; at < points.length; at += 2) {
          const x = (points[at] + shift - left) * scale, y = (points[at + 1] - top) * scale;
          at ? pen.lineTo(x, y) : pen.moveTo(x, y);
        }
        pen.closePath();
      }
    }
    pen.lineJoin = "round";
    for (const [width, strength] of [[14, 0.12], [6, 0.2]]) {
      pen.strokeStyle = `rgba(${INK.water},${strength})`;
      pen.lineWidth = width;
      pen.stroke();
    }
    pen.fillStyle = INK.land;
    pen.fill("evenodd");
    pen.strokeStyle = INK.coast;
    pen.lineWidth = coords.z > 5 ? 1.1 : 0.8;
    pen.stroke();
    graticule(L, pen, coords, left, top, span, scale);
    islands(L, pen, data, coords, left, top, scale, turn, lang);
  }

  function within(L, box, left, top, span) {
    const crs = L.CRS.EPSG3857;
    const [nw, se] = [crs.latLngToPoint(L.latLng(box[3], box[0]), 0), crs.latLngToPoint(L.latLng(box[1], box[2]), 0)];
    return left >= nw.x && left + span <= se.x && top >= nw.y && top + span <= se.y;
  }

  function graticule(L, pen, coords, left, top, span, scale) {
    const step = coords.z >= 9 ? 0.25 : coords.z >= 8 ? 0.5 : coords.z >= 7 ? 1 : coords.z >= 5 ? 2 : coords.z >= 4 ? 5 : coords.z >= 3 ? 10 : 30;
    const crs = L.CRS.EPSG3857;
    const nw = crs.pointToLatLng(L.point(left, top), 0), se = crs.pointToLatLng(L.point(left + span, top + span), 0);
    pen.beginPath();
    for (let lon = Math.ceil(nw.lng / step) * step; lon <= se.lng; lon += step) {
      const x = (crs.latLngToPoint(L.latLng(0, lon), 0).x - left) * scale;
      pen.moveTo(x, 0); pen.lineTo(x, 256);
    }
    for (let lat = Math.ceil(se.lat / step) * step; lat <= nw.lat; lat += step) {
      const y = (crs.latLngToPoint(L.latLng(lat, 0), 0).y - top) * scale;
      pen.moveTo(0, y); pen.lineTo(256, y);
    }
    pen.globalAlpha = 0.18;
    pen.strokeStyle = INK.line;
    pen.lineWidth = 0.6;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  // A mark at each island: the true place, not the true size. Each name is set on every tile that it reaches into.
  function islands(L, pen, data, coords, left, top, scale, turn, lang) {
    const at = ([lon, lat]) => {
      const flat = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0);
      return [(flat.x + turn - left) * scale, (flat.y - top) * scale];
    };
    const radius = coords.z < 4 ? 1.2 : coords.z < 6 ? 2 : 3;
    pen.lineWidth = 0.7;
    for (const group of data.groups) {
      for (const point of group.points) {
        const [x, y] = at(point);
        if (x < -9 || y < -9 || x > 265 || y > 265) continue;
        pen.beginPath();
        pen.arc(x, y, radius, 0, 2 * Math.PI);
        pen.fillStyle = INK.mark;
        pen.fill();
        pen.strokeStyle = INK.coast;
        pen.stroke();
      }
      if (coords.z < 4) continue;
      const [x, y] = at(group.label), size = coords.z < 6 ? 13 : 16;
      if (x < -300 || x > 556 || y < -40 || y > 296) continue;
      pen.fillStyle = INK.text;
      pen.textAlign = "center";
      pen.font = `italic ${size}px "Noto Serif", serif`;
      pen.fillText(group.name[lang], x, y);
      pen.font = `italic ${size * 0.75}px "Noto Serif", serif`;
      pen.fillText(data.country[lang], x, y + size * 1.1);
    }
    if (coords.z < 4 || coords.z > 6) return;
    const [x, y] = at([114.4, 13.2]);
    if (x < -300 || x > 556 || y < -40 || y > 296) return;
    pen.fillStyle = INK.text;
    pen.globalAlpha = 0.5;
    pen.font = `${coords.z < 6 ? 18 : 30}px "Noto Serif", serif`;
    pen.textAlign = "center";
    pen.fillText([...data.sea[lang]].join("\u200a\u200a"), x, y);
    pen.globalAlpha = 1;
  }

  window.CatVang.basemap = (L, address, lang) => {
    const Layer = L.GridLayer.extend({
      createTile(coords, done) {
        const tile = document.createElement("canvas");
        const dots = Math.min(2, window.devicePixelRatio || 1);
        tile.width = tile.height = 256 * dots;
        tile.style.background = INK.sea;
        load(L, address).then((found) => { paint(L, tile, coords, found, lang); done(null, tile); }, (error) => done(error, tile));
        return tile;
      },
    });
    return new Layer({ minZoom: 1, maxZoom: 12, className: "basemap-tiles", attribution: "Natural Earth" });
  };
})();
