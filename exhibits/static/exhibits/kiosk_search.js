/* The keyboard on the screen. No marks are needed: the search folds them away. */
(() => {
  "use strict";

  const input = document.getElementById("q");
  const panel = document.querySelector(".keyboard");
  const opener = document.querySelector("[data-keyboard]");
  const Keyboard = window.SimpleKeyboard?.default;
  if (!input || !panel || !Keyboard) {
    input?.removeAttribute("inputmode"); // the system's own keyboard then
    panel?.remove();
    return;
  }
  const words = panel.dataset;
  const open = (yes) => {
    document.body.classList.toggle("typing", yes);
    opener.hidden = yes;
  };
  const keyboard = new Keyboard(panel.querySelector(".simple-keyboard"), {
    layout: {
      default: [
        "1 2 3 4 5 6 7 8 9 0 {bksp}",
        "q w e r t y u i o p",
        "a s d f g h j k l đ",
        "z x c v b n m - / {clear}",
        "{space} {enter}",
      ],
    },
    display: { "{bksp}": words.delete, "{clear}": words.clear, "{space}": words.space, "{enter}": words.enter },
    disableCaretPositioning: false,
    maxLength: 200,
    mergeDisplay: true,
    onChange: (text) => { input.value = text; },
    onKeyPress: (key) => {
      if (key === "{enter}") input.form.requestSubmit();
      if (key === "{clear}") { keyboard.clearInput(); input.value = ""; }
    },
  });
  keyboard.setInput(input.value);
  input.addEventListener("input", () => keyboard.setInput(input.value));
  input.addEventListener("pointerdown", () => open(true));
  opener.addEventListener("click", () => { open(true); input.focus(); });
  open(document.body.classList.contains("typing"));
  if (document.body.classList.contains("typing")) input.focus();
})();
