// How many rows are ticked, and which. The boxes and the buttons over them work without it.

const table = document.querySelector("table.queue");
const says = document.querySelector("[data-chosen]");
const boxes = [...table.querySelectorAll("tbody input[type=checkbox]")];
let last = null;

function tell() {
  for (const box of boxes) box.closest("tr").classList.toggle("sel", box.checked);
  says.textContent = `${boxes.filter((box) => box.checked).length} ${says.dataset.chosen}`;
}

// With Shift, everything between the last box and this one becomes as this one is.
table.addEventListener("click", (event) => {
  const here = boxes.indexOf(event.target);
  if (here < 0) return;
  if (event.shiftKey && last !== null) {
    for (const box of boxes.slice(Math.min(here, last), Math.max(here, last) + 1)) box.checked = boxes[here].checked;
  }
  last = here;
  tell();
});
addEventListener("pageshow", tell);
