// Keeps the progress of an import or an undo up to date until it has ended; then, where asked to, loads the page anew.
(function () {
    "use strict";
    const box = document.querySelector("[data-import-progress]");
    if (!box || !box.querySelector("[data-live]")) return;
    async function look() {
        try {
            const response = await fetch(box.dataset.importProgress, { credentials: "same-origin" });
            if (response.ok && !response.redirected) box.innerHTML = await response.text();
        } catch (error) {
            // The next look may succeed.
        }
        if (box.querySelector("[data-live]")) setTimeout(look, 1000);
        else if ("reload" in box.dataset) window.location.reload();
    }
    setTimeout(look, 1000);
})();
