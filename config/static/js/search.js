/* The search page: a changed filter or a pressed link asks at once, and only what changed is drawn anew. The address is
   the state; without this script form and links do the same. Other scripts hear "catvang:drawn" on the document, and
   ask by window.CatVang.search({name: value or null}). */
(() => {
  "use strict";
  const form = document.getElementById("search-form");
  if (!form) return;
  document.documentElement.classList.add("js");
  const narrow = matchMedia("(max-width: 900px)");
  const fold = () => { for (const filters of document.querySelectorAll(".filters")) filters.open = !narrow.matches; };
  fold();
  narrow.addEventListener("change", fold);

  let asked = null, waiting = 0;
  const address = () => {
    const values = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(values).toString();
    return form.action + (query && `?${query}`);
  };

  // A part marked data-keep stays itself (the map keeps its place and zoom); what it shows stands beside it.
  function swap(part, next) {
    const kept = part.querySelector("[data-keep]"), again = next.querySelector("[data-keep]");
    if (kept && again && kept.dataset.keep === again.dataset.keep) again.replaceWith(kept);
    part.replaceChildren(...next.childNodes);
  }
  async function draw(url, { push = true, top = false } = {}) {
    clearTimeout(waiting);
    asked?.abort();
    const mine = asked = new AbortController();
    document.body.classList.add("is-loading");
    try {
      const answer = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const focused = document.activeElement?.id, place = document.activeElement?.getAttribute?.("href");
      const open = document.querySelector(".filters")?.open;
      const unfolded = [...document.querySelectorAll(".more[open] input")].map((input) => input.name);
      for (const part of document.querySelectorAll("[data-swap]")) {
        const next = fresh.querySelector(`[data-swap="${part.dataset.swap}"]`);
        if (!next) return location.assign(url);
        swap(part, next);
      }
      for (const filters of document.querySelectorAll(".filters")) filters.open = open ?? !narrow.matches;
      for (const more of document.querySelectorAll(".more")) more.open = unfolded.includes(more.querySelector("input")?.name);
      form.elements.q.value = fresh.getElementById("q")?.value ?? form.elements.q.value;
      document.title = fresh.title;
      const languages = fresh.querySelector(".lang");
      if (languages) document.querySelector(".lang")?.replaceWith(languages);
      if (push) history.pushState({ search: true }, "", url);
      document.dispatchEvent(new CustomEvent("catvang:drawn"));
      const total = document.querySelector("[data-total]");
      if (total) total.textContent = document.querySelector("[data-swap=results] h1")?.textContent.trim() || "";
      refocus(focused, place);
      if (top) document.querySelector("[data-swap=results]").scrollIntoView({ block: "start" });
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
      return;
    } finally {
      if (asked === mine) document.body.classList.remove("is-loading");
    }
  }
  // What had the focus was drawn anew: the same control has it again, else the results, so that Tab goes on from there.
  function refocus(id, href) {
    if (id) return document.getElementById(id)?.focus({ preventScroll: true });
    if (document.activeElement !== document.body || href == null) return;
    const heading = document.querySelector("[data-swap=results] h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  window.CatVang = window.CatVang || {};
  window.CatVang.search = (changes, { wait = 0 } = {}) => {
    const url = new URL(location.href);
    for (const name of ["page", "after", ...Object.keys(changes)]) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(changes)) if (value !== null && value !== "") url.searchParams.set(name, value);
    clearTimeout(waiting);
    waiting = setTimeout(() => draw(url.pathname + url.search), wait);
  };

  document.addEventListener("change", (event) => {
    if (event.target.form === form && event.target.name && event.target.name !== "q") draw(address());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    draw(address());
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-swap] a[href^='?']");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const query = link.getAttribute("href");
    draw(location.pathname + (query === "?" ? "" : query), { top: Boolean(link.closest(".pager")) });
  });
  addEventListener("popstate", () => draw(location.href, { push: false }));
})();
