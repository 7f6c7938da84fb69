// The georeferencing page: pairs of points, their list, and what the server makes of them. The server alone reckons.
(function () {
  "use strict";
  const room = document.querySelector("[data-georef]");
  if (!room) return;
  const begun = JSON.parse(document.getElementById("georef-begun").textContent);
  const words = { ...room.dataset }; // data-word-*: wordPoint, …
  const find = (name) => room.querySelector(`[data-${name}]`);
  const locked = "locked" in room.dataset;
  const rows = find("rows"), template = find("row"), kind = find("kind"), say = find("say"), store = find("store");
  const token = room.querySelector("[name=csrfmiddlewaretoken]").value;
  let points = begun.points, mask = begun.mask, seen = begun.seen;
  let pending = {}, chosen = -1, drawing = false, dirty = false, asked = 0, timer = 0;
  const past = [];
  kind.value = begun.transformation;

  const acts = {
    locked, words: { point: words.wordPoint },
    failed: () => tell(words.wordImage, true),
    chosen(index) { choose(index, false); },
    removed: remove,
  };
  const sheet = window.georefSheet(find("sheet"), room.dataset.service, {
    ...acts,
    put(x, y) { drawing ? corner(x, y) : half({ x, y }); },
    moved(index, x, y) { change(index, { x, y }); },
  });
  const map = window.georefMap(find("map"), { land: room.dataset.land, lang: begun.lang, box: begun.box, service: room.dataset.service }, {
    ...acts,
    put(lon, lat) { if (!drawing) half({ lon, lat }); },
    moved(index, lon, lat) { change(index, { lon, lat, lonText: undefined, latText: undefined }); },
  });

  // --- changes ---------------------------------------------------------------------------------------------
  function remember() {
    past.push(JSON.stringify({ points, mask, kind: kind.dataset.was || kind.value }));
    if (past.length > 100) past.shift();
  }
  function undo() {
    const before = past.pop();
    if (!before || locked) return;
    ({ points, mask } = JSON.parse(before));
    kind.value = kind.dataset.was = JSON.parse(before).kind;
    pending = {};
    chosen = Math.min(chosen, points.length - 1);
    changed(false);
  }
  function half(part) {
    if (locked) return;
    pending = { ...pending, ...part };
    const whole = ["x", "y", "lon", "lat"].every((name) => name in pending);
    if (whole) {
      remember();
      points = [...points, { label: "", off: false, ...pending }];
      pending = {};
      chosen = points.length - 1;
      return changed();
    }
    tell("x" in pending ? words.wordNowMap : words.wordNowSheet);
    draw();
  }
  function change(index, part) {
    if (locked || !points[index]) return;
    remember();
    points = points.map((one, at) => (at === index ? { ...one, ...part } : one));
    changed();
  }
  function remove(index) {
    if (locked || !points[index]) return;
    remember();
    points = points.filter((_, at) => at !== index);
    chosen = -1;
    changed();
    tell(words.wordRemoved);
  }
  function corner(x, y) {
    remember();
    mask = [...mask, [x, y]];
    changed();
  }
  function fromBox() {
    const { box } = begun, around = mask.length > 2 ? mask : [[0, 0], [100, 100]];
    if (!box || locked) return;
    remember();
    const [xs, ys] = [around.map((one) => one[0]), around.map((one) => one[1])];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const corners = [[left, top, box[0], box[3]], [right, top, box[2], box[3]], [right, bottom, box[2], box[1]], [left, bottom, box[0], box[1]]];
    points = [...points, ...corners.map(([x, y, lon, lat]) => ({ x, y, lon, lat, label: words.wordBox, off: false }))];
    changed();
    map?.fit();
  }
  function choose(index, move = true) {
    chosen = index;
    draw();
    const one = points[index];
    if (!move || !one) return;
    sheet?.show(one.x, one.y);
    if (Number.isFinite(one.lon)) map?.show(one.lon, one.lat);
  }

  // --- what is shown -----------------------------------------------------------------------------------------
  function tell(text, wrong = false) {
    say.textContent = text || "";
    say.classList.toggle("is-wrong", wrong);
  }
  function changed(fresh = true) {
    dirty = dirty || fresh || past.length > 0;
    if (fresh) tell("");
    asked += 1; // an answer to what stood before comes too late
    list();
    draw();
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  }
  function draw() {
    const onMap = points.map((one) => ({ ...one, lon: Number.isFinite(one.lon) ? one.lon : 0, lat: Number.isFinite(one.lat) ? one.lat : 0 }));
    sheet?.points(points, chosen, "x" in pending ? pending : null);
    map?.points(onMap, chosen, "lon" in pending ? pending : null);
    sheet?.mask(mask, drawing);
    [...rows.children].forEach((row, index) => row.classList.toggle("is-chosen", index === chosen));
    find("none").hidden = points.length > 0;
    find("table").hidden = points.length === 0;
    find("unmask").hidden = locked || mask.length === 0;
    store.disabled = locked || !dirty;
  }
  function list() {
    while (rows.children.length > points.length) rows.lastElementChild.remove();
    points.forEach((one, index) => {
      let row = rows.children[index];
      if (!row) {
        row = template.content.firstElementChild.cloneNode(true);
        rows.append(row);
        wire(row);
      }
      row.classList.toggle("is-off", Boolean(one.off));
      row.querySelector("[data-number]").textContent = index + 1;
      for (const input of row.querySelectorAll("[data-field]")) {
        const name = input.dataset.field;
        input.setAttribute("aria-label", `${input.dataset.label}, ${words.wordPoint} ${index + 1}`);
        if (name === "off") input.checked = !one.off;
        else if (input !== document.activeElement) input.value = shown(one, name);
      }
      row.querySelector("[data-error]").textContent = one.errorText || "–";
    });
  }
  function shown(one, name) {
    if (name === "lon" || name === "lat") return one[`${name}Text`] ?? (Number.isFinite(one[name]) ? String(+one[name].toFixed(6)) : one[name] ?? "");
    return name === "label" ? one.label || "" : String(+Number(one[name]).toFixed(4));
  }
  const at = (row) => [...rows.children].indexOf(row);
  function wire(row) {
    row.addEventListener("focusin", () => { if (at(row) !== chosen) choose(at(row)); });
    row.querySelector("[data-remove]")?.addEventListener("click", () => remove(at(row)));
    row.querySelector("[data-number]").addEventListener("click", () => choose(at(row)));
    for (const input of row.querySelectorAll("[data-field]")) {
      input.addEventListener("change", () => {
        const name = input.dataset.field;
        if (name === "off") change(at(row), { off: !input.checked });
        else if (name === "label") change(at(row), { label: input.value });
        else if (name === "lon" || name === "lat") change(at(row), { [name]: input.value.trim(), [`${name}Text`]: input.value });
        else change(at(row), { [name]: input.value === "" ? null : Number(input.value) });
      });
    }
  }

  // --- the server -----------------------------------------------------------------------------------------------
  async function post(address, extra = {}) {
    const sent = points.map(({ x, y, lon, lat, label, off }) => ({ x, y, lon, lat, label, off }));
    const answer = await fetch(address, {
      method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
      body: JSON.stringify({ transformation: kind.value, points: sent, mask, ...extra }),
    });
    if (answer.redirected || !(answer.headers.get("Content-Type") || "").includes("json")) {
      return { error: answer.ok ? words.wordLogin : words.wordFailed };
    }
    return answer.json();
  }
  async function ask() {
    const mine = ++asked;
    if (!points.length) return void take({ points: [], mask, mesh: null, footprint: [], error: "", trouble: "", hints: [] });
    const answer = await post(room.dataset.work).catch(() => ({ error: words.wordFailed }));
    if (mine !== asked) return;
    answer.error && !answer.points ? refused(answer.error) : take(answer);
  }
  function refused(sentence) {
    find("trouble").textContent = sentence;
    find("trouble").hidden = false;
    find("total").textContent = "–";
  }
  function take(answer) {
    if (answer.points.length === points.length) points = answer.points;
    find("trouble").textContent = [answer.trouble, ...answer.hints].filter(Boolean).join(" ");
    find("trouble").hidden = !find("trouble").textContent;
    find("total").textContent = answer.error || "–";
    map?.sheet(answer);
    list();
    draw();
  }
  async function save() {
    if (locked) return;
    clearTimeout(timer);
    const mine = ++asked;
    store.disabled = true;
    const answer = await post(room.dataset.save, { seen }).catch(() => ({ error: words.wordFailed }));
    if ("seen" in answer) seen = answer.seen;
    if (!answer.points) {
      tell(answer.error, true);
      store.disabled = false;
      return;
    }
    dirty = mine !== asked;
    if (!dirty) take(answer);
    store.disabled = !dirty;
    find("by").textContent = answer.by;
    tell(words.wordSaved);
  }

  // --- tools and keys ----------------------------------------------------------------------------------------------
  const tools = {
    undo, store: save, box: fromBox,
    "sheet-in": () => sheet?.zoom(1.5), "sheet-out": () => sheet?.zoom(1 / 1.5), "sheet-home": () => sheet?.home(),
    "map-in": () => map?.zoom(1), "map-out": () => map?.zoom(-1), "map-home": () => map?.fit(),
    "sheet-put": () => { const at = sheet?.middle(); if (at) drawing ? corner(...at) : half({ x: at[0], y: at[1] }); },
    "map-put": () => { const at = map?.middle(); if (at && !drawing) half({ lon: at[0], lat: at[1] }); },
    mask(button) {
      drawing = !drawing;
      button.setAttribute("aria-pressed", String(drawing));
      tell(drawing ? words.wordMask : "");
      draw();
    },
    unmask() { remember(); mask = []; changed(); },
  };
  room.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) tools[button.dataset.do]?.(button);
  });
  kind.addEventListener("change", () => {
    remember();
    kind.dataset.was = kind.value;
    changed();
  });
  kind.dataset.was = kind.value;
  find("opacity").addEventListener("input", (event) => map?.opacity(event.target.value / 100));
  room.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=range]):not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && ("x" in pending || "lon" in pending)) { pending = {}; tell(""); draw(); }
    else if (event.key === "Escape" && drawing) find("drawmask").click();
    else if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(); }
    else if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing) { event.preventDefault(); undo(); }
    else if (!typing && !event.ctrlKey && !event.altKey && !event.metaKey && event.key.toLowerCase() === "p") {
      if (find("sheet").contains(event.target)) { event.preventDefault(); event.stopPropagation(); tools["sheet-put"](); }
      else if (find("map").contains(event.target)) { event.preventDefault(); tools["map-put"](); }
    }
  }, true);
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  list();
  draw();
  if (points.length) ask().then(() => map?.fit());
})();
