// What was typed and not sent yet, as ciphertext in IndexedDB: one record for each open page. The key comes from the
// server and stays in memory, so a closed tab leaves nothing readable.

const { who, days, key: keyAt } = document.getElementById("leaving").dataset;

let key = null;
let asking = null;

export { who };

const result = (request) => new Promise((yes, no) => {
  request.onsuccess = () => yes(request.result);
  request.onerror = () => no(request.error);
});

async function inStore(deed) {
  const opening = indexedDB.open("workspace", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("copies", { keyPath: "id" });
  const base = await result(opening);
  try {
    return await deed(base.transaction("copies", "readwrite").objectStore("copies"));
  } finally {
    base.close();
  }
}

// Who is signed in now, and the token of their forms; nothing when nobody is. The key is forgotten with the page.
export async function ask() {
  const answer = await fetch(keyAt, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) return {};
  const told = await answer.json();
  if (told.who === who && crypto.subtle) {
    const raw = Uint8Array.from(atob(told.key), (letter) => letter.charCodeAt(0));
    key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  }
  return told;
}

async function ready() {
  if (!key) {
    asking = asking || ask().finally(() => { asking = null; });
    await asking;
  }
  return key !== null;
}

const way = (record) => ({ name: "AES-GCM", iv: record.iv, additionalData: new TextEncoder().encode(record.id) });

// Whether it is kept now.
export async function write(place, page, text) {
  try {
    if (!await ready()) return false;
    const record = { id: `${who} ${place} ${page}`, at: Date.now(), iv: crypto.getRandomValues(new Uint8Array(12)) };
    record.data = await crypto.subtle.encrypt(way(record), key, new TextEncoder().encode(text));
    await inStore((store) => result(store.put(record)));
    return true;
  } catch {
    return false; // Offline before the key came, or a browser that keeps nothing.
  }
}

// The copies of this person and place, the latest first. What is too old, or cannot be opened any more, is wiped.
export async function read(place) {
  if (!await ready()) return [];
  const found = [];
  for (const record of await mine()) {
    if (record.id.split(" ")[1] !== place) continue;
    try {
      const text = new TextDecoder().decode(await crypto.subtle.decrypt(way(record), key, record.data));
      found.push({ id: record.id, at: record.at, text });
    } catch {
      await wipe(record.id);
    }
  }
  return found.sort((one, other) => other.at - one.at);
}

async function mine() {
  const records = await inStore((store) => result(store.getAll()));
  const old = records.filter((record) => record.at < Date.now() - days * 864e5);
  for (const record of old) await wipe(record.id);
  return records.filter((record) => !old.includes(record) && record.id.startsWith(`${who} `));
}

export const wipe = (id) => inStore((store) => result(store.delete(id)));
export const wipeOf = (place, page) => wipe(`${who} ${place} ${page}`);

// Where this person has copies, and nothing of what stands in them.
export const places = async () => (await mine()).map((record) => record.id.split(" ")[1]);

export async function wipeAll() {
  for (const record of await mine()) await wipe(record.id);
}
