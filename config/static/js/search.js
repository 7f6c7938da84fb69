/* The search page: a changed filter asks at once and only what changed is drawn anew. Without it the form has a button. */
(() => {
  "use strict";
  const form = document.getElementById("search-form");
  if (!form) return;
  document.documentElement.classList.add("js");
  const narrow = matchMedia("(max-width: 900px)");
  const fold = () => { for (const filters of document.querySelectorAll(".filters")) filters.open = !narrow.matches; };
  fold();
  narrow.addEventListener("change", fold);

  let asked = null;
  const address = () => {
    const values = [...new FormData(form)].filter(([, value]) => value !== "");
    return `${form.action}?${new URLSearchParams(values)}`;
  };
  async function draw(url, keep) {
    asked?.abort();
    asked = new AbortController();
    document.body.classList.add("is-loading");
    try {
      const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const focused = document.activeElement?.id;
      const open = document.querySelector(".filters")?.open;
      const unfolded = [...document.querySelectorAll(".more[open] input")].map((input) => input.name);
      for (const part of document.querySelectorAll("[data-swap]")) {
        const next = fresh.querySelector(`[data-swap="${part.dataset.swap}"]`);
        if (!next) return location.assign(url);
        part.replaceChildren(...next.childNodes);
      }
      for (const filters of document.querySelectorAll(".filters")) filters.open = open ?? !narrow.matches;
      for (const more of document.querySelectorAll(".more")) more.open = unfolded.includes(more.querySelector("input")?.name);
      document.title = fresh.title;
      const languages = fresh.querySelector(".lang");
      if (languages) document.querySelector(".lang")?.replaceWith(languages);
      if (keep) history.pushState({ search: true }, "", url);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
      return;
    }
    document.body.classList.remove("is-loading");
  }

  document.addEventListener("change", (event) => {
    if (event.target.form === form && event.target.name !== "q") draw(address(), true);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    draw(address(), true);
  });
  addEventListener("popstate", () => {
    form.elements.q.value = new URLSearchParams(location.search).get("q") || "";
    draw(location.href, false);
  });
})();
