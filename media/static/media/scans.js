/* Real progress of scans in work: asks once a second while any is waiting or running, then stops. */
(() => {
  const source = document.currentScript.dataset.scanSource;
  const LIVE = '[data-scan-state="queued"], [data-scan-state="running"]';
  const MOST_FILES = 100;

  const show = (element, visible) => {
    if (element) element.hidden = !visible;
  };

  const update = (row, scan) => {
    const live = scan.state === "queued" || scan.state === "running";
    row.dataset.scanState = scan.state;
    const label = row.querySelector("[data-scan-label]");
    label.textContent = scan.label;
    label.classList.toggle("w-status--primary", scan.state === "ready");
    const progress = row.querySelector("progress");
    progress.value = scan.percent;
    show(progress, live);
    const stage = row.querySelector("[data-scan-stage]");
    stage.textContent = scan.stage && `${scan.stage} (${scan.percent} %)`;
    show(stage, live);
    const reason = row.querySelector("[data-scan-reason]");
    reason.textContent = scan.reason;
    show(reason, Boolean(scan.reason));
    show(row.querySelector("[data-scan-retry]"), ["failed", "cancelled", "missing"].includes(scan.state));
    if (scan.thumbnail) {
      document.querySelectorAll(`[data-scan-thumbnail="${scan.id}"]`).forEach((image) => {
        if (image.hidden) {
          image.src = scan.thumbnail;
          image.hidden = false;
        }
      });
    }
  };

  window.scanStates = { update };

  const poll = async () => {
    const rows = [...document.querySelectorAll(LIVE)].slice(0, MOST_FILES);
    let pause = 1000;
    if (rows.length && !document.hidden) {
      try {
        const query = new URLSearchParams(rows.map((row) => ["id", row.dataset.scan]));
        const response = await fetch(`${source}?${query}`, { headers: { Accept: "application/json" } });
        if (!response.ok) throw new Error(String(response.status));
        const { scans } = await response.json();
        scans.forEach((scan) => {
          document.querySelectorAll(`[data-scan="${scan.id}"]`).forEach((row) => update(row, scan));
        });
      } catch {
        pause = 5000;
      }
    }
    // The list is replaced by searches without a new page, so looking for rows goes on.
    setTimeout(poll, pause);
  };
  poll();

  const files = document.querySelector("[data-scan-files]");
  files?.addEventListener("change", () => {
    const sentence = files.closest("form").dataset.scanLimitSentence;
    files.setCustomValidity(files.files.length > MOST_FILES ? sentence : "");
    files.reportValidity();
  });
})();
