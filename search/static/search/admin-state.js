// A warning on each page of the administration while search is down or behind.
document.addEventListener("DOMContentLoaded", async () => {
  const script = document.querySelector("script[data-search-state]");
  if (!script) return;
  try {
    const answer = await fetch(script.dataset.searchState, { credentials: "same-origin" });
    const { warning } = answer.ok ? await answer.json() : {};
    if (warning) {
      document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { text: warning, type: "warning" } }));
    }
  } catch {
    // The page works without it.
  }
});
