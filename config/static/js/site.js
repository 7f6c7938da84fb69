/* What every page may use: copying a text, and suggestions below a search field. Pages work without it. */
(() => {
  "use strict";

  // <button data-copy="#id" data-copied="Copied">: copies the text of #id and says so in place of its name.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.querySelector(button.dataset.copy);
    if (!source) return;
    const name = button.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent.trim().replace(/\s+/g, " "));
      button.textContent = button.dataset.copied;
    } catch {
      // No permission to write to the clipboard: the text is shown, selected, for the visitor to copy.
      source.closest("details")?.setAttribute("open", "");
      getSelection().selectAllChildren(source);
      return;
    }
    setTimeout(() => { button.textContent = name; }, 2500);
  });

  // <form data-suggest="/api/v1/suggest/?lang=vi"> with one input[name=q]: a combobox with a list of suggestions.
  for (const form of document.querySelectorAll("form[data-suggest]")) suggestFor(form);

  function suggestFor(form) {
    const input = form.querySelector("input[name=q]");
    if (!input) return;
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = `${input.id || "q"}-suggestions`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.suggestLabel || input.getAttribute("aria-label") || "");
    list.hidden = true;
    form.append(list);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

    let chosen = -1, timer = 0, asked = null, typed = input.value;

    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    // Who has sent the form asks for no suggestions any more, nor for those on their way.
    const drop = () => {
      clearTimeout(timer);
      asked?.abort();
      close();
    };
    const choose = (index) => {
      const options = [...list.children];
      chosen = (index + options.length + 1) % (options.length + 1);
      options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
      const option = options[chosen];
      input.value = option ? option.dataset.text : typed;
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    };
    const show = (suggestions) => {
      list.replaceChildren(...suggestions.map((suggestion, i) => {
        const text = typeof suggestion === "string" ? suggestion : suggestion.text || suggestion.label || "";
        const option = document.createElement("li");
        option.id = `${list.id}-${i}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.text = text;
        option.append(text);
        const note = typeof suggestion === "object" && (suggestion.note || suggestion.kind_label);
        if (note) {
          const small = document.createElement("span");
          small.className = "note";
          small.textContent = note;
          option.append(small);
        }
        // The path alone: on a kiosk or behind another name the page is here too.
        if (suggestion.url) option.dataset.url = new URL(suggestion.url, location.href).pathname + new URL(suggestion.url, location.href).search;
        return option;
      }));
      chosen = -1;
      list.hidden = suggestions.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };
    const go = (option) => {
      if (option.dataset.url) return location.assign(option.dataset.url);
      input.value = option.dataset.text;
      close();
      form.requestSubmit();
    };
    const ask = async () => {
      const text = input.value.trim();
      asked?.abort();
      if (text.length < 2 && !/[\u3400-\u9fff\ud840-\ud8ff]/.test(text)) return close();
      asked = new AbortController();
      try {
        const url = new URL(form.dataset.suggest, location.href);
        url.searchParams.set("q", text);
        const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) return close();
        const data = await answer.json();
        if (document.activeElement === input) show((Array.isArray(data) ? data : data.suggestions || data.items || []).slice(0, 8));
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    input.addEventListener("input", (event) => {
      typed = input.value;
      clearTimeout(timer);
      // While an input method composes a syllable its half-made letters aren't a question.
      if (!event.isComposing) timer = setTimeout(ask, 150);
    });
    input.addEventListener("compositionend", () => { timer = setTimeout(ask, 150); });
    form.addEventListener("submit", drop);
    input.addEventListener("blur", () => setTimeout(close, 120));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") { choose(chosen + 1); event.preventDefault(); }
      else if (event.key === "ArrowUp") { choose(chosen < 0 ? list.children.length - 1 : chosen - 1); event.preventDefault(); }
      else if (event.key === "Enter" && list.children[chosen]?.dataset.url) { event.preventDefault(); go(list.children[chosen]); }
      else if (event.key === "Escape") { input.value = typed; close(); event.preventDefault(); }
    });
    list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("li");
      if (!option) return;
      event.preventDefault();
      go(option);
    });
  }
})();
