/* Conveniences only: every page works without this file. */
(function () {
  "use strict";
  var root = document.documentElement;

  document.querySelectorAll("[data-script-only]").forEach(function (element) {
    element.hidden = false;
  });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () {
      window.print();
    });
  });

  /* Text size 大 中 小, kept on this device; storage may be forbidden. */
  var sizes = document.querySelectorAll("[data-text-size]");
  function setSize(size) {
    root.dataset.size = size;
    sizes.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.textSize === size));
    });
  }
  function remembered(size) {
    try {
      if (size) localStorage.setItem("text-size", size);
      return localStorage.getItem("text-size");
    } catch (error) {
      return null;
    }
  }
  if (remembered() && sizes.length) setSize(remembered());
  sizes.forEach(function (button) {
    button.addEventListener("click", function () {
      setSize(button.dataset.textSize);
      remembered(button.dataset.textSize);
    });
  });

  /* Esc puts an open menu panel away without moving pointer or focus (WCAG 1.4.13). */
  document.querySelectorAll(".menu-item").forEach(function (item) {
    function open() {
      item.classList.remove("put-away");
    }
    item.addEventListener("mouseleave", open);
    item.addEventListener("focusout", function (event) {
      if (!item.contains(event.relatedTarget)) open();
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".menu-item:hover, .menu-item:focus-within").forEach(function (item) {
      var focused = document.activeElement;
      if (item.contains(focused) && focused.closest(".menu-panel")) item.querySelector("a").focus();
      item.classList.add("put-away");
    });
  });
})();
