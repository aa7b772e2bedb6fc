// gallery.js - filters and search of the gallery, copying of commands.  What is chosen stands in the address.
(function () {
  "use strict";
  const root = document.documentElement;
  const all = (what) => Array.from(document.querySelectorAll(what));
  const byId = (id) => document.getElementById(id);
  const cards = all(".shot"), buttons = all("#tags button"), find = byId("find");
  let tag = "";

  // Every word of the search must be somewhere in the card.
  function fits(card, words) {
    if (tag && !card.dataset.tags.split(" ").includes(tag)) return false;
    const text = (card.id + " " + card.textContent).toLowerCase();
    return words.every((word) => text.includes(word));
  }

  function show() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    for (const card of cards) {
      card.hidden = !fits(card, words);
      n += card.hidden ? 0 : 1;
    }
    for (const b of buttons) b.setAttribute("aria-pressed", String(b.dataset.tag === tag));
    byId("none").hidden = n > 0;
    byId("said").textContent = n + " of " + cards.length + " shown";
    root.setAttribute("data-page-shown", String(n));
  }

  function choose(next) {
    tag = buttons.some((b) => b.dataset.tag === next) ? next : "";
    history.replaceState(null, "", tag ? "#show=" + tag : location.pathname);
    show();
  }

  function step(from, by) {
    const next = buttons[(buttons.indexOf(from) + by + buttons.length) % buttons.length];
    next.focus();
    choose(next.dataset.tag);
  }

  for (const b of buttons) {
    b.addEventListener("click", () => choose(b.dataset.tag));
    b.addEventListener("keydown", (event) => {
      if (event.key === "ArrowRight") step(b, 1);
      if (event.key === "ArrowLeft") step(b, -1);
    });
  }
  find.addEventListener("input", show);
  byId("again").addEventListener("click", () => { find.value = ""; choose(""); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== find) {
      event.preventDefault();
      find.focus();
    }
    if (event.key === "Escape" && (find.value || tag)) {
      find.value = "";
      choose("");
    }
  });

  // A page opened from a disk may not be allowed to copy: then the text is selected, ready for the keyboard.
  function copy(button) {
    const code = button.previousElementSibling;
    const said = (word) => {
      button.textContent = word;
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    };
    const select = () => {
      getSelection().selectAllChildren(code);
      said("Selected");
    };
    if (navigator.clipboard) navigator.clipboard.writeText(code.textContent).then(() => said("Copied"), select);
    else select();
  }
  for (const b of all(".copy")) {
    b.hidden = false;
    b.setAttribute("aria-label", "Copy the command");
    b.addEventListener("click", () => copy(b));
  }

  byId("bar").hidden = false;
  const asked = /^#show=([a-z]+)$/.exec(location.hash);
  tag = asked && buttons.some((b) => b.dataset.tag === asked[1]) ? asked[1] : "";
  show();
  root.setAttribute("data-page-ready", "1");
})();
