/* Keys for whoever likes them; nothing needs them. j, k: next, previous. Enter follows the link. /: search. ?: help. */
(function () {
  "use strict";
  var at = -1, help = null;
  function items() {
    var all = document.querySelectorAll("[data-item]");
    return all.length ? all : document.querySelectorAll(".utterance, .figures tbody tr, .only, .facts tbody tr, .report");
  }
  function go(step) {
    var all = items(), calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!all.length) return;
    if (all[at]) all[at].classList.remove("at");
    at = Math.min(all.length - 1, Math.max(0, at + step));
    all[at].classList.add("at");
    all[at].setAttribute("data-item", "");
    var link = all[at].querySelector("a");
    if (link) link.focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }
  function show() {
    if (!help) {
      help = document.createElement("dialog");
      help.setAttribute("aria-labelledby", "keys");
      var rows = [["j", "the next"], ["k", "the one before"], ["Enter", "open it"], ["/", "search"], ["g", "the front page"], ["?", "this help"]];
      var h = document.createElement("h2"), list = document.createElement("dl"), form = document.createElement("form");
      h.id = "keys";
      h.textContent = "Keys";
      rows.forEach(function (r) {
        var t = document.createElement("dt"), d = document.createElement("dd"), k = document.createElement("kbd");
        k.textContent = r[0];
        d.textContent = r[1];
        t.appendChild(k);
        list.append(t, d);
      });
      form.method = "dialog";
      var close = document.createElement("button");
      close.textContent = "Close";
      form.appendChild(close);
      help.append(h, list, form);
      document.body.appendChild(help);
    }
    help.showModal();
  }
  function find() {
    var field = document.getElementById("f-q") || document.getElementById("find");
    field.focus();
    field.select();
  }
  document.addEventListener("keydown", function (e) {
    var t = e.target;
    if (e.ctrlKey || e.altKey || e.metaKey || t.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(t.tagName)) return;
    if (help && help.open) return;
    if (e.key === "j") go(1);
    else if (e.key === "k") go(-1);
    else if (e.key === "g") location.href = "/";
    else if (e.key === "?") show();
    else if (e.key === "/") find();
    else return;
    e.preventDefault();
  });
})();
