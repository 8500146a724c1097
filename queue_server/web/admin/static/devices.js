// The devices' cards and events, live.
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

  function testOf(card) {
    const template = $("test");
    if (!template || !card.test) return [];
    const form = template.content.firstElementChild.cloneNode(true);
    form.elements.device.value = card.id;
    const button = form.querySelector("button");
    button.append(icon(card.test_icon), card.test);
    button.setAttribute("aria-label", `${card.test}: ${card.name}`);
    return [form];
  }

  function shown(card) {
    const title = node("h2", "", card.name);
    const lines = card.lines.map((line, i) => node("p", i === 0 && card.state !== "ready" ? "first" : "", line));
    const made = node("li", `panel ${card.tone}`, node("div", "row", icon(card.icon), title, node("span", "spring"), chip(card.tone, card.state_icon, card.words)), ...lines, ...testOf(card));
    if (card.detail) made.title = card.detail;
    return made;
  }

  const row = (event) => node("tr", "", node("td", "time", event.at), node("td", "", chip(event.tone, event.icon, event.level)),
    node("td", "name", event.name), node("td", "", event.what), node("td", "", event.then));

  function empty(list) {
    const cell = node("td", "", list.dataset.none);
    cell.colSpan = 5;
    return node("tr", "", cell);
  }

  window.motcua.live("/admin/devices/stream", {
    state({ cards, counts, events }) {
      $("counts").replaceChildren(...counts.map((c) => chip(c.tone, c.icon, c.text)));
      const at = document.activeElement?.form?.elements.device?.value;
      $("devices").replaceChildren(...cards.map(shown));
      if (at) $("devices").querySelector(`input[name="device"][value="${CSS.escape(at)}"]`)?.form.querySelector("button").focus();
      if (!cards.length) $("devices").replaceChildren(node("li", "panel", $("devices").dataset.none));
      const list = $("events");
      list.replaceChildren(...(events.length ? events.map(row) : [empty(list)]));
    },
  });
})();
