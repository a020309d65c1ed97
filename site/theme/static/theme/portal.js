/* Conveniences only: every page works without this file. */
(function () {
  "use strict";
  var root = document.documentElement;

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }
  function on(selector, type, action) {
    all(selector).forEach(function (element) {
      element.addEventListener(type, function (event) {
        action(element, event);
      });
    });
  }

  all("[data-script-only]").forEach(function (element) {
    element.hidden = false;
  });
  on("[data-print]", "click", function () {
    window.print();
  });

  /* ---- reading preferences: the cookie of the server (site/theme/reading.py), the same words --- */
  var NAMES = ["size", "contrast", "view", "guide", "bar"];
  var ORDINARY = { size: "medium", contrast: "normal", view: "normal", guide: "off", bar: "closed" };

  function kept() {
    var found = /(?:^|;\s*)reading=([^;]*)/.exec(document.cookie);
    var chosen = {};
    (found ? found[1] : "").split(".").forEach(function (part) {
      var pair = part.split(":");
      if (NAMES.indexOf(pair[0]) >= 0 && /^[a-z]+$/.test(pair[1] || "")) chosen[pair[0]] = pair[1];
    });
    return chosen;
  }
  function show(chosen) {
    NAMES.forEach(function (name) {
      root.dataset[name] = chosen[name] || ORDINARY[name];
    });
    all("[data-set]").forEach(function (control) {
      var pair = control.dataset.set.split(":");
      var active = (chosen[pair[0]] || ORDINARY[pair[0]]) === pair[1];
      if (control.tagName === "BUTTON") control.setAttribute("aria-pressed", String(active));
      else if (active) control.setAttribute("aria-current", "true");
      else control.removeAttribute("aria-current");
    });
    lineGuide(chosen.guide === "on");
  }
  function choose(name, choice) {
    var chosen = kept();
    if (choice === ORDINARY[name]) delete chosen[name];
    else chosen[name] = choice;
    var value = NAMES.filter(function (each) {
      return chosen[each];
    }).map(function (each) {
      return each + ":" + chosen[each];
    }).join(".");
    document.cookie = "reading=" + value + "; path=/; samesite=lax; max-age=" +
      (value ? 31536000 : 0) + (location.protocol === "https:" ? "; secure" : "");
    show(chosen);
  }
  on("[data-set]", "click", function (control, event) {
    event.preventDefault();
    var set = control.dataset.set;
    if (control.dataset.unset && control.getAttribute("aria-pressed") === "true") {
      set = control.dataset.unset;
    }
    choose(set.split(":")[0], set.split(":")[1]);
  });

  /* ---- a bar that goes along with pointer and focus -------------------------------------------- */
  var guide = null;
  function placeGuide(middle) {
    if (guide) guide.style.top = Math.round(middle - guide.offsetHeight / 2) + "px";
  }
  function lineGuide(wanted) {
    if (wanted && !guide) {
      guide = document.createElement("div");
      guide.className = "guide";
      guide.setAttribute("aria-hidden", "true");
      document.body.appendChild(guide);
      placeGuide(window.innerHeight / 3);
    } else if (!wanted && guide) {
      guide.remove();
      guide = null;
    }
  }
  document.addEventListener("pointermove", function (event) {
    placeGuide(event.clientY);
  });
  document.addEventListener("focusin", function (event) {
    var box = event.target.getBoundingClientRect();
    placeGuide(box.top + Math.min(box.height, 60) / 2);
  });

  /* ---- the tool bar ------------------------------------------------------------------------------ */
  var bar = document.getElementById("tool-bar");
  var opener = document.querySelector("[data-bar-open]");
  function status(key) {
    var message = bar.querySelector('[data-message="' + key + '"]');
    bar.querySelector(".tool-status").textContent = message ? message.textContent : "";
  }
  function openBar(open) {
    bar.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  }
  function closeBar() {
    openBar(false);
    choose("bar", "closed");
    opener.focus();
  }
  if (bar && opener) {
    opener.hidden = false;
    document.querySelector("[data-bar-link]").hidden = true;
    opener.addEventListener("click", function () {
      if (!bar.hidden) return closeBar();
      openBar(true);
      choose("bar", "open");
      bar.querySelector("button").focus();
    });
    on("[data-bar-close]", "click", closeBar);
    bar.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      closeBar();
    });
    if (kept().bar === "open") openBar(true);
  }
  show(kept());

  /* ---- reading aloud, by the browser's own voice -------------------------------------------------- */
  var speech = window.speechSynthesis;
  var readers = all("[data-read]");
  var stops = all("[data-read-stop]");
  var parts = [];
  var place = 0;
  var state = "silent"; /* silent, reading, paused */
  var turn = 0; /* an utterance of an earlier turn has nothing to say any more */

  function message(key) {
    return bar.querySelector('[data-message="' + key + '"]').textContent;
  }
  function setState(next, key) {
    state = next;
    readers.forEach(function (button) {
      button.textContent = message({ silent: "start", reading: "pause", paused: "resume" }[next]);
    });
    stops.forEach(function (button) {
      button.hidden = next === "silent";
    });
    all(".being-read").forEach(function (element) {
      element.classList.remove("being-read");
    });
    if (key) {
      /* Said where it was asked: the bar tells, and opens for it if need be. */
      if (bar.hidden && key === "no-voice") openBar(true);
      status(key);
    }
  }
  function voice() {
    var wanted = root.lang === "zh-Hant" ? [/^zh[-_](HK|TW)/i, /^yue/i, /^zh/i] : [/^zh[-_](CN|Hans)/i, /^zh/i];
    var voices = speech.getVoices();
    for (var i = 0; i < wanted.length; i += 1) {
      for (var j = 0; j < voices.length; j += 1) if (wanted[i].test(voices[j].lang)) return voices[j];
    }
    return null;
  }
  function sentences() {
    var main = document.getElementById("main");
    var found = [];
    all("h1, h2, h3, h4, p, li, td, th, dt, dd, figcaption, blockquote", main).forEach(function (element) {
      if (element.closest(".tools, .share, nav, [hidden], form") || !element.getClientRects().length) return;
      if (element.querySelector("p, li, td, dt")) return;
      var words = element.innerText.replace(/\s+/g, " ").trim();
      all("img[alt]", element).forEach(function (image) {
        words += " " + image.alt;
      });
      /* Some browsers fall silent in long texts: a few sentences at a time. */
      (words.match(/[^。！？；]{1,160}[。！？；]?/g) || []).forEach(function (piece) {
        found.push({ element: element, words: piece });
      });
    });
    return found;
  }
  function next(chosen) {
    if (state !== "reading") return;
    if (place >= parts.length) {
      place = 0;
      return setState("silent", "finished");
    }
    var mine = turn;
    var part = parts[place];
    var utterance = new SpeechSynthesisUtterance(part.words);
    utterance.voice = chosen;
    utterance.lang = chosen.lang;
    utterance.onend = utterance.onerror = function () {
      if (mine !== turn) return;
      part.element.classList.remove("being-read");
      place += 1;
      next(chosen);
    };
    part.element.classList.add("being-read");
    speech.speak(utterance);
  }
  function read(patience) {
    var chosen = voice();
    if (!chosen && patience > 0) {
      /* Voices come late in some browsers. */
      return window.setTimeout(function () {
        read(patience - 1);
      }, 200);
    }
    if (!chosen) return setState("silent", "no-voice");
    if (!place) parts = sentences();
    turn += 1;
    setState("reading", "reading");
    next(chosen);
  }
  function silence(paused) {
    turn += 1;
    if (speech) speech.cancel();
    if (!paused) place = 0;
    setState(paused ? "paused" : "silent", paused ? "paused" : "none");
  }
  if (bar) {
    on("[data-read]", "click", function () {
      if (!speech) return setState("silent", "no-voice");
      /* Not the browser's own pause, which some phones take for the end. */
      if (state === "reading") silence(true);
      else read(6);
    });
    on("[data-read-stop]", "click", function () {
      silence(false);
    });
    window.addEventListener("pagehide", function () {
      if (speech && state !== "silent") speech.cancel();
    });
  }

  /* ---- before a link leads to another site ---------------------------------------------------------- */
  var leaving = document.getElementById("leaving");
  if (leaving && leaving.showModal) {
    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[href]");
      if (!link || leaving.contains(link) || event.defaultPrevented) return;
      if (!/^https?:$/.test(link.protocol) || link.host === location.host) return;
      if (link.rel.split(" ").indexOf("external") < 0) return;
      event.preventDefault();
      leaving.querySelector(".leaving-address").textContent = link.href;
      leaving.querySelector("a").href = link.href;
      leaving.showModal();
    });
    on("#leaving a, #leaving button", "click", function () {
      leaving.close();
    });
  }

  /* ---- suggestions: their script comes when somebody is about to search ------------------------------- */
  document.addEventListener("focusin", function (event) {
    var form = event.target.closest && event.target.closest("form.search");
    if (!form || document.querySelector("script[src$='" + form.dataset.script + "']")) return;
    var style = document.createElement("link");
    var script = document.createElement("script");
    style.rel = "stylesheet";
    style.href = form.dataset.sheet;
    script.src = form.dataset.script;
    document.head.append(style, script);
  });

  /* ---- sharing ------------------------------------------------------------------------------------- */
  on("[data-copy]", "click", function (button) {
    var panel = button.closest(".share-panel");
    var address = panel.querySelector(".share-address");
    function told() {
      panel.querySelector("[data-copied]").hidden = false;
    }
    if (navigator.clipboard) return navigator.clipboard.writeText(address.textContent.trim()).then(told);
    /* Without https there is no clipboard: the address is marked and copied as by hand. */
    window.getSelection().selectAllChildren(address);
    if (document.execCommand("copy")) told();
  });

  /* ---- Esc puts an open menu panel away without moving pointer or focus (WCAG 1.4.13) ---------------- */
  all(".menu-item").forEach(function (item) {
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
    all(".menu-item:hover, .menu-item:focus-within").forEach(function (item) {
      var focused = document.activeElement;
      if (item.contains(focused) && focused.closest(".menu-panel")) item.querySelector("a").focus();
      item.classList.add("put-away");
    });
  });
})();
