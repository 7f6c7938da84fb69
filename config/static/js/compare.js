/* Two sheets that go together: what moves, turns or enlarges the one does it to the other, as long as they are tied.
   The address holds what both show (#a.xywh=…&b.xywh=…&free=1), archive/comparing.py the rest. */
(() => {
  "use strict";
  const { sums, stages = [] } = window.CatVang || {};
  const page = document.querySelector("[data-compare]");
  const sides = Object.fromEntries(stages.filter((it) => it.kind === "compare").map((it) => [it.stage.dataset.side, it]));
  const pair = Object.values(sides);
  let write = () => {}; // puts what both show into the address
  if (page && pair.length === 2) tie();
  page?.querySelectorAll("[data-copy-view]").forEach(copying);
  page?.querySelector("[data-swap]")?.addEventListener("click", ({ currentTarget }) => {
    const hash = location.hash.replace(/([#&])([ab])\./g, (_all, start, side) => `${start}${side === "a" ? "b" : "a"}.`);
    currentTarget.href = currentTarget.href.split("#")[0] + hash;
  });
  document.querySelectorAll("form[data-find]").forEach(find);

  function copying(copy) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      write();
      try {
        await navigator.clipboard.writeText(location.href);
        copy.textContent = copy.dataset.copied;
      } catch {
        copy.textContent = copy.dataset.failed;
      }
    });
  }

  function tie() {
    const button = page.querySelector("[data-tie]"), said = page.querySelector("[data-said]");
    const other = (it) => pair[1 - pair.indexOf(it)];
    let ahead = pair[0]; // the sheet that the visitor moves
    let tied = !new URLSearchParams(location.hash.replace(/^#/, "")).has("free");
    let knot = null; // how both lay when they were tied

    const lies = ({ viewer }, now) => ({
      x: viewer.viewport.getCenter(now).x,
      y: viewer.viewport.getCenter(now).y,
      scale: viewer.viewport.getZoom(now) * viewer.viewport.getContainerSize().x,
      turn: viewer.viewport.getRotation(now),
    });
    const ready = () => pair.every((it) => it.viewer.isOpen());
    const knit = () => { knot = ready() ? new Map(pair.map((it) => [it, lies(it, false)])) : null; };
    const lay = ({ viewer }, at) => {
      const { viewport } = viewer, Point = window.OpenSeadragon.Point;
      viewport.setRotation(at.turn, true);
      viewport.zoomTo(at.scale / viewport.getContainerSize().x, null, true).panTo(new Point(at.x, at.y), true);
    };

    write = () => {
      const parts = Object.entries(sides).map(([name, it]) => it.viewer.isOpen() && sums.writeView(it.current(), name).slice(1));
      if (!tied) parts.push("free=1");
      const hash = parts.filter(Boolean).join("&");
      if (ready()) history.replaceState(history.state, "", `${location.pathname}${location.search}${hash ? `#${hash}` : ""}`);
    };

    for (const it of pair) {
      const lead = () => {
        ahead = it;
        for (const one of pair) one.room.classList.toggle("is-ahead", one === it);
      };
      for (const name of ["pointerdown", "wheel", "keydown", "focusin"]) it.room.addEventListener(name, lead, { capture: true, passive: true });
      it.viewer.addHandler("viewport-change", () => {
        if (tied && knot && it === ahead) lay(other(it), sums.follow(knot.get(it), knot.get(other(it)), lies(it, true)));
      });
      it.viewer.addHandler("open", () => setTimeout(knit));
      it.viewer.addHandler("resize", () => setTimeout(knit));
      it.viewer.addHandler("animation-finish", write);
      it.viewer.addHandler("rotate", write);
      // The whole sheet means both whole sheets, which then are tied as they lie.
      const home = it.acts.home;
      it.acts.home = () => {
        if (tied && ready()) {
          const two = other(it).viewer.viewport;
          two.setRotation(0, true).goHome(true);
          it.viewer.viewport.setRotation(0, true).goHome(true);
          knit();
        } else home();
        write();
      };
    }

    if (!button) return; // another way of showing the pair, which ties them in its own way
    const set = (on) => {
      tied = on;
      knit();
      button.setAttribute("aria-pressed", String(on));
      write();
    };
    button.hidden = false;
    button.setAttribute("aria-pressed", String(tied));
    button.addEventListener("click", () => toggle());
    function toggle() {
      set(!tied);
      said.textContent = tied ? button.dataset.on : button.dataset.off;
    }
    page.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "l" || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input")) return;
      event.preventDefault();
      toggle();
    });
  }

  // Any other public sheet by its words. Without this script the field takes an identifier.
  function find(form) {
    const field = form.querySelector("input[type=search]"), list = form.parentElement.querySelector(".compare-found");
    let timer = 0, asked = 0;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => look(field.value.trim()), 250);
    });
    form.addEventListener("submit", (event) => {
      if (/^[a-z0-9][a-z0-9-]*$/.test(field.value.trim()) && field.value.includes("-")) return; // an identifier
      event.preventDefault();
      look(field.value.trim());
    });

    async function look(words) {
      const number = ++asked;
      if (!words) { list.hidden = true; return; }
      try {
        const answer = await fetch(`${form.dataset.find}&q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const { items } = await answer.json();
        if (number === asked) fill(items.filter((item) => item.thumbnail));
      } catch {
        if (number === asked) tell(list.dataset.failed);
      }
    }
    function fill(items) {
      if (!items.length) return void tell(list.dataset.none);
      list.replaceChildren(...items.map((item) => {
        const row = document.createElement("li"), link = document.createElement("a"), picture = document.createElement("img");
        const title = document.createElement("span"), date = document.createElement("span");
        picture.src = new URL(item.thumbnail, location.href).pathname;
        picture.alt = "";
        title.className = "found-title";
        title.textContent = item.title;
        date.className = "found-date";
        date.textContent = item.date || "";
        const values = new FormData(form);
        values.set(form.dataset.side, item.identifier);
        link.href = `${form.action}?${new URLSearchParams(values)}`;
        link.append(picture, title, date);
        row.append(link);
        return row;
      }));
      list.hidden = false;
    }
    function tell(words) {
      const row = document.createElement("li"), line = document.createElement("p");
      line.textContent = words;
      row.append(line);
      list.replaceChildren(row);
      list.hidden = false;
    }
  }
})();
