// What the phone holds: the queue of entries (in their order) and a few kept values. IndexedDB, else localStorage.
const NAME = "yiqilai-door"

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function openDatabase() {
  const opening = indexedDB.open(NAME, 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("entries", { keyPath: "n", autoIncrement: true }).createIndex("key", "key", { unique: true })
    opening.result.createObjectStore("kept")
  }
  const database = await asked(opening)
  // A transaction is over only when it says so: until then a written entry may still be lost.
  const work = (names, mode, act) =>
    new Promise((resolve, reject) => {
      const turn = database.transaction(names, mode, { durability: "strict" })
      let result
      turn.oncomplete = () => resolve(result)
      turn.onerror = turn.onabort = () => reject(turn.error)
      act(turn, (value) => (result = value))
    })
  const entries = (turn) => turn.objectStore("entries")
  return {
    all: () => work("entries", "readonly", (turn, done) => (entries(turn).getAll().onsuccess = (e) => done(e.target.result))),
    add: (entry) => work("entries", "readwrite", (turn, done) => (entries(turn).add(entry).onsuccess = (e) => done(e.target.result))),
    change: (key, alter) =>
      work("entries", "readwrite", (turn, done) => {
        entries(turn).index("key").get(key).onsuccess = (event) => {
          const entry = event.target.result
          if (!entry) return
          alter(entry)
          entries(turn).put(entry)
          done(entry)
        }
      }),
    remove: (key) =>
      work("entries", "readwrite", (turn) => {
        entries(turn).index("key").getKey(key).onsuccess = (event) => {
          if (event.target.result !== undefined) entries(turn).delete(event.target.result)
        }
      }),
    // In one turn: another entry in the place of this one, or none; what followed it follows the other, or nothing.
    replace: (key, other) =>
      work("entries", "readwrite", (turn) => {
        entries(turn).getAll().onsuccess = (event) => {
          for (const entry of event.target.result) {
            if (entry.after === key) entries(turn).put({ ...entry, after: other?.key ?? "" })
            if (entry.key === key && other) entries(turn).put({ ...other, n: entry.n })
            if (entry.key === key && !other) entries(turn).delete(entry.n)
          }
        }
      }),
    get: (name) => work("kept", "readonly", (turn, done) => (turn.objectStore("kept").get(name).onsuccess = (e) => done(e.target.result))),
    set: (name, value) => work("kept", "readwrite", (turn) => turn.objectStore("kept").put(value, name)),
    wipe: () =>
      work(["entries", "kept"], "readwrite", (turn) => {
        entries(turn).clear()
        turn.objectStore("kept").clear()
      }),
  }
}

function openPlain() {
  const read = (name, otherwise) => JSON.parse(localStorage.getItem(`${NAME}.${name}`) ?? "null") ?? otherwise
  const write = (name, value) => localStorage.setItem(`${NAME}.${name}`, JSON.stringify(value))
  return {
    all: async () => read("entries", []),
    add: async (entry) => {
      const held = read("entries", []), n = read("last", 0) + 1
      write("last", n)
      write("entries", [...held, { ...entry, n }])
      return n
    },
    change: async (key, alter) => {
      const held = read("entries", []), entry = held.find((one) => one.key === key)
      if (!entry) return undefined
      alter(entry)
      write("entries", held)
      return entry
    },
    remove: async (key) => write("entries", read("entries", []).filter((one) => one.key !== key)),
    replace: async (key, other) => {
      const held = read("entries", []).map((one) => (one.after === key ? { ...one, after: other?.key ?? "" } : one))
      const kept = held.map((one) => (one.key === key ? other && { ...other, n: one.n } : one))
      write("entries", kept.filter(Boolean))
    },
    get: async (name) => read(`kept.${name}`, undefined),
    set: async (name, value) => write(`kept.${name}`, value ?? null),
    wipe: async () => {
      for (const name of Object.keys(localStorage)) if (name.startsWith(`${NAME}.`)) localStorage.removeItem(name)
    },
  }
}

async function openStore() {
  try {
    return await openDatabase()
  } catch {
    return openPlain()
  }
}

// crypto.randomUUID exists in secure contexts only.
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID()
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
