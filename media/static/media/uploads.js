/* Uploads that outlive a lost line and a closed browser: tus-js-client, two files at a time, each piece with its
   SHA-256. What is whole is then followed until it can be zoomed into (scans.js). */
(() => {
  const root = document.querySelector("[data-uploads]");
  if (!root || !window.tus?.isSupported) return;
  const said = JSON.parse(document.getElementById("upload-strings").textContent);
  const { endpoint, user, lang } = root.dataset;
  const [find, template] = [(name) => root.querySelector(`[data-${name}]`), root.querySelector("template")];
  const [AT_ONCE, PIECE, DAY] = [2, Number(root.dataset.piece), 24 * 3600 * 1000];
  const DELAYS = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000];
  const PREFIX = `catvang-${user}-`;
  const items = new Map();

  const fill = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
  const figures = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  const size = (bytes) => {
    const power = Math.min(3, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
    return `${figures.format(bytes / 1024 ** power)} ${["B", "KB", "MB", "GB"][power]}`;
  };
  const headers = () => ({
    "X-CSRFToken": /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? find("csrf").value,
    "X-Requested-With": "XMLHttpRequest",
  });
  const announce = (text) => {
    find("live").textContent = text;
  };

  // --- one file -------------------------------------------------------------------------------------

  const fingerprint = (file) => PREFIX + [file.name, file.size, file.lastModified].join("-");

  const show = (item, state, text, reason = "") => {
    item.state = state;
    const { row } = item;
    row.dataset.state = state;
    row.querySelector("[data-label]").textContent = text;
    const complaint = row.querySelector("[data-reason]");
    complaint.textContent = reason;
    complaint.hidden = !reason;
    row.querySelector("progress").hidden = !["sending", "paused", "failed", "waiting"].includes(state);
    row.querySelector("[data-pause]").hidden = !["sending", "waiting"].includes(state);
    row.querySelector("[data-resume]").hidden = !(state === "paused" || (state === "failed" && !item.final));
    row.querySelector("[data-remove]").hidden = state === "checking" || state === "taken";
    count();
  };

  const count = () => {
    const all = [...items.values()];
    const done = all.filter((item) => item.state === "taken").length;
    find("count").textContent = all.length ? fill(said.count, { done, all: all.length }) : "";
  };

  const sentenceOf = (error) => {
    const response = error.originalResponse;
    const status = response?.getStatus() ?? 0;
    if (!status) return said.line;
    try {
      return JSON.parse(response.getBody()).error.message;
    } catch {
      // A page instead of an answer: the login.
      return status < 500 ? said.login : fill(said.server, { status });
    }
  };

  const checksum = async (file, offset) => {
    const piece = await file.slice(offset, offset + PIECE).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", piece));
    return `sha256 ${btoa(String.fromCharCode(...digest))}`;
  };

  const uploadOf = (item) =>
    new tus.Upload(item.file, {
      endpoint,
      chunkSize: PIECE,
      retryDelays: DELAYS,
      metadata: { filename: item.file.name },
      fingerprint: async () => fingerprint(item.file),
      removeFingerprintOnSuccess: true,
      onBeforeRequest: async (request) => {
        Object.entries(headers()).forEach(([name, value]) => request.setHeader(name, value));
        // Browsers compute digests on secure pages alone; elsewhere the check of the whole file has to do.
        if (request.getMethod() === "PATCH" && window.crypto?.subtle) {
          const offset = Number(request.getHeader("Upload-Offset"));
          request.setHeader("Upload-Checksum", await checksum(item.file, offset));
        }
      },
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        const again = [0, 409, 423, 429, 460].includes(status) || (status >= 500 && status !== 507);
        if (again) show(item, "sending", status === 423 ? said.busy : said.again);
        return again;
      },
      onProgress: (sent, total) => {
        const percent = total ? Math.floor((sent * 100) / total) : 0;
        item.row.querySelector("progress").value = percent;
        show(item, "sending", fill(said.sending, { percent, sent: size(sent), total: size(total) }));
      },
      onSuccess: () => {
        item.token = item.upload.url.replace(/\/$/, "").split("/").pop();
        show(item, "checking", said.checking);
        next();
      },
      onError: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        item.final = [400, 413, 415].includes(status);
        item.offline = !status;
        show(item, "failed", said.failed, sentenceOf(error));
        announce(`${item.file.name}: ${sentenceOf(error)}`);
        next();
      },
    });

  const start = async (item) => {
    show(item, "sending", said.starting);
    item.upload ??= uploadOf(item);
    if (!item.upload.url) {
      const before = await item.upload.findPreviousUploads();
      if (before.length) item.upload.resumeFromPreviousUpload(before[before.length - 1]);
    }
    if (item.state === "sending") item.upload.start();
  };

  const next = () => {
    const all = [...items.values()];
    const free = AT_ONCE - all.filter((item) => item.state === "sending").length;
    all.filter((item) => item.state === "waiting").slice(0, Math.max(free, 0)).forEach(start);
  };

  const pause = (item) => {
    item.upload?.abort();
    show(item, "paused", said.paused);
    next();
  };

  const resume = (item) => {
    if (item.retry) return recheck(item);
    show(item, "waiting", said.waiting);
    next();
  };

  const remove = (item) => {
    // What was sent is given up on the server too; if it can't be reached, it is removed there after a day.
    item.upload?.abort(Boolean(item.upload.url) && !item.final).catch(() => {});
    items.delete(fingerprint(item.file));
    item.row.remove();
    count();
    announce(fill(said.removed, { name: item.file.name }));
    find("input").focus();
    next();
  };

  const add = (file) => {
    const key = fingerprint(file);
    if (items.has(key)) return;
    const row = template.content.firstElementChild.cloneNode(true);
    const item = { file, row };
    items.set(key, item);
    row.querySelector("[data-name]").textContent = file.name;
    row.querySelector("[data-size]").textContent = size(file.size);
    row.querySelector("progress").setAttribute("aria-label", fill(said.progress, { name: file.name }));
    Object.entries({ pause, resume, remove }).forEach(([name, act]) => {
      const button = row.querySelector(`[data-${name}]`);
      button.setAttribute("aria-label", `${button.textContent.trim()}: ${file.name}`);
      button.addEventListener("click", () => {
        act(item);
        // The button that was pressed is gone: its opposite takes the focus.
        if (button.hidden) row.querySelector("button:not([hidden])")?.focus();
      });
    });
    find("list").append(row);
    show(item, "waiting", said.waiting);
  };

  const addAll = (files) => {
    [...files].forEach(add);
    announce(fill(said.chosen, { n: files.length }));
    unfinished();
    next();
  };

  // --- after the last byte ----------------------------------------------------------------------------

  const taken = (item, told) => {
    show(item, "taken", told.label, told.reason);
    item.row.querySelector("[data-label]").hidden = Boolean(told.scan);
    if (told.scan) {
      const state = item.row.querySelector("[data-scan]");
      state.dataset.scan = told.scan.id;
      item.row.querySelector("[data-scan-thumbnail]").dataset.scanThumbnail = told.scan.id;
      state.hidden = false;
      window.scanStates.update(state, told.scan);
    }
    announce(`${item.file.name}: ${told.label}`);
  };

  const follow = async () => {
    const checking = [...items.values()].filter((item) => item.state === "checking" && item.token);
    let wait = 1000;
    if (checking.length && !document.hidden) {
      try {
        const query = new URLSearchParams(checking.map((item) => ["token", item.token]));
        const response = await fetch(`${endpoint}?${query}`, { headers: headers() });
        if (!response.ok) throw new Error(String(response.status));
        const told = new Map((await response.json()).uploads.map((one) => [one.token, one]));
        checking.forEach((item) => hear(item, told.get(item.token)));
      } catch {
        wait = 5000;
      }
    }
    setTimeout(follow, wait);
  };

  const hear = (item, one) => {
    if (!one || one.state === "receiving") {
      show(item, "waiting", said.waiting); // bytes were lost on the server: send what is missing
      next();
    } else if (one.state === "taken") taken(item, one);
    else if (one.state === "refused" || one.may_retry) {
      item.retry = one.may_retry;
      item.final = !one.may_retry;
      show(item, "failed", one.label, one.reason);
      announce(one.reason);
    } else show(item, "checking", one.percent ? `${one.label} (${one.percent} %)` : one.label);
  };

  const recheck = async (item) => {
    item.retry = false;
    await fetch(`${endpoint}${item.token}/retry/`, { method: "POST", headers: headers() });
    show(item, "checking", said.checking);
  };

  // --- what an earlier visit left half sent -------------------------------------------------------------

  const unfinished = () => {
    const list = find("unfinished-list");
    list.replaceChildren();
    Object.keys(localStorage)
      .filter((key) => key.startsWith(`tus::${PREFIX}`))
      .forEach((key) => {
        const left = JSON.parse(localStorage.getItem(key));
        if (Date.now() - Date.parse(left.creationTime) > DAY) return localStorage.removeItem(key);
        if (items.has(key.slice(5, key.lastIndexOf("::")))) return;
        const row = document.createElement("li");
        row.textContent = `${left.metadata.filename} (${size(left.size)})`;
        list.append(row);
      });
    find("unfinished").hidden = !list.children.length;
  };

  // --- the page -----------------------------------------------------------------------------------------

  const drop = find("drop");
  find("input").addEventListener("change", (event) => {
    addAll(event.target.files);
    event.target.value = ""; // the same file may be chosen again
  });
  ["dragenter", "dragover"].forEach((name) =>
    root.addEventListener(name, (event) => {
      event.preventDefault();
      drop.dataset.over = "";
    }),
  );
  ["dragleave", "drop"].forEach((name) => root.addEventListener(name, () => delete drop.dataset.over));
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].filter((one) => one.kind === "file");
    const files = entries.filter((one) => !one.webkitGetAsEntry?.()?.isDirectory).map((one) => one.getAsFile());
    addAll(files);
    if (files.length < entries.length) announce(said.folder);
    find("note").textContent = files.length < entries.length ? said.folder : "";
  });
  addEventListener("online", () => {
    [...items.values()].filter((item) => item.state === "failed" && item.offline).forEach(resume);
  });
  addEventListener("beforeunload", (event) => {
    if ([...items.values()].some((item) => item.state === "sending")) event.preventDefault();
  });
  root.hidden = false;
  document.querySelector("[data-plain-upload]").hidden = true;
  unfinished();
  follow();
})();
