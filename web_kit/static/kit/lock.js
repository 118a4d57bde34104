// Covers the page when nobody was there for so long. What is typed stays below, unseen, until the same person is back.
// Tabs of one browser tell each other that somebody is there.

const cover = document.querySelector(".cover");
const after = cover.dataset.after * 1000;
const line = typeof BroadcastChannel === "function" ? new BroadcastChannel("awake") : null;
let last = Date.now();
let told = 0;
let focused = null;
let left = null;

// The session ends too, as one that was left alone: a reload shows the log-in.
function hide() {
  const body = new URLSearchParams({ csrf_token: cover.dataset.token });
  left = fetch(cover.dataset.leave, { method: "POST", body, redirect: "manual" }).catch(() => {});
  focused = document.activeElement;
  cover.hidden = false;
  document.body.classList.add("covered");
  cover.querySelector("a").focus();
}

function show() {
  last = Date.now();
  cover.hidden = true;
  document.body.classList.remove("covered");
  if (focused) focused.focus();
}

// A laptop that slept wakes with an event: look at the clock first, then count it as somebody.
function look() {
  if (cover.hidden && Date.now() - last >= after) hide();
  return !cover.hidden;
}

function here() {
  if (look()) return;
  last = Date.now();
  if (line && last - told > 5000) {
    told = last;
    line.postMessage(0);
  }
}

async function ask() {
  if (!look()) return;
  await left;
  const answer = await fetch(cover.dataset.ask, { redirect: "manual", cache: "no-store" }).catch(() => ({}));
  if (answer.status === 204) show(); // Offline it stays covered.
}

for (const deed of ["pointerdown", "keydown", "input", "wheel", "touchstart"]) {
  addEventListener(deed, here, { capture: true, passive: true });
}
if (line) line.onmessage = () => look() || (last = Date.now());
addEventListener("focus", ask);
addEventListener("pageshow", ask);
document.addEventListener("visibilitychange", ask);
setInterval(look, 5000);
