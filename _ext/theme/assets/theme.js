/* What the pages do: colours, search, side bars, marks in the list of contents.
 *
 * It stands for the theme's scripts, of which these pages need little. Nothing here
 * asks for a measure while the page is still being laid out.
 */
"use strict";

/* From a folder, a page may not read another: search results come without excerpts. */
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS === "object") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}

addEventListener("DOMContentLoaded", function () {
  var root = document.documentElement;
  var wide = matchMedia("(min-width: 992px)");
  var systemDark = matchMedia("(prefers-color-scheme: dark)");
  var paper = matchMedia("print");
  var all = function (selector, place) {
    return Array.from((place || document).querySelectorAll(selector));
  };

  /* --- colours: the system's, light or dark; on paper light --- */
  function colour() {
    var mode = root.dataset.mode;
    var dark = mode === "auto" ? systemDark.matches : mode === "dark";
    root.dataset.theme = dark && !paper.matches ? "dark" : "light";
  }
  systemDark.addEventListener("change", colour);
  paper.addEventListener("change", colour);
  addEventListener("beforeprint", function () {
    root.dataset.theme = "light"; /* some browsers tell the media too late */
  });
  addEventListener("afterprint", colour);
  all(".theme-switch-button").forEach(function (button) {
    button.title = button.dataset.bsTitle;
    button.addEventListener("click", function () {
      /* The step away from the system's colours is always one to be seen. */
      var modes = systemDark.matches
        ? ["auto", "light", "dark"]
        : ["auto", "dark", "light"];
      root.dataset.mode = modes[(modes.indexOf(root.dataset.mode) + 1) % 3];
      colour();
      try {
        localStorage.setItem("mode", root.dataset.mode);
      } catch (blocked) {
        /* The choice holds for this page. */
      }
    });
  });

  /* --- dialogs: a click beside one, or Escape, closes it --- */
  function closable(dialog) {
    dialog.addEventListener("click", function (event) {
      if (event.target !== dialog) return;
      var box = dialog.getBoundingClientRect();
      var x = event.clientX;
      var y = event.clientY;
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) {
        dialog.close();
      }
    });
    dialog.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      dialog.close();
    });
  }

  /* --- search --- */
  var search = document.getElementById("pst-search-dialog");
  var mac = /^(Mac|iPhone)/.test(navigator.platform);
  function openSearch() {
    var field = document.querySelector(":not(dialog) > form.bd-search input");
    if (field) {
      field.focus();
      field.select();
    } else if (search.open) {
      search.close();
    } else {
      search.showModal();
    }
  }
  if (search) {
    closable(search);
    all(".search-button__button").forEach(function (button) {
      button.addEventListener("click", openSearch);
    });
    if (mac) {
      all(".search-button__kbd-shortcut").forEach(function (keys) {
        keys.querySelector("kbd").textContent = "⌘";
      });
    }
    addEventListener("keydown", function (event) {
      var held = mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      if (!held || event.shiftKey || event.altKey || !/^k$/i.test(event.key)) return;
      event.preventDefault();
      openSearch();
    });
  }

  /* --- side bars: dialogs on a narrow screen, the left one hidden at will on a wide --- */
  function move(from, to) {
    to.append.apply(to, from.childNodes);
    to.classList.add.apply(to.classList, from.classList);
    from.className = "";
  }
  ["primary", "secondary"].forEach(function (name) {
    var toggle = document.querySelector("." + name + "-toggle");
    var bar = document.getElementById("pst-" + name + "-sidebar");
    var dialog = document.getElementById("pst-" + name + "-sidebar-modal");
    if (!toggle || !bar || !dialog) return;
    closable(dialog);
    toggle.addEventListener("click", function () {
      if (name === "primary" && wide.matches) {
        bar.classList.toggle("pst-sidebar-hidden");
        return;
      }
      move(bar, dialog);
      dialog.showModal();
    });
    dialog.addEventListener("close", function () {
      move(dialog, bar);
    });
  });

  /* The list of pages stands where it stood on the last page, or shows this one. */
  var pages = document.getElementById("pst-primary-sidebar");
  var KEPT = "sidebar-scroll-top";
  function placePages() {
    var kept = null;
    try {
      kept = sessionStorage.getItem(KEPT);
    } catch (blocked) {
      /* Then each page starts afresh. */
    }
    if (kept !== null) {
      pages.scrollTop = Number(kept);
      return;
    }
    var active = all(".bd-docs-nav .active", pages).pop();
    var y = active ? active.getBoundingClientRect().y : 0;
    if (y > innerHeight / 2) {
      pages.scrollTop =
        y - pages.getBoundingClientRect().y - pages.clientHeight / 4;
    }
  }
  if (pages && wide.matches) {
    requestAnimationFrame(placePages);
    addEventListener("pagehide", function () {
      try {
        sessionStorage.setItem(KEPT, pages.scrollTop);
      } catch (blocked) {
        /* As above. */
      }
    });
  }

  /* --- the list of contents marks the section that is being read --- */
  var contents = document.getElementById("pst-page-toc-nav");
  var links = contents ? all("a[href^='#']", contents) : [];
  var headings = new Map();
  var quietUntil = 0;
  function mark(link) {
    links.forEach(function (other) {
      other.classList.toggle("active", other === link);
      if (other === link) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    });
    all(".toc-entry", contents).forEach(function (entry) {
      entry.classList.toggle("active", entry.contains(link));
    });
  }
  function markTarget() {
    var link = links.find(function (each) {
      return each.hash === location.hash;
    });
    if (!link) return;
    quietUntil = Date.now() + 1000; /* until the page has scrolled there */
    mark(link);
  }
  if (links.length) {
    var reading = new IntersectionObserver(
      function (entries) {
        var seen = entries.filter(function (entry) {
          return entry.isIntersecting;
        });
        if (seen.length && Date.now() > quietUntil) {
          mark(headings.get(seen.pop().target));
        }
      },
      { rootMargin: "0px 0px -70% 0px" },
    );
    links.forEach(function (link) {
      var target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      var heading = target && (target.querySelector("h1, h2, h3, h4") || target);
      if (!heading) return;
      headings.set(heading, link);
      reading.observe(heading);
    });
    markTarget();
    addEventListener("hashchange", markTarget);
    contents.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (link && link.hash === location.hash) markTarget();
    });
  }

  /* --- scrolling: a shadow below the head line, and a way back to the top --- */
  var top = document.querySelector(".sbt-scroll-pixel-helper");
  if (top) {
    new IntersectionObserver(function (entries) {
      var above = entries[entries.length - 1].boundingClientRect.y < 0;
      document.body.classList.toggle("scrolled", above);
    }).observe(top);
  }
  var back = document.getElementById("pst-back-to-top");
  if (back) {
    var before = 0;
    back.addEventListener("click", function () {
      scrollTo(0, 0);
    });
    addEventListener(
      "scroll",
      function () {
        back.style.display = before > scrollY && scrollY > 0 ? "block" : "none";
        before = scrollY;
      },
      { passive: true },
    );
  }

  /* --- what is scrolled sideways, and only that, is reachable by keyboard ---
   * The page says so of every box that may be; here those are taken out that fit.
   * An observer of sizes is asked when a box has been laid out anyway. */
  var fits = new ResizeObserver(function (entries) {
    entries
      .map(function (entry) {
        var box = entry.target;
        return [box, box.scrollWidth > box.clientWidth];
      })
      .forEach(function (pair) {
        if (pair[1]) pair[0].tabIndex = 0;
        /* What is laid out when it gets the focus may fit then, and keeps the focus. */
        else if (pair[0] !== document.activeElement) {
          pair[0].removeAttribute("tabindex");
        }
      });
  });
  all("div.math, pre, .output, .pst-scrollable-table-container").forEach(
    function (box) {
      fits.observe(box);
    },
  );
});
