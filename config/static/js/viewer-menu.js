/* Beside the zoom buttons: a link to exactly this view, downloads in the sizes allowed, the scale of a placed sheet. */
(() => {
  "use strict";
  const { sums, parts } = window.CatVang;
  const WIDEST = 220; // pixels of the scale bar

  parts.push((it) => {
    const scale = it.stage.querySelector(".stage-scale");
    if (scale) measure(it, scale);
    copying(it);
    downloads(it);
  });

  function measure(it, scale) {
    const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 3 });
    const bar = scale.querySelector("i"), words = scale.querySelector("span");
    it.on("page", () => { scale.hidden = true; });
    it.on("view", () => {
      const item = it.viewer.world.getItemAt(0), scan = it.scans[it.page];
      if (!item || !scan.points) return;
      const viewport = it.viewer.viewport;
      const middle = item.viewportToImageCoordinates(viewport.getCenter(true));
      const km = sums.kmPerPixel(scan.points, [middle.x, middle.y], viewport.getRotation(true), scan.affine);
      const room = Math.min(WIDEST, it.stage.clientWidth / 3);
      const length = km && sums.scaleBar(km / item.viewportToImageZoom(viewport.getZoom(true)), room);
      scale.hidden = !length;
      if (!length) return;
      bar.style.width = `${Math.round(length.pixels)}px`;
      const text = scale.dataset.words.replace("{km}", number.format(length.km));
      if (words.textContent !== text) words.textContent = text;
    });
  }

  function copying(it) {
    const box = it.stage.querySelector(".stage-link");
    if (!box) return;
    const field = box.querySelector("input"), done = box.querySelector("output");
    it.acts.copy = async () => {
      field.value = new URL(it.link(), location.href).href;
      box.hidden = false;
      done.textContent = "";
      close(it, ".stage-menu");
      try {
        await navigator.clipboard.writeText(field.value);
        done.textContent = box.dataset.copied;
      } catch {
        done.textContent = box.dataset.select; // no permission to write to the clipboard
      }
      field.focus();
      field.select();
    };
    closable(it, box, "copy");
  }

  function downloads(it) {
    const menu = it.stage.querySelector(".stage-menu");
    if (!menu) return;
    const list = menu.querySelector("ul"), button = it.stage.querySelector("[data-do=menu]");
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const entry = (words, url, name) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.textContent = words;
      link.href = url;
      if (name) link.download = name;
      item.append(link);
      return item;
    };
    function fill() {
      const { service, downloads: sizes, width, height } = it.scans[it.page];
      const name = `${menu.dataset.name}${it.scans.length > 1 ? `-${it.page + 1}` : ""}`;
      const entries = (sizes || []).map((wide) => entry(
        menu.dataset.size.replace("{width}", number.format(wide)).replace("{height}", number.format(Math.round((wide * height) / width))),
        `${service}/full/${wide},/0/default.jpg`, `${name}-${wide}.jpg`));
      const view = it.current();
      if (view) {
        const left = Math.max(0, view.box[0]), top = Math.max(0, view.box[1]);
        const wide = Math.min(width, view.box[0] + view.box[2]) - left, high = Math.min(height, view.box[1] + view.box[3]) - top;
        if (wide > 0 && high > 0) entries.push(entry(menu.dataset.view, `${service}/${left},${top},${wide},${high}/max/0/default.jpg`, `${name}-xywh-${left}-${top}-${wide}-${high}.jpg`));
      }
      entries.push(entry(menu.dataset.info, `${service}/info.json`));
      if (menu.dataset.manifest) entries.push(entry(menu.dataset.manifestName, menu.dataset.manifest));
      list.replaceChildren(...entries);
    }
    it.acts.menu = () => {
      const on = menu.hidden;
      if (on) { fill(); close(it, ".stage-link"); }
      menu.hidden = !on;
      button.setAttribute("aria-expanded", String(on));
      if (on) list.querySelector("a").focus();
    };
    it.on("page", () => { menu.hidden = true; button.setAttribute("aria-expanded", "false"); });
    closable(it, menu, "menu");
  }

  function close(it, what) {
    const box = it.stage.querySelector(what);
    if (!box || box.hidden) return;
    box.hidden = true;
    it.stage.querySelector("[data-do=menu]")?.setAttribute("aria-expanded", "false");
  }

  // Escape and a click elsewhere close a box; Escape hands the focus back to its button.
  function closable(it, box, name) {
    const button = it.stage.querySelector(`[data-do=${name}]`);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close(it, `.${box.classList[0]}`);
      button.focus();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!box.contains(event.target) && !button.contains(event.target)) close(it, `.${box.classList[0]}`);
    });
  }
})();
