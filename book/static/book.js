"use strict";
// Nothing here is needed to read: answers open and close by themselves.

(function () {
  // A link into something closed opens it.
  function reveal() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
      box.open = true;
    }
    target.scrollIntoView();
  }

  // One button for all the answers of a chapter, for those who want to think first.
  function addButton() {
    const answers = document.querySelectorAll("details.answer");
    const title = document.querySelector("article h1");
    if (!answers.length || !title) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "answers-button";
    const name = () => {
      const open = Array.from(answers).some((answer) => answer.open);
      button.textContent = open ? "Hide all answers" : "Show all answers";
      return open;
    };
    button.addEventListener("click", () => {
      const open = name();
      answers.forEach((answer) => { answer.open = !open; });
      name();
    });
    answers.forEach((answer) => answer.addEventListener("toggle", name));
    name();
    title.after(button);
  }

  // On paper everything is open.
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details.box:not(.code)").forEach((box) => { box.open = true; });
  });
  window.addEventListener("hashchange", reveal);
  addButton();
  reveal();
})();
