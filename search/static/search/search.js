/* Suggestions under a search box (combobox of ARIA 1.2). Without this script, and whenever it fails,
   the box is an ordinary form. Loaded where somebody puts the cursor into a search box. */
(function () {
  "use strict";
  var WAIT = 150;
  var count = 0;

  function suggesting(form) {
    var input = form.querySelector("input[type=search]");
    if (!input || input.getAttribute("role") === "combobox") return;
    var number = ++count;
    var list = document.createElement("ul");
    var told = document.createElement("p");
    /* /en/ or /hant/, where the reader is in one. */
    var action = new URL(form.action, location.href).pathname;
    var timer, chosen = -1, shown = [], asked = "", known = {};
    list.className = "suggestions";
    list.id = "suggestions-" + number;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.suggestions || "检索建议");
    told.className = "unseen";
    told.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.autocomplete = "off";
    form.append(list, told);

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(place) {
      var items = list.children;
      if (!items.length) return;
      if (chosen >= 0) items[chosen].setAttribute("aria-selected", "false");
      chosen = (place + items.length + 1) % (items.length + 1);
      if (chosen === items.length) chosen = -1;
      if (chosen < 0) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      items[chosen].setAttribute("aria-selected", "true");
      items[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", items[chosen].id);
    }

    function take(suggestion) {
      close();
      if (suggestion.url) {
        var inside = suggestion.url.charAt(0) === "/";
        location.href = inside ? action.replace(/search\/$/, "") + suggestion.url.slice(1) : suggestion.url;
        return;
      }
      input.value = suggestion.text;
      form.submit();
    }

    function show(suggestions) {
      shown = suggestions;
      list.textContent = "";
      shown.forEach(function (suggestion, place) {
        var item = document.createElement("li");
        var text = document.createElement("span");
        item.id = list.id + "-" + place;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        text.textContent = suggestion.text;
        item.append(text);
        if (suggestion.url) {
          var kind = document.createElement("small");
          kind.textContent = form.dataset[suggestion.kind] || "";
          item.append(kind);
        }
        item.addEventListener("pointerdown", function (event) {
          event.preventDefault();
          take(suggestion);
        });
        list.append(item);
      });
      chosen = -1;
      list.hidden = !shown.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      told.textContent = shown.length && form.dataset.told ? form.dataset.told.replace("#", shown.length) : "";
    }

    function ask() {
      var text = input.value.trim();
      asked = text;
      if (known[text]) return show(known[text]);
      fetch("/search/suggest/?q=" + encodeURIComponent(text.slice(0, 40)))
        .then(function (answer) {
          return answer.ok ? answer.json() : { suggestions: [] };
        })
        .then(function (answer) {
          known[text] = answer.suggestions;
          if (asked === text && document.activeElement === input) show(answer.suggestions);
        })
        .catch(close);
    }

    input.addEventListener("input", function (event) {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("compositionend", function () {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" && list.hidden) ask();
      else if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp" && !list.hidden) choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
      else if (event.key === "Escape" && !list.hidden) close();
      else if (event.key === "Enter" && chosen >= 0) take(shown[chosen]);
      else return;
      event.preventDefault();
    });
    input.addEventListener("blur", close);
  }

  document.querySelectorAll("form.search").forEach(suggesting);
  /* Room for them: facets stand open beside the results. */
  if (window.matchMedia("(min-width: 60rem)").matches) {
    document.querySelectorAll("details[data-wide-open]").forEach(function (details) {
      details.open = true;
    });
  }
})();
