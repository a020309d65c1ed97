/* A link to a field of the editor opens the tab and the panel that hold it. Bodies are built by
   script after the page is there, so the field is looked for again for a while. Without this
   script the links still lead to the editor. */
(function () {
  "use strict";

  function shown(element) {
    var tab = element.closest("[role=tabpanel][hidden]");
    if (tab) {
      var label = document.getElementById(tab.getAttribute("aria-labelledby"));
      if (label) { label.click(); }
    }
    for (var panel = element.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
      var toggle = panel.querySelector("[data-panel-toggle]");
      if (toggle && toggle.getAttribute("aria-expanded") === "false") { toggle.click(); }
    }
    element.scrollIntoView({ block: "center" });
    var field = element.querySelector("[contenteditable=true], textarea, select, input:not([type=hidden])");
    if (field) { field.focus({ preventScroll: true }); }
  }

  function find(id, tries) {
    var element = id && document.getElementById(id);
    if (element) {
      shown(element);
    } else if (tries > 0) {
      window.setTimeout(find, 200, id, tries - 1);
    }
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest(".review-problems a[href^='#']");
    if (link) {
      event.preventDefault();
      find(link.getAttribute("href").slice(1), 5);
    }
  });
  window.addEventListener("load", function () {
    if (/^#(panel-child|block-|secrecy)/.test(window.location.hash)) {
      find(window.location.hash.slice(1), 20);
    }
  });
})();
