/* "My collection": stars beside items, and the page that lists them. It lives in localStorage of this browser; nothing
   is sent until the visitor asks for an export. Stored: {version, items: [{id, note, words: {vi|en: {title, about}}}]} */
(() => {
  "use strict";
  const KEY = "catvang.collection", LANG = document.documentElement.lang;
  const working = (() => {
    try { localStorage.setItem(`${KEY}.test`, "1"); localStorage.removeItem(`${KEY}.test`); return true; } catch { return false; }
  })();
  const read = () => {
    try {
      const items = JSON.parse(localStorage.getItem(KEY))?.items;
      return Array.isArray(items) ? items.filter((item) => typeof item?.id === "string") : [];
    } catch { return []; }
  };
  const write = (items) => {
    try { localStorage.setItem(KEY, JSON.stringify({ version: 1, items })); return true; } catch { return false; }
  };
  const wordsOf = (button) => JSON.parse(button.dataset.words);

  // --- stars ---------------------------------------------------------------------------------------------
  function show() {
    const items = read(), kept = new Set(items.map((item) => item.id));
    for (const star of document.querySelectorAll("[data-star]")) {
      star.hidden = !working;
      star.setAttribute("aria-pressed", String(kept.has(star.dataset.star)));
    }
    for (const link of document.querySelectorAll("[data-collection-link]")) {
      link.hidden = !working || !items.length;
      const number = link.querySelector("[data-count]");
      if (number) number.textContent = items.length.toLocaleString(LANG);
    }
  }
  function toggle(star) {
    const items = read(), at = items.findIndex((item) => item.id === star.dataset.star);
    if (at >= 0) items.splice(at, 1);
    else items.push({ id: star.dataset.star, note: "", words: wordsOf(star) });
    write(items);
  }
  document.addEventListener("click", (event) => {
    const star = event.target.closest("[data-star]");
    if (!star) return;
    toggle(star);
    show();
  });
  document.addEventListener("catvang:drawn", show); // the search page drew its results anew
  addEventListener("storage", (event) => { if (event.key === KEY) { show(); list(); } });
  addEventListener("pageshow", () => { show(); list(); });

  // --- the page --------------------------------------------------------------------------------------------
  const room = document.querySelector("[data-collection]");
  const part = (name) => room?.querySelector(`[data-${name}]`);
  const mine = room?.dataset.collection === "mine";
  const said = (text) => { const place = part("said"); if (place) place.textContent = text; };

  function row(item, at, count) {
    const words = item.words?.[LANG] || Object.values(item.words || {})[0] || {};
    const lang = item.words?.[LANG] ? LANG : Object.keys(item.words || {})[0] || LANG;
    const made = part("row").content.cloneNode(true).firstElementChild;
    const title = words.title || item.id, link = made.querySelector("h2 a"), note = made.querySelector("textarea");
    made.dataset.id = item.id;
    made.querySelector(".kind").textContent = words.about || "";
    link.textContent = title;
    link.href = `${room.dataset.items}${encodeURIComponent(item.id)}/`;
    if (lang !== LANG) made.querySelector("h2").lang = made.querySelector(".kind").lang = lang;
    note.value = item.note || "";
    for (const tool of made.querySelectorAll("[data-do]")) tool.querySelector("span").textContent = `: ${title}`;
    made.querySelector("[data-do=up]").disabled = at === 0;
    made.querySelector("[data-do=down]").disabled = at === count - 1;
    return made;
  }
  function list() {
    if (!mine) return;
    const items = read();
    part("trouble").hidden = working;
    part("empty").hidden = !working || items.length > 0;
    part("mine").hidden = part("out").hidden = items.length === 0;
    part("mine").replaceChildren(...items.map((item, at) => row(item, at, items.length)));
    share(items);
  }
  function share(items) {
    const some = items.slice(0, Number(room.dataset.most)).map((item) => item.id).join(",");
    const address = `${location.origin}${location.pathname}?items=${some}`;
    room.querySelector("#share").value = address;
    part("share-link").href = address;
    part("too-many").hidden = items.length <= Number(room.dataset.most);
  }
  function move(id, step) {
    const items = read(), at = items.findIndex((item) => item.id === id), to = at + step;
    if (at < 0 || to < 0 || to >= items.length) return;
    items.splice(to, 0, ...items.splice(at, 1));
    write(items);
    list();
    const tools = room.querySelector(`[data-id="${CSS.escape(id)}"]`);
    const wanted = tools.querySelector(step < 0 ? "[data-do=up]" : "[data-do=down]");
    (wanted.disabled ? tools.querySelector("[data-do]:not([disabled])") : wanted)?.focus();
    said(`${to + 1} / ${items.length}`);
  }
  function remove(id) {
    const rows = [...part("mine").children], at = rows.findIndex((made) => made.dataset.id === id);
    write(read().filter((item) => item.id !== id));
    list();
    const next = part("mine").children[Math.min(at, part("mine").children.length - 1)];
    (next?.querySelector("[data-do=remove]") || document.getElementById("main")).focus();
  }
  function addAll() {
    const items = read(), kept = new Set(items.map((item) => item.id));
    for (const star of room.querySelectorAll("[data-star]")) {
      if (!kept.has(star.dataset.star)) items.push({ id: star.dataset.star, note: "", words: wordsOf(star) });
    }
    if (write(items)) said("✓");
    show();
  }
  room?.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    const id = button.closest("[data-id]")?.dataset.id, what = button.dataset.do;
    if (what === "up" || what === "down") move(id, what === "up" ? -1 : 1);
    else if (what === "remove") remove(id);
    else if (what === "add-all") addAll();
    else if (what === "print") print();
    else if (what === "clear") { write([]); list(); document.getElementById("main").focus(); }
    else if (what === "copy") {
      const field = room.querySelector("#share"), name = button.textContent;
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { return; } // it stands selected, to be copied by hand
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = name; }, 2500);
    }
  });
  room?.addEventListener("input", (event) => {
    const id = event.target.closest("[data-id]")?.dataset.id;
    if (!id || event.target.tagName !== "TEXTAREA") return;
    const items = read(), item = items.find((one) => one.id === id);
    if (item) { item.note = event.target.value; write(items); }
  });
  // What is sent is put into the form when it is sent, and taken out again.
  part("export")?.addEventListener("submit", (event) => {
    if (!mine) return;
    const form = event.target, items = read().slice(0, Number(room.dataset.most));
    form.elements.items.value = items.map((item) => item.id).join(",");
    form.querySelectorAll("[data-note]").forEach((field) => field.remove());
    if (!form.elements.with_notes.checked) return;
    for (const item of items.filter((one) => one.note)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = `note-${item.id}`;
      field.value = item.note;
      field.dataset.note = "";
      form.append(field);
    }
  });
  room?.querySelectorAll("[data-needs=script]").forEach((needed) => { needed.hidden = !working; });
  show();
  list();
})();
