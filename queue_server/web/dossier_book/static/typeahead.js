// A field that finds one of many by a few letters of its name, with or without diacritics, by keyboard or mouse.
"use strict";
(() => {
  const MOST = 8;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");

  for (const input of document.querySelectorAll("input[list][data-typeahead]")) {
    const rows = [...input.list.options].map((one) => ({ value: one.value, group: one.textContent, key: fold(`${one.value} ${one.textContent}`) }));
    input.removeAttribute("list");
    const box = document.createElement("ul");
    box.id = `${input.id}-found`;
    box.className = "found";
    box.setAttribute("role", "listbox");
    box.hidden = true;
    input.after(box);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": box.id, "aria-expanded": "false" })) input.setAttribute(name, value);
    let found = [], at = -1;

    function close() {
      box.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(next) {
      at = next;
      [...box.children].forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
      if (at >= 0) { input.setAttribute("aria-activedescendant", box.children[at].id); box.children[at].scrollIntoView({ block: "nearest" }); }
    }

    function show() {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      found = rows.filter((row) => words.every((word) => row.key.includes(word))).slice(0, MOST);
      box.replaceChildren(...found.map((row, n) => {
        const item = document.createElement("li"), group = document.createElement("span");
        item.id = `${box.id}-${n}`;
        item.setAttribute("role", "option");
        item.textContent = row.value;
        group.className = "meta";
        group.textContent = row.group;
        item.append(group);
        return item;
      }));
      box.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(!box.hidden));
      mark(found.length && words.length ? 0 : -1);
    }

    function pick(n) {
      input.value = found[n].value;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    input.addEventListener("input", show);
    input.addEventListener("focus", () => { if (!input.value) show(); });
    input.addEventListener("blur", close);
    box.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the field keeps its focus
      const hit = event.target.closest("li");
      if (hit) pick([...box.children].indexOf(hit));
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (box.hidden) show();
        else mark((at + (event.key === "ArrowDown" ? 1 : found.length - 1) + (at < 0 && event.key === "ArrowUp" ? 1 : 0)) % found.length);
      } else if ((event.key === "Enter" || event.key === "Tab") && !box.hidden && at >= 0) {
        if (event.key === "Enter") event.preventDefault();
        pick(at);
      } else if (event.key === "Enter") event.preventDefault();
      else if (event.key === "Escape") close();
    });
  }
})();
