// What the phone holds for one stall: entries that wait, each under a key of its own so that two tabs never overwrite
// each other, and what the server said last. localStorage, or the memory of the page where a browser keeps nothing.
const CODE = decodeURIComponent(location.pathname.split("/")[2] ?? "").toLowerCase().replaceAll("-", "").replace(/o/g, "0").replace(/[il]/g, "1")
const NAME = `yiqilai-m.${CODE}.`

const memory = new Map()
const inMemory = {
  get length() { return memory.size },
  key: (n) => [...memory.keys()][n],
  getItem: (name) => memory.get(name) ?? null,
  setItem: (name, value) => memory.set(name, value),
  removeItem: (name) => memory.delete(name),
}

function working() {
  try {
    localStorage.setItem("yiqilai-m", "1")
    return localStorage
  } catch {
    return inMemory
  }
}

const kept = working(), keeps = kept !== inMemory

const names = () => Array.from({ length: kept.length }, (_one, n) => kept.key(n)).filter((name) => name?.startsWith(`${NAME}e.`)).sort()

const store = {
  get(name) {
    try {
      return JSON.parse(kept.getItem(NAME + name) ?? "null")
    } catch {
      return null
    }
  },
  set(name, value) {
    if (value === null || value === undefined) kept.removeItem(NAME + name)
    else kept.setItem(NAME + name, JSON.stringify(value))
  },
  // In the order of writing: the number in the name is one more than the largest that waits or ever waited here.
  waiting: () => names().map((name) => store.get(name.slice(NAME.length))).filter(Boolean),
  add(entry) {
    const last = names().at(-1)?.split(".e.")[1]?.slice(0, 12)
    const n = Math.max(Number(last ?? 0), store.get("last") ?? 0) + 1
    store.set("last", n)
    store.set(`e.${String(n).padStart(12, "0")}.${entry.key}`, entry)
  },
  remove(keys) {
    for (const name of names()) if (keys.has(name.slice(name.lastIndexOf(".") + 1))) kept.removeItem(name)
  },
}

// crypto.randomUUID exists in secure contexts only.
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
