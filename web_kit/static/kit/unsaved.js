// Leaving by a link, a key or the browser's own buttons asks first, while something typed in the form was not sent.

let typed = document.querySelector("form[data-unsaved=typed]") !== null;
addEventListener("input", (event) => { typed = typed || Boolean(event.target.form?.hasAttribute("data-unsaved")); });
addEventListener("submit", () => { typed = false; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
