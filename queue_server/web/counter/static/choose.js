// Signing on at a free counter.
"use strict";
(() => {
  const { post, en } = window.motcua;
  for (const button of document.querySelectorAll("[data-counter]")) {
    button.addEventListener("click", async () => {
      for (const other of document.querySelectorAll("[data-counter]")) other.disabled = true;
      const reply = await post("/do/sign-on", { counter: button.dataset.counter });
      if (reply.ok) { location.href = "/counter"; return; }
      const bar = document.getElementById("refusal");
      bar.textContent = reply.words ? reply.words[en ? "en" : "vi"] : reply.code;
      bar.hidden = false;
      setTimeout(() => location.reload(), 4000);
    });
  }
})();
