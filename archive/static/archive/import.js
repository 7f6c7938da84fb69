// Keeps the progress of an import up to date until it has ended.
(function () {
    "use strict";
    const box = document.querySelector("[data-import-progress]");
    if (!box) return;
    async function look() {
        try {
            const response = await fetch(box.dataset.importProgress, { credentials: "same-origin" });
            if (response.ok && !response.redirected) box.innerHTML = await response.text();
        } catch (error) {
            // The next look may succeed.
        }
        if (box.querySelector("[data-live]")) setTimeout(look, 1000);
    }
    if (box.querySelector("[data-live]")) setTimeout(look, 1000);
})();
