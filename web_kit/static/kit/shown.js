// What saving shows on the page: two texts side by side, what could not be read, what was sealed.

// Two texts, side by side, as often as somebody saves the other one.
export function show(id, { clashes, whose }, yes, no) {
  const section = document.getElementById(id);
  const table = section.querySelector(".cmp");
  const sides = [...table.querySelectorAll(".h b")].map((head) => head.textContent);
  table.querySelectorAll(".c").forEach((cell) => cell.remove());
  for (const { label, theirs, yours } of clashes) {
    [theirs, yours].forEach((text, side) => {
      const [cell, name, which, body] = ["div", "span", "span", "span"].map((tag) => document.createElement(tag));
      cell.className = "c";
      name.className = "lab";
      name.textContent = label;
      which.className = "only-s";
      which.textContent = ` · ${sides[side]}`;
      body.dir = "auto";
      body.textContent = text;
      name.append(which);
      cell.append(name, body);
      table.append(cell);
    });
  }
  section.hidden = false;
  if (id === "clash") section.querySelector(".note b").textContent = whose;
  const [first, second] = section.querySelectorAll("button");
  first.onclick = yes;
  second.onclick = no;
}

// What could not be read is marked beside its field, but not while it is being typed.
export function mark(form, problems) {
  form.querySelectorAll(".err[data-said]").forEach((said) => { said.closest(".field").classList.remove("bad"); said.remove(); });
  for (const [id, text] of Object.entries(problems)) {
    const field = document.getElementById(id)?.closest(".field");
    if (!field || field.contains(document.activeElement) || field.querySelector(".err")) continue;
    const said = document.createElement("p");
    said.className = "err";
    said.dataset.said = "";
    said.id = `${id}-error`;
    said.textContent = text;
    field.classList.add("bad");
    (field.querySelector("fieldset") ?? field).append(said);
    const about = field.querySelector("fieldset, input");
    const before = (about.getAttribute("aria-describedby") ?? "").replace(said.id, "").trim();
    about.setAttribute("aria-describedby", `${before} ${said.id}`.trim());
  }
}

export function explain(field, text) {
  const id = `${field.id}-hint`;
  let hint = document.getElementById(id);
  if (!hint) {
    hint = document.createElement("span");
    hint.className = "hint";
    hint.id = id;
    field.before(hint);
    field.setAttribute("aria-describedby", id);
  }
  hint.textContent = text;
}

export const hour = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

// How far each point is, in the list of points.
export function reach(points) {
  for (const [code, far] of Object.entries(points)) {
    document.querySelectorAll(`[data-far="${code}"] > *`).forEach((step) => { step.hidden = step.dataset.step !== far; });
  }
}

// For whoever takes it along. What is sealed stays out of it.
export function asText(form, isSealed) {
  const lines = [];
  for (const part of form.querySelectorAll("h2, legend, textarea, select, input:not([type=hidden])")) {
    if (part.matches("h2, legend")) lines.push("", part.textContent.trim());
    else if (isSealed(part) || !part.value || (/radio|checkbox/.test(part.type) && !part.checked)) continue;
    else lines.push([part.labels[0]?.textContent.trim(), part.checked ? "✓" : part.selectedOptions?.[0].text ?? part.value].join(": "));
  }
  return lines.join("\n");
}

// The strip above: what is wrong, and what can be done. Without a title there is none.
export function banner([title, text, deed], since) {
  const strip = document.getElementById("strip");
  strip.hidden = !title;
  if (!title) return;
  strip.querySelector("b").textContent = title.replace("{time}", since);
  strip.querySelector("span").textContent = text;
  const button = strip.querySelector("button");
  button.hidden = !deed;
  button.textContent = deed;
}

export function picture(shown, state) {
  const name = { saved: "check", saving: "clock" }[state] || "cloudoff";
  shown.setAttribute("href", shown.getAttribute("href").replace(/#.*/, `#${name}`));
}
