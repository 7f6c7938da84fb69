// Lines of text on a scan's page: each is a field that is saved by itself, with Enter, under the state that was shown.
// What can't be saved stays in its field, with a sentence that says why.
(function () {
  "use strict";
  const root = document.querySelector("[data-lines]");
  if (!root) return;
  const words = root.dataset, locked = "locked" in words;
  const find = (name) => root.querySelector(`[data-${name}]`);
  const list = find("list"), blank = root.querySelector("template[data-row]"), doubtful = Number(words.doubtful);
  const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
  const lines = JSON.parse(document.getElementById("page-lines").textContent);
  let chosen = null, leaving = false;

  // --- rows -------------------------------------------------------------------------------------------------
  const round = (number) => Math.round(number * 1e4) / 1e4;
  const sides = (row) => [...row.querySelectorAll("[data-side]")];
  const isDirty = (line) => {
    const row = line.row;
    if (!row) return false;
    return !line.pk || row.querySelector(".line-text").value.trim() !== line.text
      || row.querySelector("[data-language]").value.trim() !== line.language
      || sides(row).some((one, at) => Math.abs(Number(one.value) - line.region[at]) > 1e-3);
  };
  function say(text, undo) {
    const said = find("say");
    said.textContent = text || "";
    if (!undo) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = words.wordUndo;
    button.addEventListener("click", undo);
    said.append(" ", button);
  }

  function build(line) {
    const row = blank.content.firstElementChild.cloneNode(true);
    line.row = row;
    const text = row.querySelector(".line-text");
    row.addEventListener("focusin", () => choose(line));
    text.addEventListener("input", () => mark(line));
    text.addEventListener("keydown", (event) => key(event, line));
    row.querySelectorAll(".line-more input").forEach((input) => {
      input.readOnly = input.readOnly || locked;
      input.addEventListener("input", () => mark(line));
      input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); save(line, false); } });
    });
    row.querySelector("[data-show]").addEventListener("click", () => { choose(line); if (sheet) sheet.show(line.region); });
    row.querySelector("[data-store]")?.addEventListener("click", () => save(line, false));
    row.querySelector("[data-remove]")?.addEventListener("click", () => remove(line));
    fill(line);
    return row;
  }

  // What is stored, into the row.
  function fill(line) {
    const { row } = line, [x, y, width, height] = line.region;
    row.querySelector(".line-text").value = line.text;
    row.querySelector("[data-language]").value = line.language;
    sides(row).forEach((input, at) => { input.value = round(line.region[at]); });
    line.doubtful = !line.by && line.confidence !== null && (line.confidence < doubtful || line.words.some((word) => word.confidence < doubtful));
    row.querySelector(".line-number").textContent = line.number || "+";
    row.querySelector(".line-sure").textContent = line.by
      || (line.pk ? (line.confidence === null ? words.wordTyped : `${words.wordSure} ${Math.round(line.confidence)}`) : words.wordNew);
    const cut = row.querySelector(".line-cut"), pad = height * 0.3;
    cut.hidden = !words.service;
    const top = Math.max(0, y - pad), high = Math.min(100 - top, height + 2 * pad);
    const address = `${words.service}/pct:${round(x)},${round(top)},${round(Math.max(width, 0.05))},${round(Math.max(high, 0.05))}/!640,52/0/default.jpg`;
    if (words.service && cut.getAttribute("src") !== address) cut.src = address;
    const marked = row.querySelector(".line-words");
    marked.hidden = !line.doubtful;
    marked.replaceChildren(...(line.doubtful ? line.words : []).flatMap((word) => {
      const part = document.createElement(word.confidence !== null && word.confidence < doubtful ? "mark" : "span");
      part.textContent = word.text;
      if (part.localName === "mark") part.title = `${words.wordSure} ${Math.round(word.confidence)}`;
      return [part, " "];
    }));
    tell(line, "");
    mark(line);
  }
  function mark(line) {
    line.row.classList.toggle("is-dirty", isDirty(line));
    line.row.classList.toggle("is-seen", Boolean(line.by));
    line.row.classList.toggle("is-doubtful", Boolean(line.doubtful));
  }
  function tell(line, text, more) {
    const says = line.row.querySelector(".line-says");
    says.textContent = text;
    says.hidden = !text;
    if (more) says.append(" ", more);
  }

  const shown = () => {
    const only = find("only").checked, order = find("order").value;
    const kept = lines.filter((line) => !only || !line.by || line === chosen);
    const sure = (line) => (line.by ? 1000 : line.confidence === null ? 900 : line.confidence);
    return kept.sort((one, other) => (order === "confidence" && sure(one) - sure(other)) || (one.number || 1e9) - (other.number || 1e9));
  };
  function refresh() {
    const now = shown();
    const focused = document.activeElement;
    list.replaceChildren(...now.map((line) => line.row || build(line)));
    if (focused && list.contains(focused)) focused.focus({ preventScroll: true });
    find("count").textContent = `${lines.filter((line) => line.by).length} / ${lines.length}`;
    find("none").hidden = lines.length > 0;
    if (sheet) sheet.boxes(lines, chosen);
  }
  function choose(line) {
    if (chosen === line) return;
    chosen?.row?.classList.remove("is-chosen");
    chosen = line;
    line?.row.classList.add("is-chosen");
    const redraw = root.querySelector("[data-do=redraw]");
    if (redraw) redraw.disabled = !line || !sheet;
    if (sheet) { sheet.boxes(lines, chosen); if (line) sheet.show(line.region); }
  }
  function focus(line) {
    line.row.querySelector(".line-text").focus({ preventScroll: true });
    line.row.scrollIntoView({ block: "nearest" });
  }
  function step(line, by) {
    const rows = [...list.children], next = rows[rows.indexOf(line.row) + by];
    if (next) focus(lines.find((one) => one.row === next));
  }
  function key(event, line) {
    if (event.isComposing) return; // an input method is still at work
    if (event.key === "Enter") { event.preventDefault(); if (!locked) save(line, true); }
    else if (event.key === "ArrowDown") { event.preventDefault(); step(line, 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); step(line, -1); }
    else if (event.key === "Escape") { event.preventDefault(); line.pk ? fill(line) : drop(line); }
    else if (event.key === "Delete" && event.altKey) { event.preventDefault(); remove(line); }
  }

  // --- saving ------------------------------------------------------------------------------------------------
  async function post(address, values) {
    let answer;
    try {
      answer = await fetch(address, { method: "POST", body: new URLSearchParams({ ...values, csrfmiddlewaretoken: token }), headers: { "X-Requested-With": "XMLHttpRequest" } });
    } catch { return { error: words.wordFailed }; }
    if (answer.redirected || !(answer.headers.get("Content-Type") || "").includes("json")) return { error: answer.redirected || answer.status === 403 ? words.wordLogin : words.wordFailed };
    return { ...(await answer.json()), ok: answer.ok };
  }
  function said(line) {
    const row = line.row, [x, y, width, height] = sides(row).map((input) => input.value);
    return { text: row.querySelector(".line-text").value, language: row.querySelector("[data-language]").value, x, y, width, height };
  }
  async function save(line, next) {
    if (locked || line.busy) return;
    line.busy = true;
    const sent = said(line);
    if (next) step(line, 1);
    const answer = await post(line.pk ? `${words.add}${line.pk}/` : words.add, line.pk ? { ...sent, do: "correct", seen: line.seen } : sent);
    line.busy = false;
    if (answer.ok) {
      const added = !line.pk, typed = line.row.querySelector(".line-text").value;
      Object.assign(line, answer.line);
      if (added) lines.forEach((one) => { if (one !== line && one.number >= line.number) one.number += 1; });
      fill(line);
      if (typed !== sent.text) { line.row.querySelector(".line-text").value = typed; mark(line); } // typed on meanwhile
      say(words.wordSaved);
      if (added) lines.forEach((one) => { if (one.row) one.row.querySelector(".line-number").textContent = one.number || "+"; });
      refresh();
    } else refuse(line, answer);
  }
  function refuse(line, answer) {
    let more = null;
    if ("theirs" in answer) {
      if (answer.theirs) {
        line.seen = answer.theirs.seen; // the next Enter writes over it, knowingly
        more = document.createElement("button");
        more.type = "button";
        more.className = "button button-small button-secondary";
        more.textContent = words.wordTheirs;
        more.addEventListener("click", () => { Object.assign(line, answer.theirs); fill(line); refresh(); focus(line); });
      } else line.pk = null;
    }
    tell(line, answer.error, more);
    mark(line);
    say(answer.error);
    focus(line);
  }
  async function remove(line) {
    if (locked || line.busy) return;
    if (line.pk) {
      line.busy = true;
      const answer = await post(`${words.add}${line.pk}/`, { do: "remove", seen: line.seen });
      line.busy = false;
      if (!answer.ok && !("theirs" in answer && !answer.theirs)) { refuse(line, answer); return; }
    }
    const again = { pk: null, number: null, seen: "", text: line.text, language: line.language, confidence: null, region: line.region, words: [], by: "" };
    drop(line);
    say(words.wordDeleted, () => { put(again); save(again, false); });
  }
  function drop(line) {
    const rows = [...list.children], at = rows.indexOf(line.row), near = rows[at + 1] || rows[at - 1];
    lines.splice(lines.indexOf(line), 1);
    if (chosen === line) chosen = null;
    refresh();
    if (near) focus(lines.find((one) => one.row === near));
  }
  function put(line) {
    lines.push(line);
    refresh();
    focus(line);
  }
  const fresh = (region) => put({ pk: null, number: null, seen: "", text: "", language: "", confidence: null, region: region.map(round), words: [], by: "" });

  // --- the sheet and its tools ----------------------------------------------------------------------------------
  const drawButton = root.querySelector("[data-do=draw]");
  const sheet = window.linesSheet(find("stage"), words.service, {
    failed: () => say(words.wordImage),
    chosen: (line) => { find("only").checked = false; refresh(); focus(line); },
    stopped: () => drawButton?.setAttribute("aria-pressed", "false"),
  });
  const acts = {
    in: () => sheet.zoom(1.5), out: () => sheet.zoom(1 / 1.5), home: () => sheet.home(),
    draw: () => { if (sheet.drawing) return sheet.stop(); sheet.draw(fresh); drawButton.setAttribute("aria-pressed", "true"); say(words.wordDraw); },
    redraw: () => {
      const line = chosen;
      sheet.draw((region) => { sides(line.row).forEach((input, at) => { input.value = round(region[at]); }); mark(line); line.pk ? save(line, false) : Object.assign(line, { region }); });
      say(words.wordDraw);
    },
    middle: () => fresh(sheet ? sheet.middle() : [30, 45, 40, 3]),
  };
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button && (sheet || button.dataset.do === "middle")) acts[button.dataset.do]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyN" && !locked && sheet) { event.preventDefault(); acts.draw(); }
    if (event.key === "Escape" && sheet?.drawing) sheet.stop();
  });
  for (const name of ["order", "only"]) find(name).addEventListener("change", refresh);
  root.querySelectorAll("[data-transcribe]").forEach((form) => form.addEventListener("submit", () => { leaving = !lines.some(isDirty); }));
  addEventListener("beforeunload", (event) => { if (!leaving && !locked && lines.some(isDirty)) event.preventDefault(); });
  refresh();

  // --- the reading, while it lasts --------------------------------------------------------------------------------
  document.querySelectorAll("[data-job]").forEach((job) => {
    const isLive = (state) => state === "queued" || state === "running";
    function showState(state) {
      job.querySelector("progress").hidden = !isLive(state);
      job.querySelectorAll("[data-when]").forEach((form) => { form.hidden = (form.dataset.when === "live") !== isLive(state); });
    }
    async function follow() {
      let found = null;
      try {
        const answer = await fetch(job.dataset.job, { headers: { Accept: "application/json" } });
        found = answer.ok ? await answer.json() : null;
      } catch { /* asked again */ }
      if (found) {
        job.hidden = found.state === "done";
        for (const name of ["label", "stage", "reason"]) job.querySelector(`[data-job-${name}]`).textContent = found[name];
        job.querySelector("progress").value = found.percent;
        showState(found.state);
      }
      if (!found || isLive(found.state)) setTimeout(follow, 1000);
      else if (found.state === "done" && lines.some(isDirty)) say(job.dataset.done);
      else if (found.state === "done") location.reload();
    }
    showState(job.dataset.state);
    if (isLive(job.dataset.state)) follow();
  });
})();
