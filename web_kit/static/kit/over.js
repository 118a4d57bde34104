// Shows on the page of a task in which nothing can be written what this computer kept of it, to be taken along or dropped.

import * as copy from "./copy.js";
import { take, writing } from "./kept.js";
import { show } from "./shown.js";

const box = document.getElementById("found");
const { place, file } = box.dataset;

// What it says otherwise than what is saved; nothing is changed by asking.
async function compare(fields) {
  const token = document.querySelector(".cover").dataset.token;
  for (const [name, value] of Object.entries({ who: copy.who, compare: 1, csrf_token: token })) fields.set(name, value);
  const answer = await fetch(place, { method: "POST", body: fields, headers: { Accept: "application/json" } });
  return answer.json();
}

async function offer() {
  box.hidden = true;
  for (const found of await copy.read(place)) {
    const told = await compare(new URLSearchParams(found.text));
    if (told.clashes) {
      show("found", told);
      const text = told.clashes.map(({ label, yours }) => `${label}: ${yours}`).join("\n\n");
      writing({ file, text: () => text });
      take();
      document.getElementById("drop").onclick = () => copy.wipe(found.id).then(offer);
      return;
    }
    if (told.version) await copy.wipe(found.id);
  }
}

offer().catch(() => {});
