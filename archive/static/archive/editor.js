// The record's editor: marks beside each text in two languages, the reading of the date, sections that fold by kind,
// links to what is missing, keys of the worklist. Everything is there without it, after saving.
(() => {
  const form = document.getElementById("w-editor-form");
  if (!form) return;
  const plain = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();

  // --- marks -----------------------------------------------------------------------------------
  const fields = (pair) => ["vi", "en"].map((lang) => pair.querySelector(`[name$="_${lang}"]`));

  function mark(pair) {
    const [vi, en] = fields(pair);
    if (!vi || !en) return;
    const now = [plain(vi.value), plain(en.value)];
    const stored = [plain(pair.dataset.vi), plain(pair.dataset.en)];
    const always = pair.dataset.always.split(" ");
    const show = (name, shown) => { pair.querySelector(`[data-mark="${name}"]`).hidden = !shown; };
    show("vi", !now[0] && (now[1] || always.includes("vi")));
    show("en", !now[1] && (now[0] || always.includes("en")));
    const confirmed = pair.dataset.confirmed !== undefined && pair.dataset.confirmed === now[0];
    const untouched = now[1] && now[1] === stored[1] && stored[0];
    const stale = untouched && (now[0] !== stored[0] || pair.dataset.stale !== undefined);
    show("stale", stale && !confirmed);
    show("confirmed", stale && confirmed);
    const kept = pair.querySelector("input[data-kept]");
    if (stale && confirmed && !kept) {
      const input = Object.assign(document.createElement("input"), { type: "hidden", name: "confirm-translation" });
      input.value = pair.querySelector("[data-confirm]").value;
      input.dataset.kept = "";
      pair.append(input);
    } else if (kept && !(stale && confirmed)) kept.remove();
  }

  form.addEventListener("input", (event) => {
    const pair = event.target.closest("[data-pair]");
    if (pair) mark(pair);
    strike();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm]");
    if (!button) return;
    event.preventDefault(); // without this script the button saves at once
    const pair = button.closest("[data-pair]");
    pair.dataset.confirmed = plain(fields(pair)[0].value);
    mark(pair);
    form.dispatchEvent(new Event("change", { bubbles: true })); // Wagtail's warning of unsaved changes
    fields(pair)[1].focus();
  });
  form.querySelectorAll("[data-pair]").forEach(mark);

  // --- the date --------------------------------------------------------------------------------
  const box = form.querySelector("[data-reading]");
  const date = form.querySelector("[name=date_text]");
  let asked = 0;

  function line(className, ...parts) {
    const p = document.createElement("p");
    p.className = className;
    p.append(...parts);
    return p;
  }
  function element(tag, text, lang) {
    const one = document.createElement(tag);
    one.textContent = text;
    if (lang) one.lang = lang;
    return one;
  }
  async function read() {
    const mine = ++asked;
    let answer = {};
    try {
      const response = await fetch(`${box.dataset.url}?${new URLSearchParams({ text: date.value })}`);
      if (response.ok) answer = await response.json();
    } catch { /* the server says it when the record is saved */ }
    if (mine !== asked) return; // a later question is on its way
    const lines = [];
    if (answer.error) lines.push(line("reading__error", answer.error));
    else if (answer.edtf) {
      lines.push(line("", element("b", box.dataset.hint), " ", element("code", answer.edtf), ` · ${box.dataset.years} ${answer.years}`));
      lines.push(line("", element("span", answer.vi, "vi"), " · ", element("span", answer.en, "en")));
      if (answer.warning) lines.push(line("reading__warning", answer.warning));
    }
    box.replaceChildren(...lines);
  }
  if (box && date) {
    let timer;
    date.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(read, 300); });
  }

  // --- sections by kind ------------------------------------------------------------------------
  const unfold = (element_) => {
    for (let panel = element_.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
      const toggle = panel.querySelector("[data-panel-toggle]");
      if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
    }
  };
  const kind = form.querySelector("[name=kind]");
  if (kind) kind.addEventListener("change", () => {
    form.querySelectorAll("[data-kinds]").forEach((section) => {
      if (section.dataset.kinds.split(" ").includes(kind.value)) unfold(section);
    });
  });

  // --- what is missing -------------------------------------------------------------------------
  const links = [...form.querySelectorAll("[data-goto]")];
  const control = (name) => form.querySelector(`[name="${name}"]:not([type=hidden])`);
  const place = (name) => control(name) || document.getElementById(`id_${name}-ADD`)
    || document.querySelector(`#id_${name}-chooser button:not([hidden]), [id="id_${name}-chooser"] .chooser__choose-button`);

  function go(name) {
    const target = place(name);
    if (!target) return;
    unfold(target);
    target.focus();
    target.scrollIntoView({ block: "center" });
  }
  function strike() {
    links.forEach((link) => {
      const field = control(link.dataset.goto);
      const filled = field && !link.dataset.gap.startsWith("stale:") && (field.type === "checkbox" ? field.checked : field.value.trim());
      link.classList.toggle("is-filled", Boolean(filled));
    });
  }
  links.forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); go(link.dataset.goto); }));

  // --- keys ------------------------------------------------------------------------------------
  const step = form.querySelector("[data-step]");
  let at = -1;
  document.addEventListener("keydown", (event) => {
    if (event.altKey && !event.ctrlKey && event.code === "KeyM" && links.length) {
      event.preventDefault();
      const open = links.filter((link) => !link.classList.contains("is-filled"));
      if (open.length) go(open[++at % open.length].dataset.goto);
    }
    if (step && event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      if (event.shiftKey) location.href = step.dataset.skip;
      else step.querySelector("[data-save-next]").click();
    }
  });
  if (step && step.dataset.focus) window.addEventListener("load", () => go(step.dataset.focus));
})();
