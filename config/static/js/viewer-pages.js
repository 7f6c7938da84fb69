/* Many pages: the strip below the stage, a field for the page's number, and the page's words beside its picture. */
(() => {
  "use strict";

  window.CatVang.parts.push((it) => {
    const { stage, room, scans, calm } = it;
    const strip = room.querySelector(".strip");
    const links = strip ? [...strip.querySelectorAll("a[data-page]")] : [];
    const field = room.querySelector("[data-page-number]");
    const label = room.querySelector("[data-page-label]");
    let first = true;

    it.on("page", () => {
      const number = it.page + 1;
      links.forEach((link, index) => {
        // One stop of the Tab key for the whole strip: three hundred pages are no three hundred stops.
        link.tabIndex = index === it.page ? 0 : -1;
        if (index === it.page) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
      if (field) field.value = number;
      if (label) label.textContent = scans[it.page].label || `${number} / ${scans.length}`;
      for (const [name, there] of [["before", number > 1], ["after", number < scans.length]]) {
        room.querySelectorAll(`[data-do=${name}]`).forEach((button) => button.setAttribute("aria-disabled", String(!there)));
      }
      reveal(links[it.page], first);
      if (!first) it.announce(`${stage.dataset.page} ${number} / ${scans.length}${scans[it.page].label ? `: ${scans[it.page].label}` : ""}`);
      first = false;
    });

    // Only the strip moves, never the page.
    function reveal(link, atOnce) {
      if (!link) return;
      const list = link.closest("ol"), box = link.getBoundingClientRect(), frame = list.getBoundingClientRect();
      const left = list.scrollLeft + box.left - frame.left - (frame.width - box.width) / 2;
      list.scrollTo({ left, behavior: calm || atOnce ? "auto" : "smooth" });
    }

    if (strip) {
      strip.querySelector(".strip-tools").hidden = false;
      strip.addEventListener("keydown", (event) => {
        const at = links.indexOf(event.target.closest("a[data-page]"));
        const steps = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: links.length - 1, PageUp: at - 10, PageDown: at + 10 };
        if (at < 0 || !(event.key in steps)) return;
        event.preventDefault();
        const next = links[Math.min(Math.max(steps[event.key], 0), links.length - 1)];
        next.focus({ preventScroll: true });
        reveal(next, true);
      });
    }
    if (field) field.addEventListener("change", () => {
      const number = Math.round(Number(field.value));
      if (number >= 1 && number <= scans.length) it.goTo(number - 1);
      else field.value = it.page + 1;
    });
    // Pages are opened from the strip and from beside their words.
    const scope = it.kind === "item" ? document : room;
    scope.querySelectorAll("a[data-page]").forEach((link) => link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      it.goTo(Number(link.dataset.page) - 1);
      stage.scrollIntoView({ block: "nearest" });
    }));

    if (it.kind === "item") words(it);
  });

  // The words of the page that is shown: beside the stage where there is room (CSS says where), else below it.
  function words(it) {
    const section = document.querySelector(".texts");
    const beside = it.room.querySelector(".beside-words");
    if (!section) return;
    const pages = [...section.querySelectorAll("[data-words]")];
    const all = document.querySelectorAll("[data-all-words]");
    document.documentElement.classList.toggle("words-beside", Boolean(beside));
    if (beside) beside.hidden = false;
    it.on("page", () => {
      const page = pages.find((one) => Number(one.dataset.words) === it.page + 1);
      pages.forEach((one) => one.classList.toggle("is-other", one !== page));
      section.classList.toggle("is-wordless", !page);
      if (!beside) return;
      const holder = beside.querySelector("div");
      holder.replaceChildren(...(page ? [page.querySelector(".text-columns").cloneNode(true)] : []));
      beside.querySelector(".beside-none").hidden = Boolean(page);
    });
    all.forEach((button) => {
      button.hidden = it.scans.length < 2;
      button.addEventListener("click", () => {
        const on = section.classList.toggle("is-all");
        all.forEach((one) => one.setAttribute("aria-pressed", String(on)));
        if (on) section.scrollIntoView({ behavior: it.calm ? "auto" : "smooth" });
      });
    });
  }
})();
