// Questions before an act: a list of choices answered by a number key, a click or Enter; Escape goes back.
"use strict";
(() => {
  const en = document.documentElement.lang === "en";
  const dialog = () => document.getElementById("dialog");
  const make = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  };
  const KEYS = "1234567890";

  function open(title) {
    const box = dialog();
    box.replaceChildren();
    const head = make("h2", title);
    head.id = "dialog-title";
    box.append(head);
    return box;
  }

  function shown(box, settle) {
    return new Promise((resolve) => {
      let answer = null;
      settle((value) => { answer = value; box.close(); });
      box.onclose = () => { box.onkeydown = null; resolve(answer); };
      if (!box.open) box.showModal();
    });
  }

  /** One of `options` ({value, text, note?}); null when the dialog was left. */
  function choose(title, options) {
    const box = open(title), list = make("div", "", "choices");
    box.append(list);
    if (!options.length) list.append(make("p", en ? "There is nothing to choose." : "Không có gì để chọn."));
    const buttons = options.map((option, i) => {
      const button = make("button");
      button.append(make("span", option.text));
      if (i < KEYS.length) button.append(make("kbd", KEYS[i]));
      list.append(button);
      return button;
    });
    box.append(footer(box));
    return shown(box, (done) => {
      buttons.forEach((button, i) => { button.onclick = () => done(options[i]); });
      box.onkeydown = (event) => {
        if (event.repeat) return;
        const at = KEYS.indexOf(event.key);
        if (at >= 0 && at < options.length) { event.preventDefault(); done(options[at]); }
        const here = buttons.indexOf(document.activeElement);
        if (event.key === "ArrowDown") { event.preventDefault(); buttons[(here + 1) % buttons.length]?.focus(); }
        if (event.key === "ArrowUp") { event.preventDefault(); buttons[(here - 1 + buttons.length) % buttons.length]?.focus(); }
      };
    });
  }

  /** Several of `options`, with `chosen` ticked at first; null when the dialog was left. */
  function tick(title, options, chosen, verb) {
    const box = open(title), form = make("form", "", "stack"), grid = make("div", "", "services-grid");
    form.method = "dialog";
    const boxes = options.map((option) => {
      const label = make("label", "", "check"), input = make("input");
      input.type = "checkbox";
      input.checked = chosen.includes(option.value);
      label.append(input, option.text);
      grid.append(label);
      return input;
    });
    form.append(grid, footer(box, verb));
    box.append(form);
    return shown(box, (done) => {
      form.onsubmit = (event) => {
        event.preventDefault();
        done(options.filter((_, i) => boxes[i].checked).map((option) => option.value));
      };
    });
  }

  /** A form of selects, numbers and texts: fields {name, label, options | min,max,value | text,max}; null when left. */
  function ask(title, fields, verb) {
    const box = open(title), form = make("form", "", "stack");
    form.method = "dialog";
    for (const field of fields) {
      const label = make("label", field.label);
      let input;
      if (field.options) {
        input = make("select");
        for (const option of field.options) {
          const row = make("option", option.text);
          row.value = option.value;
          input.append(row);
        }
      } else {
        input = make("input");
        input.type = field.text ? "text" : "number";
        if (field.text) Object.assign(input, { maxLength: field.max, autocomplete: "off", spellcheck: false, required: true, className: "mono" });
        else Object.assign(input, { min: field.min, max: field.max });
      }
      if (field.value !== undefined) input.value = field.value;
      input.name = field.name;
      label.append(input);
      form.append(label);
    }
    form.append(footer(box, verb));
    box.append(form);
    return shown(box, (done) => {
      form.onsubmit = (event) => {
        event.preventDefault();
        done(Object.fromEntries(new FormData(form).entries()));
      };
    });
  }

  function footer(box, verb) {
    const foot = make("div", "", "dialog-foot"), back = make("button", en ? "Back" : "Quay lại", "button");
    back.type = "button";
    back.append(make("kbd", "Esc"));
    back.onclick = () => box.close();
    foot.append(back);
    if (verb) foot.append(make("button", verb, "button primary"));
    return foot;
  }

  window.dialogs = { choose, tick, ask, isOpen: () => dialog().open };
})();
