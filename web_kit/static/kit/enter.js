// Signs in again without leaving the page: the forms of the log-in are sent from here, and its answers read.

import { close, open } from "./kept.js";

const dialog = document.getElementById("enter");
const [password, factor] = dialog.querySelectorAll("form");
const error = dialog.querySelector(".err");
let done = null;

const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

function step(form) {
  for (const one of [password, factor]) one.hidden = one !== form;
  form.querySelector("input").focus();
}

function complain(text) {
  error.hidden = !text;
  error.textContent = text;
}

export function signIn(then) {
  done = then;
  complain("");
  open(dialog);
  step(password);
}

async function send(form) {
  const page = await read(await fetch(form.getAttribute("action").split("?")[0]));
  const token = page.querySelector("main [name=csrf_token]");
  if (!token) return null; // Signed in already, in another tab.
  const body = new URLSearchParams(new FormData(form));
  body.set("csrf_token", token.value);
  const headers = { "Accept-Language": document.documentElement.lang }; // It answers as this page speaks.
  return fetch(form.getAttribute("action"), { method: "POST", body, headers });
}

async function submit(event) {
  event.preventDefault();
  complain("");
  const answer = await send(event.target).catch(() => undefined);
  if (answer === undefined) return complain(dialog.dataset.offline);
  if (answer && new URL(answer.url).pathname.startsWith("/login")) {
    const page = await read(answer);
    const refusal = !page.querySelector("main form") && page.querySelector("main p");
    const said = page.querySelector(".err, .errs li, .flashes") || refusal;
    if (said) complain(said.textContent.trim());
    return step(page.querySelector("[name=code]") ? factor : password);
  }
  password.reset();
  factor.reset();
  close(dialog);
  done();
}

for (const form of [password, factor]) form.addEventListener("submit", submit);
dialog.querySelectorAll("[data-close]").forEach((button) => { button.onclick = () => close(dialog); });

// The forms of the page are sent with this token from now on.
export function renew(token) {
  for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
  document.querySelector(".cover").dataset.token = token;
}
