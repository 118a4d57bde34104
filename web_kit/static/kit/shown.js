// What saving shows on the page: two texts side by side, what could not be read, what was sealed.

// Two texts, side by side, as often as somebody saves the other one. There are never two such choices at once.
export function show(id, { clashes, whose }, yes, no) {
  const section = document.getElementById(id);
  document.querySelectorAll("#clash,#found").forEach((other) => { other.hidden = other !== section; });
  const table = section.querySelector(".cmp");
  const sides = [...table.querySelectorAll(".h b")].map((head) => head.textContent);
  table.querySelectorAll(".c").forEach((cell) => cell.remove());
  for (const { label, theirs, yours } of clashes) {
    [theirs, yours].forEach((text, side) => {
      const cell = document.createElement("div");
      cell.className = "c";
      cell.innerHTML = '<span class="lab"><span class="whose"></span></span><span dir="auto"></span>';
      cell.firstChild.prepend(label);
      cell.querySelector(".whose").textContent = ` · ${sides[side]}`;
      cell.lastChild.textContent = text;
      table.append(cell);
    });
  }
  if (id === "clash") section.querySelector(".note b").textContent = whose;
  const [first, second] = section.querySelectorAll("button");
  first.onclick = yes;
  second.onclick = no;
}

// What could not be read is marked beside its field, but not while it is being typed.
export function mark(form, problems) {
  form.querySelectorAll(".said").forEach((said) => { said.closest(".field").classList.remove("bad"); said.remove(); });
  for (const [id, text] of Object.entries(problems)) {
    const field = document.getElementById(id)?.closest(".field");
    if (!field || field.contains(document.activeElement) || field.querySelector(".err")) continue;
    const said = document.createElement("p");
    said.className = "err said";
    said.id = `${id}-error`;
    said.textContent = text;
    field.classList.add("bad");
    (field.querySelector("fieldset") ?? field).append(said);
    field.querySelector("fieldset, input").setAttribute("aria-describedby", `${id}-hint ${said.id}`);
  }
}

// How far each point is, in the list of points.
export function reach(points) {
  for (const [code, far] of Object.entries(points)) {
    document.querySelectorAll(`[data-far="${code}"] > *`).forEach((step) => { step.hidden = step.dataset.step !== far; });
  }
}

// What is filled in, under its point and its group, for whoever takes it along. What is sealed stays out of it.
export function asText(form, isSealed) {
  const lines = [];
  const said = new Set();
  for (const part of form.elements) {
    if (/^(hid|sub)/.test(part.type) || isSealed(part) || !part.value || (/radio|checkbox/.test(part.type) && !part.checked)) continue;
    for (const box of ["section", "fieldset"]) {
      const head = part.closest(box)?.querySelector(":scope > header, :scope > legend");
      if (!head || said.has(head)) continue;
      said.add(head);
      lines.push("", head.innerText.trim().replace(/\s+/g, " "));
    }
    lines.push([part.labels[0]?.textContent.trim(), part.checked ? "✓" : part.selectedOptions?.[0].text ?? part.value].join(": "));
  }
  return lines.join("\n");
}

// The strip above: what is wrong. Without a title there is none. And the button of the bar below that leads on.
export function banner([title, text, deed], last) {
  const strip = document.getElementById("strip");
  const button = document.getElementById("step");
  strip.hidden = !title;
  strip.querySelector("b").textContent = title.replace("{time}", last);
  strip.querySelector("[role]").textContent = text;
  button.hidden = !deed;
  button.textContent = deed;
}

export function picture(shown, name) {
  shown.setAttribute("href", shown.getAttribute("href").replace(/#.*/, name));
}
