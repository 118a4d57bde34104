// A list of the desk is gone back to as it was left: its view, its filters, its page, and the row that was opened.
// Without this file the way back leads to the whole list. Nothing of it outlives the tab.

let left = {};
try {
  left = sessionStorage;
} catch {
  // a browser that keeps nothing
}

if (document.querySelector("nav.views, table.queue")) {
  left[location.pathname] = location.search;
  for (const link of document.querySelectorAll(".queue .q1 a")) {
    if (`${left.opened}/`.startsWith(`${link.pathname}/`)) link.dataset.opened = "";
  }
} else {
  left.opened = location.pathname;
}
for (const link of document.querySelectorAll(".crumb a, a[data-back]")) {
  if (!link.search && left[link.pathname]) link.search = left[link.pathname];
}
