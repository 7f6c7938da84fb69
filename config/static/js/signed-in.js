/* The session may end while somebody writes: a redirect to the login would lose it all. Before a form with words in it
   is sent, the site is asked whether it still knows who this is; where it doesn't, a sentence says so and all stays. */
(() => {
  "use strict";
  const { signedIn, over, offline } = document.currentScript.dataset;
  const WORDS = "textarea, input[type=text], input[type=hidden][name$=-TOTAL_FORMS]";
  const known = new WeakMap(); // form → its sentence's element
  const asked = new WeakSet(); // forms whose next submit goes through

  async function fault() {
    try {
      // To the login; who may not ask this very thing (403) is still known.
      const got = await fetch(signedIn, { redirect: "manual", cache: "no-store" });
      return got.type === "opaqueredirect" ? over : "";
    } catch (error) {
      return offline;
    }
  }
  function tell(form, sentence) {
    if (!known.has(form)) {
      const line = Object.assign(document.createElement("p"), { className: "help-block help-critical", tabIndex: -1 });
      line.setAttribute("role", "alert");
      known.set(form, line);
      form.prepend(line);
    }
    const line = known.get(form);
    line.textContent = sentence;
    line.hidden = !sentence;
    if (sentence) line.focus();
  }
  addEventListener("submit", async (event) => {
    const form = event.target;
    if (asked.delete(form) || (form.getAttribute("method") || "").toLowerCase() !== "post" || !form.querySelector(WORDS) || !form.closest("main") || form.closest(".modal, [role=dialog]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    const sentence = await fault();
    if (sentence || known.has(form)) tell(form, sentence);
    if (sentence) {
      document.querySelectorAll("[data-w-progress-loading-value]").forEach((one) => { one.dataset.wProgressLoadingValue = "false"; });
      return;
    }
    // Who signed in again in another tab has a new token.
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) form.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((one) => { one.value = token[1]; });
    asked.add(form);
    if (submitter && submitter.form === form && !submitter.disabled) form.requestSubmit(submitter);
    else {
      if (submitter && submitter.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
      form.requestSubmit();
    }
  }, true);
})();
