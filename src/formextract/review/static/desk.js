// Keys, zoom and outlines of the desk.  Keys are taken by their place on the keyboard (event.code),
// so that they work whether the keyboard is switched to Thai or to English.
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const KEYS = { KeyA: "accept", Enter: "accept", NumpadEnter: "accept", KeyS: "skip", KeyX: "none" };
  let zoom = 1;
  let busy = false;

  const form = () => one("[data-decide]");
  const isTyping = (target) => target.matches("input:not([type=hidden]), textarea, select");

  function press(button) {
    if (button && !button.disabled && !busy) button.click();
  }

  // The chosen button carries the code or answer; the form sends it as its value.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-value]");
    if (button && button.form) {
      for (const field of button.form.querySelectorAll("[name=value]")) field.value = button.dataset.value;
    }
    const step = event.target.closest("[data-zoom]");
    if (step) setZoom(zoom * (Number(step.dataset.zoom) > 0 ? 1.25 : 0.8));
    const tab = event.target.closest("[data-show-page]");
    if (tab) showSheet(tab.dataset.showPage);
    const row = event.target.closest("tr[data-at]");
    if (row && !event.target.closest("button, a")) point(row);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    const target = event.target;
    const row = target.closest ? target.closest("tr[data-at]") : null;
    if (row && event.code === "Enter") return point(row);
    const current = form();
    if (!current) {
      const go = event.code === "Enter" && !target.matches("a, button, input") && one("[data-key=Enter]");
      if (go) go.click();
      return;
    }
    if (isTyping(target)) {
      if (event.code === "Escape") target.blur();
      const enter = event.code === "Enter" || event.code === "NumpadEnter";
      if (enter && (target.tagName !== "TEXTAREA" || !event.shiftKey)) {
        event.preventDefault();
        if (target.matches("[data-search]")) return press(one("#found button"));
        const changed = target.value.trim() !== target.dataset.typed;
        if (changed || one("[data-key=accept]", current)) {
          press(one(changed ? "[data-key=correct]" : "[data-key=accept]", current));
        }
      }
      return;
    }
    if (target.matches("button, a") && event.code === "Enter") return;
    if (KEYS[event.code]) {
      event.preventDefault();
      const button = one(`[data-key=${KEYS[event.code]}]`, current);
      if (button) return press(button);
      // A contradiction is let pass by A alone; Enter, pressed from habit, only leads to the value.
      if (event.code === "KeyA") return press(one("[data-key=pass]", current));
      const field = KEYS[event.code] === "accept" && one("[name=value]:not([type=hidden])", current);
      if (field) field.focus();
      return;
    }
    const digit = /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
    if (digit) {
      event.preventDefault();
      return press(one(`[data-digit="${digit[1]}"]`, current));
    }
    if (event.code === "KeyE" || event.code === "KeyR") {
      const field = one(event.code === "KeyE" ? "[name=value]:not([type=hidden])" : "[data-search]", current);
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
      return;
    }
    if (["Equal", "NumpadAdd"].includes(event.code)) setZoom(zoom * 1.25);
    if (["Minus", "NumpadSubtract"].includes(event.code)) setZoom(zoom * 0.8);
  });

  function setZoom(value) {
    zoom = Math.min(3, Math.max(0.6, value));
    for (const sheet of document.querySelectorAll(".sheet")) sheet.style.width = `${zoom * 100}%`;
    centre(one(".sheet:not([hidden]) .outline"));
  }

  function showSheet(number) {
    for (const sheet of document.querySelectorAll("[data-sheet]")) sheet.hidden = sheet.dataset.sheet !== String(number);
    for (const tab of document.querySelectorAll("[data-show-page]")) {
      tab.setAttribute("aria-pressed", String(tab.dataset.showPage === String(number)));
    }
  }

  function point(row) {
    const [page, x, y, width, height] = row.dataset.at.split(" ");
    showSheet(page);
    const outline = one(`[data-sheet="${page}"] .outline`);
    if (!outline) return;
    for (const [name, value] of Object.entries({ x, y, width, height })) outline.setAttribute(name, value);
    for (const other of document.querySelectorAll("tr.shown")) other.classList.remove("shown");
    row.classList.add("shown");
    centre(outline);
  }

  // Scrolls the page so that the outlined value stands in the middle of its window.
  function centre(outline) {
    const view = one("[data-page]");
    if (!outline || !view || !outline.closest("svg")) return;
    const box = outline.getBoundingClientRect();
    const window_ = view.getBoundingClientRect();
    if (!box.width) return;
    view.scrollTop += box.top + box.height / 2 - (window_.top + window_.height / 2);
    view.scrollLeft += box.left + box.width / 2 - (window_.left + window_.width / 2);
  }

  // "Save correction" stands there only when there is something to save.
  function offerSave() {
    const current = form();
    const save = current && one("[data-key=correct]", current);
    const field = current && one("[data-typed]", current);
    if (save && field) save.hidden = field.value.trim() === field.dataset.typed;
  }
  document.addEventListener("input", offerSave);

  function arrive() {
    offerSave();
    for (const sheet of document.querySelectorAll(".sheet")) sheet.style.width = `${zoom * 100}%`;
    centre(one(".sheet:not([hidden]) .outline"));
    const first = one("[data-show-page]");
    if (first) showSheet(first.dataset.showPage);
    // After a refused entry the clerk goes on typing; otherwise single keys decide.
    if (one(".banner.bad", form() || document.createElement("p")) || one(".ask .banner.bad")) {
      const field = form() && one("[name=value]:not([type=hidden])", form());
      if (field) field.focus();
    }
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches("[data-decide]")) busy = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.matches("[data-decide]")) busy = false;
    const failed = event.detail.failed && ![409, 422, 401].includes(event.detail.xhr.status);
    one("#offline").hidden = !failed;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "found") {
      busy = false;
      arrive();
    }
  });
  window.addEventListener("load", arrive);
})();
