// Keys of the sitting: j and k go to the next and the one before, 1 to 5 tick a point of the record in focus.
(() => {
  const entries = [...document.querySelectorAll("[data-sitting-entry]")];
  const typing = (element) => element.matches("textarea, select, input:not([type=checkbox])");

  const current = () => entries.findIndex((entry) => entry.contains(document.activeElement));

  const go = (to) => {
    const entry = entries[Math.min(Math.max(to, 0), entries.length - 1)];
    if (!entry) return;
    entry.scrollIntoView({ block: "start" });
    entry.focus({ preventScroll: true });
  };

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
    const at = current();
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at < 0 ? 0 : at - 1);
    else if (/^[1-5]$/.test(event.key) && at >= 0) {
      const box = entries[at].querySelectorAll(".review-checklist input")[Number(event.key) - 1];
      if (!box) return;
      box.click();
      box.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  });
})();
