/* Print on the sheets: frames around its lines, the line chosen beside the picture, and the words that a search found
   (marks=x,y,w,h;… in the address, written by search/printed.py). The list beside the stage is the truth
   (archive/item_panels/printed.html): its links name views, so they work by themselves. */
(() => {
  "use strict";
  const AROUND = 1.6; // how much more than a line is shown when it is chosen
  const AROUND_WORDS = 4; // and than the words that were found
  const MOST = 24; // words marked

  window.CatVang.parts.push((it) => {
    if (it.kind !== "item") return;
    const { viewer, stage } = it;
    const button = stage.querySelector("[data-do=lines]");
    const rows = [...document.querySelectorAll(".texts [data-line]")].map((row) => ({
      page: Number(row.dataset.sheet) - 1, key: row.dataset.line, region: row.dataset.line.split(",").map(Number),
    }));
    let framed = false, chosen = "", drawn = [];

    function marks() {
      const said = new URLSearchParams(location.hash.replace(/^#/, ""));
      const page = Number(said.get("page") || 1) - 1;
      const boxes = (said.get("marks") || "").split(";").map((box) => box.split(",").map(Number));
      const good = boxes.filter((box) => box.length === 4 && box.every(Number.isFinite) && box[2] > 0 && box[3] > 0);
      return { page, boxes: good.slice(0, MOST) };
    }
    let found = marks();

    function draw() {
      for (const element of drawn) viewer.removeOverlay(element);
      drawn = [];
      const item = viewer.world.getItemAt(0);
      if (!item) return;
      const put = (region, name) => {
        const element = document.createElement("div");
        element.className = name;
        viewer.addOverlay({ element, location: item.imageToViewportRectangle(...region) });
        drawn.push(element);
      };
      const here = rows.filter((row) => row.page === it.page);
      if (framed) here.forEach((row) => put(row.region, "line-frame"));
      here.filter((row) => row.key === chosen).forEach((row) => put(row.region, "line-frame is-chosen"));
      if (found.page === it.page) found.boxes.forEach((box) => put(box, "word-mark"));
      if (button) button.hidden = !here.length;
      document.querySelectorAll("[data-line]").forEach((row) => {
        if (row.dataset.line === chosen && Number(row.dataset.sheet) - 1 === it.page) row.setAttribute("aria-current", "true");
        else row.removeAttribute("aria-current");
      });
    }
    it.on("open", draw);
    it.on("shown", (wanted) => {
      const now = marks();
      if (now.boxes.length) found = now;
      const key = String(wanted.box || "");
      chosen = rows.some((row) => row.page === wanted.page && row.key === key) ? key : "";
      if (wanted.box && now.boxes.length) wanted.wide = AROUND_WORDS;
      else if (chosen) wanted.wide = AROUND;
      if (viewer.isOpen()) draw();
    });
    it.acts.lines = () => {
      framed = !framed;
      button.setAttribute("aria-pressed", String(framed));
      draw();
    };
    // A frame leads to its line's words.
    viewer.addHandler("canvas-click", (event) => {
      if (!event.quick || !framed) return;
      const at = viewer.world.getItemAt(0).viewportToImageCoordinates(viewer.viewport.pointFromPixel(event.position));
      const here = rows.filter((row) => row.page === it.page);
      const index = window.CatVang.sums.regionAt(here.map((row) => row.region), [at.x, at.y]);
      if (index < 0) return;
      chosen = here[index].key;
      draw();
      const list = [...document.querySelectorAll("[data-line][aria-current]")].find((row) => row.offsetParent);
      if (list) list.scrollIntoView({ block: "nearest" });
      it.announce(list ? list.textContent : "");
    });
    document.addEventListener("click", (event) => {
      const row = event.target.closest("[data-line]");
      if (row) stage.scrollIntoView({ block: "nearest", behavior: it.calm ? "auto" : "smooth" });
    });
  });
})();
