// Saves the answer by itself: 2 seconds after the last key, at the latest every 15, and again after 2, 4, 8, 16, 30 and
// every 60 seconds when it did not get through. What it does stands in words in the bar below.

import * as copy from "./copy.js";
import { renew, signIn } from "./enter.js";
import { take, writing } from "./kept.js";
import { asText, banner, mark, picture, reach, show } from "./shown.js";

const form = document.getElementById("answer");
const dock = document.querySelector(".dock");
const status = document.getElementById("says");
const wiper = document.getElementById("wipe");
const words = JSON.parse(dock.dataset.words);
const place = form.getAttribute("action");
const version = form.elements.version;
const page = form.elements.page.value;
form.elements.bare.remove(); // This page is kept.
const WAITS = [2, 4, 8, 16, 30];

let paused = dock.dataset.apart ? "seen" : ""; // why nothing is sent: out, clash, over; seen: both texts stand here, and somebody presses
let typed = dock.dataset.typed ? 1 : 0; // counts the changes
let sent = 0; // up to which of them the server has them
let turn = 0;
let tried = ""; // what the last try said
let since = 0; // and the first one that said the same
let failures = 0;
let apart = false; // something on the page could not be read, or waits for its field to be left
let kept = false; // this computer has a copy
let vain = false; // somebody pressed what needs the line, while there was none
let leaving = false;
let run = null;
let quiet, latest, again, keeping;
let last = dock.dataset.last; // when it was saved, on the clock of the organisation
let pressed = null; // the button that sends the form, which older browsers do not tell
let problems = {};

const isKept = (told) => told.version && told.status !== 409;
// What stands beside the answer, a question or a reason, is sent by a button of its own.
const beside = () => [...document.querySelectorAll("textarea[form],.num[form]")].some((one) => one.value);
const unsent = () => typed !== sent || apart || beside();

function say(state) {
  const text = words[state].replace("{time}", last) + (vain ? `. ${words.vain}` : "");
  if (status.textContent !== text) status.textContent = text;
  dock.dataset.state = state;
  if (state !== "saving") picture(dock.querySelector("use"), state === "saved" ? "#check" : "#cloudoff");
  dock.classList.toggle("stuck", Boolean(paused || failures));
  wiper.hidden = !kept;
}

const tell = (kind) => banner(words.strip[kind], last);

function pause(why, until = why) {
  paused = until;
  say(why);
  tell(why);
}

// The form as it would be sent. A field that is sealed when it is sent is sent when it has been left.
const isSealed = (field) => "sealed" in (field?.dataset ?? {}) && !form.elements[field.name.replace(/reach$/, "may_publish")].checked;

function written(whole) {
  const fields = new URLSearchParams(new FormData(form));
  const here = document.activeElement;
  if (!whole && isSealed(here) && here.value) fields.set(here.name, "");
  fields.delete("csrf_token");
  return fields;
}

const put = (fields, more) => Object.entries(more).forEach(([name, value]) => fields.set(name, value));

async function post(typed, more) {
  const fields = new URLSearchParams(typed);
  put(fields, { who: copy.who, csrf_token: form.elements.csrf_token.value, ...more });
  const cut = new AbortController();
  const late = setTimeout(() => cut.abort(), 30000);
  const answer = await fetch(place, {
    method: "POST", body: fields, headers: { Accept: "application/json" }, signal: cut.signal,
  });
  const told = await answer.json();
  clearTimeout(late);
  return { status: answer.status, ...told };
}

// A page that is older than its token asks for another one, once.
async function send(fields) {
  const more = { page, turn: ++turn, version: version.value };
  const told = await post(fields, more);
  if (told.status !== 400) return told;
  const mine = await copy.ask();
  if (mine.who !== copy.who) return { status: 401 };
  renew(mine.token);
  return post(fields, more);
}

function save(whole) {
  run = run || once(whole).finally(() => {
    run = null;
    if (typed !== sent) plan();
  });
  return run;
}

// All that stands in the form now, whatever is on its way.
async function saveAll() {
  await run;
  return save(true);
}

async function once(whole) {
  [quiet, latest, again].forEach(clearTimeout);
  latest = again = 0;
  if (paused) return false;
  const upTo = typed;
  const fields = written(whole);
  if (fields.toString() !== tried) since = turn + 1;
  tried = fields.toString();
  const held = tried !== written(true).toString();
  const slow = setTimeout(say, 1000, "saving");
  const told = await send(fields).catch(() => ({}));
  clearTimeout(slow);
  return settle(told, fields, upTo, held);
}

async function settle(told, fields, upTo, held) {
  if (paused === "wiped") return false;
  if (isKept(told)) await accept(told, fields, upTo, held);
  else if (told.status === 401) pause("out");
  else if (told.clashes) contest(told);
  else if ([403, 404, 409].includes(told.status)) end(told.text);
  else if ([400, 413, 422].includes(told.status)) refuse(told, upTo);
  else await retry();
  return isKept(told);
}

async function accept(told, fields, upTo, held) {
  version.value = told.version;
  for (const name in told.ids) form.elements[name].value = told.ids[name];
  for (const name of told.sealed) {
    const field = form.elements[name];
    if (field.value !== fields.get(name)) continue;
    field.value = "";
    document.getElementById(`${field.id}-hint`).textContent = words.sealed;
  }
  sent = upTo;
  through();
  apart = told.status === 422 || held;
  problems = told.problems ?? {};
  mark(form, problems);
  reach(told.progress);
  if (!unsent()) await forget();
  else await keep();
  last = told.saved_at.slice(11, 16);
  say(told.status === 422 ? "partly" : beside() ? "beside" : "saved");
}

function through() {
  failures = 0;
  vain = false;
  tell("");
}

function refuse(told, upTo) {
  sent = upTo;
  through();
  apart = true;
  problems = told.problems ?? { "": told.text };
  mark(form, problems);
  say("refused");
  if (problems[""]) status.textContent += `. ${problems[""]}`;
}

async function retry() {
  const wait = WAITS[failures++] ?? 60;
  await keep();
  say(kept ? "kept" : "unsent");
  tell("kept");
  again = setTimeout(save, wait * 1000);
}

// Nothing can be saved any more: the text stays, to be read and taken along, and no button promises anything else.
function end(text) {
  words.strip.over[1] = text;
  pause("over");
  for (const one of form.elements) {
    one.readOnly = true;
    one.hidden = one.type === "submit";
  }
  take();
}

function contest(told) {
  pause("clash");
  show("clash", told, () => {
    version.value = told.version;
    document.getElementById("clash").hidden = true;
    go();
    save().then(offer).catch(() => {});
  }, async () => {
    await forget();
    leaving = true;
    location.assign(dock.dataset.home);
  });
}

function go() {
  paused = "";
  tell("");
}

async function keep() {
  clearTimeout(keeping);
  if (!unsent()) return;
  const fields = written(true);
  if (fields.toString() === tried) fields.set("turn", since);
  kept = await copy.write(place, page, fields.toString());
  if (paused === "wiped") await forget();
  wiper.hidden = !kept;
}

async function forget() {
  clearTimeout(keeping);
  await copy.wipeOf(place, page).catch(() => {});
  kept = false;
}

// Neither the screen nor this computer has it any more, and nothing is sent: what the server had stands.
function wipe() {
  if (paused === "wiped") return;
  paused = "wiped";
  sent = typed;
  apart = false;
  tell("");
  const gone = document.getElementById("gone");
  document.querySelector("main").replaceChildren(gone);
  gone.hidden = false;
  gone.focus();
}

function plan() {
  if (paused || again) return;
  clearTimeout(quiet);
  quiet = setTimeout(save, 2000);
  latest = latest || setTimeout(save, 15000);
}

function changed() {
  typed += 1;
  clearTimeout(keeping);
  keeping = setTimeout(keep, 300);
  plan();
}

// The copy of the page before this one is not offered: what was typed there stands on this one.
async function offer() {
  for (const { id, text } of await copy.read(place)) {
    if (!id.endsWith(dock.dataset.from)) {
      const fields = new URLSearchParams(text);
      const told = await post(fields, { compare: 1 });
      if (paused || !told.version) return;
      if (told.clashes) return show("found", told, () => takeUp(fields, id), () => copy.wipe(id).then(offer));
      refill(fields, told.problems);
    }
    await keep();
    await copy.wipe(id);
  }
  document.getElementById("found").hidden = true;
}

// Sent as a browser sends it, as a last try of the page that wrote it: the site answers with the page on which the text
// stands, or with both texts. Until then the copy stays.
async function takeUp(fields, id) {
  if (unsent() && !await save(true)) return;
  const name = id.split(" ").pop();
  put(fields, { page: name, turn: 1e6 + ++turn, version: version.value });
  const sheet = form.cloneNode();
  sheet.append(form.elements.csrf_token.cloneNode());
  fields.forEach((value, name) => sheet.append(Object.assign(document.createElement("input"), { type: "hidden", name, value })));
  await copy.write(place, name, fields.toString());
  leaving = true;
  document.body.append(sheet);
  sheet.submit();
}

// Days that could not be read stand in the copy alone: they are typed again.
function refill(fields, unread = {}) {
  for (const id of Object.keys(unread)) {
    const row = id.replace(/\w+$/, "id");
    if (form.elements[row]?.value != fields.get(row)) continue; // neither has one, or both the same
    document.getElementsByName(id).forEach((box, at) => { box.value = fields.getAll(id)[at]; });
    changed();
  }
}

async function back() {
  if (paused !== "out") return;
  const told = await copy.ask().catch(() => ({}));
  if (told.who !== copy.who) return told.who && say("other");
  renew(told.token);
  go();
  save();
}

function step() {
  if (paused === "out") signIn(back);
  else document.querySelector(paused === "over" ? "#strip" : "#apart,#clash").focus();
}

addEventListener("input", ({ target }) => { if (target.form === form) changed(); });
form.addEventListener("focusout", (event) => {
  if (isSealed(event.target) && event.target.value) changed();
  setTimeout(() => mark(form, problems));
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.form === form) pressed = button;
});
form.addEventListener("submit", async (event) => {
  if (leaving) return;
  event.preventDefault();
  const button = pressed;
  pressed = null;
  if (paused === "seen") go();
  if (paused) return step();
  const sent = await saveAll();
  if (!button?.name) return;
  if (!sent) {
    vain = failures > 0;
    return say(dock.dataset.state);
  }
  leaving = true;
  if (button.name === "give_back") await forget();
  button.click();
});
const stop = document.querySelector("[data-at-once]"); // What was typed goes along if that is quick; nothing asks.
if (stop) stop.onsubmit = (event) => {
  event.preventDefault();
  leaving = true;
  Promise.race([save(true), new Promise((done) => setTimeout(done, 2000))]).finally(() => stop.submit());
};
document.getElementById("step").onclick = step;
wiper.onclick = () => {
  wipe();
  copy.wipeAll();
};
addEventListener("online", () => { if (again) save(); });
addEventListener("focus", back);
addEventListener("pageshow", () => { leaving = false; });
addEventListener("beforeunload", (event) => { if (unsent() && !leaving) event.preventDefault(); });
if (paused) pause("clash", paused);
writing({
  unsent,
  file: dock.dataset.file,
  text: () => asText(form, isSealed),
  send: async () => await saveAll() && !unsent(),
  wipe,
  go: () => { leaving = true; },
});
offer().catch(() => {});
