// The devices' cards, live.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const icon = (name) => document.querySelector(`#icons [data-icon="${name}"]`)?.firstElementChild.cloneNode(true) || "";

  function node(tag, name, ...children) {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...children);
    return made;
  }

  const chip = (tone, pictogram, text) => node("span", `chip ${tone}`, icon(pictogram), text);

  window.motcua.live("/admin/devices/stream", {
    state({ cards, counts }) {
      $("counts").replaceChildren(...counts.map((c) => chip(c.tone, c.icon, c.text)));
      $("devices").replaceChildren(...cards.map((card) => {
        const title = document.createElement("h2");
        title.textContent = card.name;
        const lines = card.lines.map((line, i) => node("p", i === 0 && card.state !== "ready" ? "first" : "", line));
        return node("li", `panel ${card.tone}`, node("div", "row", icon(card.icon), title, node("span", "spring"), chip(card.tone, card.state_icon, card.words)), ...lines);
      }));
      if (!cards.length) $("devices").append(node("li", "panel", $("devices").dataset.none));
    },
  });
})();
