// Leaving by a link, a key, the browser's own buttons or another form asks first, while something typed was not sent.

const typed = new Set(document.querySelectorAll("form[data-unsaved=typed]"));
addEventListener("input", ({ target }) => { if (target.form?.hasAttribute("data-unsaved")) typed.add(target.form); });
addEventListener("submit", (event) => { if (!event.defaultPrevented) typed.delete(event.target); });
addEventListener("beforeunload", (event) => { if (typed.size) event.preventDefault(); });
