// Keeps what is typed in a short form, a no or a withdrawal, until the desk has it: on this page while there is no line,
// and as a copy in this browser. Once the site says no, its page has what was typed.

import { read, wipeOf, write } from "./copy.js";

const form = document.getElementById("short");
const place = form.getAttribute("action");
const lineless = form.querySelector("[role=alert]");
const NAME = "short"; // One copy for all tabs: there is one reply to give.
let busy = false;
let keeping;

const all = () => new URLSearchParams(new FormData(form));

function typed() {
  const fields = all();
  fields.delete("csrf_token");
  return [...fields.values()].some(Boolean) ? fields.toString() : "";
}

function forget() {
  clearTimeout(keeping);
  return wipeOf(place, NAME).catch(() => {});
}

function keep() {
  clearTimeout(keeping);
  return typed() ? write(place, NAME, typed()) : forget();
}

async function offer() {
  if (typed()) return keep(); // It came back with what is wrong in it.
  const [found] = await read(place);
  if (!found || typed()) return;
  const fields = new URLSearchParams(found.text);
  for (const name of fields.keys()) {
    document.getElementsByName(name).forEach((box, at) => {
      if (box.form !== form) return;
      if (box.type === "radio") box.checked = box.value === fields.get(name);
      else box.value = fields.getAll(name)[at];
    });
  }
  note.hidden = false;
  form.closest("details").open = true;
}

async function send() {
  await keep();
  const cut = new AbortController();
  const late = setTimeout(() => cut.abort(), 30000);
  const headers = { Accept: "application/json" };
  const told = await fetch(place, { method: "POST", body: all(), headers, redirect: "manual", signal: cut.signal }).catch(() => ({ status: 503 }));
  clearTimeout(late);
  lineless.hidden = told.status < 500;
  if (!lineless.hidden) return;
  if (told.status !== 422) await forget();
  if (told.type === "opaqueredirect") location.assign("/w");
  else form.submit();
}

form.addEventListener("input", () => {
  clearTimeout(keeping);
  keeping = setTimeout(keep, 300);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  send().finally(() => { busy = false; });
});
// One press wipes the copy and the screen: that of the strip above all copies, that of the note this one.
const note = form.querySelector("[role=status]");
const strip = document.getElementById("kept");

function drop() {
  forget();
  form.reset();
  note.hidden = true;
}

strip.querySelector("button").addEventListener("click", drop);
note.querySelector("button").onclick = () => {
  drop();
  strip.hidden = true; // It comes again with the next page, if there is another copy.
};
// Whoever does something else with the task has no use for it.
addEventListener("submit", ({ target }) => { if (target !== form && target.closest("main")) forget(); });
offer().catch(() => {});
