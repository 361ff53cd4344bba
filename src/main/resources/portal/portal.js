// What the pages do besides htmx: keys, copying, and live lists. Every page works without it.
(function () {
  "use strict";
  const pages = { o: "", u: "/users", l: "/leavers", c: "/connections", p: "/problems", a: "/activity" };
  let go = false;

  function isTyping(target) {
    return target.matches("input, textarea, select, [contenteditable]");
  }

  function linkTo(page) {
    return page === "" ? document.querySelector('.side a[href="/admin"]')
      : document.querySelector('.side a[href$="' + page + '"]');
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (go) {
      go = false;
      const link = event.key in pages && linkTo(pages[event.key]);
      if (link) link.click();
      return;
    }
    const search = document.getElementById("search");
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "?") {
      document.getElementById("keys").showModal();
    } else if (event.key === "g") {
      go = true;
      setTimeout(function () { go = false; }, 1000);
    }
  });

  // <button data-copy="id"> copies the text or value of an element.
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(source.value || source.textContent.trim()).then(function () {
      const label = button.textContent;
      button.textContent = "Copied";
      setTimeout(function () { button.textContent = label; }, 1500);
    });
  });

  // <form data-confirm="Question?"> asks before it is sent.
  document.addEventListener("submit", function (event) {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // A form is sent once, however often its button is pressed while the answer is awaited.
  const AWAITED = 10000;
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "true";
    setTimeout(function () { delete form.dataset.sent; }, AWAITED);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  // <input type="checkbox" data-all="name"> ticks all boxes of this name.
  document.addEventListener("change", function (event) {
    const name = event.target.dataset.all;
    if (!name) return;
    document.querySelectorAll('input[type="checkbox"][name="' + name + '"]').forEach(function (box) {
      box.checked = event.target.checked;
    });
  });

  // <input type="file" data-max-bytes="n"> says that a file is too large before it is sent.
  document.addEventListener("change", function (event) {
    const most = Number(event.target.dataset.maxBytes);
    if (!most) return;
    const file = event.target.files[0];
    event.target.setCustomValidity(file && file.size > most
      ? "The file is larger than " + Math.floor(most / 1048576) + " MB." : "");
    event.target.reportValidity();
  });

  // Times are in UTC in the page; the title of each says when that is here.
  function localTimes(root) {
    root.querySelectorAll("time[datetime]:not([title])").forEach(function (time) {
      time.title = new Date(time.dateTime).toLocaleString() + " local time";
    });
  }
  localTimes(document);
  document.addEventListener("htmx:load", function (event) { localTimes(event.detail.elt); });

  // A part that renews itself says so, because that is no use of the session. While it has the focus or a table
  // in it is open, it is not renewed, so that nothing closes under the reader.
  function renewsItself(element) {
    return (element.getAttribute("hx-trigger") || "").startsWith("every");
  }
  document.addEventListener("htmx:configRequest", function (event) {
    if (renewsItself(event.detail.elt)) event.detail.headers["Gatehouse-Poll"] = "true";
  });
  document.addEventListener("htmx:beforeRequest", function (event) {
    const part = event.detail.elt;
    if (renewsItself(part) && part.matches("[data-calm]") && part.querySelector("details[open], :focus")) {
      event.preventDefault();
    }
  });

  // <ul id="x" data-live="URL"> shows the fragments that the server sends as events "entry", the latest first;
  // <button data-pause="x"> holds them back. data-live-state names what says whether it is live.
  const MOST = 500;
  document.querySelectorAll("[data-live]").forEach(function (list) {
    const state = document.getElementById(list.dataset.liveState);
    const button = document.querySelector('[data-pause="' + list.id + '"]');
    const source = new EventSource(list.dataset.live);
    let held = [];
    let paused = false;

    function show(html) {
      const empty = document.getElementById(list.dataset.liveEmpty);
      if (empty) empty.remove();
      list.insertAdjacentHTML("afterbegin", html);
      while (list.children.length > MOST) list.lastElementChild.remove();
      localTimes(list);
    }
    function say(text, look) {
      if (!state) return;
      state.hidden = false;
      state.textContent = text;
      state.className = "badge " + look;
    }
    source.addEventListener("open", function () { say(paused ? "Paused" : "Live", paused ? "warn" : "good"); });
    source.addEventListener("error", function () { say("Connecting", "warn"); });
    source.addEventListener("end", function () { source.close(); say("Ended: sign in again", "bad"); });
    source.addEventListener("entry", function (event) {
      if (!paused) {
        show(event.data);
      } else {
        held.push(event.data);
        held = held.slice(-MOST);
        say("Paused, " + held.length + " new", "warn");
      }
    });
    if (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        paused = !paused;
        button.textContent = paused ? "Go on" : "Pause";
        say(paused ? "Paused" : "Live", paused ? "warn" : "good");
        if (!paused) {
          held.forEach(show);
          held = [];
        }
      });
    }
    window.addEventListener("pagehide", function () { source.close(); });
  });
})();
