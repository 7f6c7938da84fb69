// Draws place mentions on a record's sheets: rectangles over OpenSeadragon, their words in the form beside it.
// The form is the truth: each rectangle is a row's numbers, and saving is the form's own submission.
(function () {
  "use strict";
  const form = document.querySelector("[data-mentions]");
  if (!form) return;
  const words = form.dataset;
  const locked = "locked" in words;
  const list = form.querySelector("[data-list]");
  const stage = form.querySelector("[data-stage]");
  const tools = form.querySelector("[data-tools]");
  const strip = form.querySelector("[data-strip]");
  const said = form.querySelector("[data-say]");
  const blank = form.querySelector("template[data-new]");
  const total = form.querySelector("[name=mentions-TOTAL_FORMS]");
  const empty = form.querySelector("[data-empty]");
  const REGION = ["x", "y", "width", "height"];
  const LEAST = 0.02; // percent of the sheet: no smaller rectangle
  const known = JSON.parse(document.getElementById("mention-places").textContent);
  const boxes = new Map(); // row → its rectangle on the sheet
  let viewer = null, layer = null, scan = null, chosen = null, drawing = false, dirty = false, leaving = false;
  let past = [];

  // --- rows ---------------------------------------------------------------------------------------------
  const rows = () => [...list.querySelectorAll("[data-mention]")];
  const input = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const value = (row, name) => input(row, name).value.trim();
  const gone = (row) => input(row, "DELETE").checked;
  const here = (row) => !gone(row) && value(row, "scan") === scan;
  const round = (number) => Math.round(number * 1e4) / 1e4;
  const within = (number, low, high) => Math.min(Math.max(number, low), high);

  function region(row) {
    const numbers = REGION.map((name) => parseFloat(input(row, name).value));
    return numbers.every(Number.isFinite) && numbers[2] > 0 && numbers[3] > 0 ? numbers : null;
  }
  function setRegion(row, [x, y, width, height]) {
    width = within(width, LEAST, 100);
    height = within(height, LEAST, 100);
    const numbers = [within(x, 0, 100 - width), within(y, 0, 100 - height), width, height];
    REGION.forEach((name, i) => { input(row, name).value = round(numbers[i]); });
    place(row);
  }

  function fresh(numbers) {
    const index = rows().length;
    const holder = document.createElement("ol");
    holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", index);
    const row = holder.firstElementChild;
    list.append(row);
    total.value = rows().length;
    input(row, "scan").value = scan;
    equip(row);
    setRegion(row, numbers);
    return row;
  }

  // --- undo: the state of all rows before each change -----------------------------------------------------
  const FIELDS = [...REGION, "scan", "place", "name_as_written", "language", "reading", "meaning_vi", "meaning_en"];
  const state = () => rows().map((row) => ({ row, gone: gone(row), values: FIELDS.map((name) => input(row, name).value) }));
  function remember() {
    past.push(state());
    if (past.length > 100) past.shift();
    dirty = true;
    button("undo").disabled = false;
  }
  function undo() {
    const before = past.pop();
    if (!before) return;
    const there = new Set(before.map((entry) => entry.row));
    rows().filter((row) => !there.has(row)).forEach((row) => { input(row, "DELETE").checked = true; });
    before.forEach(({ row, gone: was, values }) => {
      list.append(row);
      input(row, "DELETE").checked = was;
      FIELDS.forEach((name, i) => { input(row, name).value = values[i]; });
      row.placeChooser.show();
    });
    button("undo").disabled = !past.length;
    if (chosen && gone(chosen)) choose(null);
    refresh();
    say(words.wordUndone);
  }

  // --- the sheet ---------------------------------------------------------------------------------------------
  const button = (name) => tools.querySelector(`[data-do=${name}]`);
  const say = (text) => { said.textContent = text || ""; };
  const item = () => viewer && viewer.world.getItemAt(0);

  function onSheet([x, y, width, height]) {
    const size = item().getContentSize();
    return item().imageToViewportRectangle(x * size.x / 100, y * size.y / 100, width * size.x / 100, height * size.y / 100);
  }
  // A place on the screen (pixels of the window) in percent of the sheet.
  function atPointer(event) {
    const frame = viewer.element.getBoundingClientRect();
    const pixel = new OpenSeadragon.Point(event.clientX - frame.left, event.clientY - frame.top);
    const point = item().viewportToImageCoordinates(viewer.viewport.pointFromPixel(pixel, true));
    const size = item().getContentSize();
    return [within(point.x / size.x * 100, 0, 100), within(point.y / size.y * 100, 0, 100)];
  }
  // One pixel of the screen in percent of the sheet, across and down.
  function step() {
    const delta = viewer.viewport.deltaPointsFromPixels(new OpenSeadragon.Point(1, 1), true);
    const bounds = item().getBounds(true);
    return [delta.x / bounds.width * 100, delta.y / bounds.height * 100];
  }

  async function open(id) {
    scan = id;
    strip.querySelectorAll("[data-scan]").forEach((one) => {
      if (one.dataset.scan === id) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    });
    boxes.clear();
    viewer.clearOverlays();
    viewer.close();
    const service = strip.querySelector(`[data-scan="${id}"]`).dataset.service;
    if (chosen && !here(chosen)) choose(null);
    refresh();
    if (!service) return;
    try {
      const answer = await fetch(`${service}/info.json`, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { sizes, ...info } = await answer.json();
      // Tiles are asked of this host, whatever name the server gives itself.
      if (scan === id) viewer.open({ ...info, id: new URL(service, location.href).href });
    } catch (error) {
      say(words.wordFailed);
    }
  }

  // --- rectangles on the sheet ------------------------------------------------------------------------------------
  const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

  function place(row) {
    if (!item()) return;
    const numbers = here(row) && region(row);
    let box = boxes.get(row);
    if (!numbers) {
      if (box) viewer.removeOverlay(box);
      boxes.delete(row);
      return;
    }
    if (!box) {
      box = makeBox(row);
      boxes.set(row, box);
      viewer.addOverlay({ element: box, location: onSheet(numbers) });
    } else {
      viewer.updateOverlay(box, onSheet(numbers));
    }
  }

  function makeBox(row) {
    const box = document.createElement("div");
    box.className = "mention-box";
    box.tabIndex = 0;
    box.setAttribute("role", "button");
    const tag = document.createElement("span");
    tag.className = "mention-tag";
    box.append(tag);
    for (const name of HANDLES) {
      const handle = document.createElement("i");
      handle.dataset.handle = name;
      box.append(handle);
    }
    box.addEventListener("pointerdown", (event) => grab(event, row, box));
    for (const name of ["pointerup", "click", "dblclick"]) box.addEventListener(name, (event) => event.stopPropagation());
    box.addEventListener("focus", () => choose(row, { open: true }));
    box.addEventListener("keydown", (event) => keysOnBox(event, row));
    return box;
  }

  // Moves the rectangle, or the edges that a handle holds.
  function grab(event, row, box) {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    box.focus({ preventScroll: true });
    if (locked) return;
    const handle = event.target.dataset.handle || "";
    const from = atPointer(event), numbers = region(row);
    let moved = false;
    box.setPointerCapture(event.pointerId);
    const move = (now) => {
      now.stopPropagation();
      const to = atPointer(now);
      if (!moved) remember();
      moved = true;
      setRegion(row, pulled(numbers, handle, to[0] - from[0], to[1] - from[1]));
    };
    const end = (now) => {
      now.stopPropagation();
      box.removeEventListener("pointermove", move);
      box.removeEventListener("pointerup", end);
      box.removeEventListener("pointercancel", end);
    };
    box.addEventListener("pointermove", move);
    box.addEventListener("pointerup", end);
    box.addEventListener("pointercancel", end);
  }

  function pulled([x, y, width, height], handle, right, down) {
    if (!handle) return [x + right, y + down, width, height];
    let [left, top, far, low] = [x, y, x + width, y + height];
    if (handle.includes("w")) left = within(left + right, 0, far - LEAST);
    if (handle.includes("e")) far = within(far + right, left + LEAST, 100);
    if (handle.includes("n")) top = within(top + down, 0, low - LEAST);
    if (handle.includes("s")) low = within(low + down, top + LEAST, 100);
    return [left, top, far - left, low - top];
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function keysOnBox(event, row) {
    if (event.key === "Enter") {
      event.preventDefault();
      choose(row, { open: true });
      row.placeChooser.focus();
    } else if (!locked && (event.key === "Delete" || event.key === "Backspace")) {
      remove(row);
    } else if (!locked && ARROWS[event.key]) {
      const [right, down] = ARROWS[event.key], [across, along] = step();
      const far = event.shiftKey ? 10 : 1;
      const [x, y, width, height] = region(row);
      remember();
      if (event.altKey) {
        setRegion(row, [x, y, within(width + right * far * across, LEAST, 100 - x), within(height + down * far * along, LEAST, 100 - y)]);
      } else setRegion(row, [x + right * far * across, y + down * far * along, width, height]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // --- drawing a new one ---------------------------------------------------------------------------------------------
  function draw(on) {
    drawing = on && !locked && Boolean(item());
    layer.hidden = !drawing;
    button("draw").setAttribute("aria-pressed", String(drawing));
    say(drawing ? words.wordDraw : "");
  }
  function drawBegins(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const from = atPointer(event), start = [event.clientX, event.clientY];
    const ghost = document.createElement("div");
    ghost.className = "mention-ghost";
    layer.append(ghost);
    layer.setPointerCapture(event.pointerId);
    const move = (now) => {
      const frame = layer.getBoundingClientRect();
      ghost.style.left = `${Math.min(start[0], now.clientX) - frame.left}px`;
      ghost.style.top = `${Math.min(start[1], now.clientY) - frame.top}px`;
      ghost.style.width = `${Math.abs(now.clientX - start[0])}px`;
      ghost.style.height = `${Math.abs(now.clientY - start[1])}px`;
    };
    const end = (now) => {
      layer.removeEventListener("pointermove", move);
      ghost.remove();
      if (now.type === "pointercancel") return;
      const to = atPointer(now);
      if (Math.abs(now.clientX - start[0]) < 4 || Math.abs(now.clientY - start[1]) < 4) return;
      draw(false);
      add([Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])]);
    };
    layer.addEventListener("pointermove", move);
    layer.addEventListener("pointerup", end, { once: true });
    layer.addEventListener("pointercancel", end, { once: true });
  }
  function add(numbers) {
    remember();
    const row = fresh(numbers);
    refresh();
    choose(row, { open: true });
    row.placeChooser.focus();
    return row;
  }
  // For hands without a pointer: a tenth of what is seen, in its middle, to be moved before its words are written.
  function addInTheMiddle() {
    if (!item()) return;
    const size = item().getContentSize();
    const seen = item().viewportToImageRectangle(viewer.viewport.getBounds(true));
    const left = within(seen.x / size.x * 100, 0, 100), right = within((seen.x + seen.width) / size.x * 100, 0, 100);
    const top = within(seen.y / size.y * 100, 0, 100), low = within((seen.y + seen.height) / size.y * 100, 0, 100);
    const [width, height] = [(right - left) / 6, (low - top) / 10];
    toBox(add([(left + right - width) / 2, (top + low - height) / 2, width, height]));
  }
  function toBox(row) {
    const box = boxes.get(row);
    if (!box) return;
    reveal(row);
    box.focus({ preventScroll: true });
    say(locked ? "" : words.wordBoxKeys);
  }
  function remove(row) {
    remember();
    input(row, "DELETE").checked = true;
    if (chosen === row) choose(null);
    refresh();
    say(words.wordDeleted);
  }

  // --- choosing: the list and the sheet show the same one -----------------------------------------------------------------
  function choose(row, { open: opened = false, show = false } = {}) {
    if (chosen !== row) {
      chosen = row;
      for (const one of rows()) {
        one.classList.toggle("is-chosen", one === row);
        const box = boxes.get(one);
        if (box) box.classList.toggle("is-chosen", one === row);
      }
    }
    if (!row) return;
    if (opened) unfold(row);
    row.scrollIntoView({ block: "nearest" });
    if (show && item() && region(row)) reveal(row);
  }
  function unfold(row) {
    for (const one of rows()) {
      const on = one === row || (one.classList.contains("has-errors") && one.classList.contains("is-open"));
      one.classList.toggle("is-open", on);
      one.querySelector("[data-select]").setAttribute("aria-expanded", String(on));
    }
  }
  // Brings a rectangle into view, near enough to be read.
  function reveal(row) {
    const rect = onSheet(region(row)), bounds = viewer.viewport.getBounds(true);
    const inside = rect.x >= bounds.x && rect.y >= bounds.y && rect.x + rect.width <= bounds.x + bounds.width && rect.y + rect.height <= bounds.y + bounds.height;
    if (inside && rect.width > bounds.width / 25) return;
    const wide = Math.max(rect.width * 6, rect.height * 6 * viewer.viewport.getAspectRatio());
    const high = wide / viewer.viewport.getAspectRatio();
    const middle = rect.getCenter();
    viewer.viewport.fitBounds(new OpenSeadragon.Rect(middle.x - wide / 2, middle.y - high / 2, wide, high));
  }

  function refresh() {
    let number = 0;
    const counts = {};
    rows().forEach((row, index) => {
      input(row, "ORDER").value = index + 1;
      const shown = here(row);
      row.hidden = !shown;
      if (!gone(row)) counts[value(row, "scan")] = (counts[value(row, "scan")] || 0) + 1;
      if (shown) number += 1;
      title(row, number);
      place(row);
      const box = boxes.get(row);
      if (box) {
        box.querySelector(".mention-tag").textContent = number;
        box.setAttribute("aria-label", `${words.wordBox} ${number}: ${value(row, "name_as_written") || words.wordNew}`);
        box.classList.toggle("is-chosen", row === chosen);
      }
    });
    empty.hidden = number > 0 || !strip;
    strip.querySelectorAll("[data-scan]").forEach((one) => {
      const count = counts[one.dataset.scan] || 0;
      one.querySelector("[data-count]").textContent = count ? `(${count})` : "";
      one.classList.toggle("has-errors", rows().some((row) => row.classList.contains("has-errors") && !gone(row) && value(row, "scan") === one.dataset.scan));
    });
  }
  function title(row, number) {
    row.querySelector("[data-number]").textContent = number;
    row.querySelector("[data-shown-name]").textContent = value(row, "name_as_written") || words.wordNew;
    const at = known[value(row, "place")];
    row.querySelector("[data-shown-place]").textContent = at ? at.name : value(row, "place");
  }

  // --- a row's own controls ----------------------------------------------------------------------------------------------
  function equip(row) {
    const select = row.querySelector("[data-select]");
    select.hidden = false;
    select.addEventListener("click", () => {
      const close = chosen === row && row.classList.contains("is-open");
      choose(row, { open: !close, show: !close });
      if (close) { row.classList.remove("is-open"); select.setAttribute("aria-expanded", "false"); }
    });
    for (const name of ["DELETE", "ORDER"]) row.querySelector(`[data-field=${name}]`).hidden = true;
    row.querySelector("[data-row-tools]").hidden = locked;
    row.querySelectorAll("[data-row]").forEach((one) => one.addEventListener("click", () => {
      if (one.dataset.row === "delete") remove(row);
      else shift(row, one.dataset.row === "up" ? -1 : 1);
    }));
    row.placeChooser = placeChooser(row);
    let before = null; // the state before this field was changed
    row.addEventListener("focusin", (event) => {
      if (event.target.name) before = state();
      if (event.target.closest(".mention-body")) choose(row);
    });
    row.addEventListener("change", (event) => {
      if (before && event.target.name) { past.push(before); button("undo").disabled = false; before = state(); }
      dirty = true;
      if (event.target.name.endsWith("-scan")) { refresh(); if (!here(row)) choose(null); }
    });
    row.addEventListener("input", (event) => {
      dirty = true;
      if (REGION.some((name) => event.target === input(row, name))) place(row);
      if (event.target === input(row, "name_as_written")) languageOf(row);
      refresh();
    });
    // The way back that Enter on the rectangle came by.
    row.querySelector(".mention-body").addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !boxes.has(row)) return;
      event.preventDefault();
      toBox(row);
    });
    if (locked) row.querySelectorAll("input, select").forEach((one) => { one.disabled = true; });
  }
  function shift(row, by) {
    const shown = rows().filter(here), to = shown[shown.indexOf(row) + by];
    if (!to) return;
    remember();
    if (by < 0) to.before(row); else to.after(row);
    refresh();
    row.querySelector(`[data-row=${by < 0 ? "up" : "down"}]`).focus();
  }
  // The gazetteer knows the language of a name that it has.
  function languageOf(row) {
    const at = known[value(row, "place")], typed = value(row, "name_as_written").normalize("NFC");
    const name = at && at.names.find((one) => one.text.normalize("NFC") === typed);
    if (name && name.lang !== "und" && !value(row, "language")) input(row, "language").value = name.lang;
  }

  // The place is kept as its key; people type any of its names.
  function placeChooser(row) {
    const kept = input(row, "place");
    const id = `${kept.id}-typed`, listId = `${kept.id}-list`, namesId = `${kept.id}-names`;
    const typed = document.createElement("input");
    Object.assign(typed, { type: "text", id, autocomplete: "off" });
    for (const [name, text] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list" })) typed.setAttribute(name, text);
    const options = document.createElement("ul");
    Object.assign(options, { id: listId, className: "mention-options", hidden: true });
    options.setAttribute("role", "listbox");
    const names = document.createElement("datalist");
    names.id = namesId;
    kept.type = "hidden";
    kept.after(typed, options, names);
    row.querySelector("[data-field=place] label").htmlFor = id;
    input(row, "name_as_written").setAttribute("list", namesId);
    let found = [], at = -1, waiting = 0, asked = 0;

    function show() {
      const one = known[kept.value];
      typed.value = one ? one.name : kept.value;
      names.replaceChildren(...(one ? one.names : []).map((name) => Object.assign(document.createElement("option"), { value: name.text, label: name.lang })));
    }
    function close() { options.hidden = true; typed.setAttribute("aria-expanded", "false"); typed.removeAttribute("aria-activedescendant"); at = -1; }
    function pick(one) {
      remember();
      known[one.key] = one;
      kept.value = one.key;
      show();
      close();
      languageOf(row);
      refresh();
      input(row, "name_as_written").focus();
    }
    function light(index) {
      at = index;
      [...options.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === at)));
      if (options.children[at]) typed.setAttribute("aria-activedescendant", options.children[at].id);
    }
    function offer(text) {
      const folded = (name) => name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
      options.replaceChildren(...found.map((one, i) => {
        const option = document.createElement("li");
        option.id = `${listId}-${i}`;
        option.setAttribute("role", "option");
        const hit = one.names.find((name) => folded(name.text).includes(folded(text)) && name.text !== one.name);
        option.textContent = one.name;
        const more = document.createElement("small");
        more.textContent = [hit && hit.text, one.kind, one.key].filter(Boolean).join(" · ");
        option.append(more);
        option.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(one); });
        return option;
      }));
      if (!found.length) options.replaceChildren(Object.assign(document.createElement("li"), { textContent: words.wordNone, className: "is-none" }));
      options.hidden = false;
      typed.setAttribute("aria-expanded", "true");
      light(found.length ? 0 : -1);
    }
    async function ask() {
      const text = typed.value.trim(), mine = ++asked;
      if (!text) { close(); return; }
      const answer = await fetch(`${words.places}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!answer || !answer.ok || mine !== asked || document.activeElement !== typed) return;
      found = (await answer.json()).places;
      offer(text);
    }
    typed.addEventListener("input", () => {
      kept.value = typed.value.trim(); // as typed: the server finds it by any name
      clearTimeout(waiting);
      waiting = setTimeout(ask, 150);
    });
    typed.addEventListener("keydown", (event) => {
      if (options.hidden) { if (event.key === "Enter") event.preventDefault(); return; }
      if (event.key === "ArrowDown") light(Math.min(at + 1, found.length - 1));
      else if (event.key === "ArrowUp") light(Math.max(at - 1, 0));
      else if (event.key === "Enter" && found[at]) pick(found[at]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    typed.addEventListener("blur", () => { asked += 1; close(); });
    show();
    return { show, focus: () => typed.focus() };
  }

  // --- the page ------------------------------------------------------------------------------------------------------------
  function begin() {
    form.classList.add("is-live");
    // Rows that nothing was written into are the empty ones of the page without script.
    rows().forEach((row) => { if (!FIELDS.some((name) => name !== "scan" && value(row, name)) && !row.classList.contains("has-errors")) row.remove(); });
    renumber();
    rows().forEach(equip);
    tools.hidden = strip.hidden = false;
    for (const name of ["draw", "add"]) button(name).hidden = locked;
    button("undo").hidden = locked;
    viewer = OpenSeadragon({
      element: stage, showNavigationControl: false, showNavigator: true, navigatorSizeRatio: 0.14, crossOriginPolicy: false,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true }, visibilityRatio: 0.4, maxZoomPixelRatio: 4,
      minZoomImageRatio: 0.8, animationTime: 0.6, drawer: "canvas",
    });
    viewer.addHandler("open", () => { refresh(); form.dataset.ready = scan; if (chosen && here(chosen)) reveal(chosen); });
    viewer.addHandler("open-failed", () => say(words.wordFailed));
    layer = Object.assign(document.createElement("div"), { className: "mentions-layer", hidden: true });
    stage.append(layer);
    layer.addEventListener("pointerdown", drawBegins);
    viewer.addHandler("canvas-click", (event) => { if (event.quick) choose(null); });
    viewer.addHandler("canvas-key", (event) => { if (event.originalEvent.key === "n") event.preventDefaultAction = true; });
    const acts = {
      draw: () => draw(!drawing), add: addInTheMiddle, undo,
      in: () => viewer.viewport.zoomBy(1.6).applyConstraints(),
      out: () => viewer.viewport.zoomBy(1 / 1.6).applyConstraints(),
      home: () => viewer.viewport.goHome(),
    };
    tools.addEventListener("click", (event) => {
      const one = event.target.closest("[data-do]");
      if (one) acts[one.dataset.do]();
    });
    strip.addEventListener("click", (event) => {
      const one = event.target.closest("[data-scan]");
      if (one) { draw(false); open(one.dataset.scan); }
    });
    const wrong = rows().find((row) => row.classList.contains("has-errors"));
    open(wrong ? value(wrong, "scan") : strip.querySelector("[data-scan]").dataset.scan);
    if (wrong) choose(wrong, { open: true });
  }
  // Form numbers run from 0 without a gap, whatever was taken out before.
  function renumber() {
    rows().forEach((row, index) => row.querySelectorAll("[name],[id],[for]").forEach((one) => {
      for (const name of ["name", "id", "for"]) {
        const text = one.getAttribute(name);
        if (text) one.setAttribute(name, text.replace(/mentions-\d+-/, `mentions-${index}-`));
      }
    }));
    total.value = rows().length;
    const first = form.querySelector("[name=mentions-INITIAL_FORMS]");
    first.value = Math.min(Number(first.value), rows().length);
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input:not([type=checkbox]), textarea, select");
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "s" && !locked) { event.preventDefault(); form.requestSubmit(); }
    else if (command && event.key.toLowerCase() === "z" && !typing) { event.preventDefault(); undo(); }
    else if (event.key === "Escape" && drawing) draw(false);
    else if (event.key === "Enter" && drawing && !typing) { event.preventDefault(); draw(false); addInTheMiddle(); }
    else if (event.key.toLowerCase() === "n" && !typing && !command && !event.altKey && !locked) { event.preventDefault(); draw(!drawing); }
  }, true);
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });

  if (stage && window.OpenSeadragon) begin();
})();
