// Says on every page that this computer keeps text which was not sent, and asks before signing out wipes it.

import { places, wipeAll } from "./copy.js";

const dialog = document.getElementById("leaving");
const strip = document.getElementById("kept");
const [unsent, lineless] = dialog.querySelectorAll(".err");
let page = null; // what a page on which somebody writes can do, some or all: unsent, send, text, file, go, wipe
let leaving = null;
let sure = false;

export const open = (box) => (box.showModal ? box.showModal() : box.setAttribute("open", ""));
export const close = (box) => (box.close ? box.close() : box.removeAttribute("open"));

export function writing(deeds) {
  page = deeds;
}

const deed = (name) => dialog.querySelector(`[data-deed=${name}]`);
const taskOf = (place) => place.replace(/\/\w+$/, "");

// Without a line nobody is signed out, and no browser's own page shall hide that.
function go() {
  lineless.hidden = navigator.onLine;
  if (!lineless.hidden) return dialog.open || open(dialog);
  sure = true;
  page?.go?.();
  leaving.submit();
}

async function ask(event) {
  if (sure) return;
  event.preventDefault();
  leaving = event.target;
  const kept = await places().catch(() => []);
  if (!kept.length && !page?.unsent?.()) return go();
  unsent.hidden = true;
  deed("send").hidden = !page?.send;
  deed("download").hidden = !page;
  deed("look").hidden = !!page;
  if (kept.length) deed("look").href = taskOf(kept[0]);
  open(dialog);
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([page.text()], { type: "text/plain;charset=utf-8" }));
  link.download = page.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// The buttons that take the text of the page along. A browser may have no clipboard.
export function take() {
  const box = document.getElementById("take");
  const [copying, saving] = box.querySelectorAll("button");
  copying.hidden = !navigator.clipboard;
  copying.onclick = () => navigator.clipboard.writeText(page.text()).then(() => { copying.textContent = copying.dataset.done; });
  saving.onclick = download;
  box.hidden = false;
}

async function send() {
  if (await page.send?.()) return go();
  unsent.hidden = false;
}

async function tell() {
  const kept = document.getElementById("found") ? [] : await places();
  strip.hidden = !kept.length;
  if (kept.length) strip.querySelector("a").href = taskOf(kept[0]);
}

for (const form of document.querySelectorAll("form[action*='/logout']")) form.addEventListener("submit", ask);
deed("send").onclick = send;
deed("download").onclick = download;
deed("wipe").onclick = () => {
  page?.wipe?.();
  wipeAll().finally(go);
};
deed("stay").onclick = () => close(dialog);
strip.querySelector("button").onclick = () => wipeAll().then(tell);
tell().catch(() => {});
