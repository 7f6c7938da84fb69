/* Two handles below the bars of the years: range inputs, so they answer to touch, arrows, Home and End. The number
   fields beside them are what is sent. */
(() => {
  "use strict";
  const STEP = 10; // years that an arrow moves by

  function handle(room, end, other) {
    const field = document.getElementById(`year-${end}`), input = document.createElement("input");
    const first = Number(room.dataset.first), last = Number(room.dataset.last);
    input.type = "range";
    input.id = `range-${end}`;
    input.className = `range-${end}`;
    input.min = first;
    input.max = last;
    input.step = 1;
    input.value = field.value || (end === "from" ? first : last);
    input.setAttribute("aria-label", end === "from" ? room.dataset.labelFrom : room.dataset.labelTo);
    input.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP }[event.key];
      if (!step || event.shiftKey) return; // with Shift: one year
      event.preventDefault();
      input.value = Number(input.value) + step;
      input.dispatchEvent(new Event("input"));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("input", () => {
      const beyond = document.getElementById(`range-${other}`), value = Number(input.value);
      const limit = Number(beyond.value);
      if (end === "from" ? value > limit : value < limit) input.value = limit;
      // At its own end a handle asks for nothing.
      field.value = input.value === (end === "from" ? input.min : input.max) ? "" : input.value;
      paint(room);
    });
    input.addEventListener("change", () => window.CatVang.search({ [end]: field.value || null }, { wait: 350 }));
    return input;
  }
  function paint(room) {
    const [from, to] = ["from", "to"].map((end) => Number(document.getElementById(`range-${end}`).value));
    for (const bar of room.querySelectorAll("rect")) {
      bar.classList.toggle("on", Number(bar.dataset.to) >= from && Number(bar.dataset.from) <= to);
    }
  }
  function open() {
    const room = document.querySelector("[data-years]");
    if (!room || room.querySelector("input") || !window.CatVang?.search) return;
    const slider = document.createElement("div");
    slider.className = "range";
    slider.append(handle(room, "from", "to"), handle(room, "to", "from"));
    room.append(slider);
  }
  document.addEventListener("catvang:drawn", open);
  open();
})();
