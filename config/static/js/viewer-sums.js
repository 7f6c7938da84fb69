/* The viewer's sums: addresses of views, kilometres of a pixel, the length of a scale bar. Pure: no page, no viewer. */
(() => {
  "use strict";
  const KM_LAT = 110.574, KM_LON = 111.32; // of a degree of latitude, and of longitude at the equator

  // "#page=2&xywh=10,20,300,400&rotate=90" → {page: 1, box: [10, 20, 300, 400], rotate: 90}; null when it names no view.
  // Where an address holds the views of two sheets, each name begins with its side: "#a.page=2&b.xywh=…".
  function readView(hash, side = "") {
    const values = new URLSearchParams(hash.replace(/^#/, ""));
    const get = (name) => values.get(side ? `${side}.${name}` : name);
    const box = (get("xywh") || "").split(",").map(Number);
    const good = box.length === 4 && box.every(Number.isFinite) && box[2] > 0 && box[3] > 0;
    if (!good && get("page") === null) return null;
    const page = Number(get("page") || 1) - 1;
    return { page: Number.isInteger(page) ? page : 0, box: good ? box : null, rotate: Number(get("rotate")) || 0 };
  }

  // The other way. A view without a box is the whole page.
  function writeView({ page, box, rotate }, side = "") {
    const parts = [], name = side ? `${side}.` : "";
    if (box) parts.push(`${name}xywh=${box.map(Math.round).join(",")}`);
    if (page) parts.push(`${name}page=${page + 1}`);
    if (rotate) parts.push(`${name}rotate=${Math.round(rotate)}`);
    return parts.length ? `#${parts.join("&")}` : "";
  }

  // Two sheets that go together. A view here is {x, y, scale, turn}: which point of the sheet lies in the middle, how
  // many pixels of the screen its unit measures, degrees clockwise. `first` and `second` say how the sheets lay when
  // they were tied. → the second sheet's view when the first one's is `now`, so that each point of the one stays above
  // the same point of the other.
  function follow(first, second, now) {
    const angle = ((first.turn - second.turn) * Math.PI) / 180, by = first.scale / second.scale;
    const x = (now.x - first.x) * by, y = (now.y - first.y) * by;
    return {
      x: second.x + x * Math.cos(angle) - y * Math.sin(angle),
      y: second.y + x * Math.sin(angle) + y * Math.cos(angle),
      scale: (second.scale * now.scale) / first.scale,
      turn: (((second.turn + now.turn - first.turn) % 360) + 360) % 360,
    };
  }

  // Kilometres that one pixel of the sheet measures at `at` [x, y], along the screen's horizontal when the sheet is
  // turned by `turn` degrees clockwise; null when the points don't say. Points: [[x, y, longitude, latitude], …]. A
  // plane is laid through them by least squares; unless the sheet lies evenly (`even`), near points weigh more.
  function kmPerPixel(points, at, turn = 0, even = false) {
    if (!points || points.length < 3) return null;
    const spread = Math.max(...points.map(([x, y]) => Math.hypot(x - at[0], y - at[1]))) || 1;
    const sums = [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]];
    for (const [x, y, longitude, latitude] of points) {
      const row = [1, (x - at[0]) / spread, (y - at[1]) / spread];
      const weight = even ? 1 : 1 / (row[1] ** 2 + row[2] ** 2 + 0.01);
      const lon = longitude + 360 * Math.round((points[0][2] - longitude) / 360);
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) sums[i][j] += weight * row[i] * row[j];
        sums[i][3] += weight * row[i] * lon;
        sums[i][4] += weight * row[i] * latitude;
      }
    }
    const plane = solve(sums);
    if (!plane) return null;
    const [[, lat0], byX, byY] = plane;
    const angle = (turn * Math.PI) / 180, right = [Math.cos(angle), -Math.sin(angle)];
    const east = (byX[0] * right[0] + byY[0] * right[1]) * KM_LON * Math.cos((lat0 * Math.PI) / 180);
    const north = (byX[1] * right[0] + byY[1] * right[1]) * KM_LAT;
    const km = Math.hypot(east, north) / spread;
    return Number.isFinite(km) && km > 0 ? km : null;
  }

  // Three equations with two right sides (rows of five numbers) → [[a, b], [a, b], [a, b]]; null when they don't suffice.
  function solve(rows) {
    const size = Math.abs(rows[0][0]);
    for (let i = 0; i < 3; i++) {
      const best = [0, 1, 2].slice(i).reduce((most, k) => (Math.abs(rows[k][i]) > Math.abs(rows[most][i]) ? k : most), i);
      [rows[i], rows[best]] = [rows[best], rows[i]];
      if (Math.abs(rows[i][i]) < 1e-9 * size) return null;
      for (let k = 0; k < 3; k++) {
        if (k === i) continue;
        const share = rows[k][i] / rows[i][i];
        for (let j = i; j < 5; j++) rows[k][j] -= share * rows[i][j];
      }
    }
    return rows.map((row, i) => [row[3] / row[i], row[4] / row[i]]);
  }

  // The longest of 1, 2, 5, 10, … km that fits into `room` pixels of the screen: {km, pixels}; null when there is none.
  function scaleBar(kmPerScreenPixel, room) {
    const most = kmPerScreenPixel * room;
    if (!(most > 0) || !Number.isFinite(most)) return null;
    const ten = 10 ** Math.floor(Math.log10(most));
    const km = [5, 2, 1].map((step) => step * ten).find((length) => length <= most * (1 + 1e-9)) || ten;
    return { km, pixels: km / kmPerScreenPixel };
  }

  // Which of `regions` [x, y, w, h] lies under `at` [x, y], or within `slack` pixels of it: its index, the smallest's; -1.
  function regionAt(regions, at, slack = 0) {
    let found = -1;
    regions.forEach(([x, y, w, h], index) => {
      const inside = at[0] >= x - slack && at[0] <= x + w + slack && at[1] >= y - slack && at[1] <= y + h + slack;
      if (inside && (found < 0 || w * h < regions[found][2] * regions[found][3])) found = index;
    });
    return found;
  }

  window.CatVang = { ...window.CatVang, parts: [], sums: { readView, writeView, follow, kmPerPixel, scaleBar, regionAt } };
})();
