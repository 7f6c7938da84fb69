/* "Here it is written": frames around the names on a sheet, and the card with what a name says. The list beside the
   stage ([data-mention], archive/item_panels/mentions.html) is the truth; without this script it stands by itself. */
(() => {
  "use strict";
  const { sums, parts } = window.CatVang;
  const AROUND = 2.6; // how much more than a name's region is shown when it is chosen
  const SLACK = { kiosk: 24, block: 8, item: 8, compare: 8 }; // pixels of the screen around a frame that a finger may miss it by

  parts.push((it) => {
    const { stage, room, viewer } = it;
    const mentions = [...room.querySelectorAll("[data-mention]")].map((row) => ({
      row,
      link: row.querySelector(".mention-at"),
      page: Number(row.dataset.sheet) - 1,
      region: row.dataset.mention.split(",").map(Number),
      frame: null,
    }));
    if (!mentions.length) return;
    const card = stage.querySelector(".stage-card");
    const list = mentions[0].row.closest("[data-mentions]");
    const button = stage.querySelector("[data-do=marks]");
    let chosen = null;

    // --- frames --------------------------------------------------------------------------------------
    const here = () => mentions.filter((mention) => mention.page === it.page);
    it.on("open", () => {
      for (const mention of mentions) mention.frame = null;
      for (const mention of here()) {
        mention.frame = it.mark(mention.region, "mark-frame");
        mention.frame.classList.toggle("is-chosen", mention === chosen);
      }
    });
    it.on("page", () => {
      for (const mention of mentions) mention.row.classList.toggle("is-here", mention.page === it.page);
      if (chosen && chosen.page !== it.page) choose(null);
    });
    it.acts.marks = () => {
      const off = stage.classList.toggle("no-marks");
      button.setAttribute("aria-pressed", String(!off));
      if (off) choose(null);
    };
    viewer.addHandler("canvas-click", (event) => {
      if (!event.quick || stage.classList.contains("no-marks")) return;
      const found = here();
      const at = viewer.world.getItemAt(0).viewportToImageCoordinates(viewer.viewport.pointFromPixel(event.position));
      const slack = SLACK[it.kind] / viewer.world.getItemAt(0).viewportToImageZoom(viewer.viewport.getZoom(true));
      const index = sums.regionAt(found.map((mention) => mention.region), [at.x, at.y], slack);
      if (index >= 0) go(found[index]);
      else choose(null);
    });

    // --- choosing one ----------------------------------------------------------------------------------
    const viewOf = (mention) => ({ page: mention.page, box: mention.region, rotate: 0, wide: AROUND });
    function go(mention) {
      if (stage.classList.contains("no-marks")) it.acts.marks();
      it.goTo(mention.page, viewOf(mention));
      choose(mention);
      it.announce(mention.row.querySelector(".mention-words").textContent.replace(/\s+/g, " ").trim());
    }
    function choose(mention) {
      chosen = mention;
      for (const one of mentions) {
        if (one.frame) one.frame.classList.toggle("is-chosen", one === mention);
        if (one === mention) one.link.setAttribute("aria-current", "true");
        else one.link.removeAttribute("aria-current");
      }
      card.hidden = !mention;
      if (mention) card.querySelector("div").replaceChildren(...[...mention.row.querySelectorAll(".mention-words, .mention-place")].map((part) => part.cloneNode(true)));
      place();
    }
    it.acts.dismiss = () => {
      const row = chosen;
      choose(null);
      if (row) row.link.focus({ preventScroll: true });
    };
    for (const part of [stage, list]) part.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && chosen) { event.stopPropagation(); it.acts.dismiss(); }
    });
    for (const mention of mentions) {
      if (it.kind === "item") mention.link.href = sums.writeView(viewOf(mention));
      mention.link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(mention);
        stage.scrollIntoView({ block: "nearest", behavior: it.calm ? "auto" : "smooth" });
      });
    }
    // An address that names exactly a name's region opens its card, from wherever it came.
    it.on("shown", (wanted) => {
      const same = wanted.box && mentions.find((one) => one.page === it.page && String(one.region) === String(wanted.box));
      if (same) wanted.wide = AROUND;
      choose(same || null);
    });

    // --- where the card lies: right of the frame, else left of it, else below; narrow stages dock it (CSS) --------
    it.on("view", place);
    function place() {
      if (!chosen || !chosen.frame || card.hidden || !viewer.isOpen()) return;
      const frame = chosen.frame.getBoundingClientRect(), ground = stage.getBoundingClientRect(), gap = 16;
      const room = { right: ground.right - frame.right, left: frame.left - ground.left };
      let left = frame.right - ground.left + gap, top = frame.top - ground.top;
      if (room.right < card.offsetWidth + 2 * gap) {
        if (room.left >= card.offsetWidth + 2 * gap) left = frame.left - ground.left - gap - card.offsetWidth;
        else { left = frame.left - ground.left; top = frame.bottom - ground.top + gap; }
      }
      card.style.left = `${Math.min(Math.max(left, gap), ground.width - card.offsetWidth - gap)}px`;
      card.style.top = `${Math.min(Math.max(top, gap), ground.height - card.offsetHeight - 72)}px`;
    }
    list.classList.add("is-live");
    if (button) button.hidden = false;
  });
})();
