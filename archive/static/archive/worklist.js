// Arrow keys go from record to record; what opens them is the link itself.
(() => {
  const links = [...document.querySelectorAll("[data-rows] li > a")];
  if (!links.length) return;
  document.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea")) return;
    const at = links.indexOf(document.activeElement);
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    if (at === -1 && event.key === "ArrowUp") return;
    links[Math.max(0, Math.min(links.length - 1, next))].focus();
    event.preventDefault();
  });
})();
