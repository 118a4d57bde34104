// A button that copies a text of the page, where the browser lets a page do that. Without it one click selects the text.

for (const strip of document.querySelectorAll("[data-copies]")) {
  const says = strip.querySelector("[data-says]");
  strip.hidden = !navigator.clipboard;
  strip.querySelector("button").addEventListener("click", async () => {
    says.textContent = "";
    try {
      await navigator.clipboard.writeText(document.getElementById(strip.dataset.copies).textContent.trim());
      says.textContent = says.dataset.says;
    } catch {
      strip.hidden = true; // It was forbidden: the text above is still there to be taken.
    }
  });
}
