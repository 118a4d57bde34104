// Single keys of the desk. Each presses what the page shows anyway, so without this file nothing is lost.
// The shell leaves it out for whoever turned single keys off.

const ROWS = ".queue tbody tr, .qlist a";
const GO_WITHIN = 1500; // milliseconds between g and the letter that says where to

const shown = (node) => node.getClientRects().length > 0;
const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
const handle = (row) => (row.matches("a") ? row : row.querySelector(".q1 a, a"));

let place = null; // the row that was last moved to, or opened before coming back; focus may have left it since
let goUntil = 0;

function row() {
  const here = document.activeElement.closest(ROWS);
  place = here ?? place ?? document.querySelector("[data-opened]")?.closest(ROWS);
  return place && place.isConnected ? place : null;
}

function move(step) {
  const rows = all(ROWS).filter(handle);
  const at = rows.indexOf(row());
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  if (!next) return;
  place = next;
  handle(next).focus();
}

function showList() {
  const list = document.querySelector("details.keys");
  list.open = !list.open;
  list.querySelector("summary").focus();
}

function press(node) {
  if (node.matches("input, select, textarea")) node.focus();
  else node.click();
}

const keys = new Map([
  ["j", () => move(1)],
  ["k", () => move(-1)],
  ["x", () => row()?.querySelector("input[type=checkbox]")?.click()],
  ["u", () => (all(".crumb a, a[data-back]").pop() || all(".bar nav a[aria-current]")[0])?.click()],
  ["/", () => all("main input[type=search]")[0]?.focus()],
  ["?", showList],
  ["g", () => (goUntil = Date.now() + GO_WITHIN)],
]);

// A box that is ticked takes no letters, so keys stay alive on it; Enter would send its whole form.
const typing = (node) => node.matches("select, textarea, [contenteditable], input:not([type=checkbox]):not([type=radio])");

function chosen(key) {
  const going = Date.now() < goUntil;
  goUntil = 0;
  if (going) {
    const way = document.querySelector(`.bar nav a[data-go="${CSS.escape(key)}"]`);
    return way && (() => way.click());
  }
  const marked = all(`main [data-key="${CSS.escape(key)}"]:not([disabled])`)[0];
  return marked ? () => press(marked) : keys.get(key);
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "Escape") {
    const list = target.closest("details.keys[open]");
    if (list) list.open = false;
  }
  if (typing(target)) return;
  const onBox = target.matches("tr input[type=checkbox]");
  const act = key === "Enter" ? onBox && (() => handle(row())?.click()) : key.length === 1 && chosen(key);
  if (!act || (event.repeat && !"jk".includes(key))) return;
  event.preventDefault();
  act();
});
