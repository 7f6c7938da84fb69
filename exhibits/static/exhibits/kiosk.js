/* What every kiosk screen does: go back to its first page when left alone, wait out a restart of the program behind
   it, and be no ordinary browser (no menu, no zoom of the page, no dragging). Pages are left for good each time, so
   nothing piles up; when no finger comes, nothing is asked of the server but the first page anew, now and then. */
(() => {
  "use strict";

  const REFRESH = 15 * 60; // seconds after which an untouched first page loads itself anew
  const RETRY = 3; // seconds between attempts while the server doesn't answer
  const body = document.body;
  const idleUrl = body.dataset.idleUrl;
  const idle = Number(body.dataset.idle) || 90;
  const waiting = document.querySelector(".waiting");
  let leaving = false;

  const pause = (seconds) => new Promise((done) => { setTimeout(done, seconds * 1000); });

  // Leave for an address once the server answers there; until then a calm sentence stands on the screen.
  async function go(url, replace = false) {
    if (leaving) return;
    leaving = true;
    for (;;) {
      try {
        const answer = await fetch(url, { cache: "no-store", credentials: "same-origin" });
        if (answer.status < 500) break;
      } catch {
        // Not there: wait.
      }
      waiting.hidden = false;
      await pause(RETRY);
    }
    if (replace) location.replace(url);
    else location.assign(url);
  }

  // --- left alone ------------------------------------------------------------------------------
  let timer = 0;
  const home = new URL(idleUrl, location.href);
  const atHome = location.pathname === home.pathname && location.search === "";
  function wake() {
    clearTimeout(timer);
    timer = setTimeout(() => go(home.href, true), (atHome ? Math.max(idle, REFRESH) : idle) * 1000);
  }
  for (const name of ["pointerdown", "pointermove", "keydown", "wheel"]) addEventListener(name, wake, { passive: true, capture: true });
  addEventListener("scroll", wake, { passive: true, capture: true });
  wake();
  // A page that the browser kept and shows again starts afresh.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    waiting.hidden = true;
    wake();
  });

  // --- links and forms ----------------------------------------------------------------------------
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    if (link.origin === location.origin && link.pathname.startsWith("/kiosk/")) go(link.href);
  });
  addEventListener("submit", (event) => {
    event.preventDefault();
    const url = new URL(event.target.action, location.href);
    for (const [name, value] of new FormData(event.target)) url.searchParams.set(name, value);
    go(url.href);
  });

  // --- no ordinary browser ---------------------------------------------------------------------------
  for (const name of ["contextmenu", "dragstart", "gesturestart", "gesturechange"]) addEventListener(name, (event) => event.preventDefault());
  addEventListener("wheel", (event) => { if (event.ctrlKey) event.preventDefault(); }, { passive: false });
  addEventListener("touchmove", (event) => {
    if (event.touches.length > 1 && !event.target.closest(".stage")) event.preventDefault();
  }, { passive: false });
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && ["+", "-", "=", "0", "p", "s", "u", "f", "o"].includes(event.key)) event.preventDefault();
  });

  // --- a row with its two buttons -----------------------------------------------------------------------
  const rail = document.getElementById("rail");
  if (rail) {
    const buttons = [...document.querySelectorAll("[data-scroll]")];
    const settle = () => {
      const end = rail.scrollWidth - rail.clientWidth;
      for (const button of buttons) button.disabled = button.dataset.scroll < 0 ? rail.scrollLeft <= 4 : rail.scrollLeft >= end - 4;
    };
    for (const button of buttons) button.addEventListener("click", () => rail.scrollBy({ left: button.dataset.scroll * rail.clientWidth * 0.8 }));
    rail.addEventListener("scroll", settle, { passive: true });
    addEventListener("resize", settle);
    settle();
  }
})();
