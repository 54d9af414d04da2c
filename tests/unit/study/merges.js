/* Devices that rate, export and import in random order: what is lost, and what differs. */
class Local {
  constructor() { this.map = new Map(); }
  get length() { return this.map.size; }
  key(i) { return [...this.map.keys()][i]; }
  getItem(key) { return this.map.has(key) ? this.map.get(key) : null; }
  setItem(key, text) { this.map.set(key, String(text)); }
  removeItem(key) { this.map.delete(key); }
}

/** mulberry32 */
const randomOf = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const START = 1_700_000_000_000;
const IDS = ["demo-a", "demo-b", "demo-c", "own-0123abcd"];
const KNOWN = new Set(IDS);
const text = (events) => JSON.stringify(events);

function newDevice(random) {
  const local = new Local();
  const device = { clock: START, rated: [] };
  const whole = (n) => Math.floor(random() * n);
  device.store = study.withDecks(
    study.createStore({
      local: () => local,
      session: () => null,
      now: () => device.clock,
      offset: () => (whole(27) - 12) * 60,
      random: () => Array.from({ length: 12 }, () => whole(36).toString(36)).join(""),
    }),
    () => local,
  );
  return device;
}

function answer(device, random) {
  const { store, rated } = device;
  const pick = (list) => list[Math.floor(random() * list.length)];
  // few moments, so that devices clash; clocks are set back too
  device.clock = START + Math.floor(random() * 40);
  const what = random();
  if (what < 0.15) rated.push(store.note(pick(IDS), pick(["suspend", "resume"]), 1));
  else if (what < 0.3 && rated.length) rated.push(store.undo(pick(rated)));
  else {
    const source = pick(["page", "quiz", "review", "exam"]);
    rated.push(store.rate(pick(IDS), 1 + Math.floor(random() * 4), source, 1));
  }
}

/** Take one device's export into another; 0 new events the second time. */
function merge(from, to, now) {
  const file = study.exportText(from.store, now);
  const read = study.readImport(file, KNOWN, now);
  if (read.problem) return read.problem;
  const before = study.union(to.store.events(), from.store.events());
  study.takeIn(to.store, read);
  const after = text(to.store.events());
  if (after !== text(before)) return "the union is another";
  const again = study.takeIn(to.store, study.readImport(file, KNOWN, now));
  if (again.events || again.cards) return "the second import adds";
  if (after !== text(to.store.events())) return "the second import changes";
  return "";
}

/** All events of all devices, found without the code that is tested. */
function expectedOf(devices) {
  const found = new Map();
  for (const e of devices.flatMap((device) => device.rated)) {
    const name = `${e.t} ${e.id}`;
    const row = JSON.stringify([e.id, e.t, e.day, e.g, e.s, e.r]);
    if (!found.has(name) || found.get(name) < row) found.set(name, row);
  }
  return [...found.values()].sort();
}

function main({ seeds, merges }) {
  const faults = [];
  let done = 0;
  let clashes = 0;
  for (const seed of seeds) {
    const random = randomOf(seed);
    const devices = [0, 1, 2].map(() => newDevice(random));
    const pick = () => devices[Math.floor(random() * 3)];
    for (let i = 0; i < merges; i++) {
      for (let n = Math.floor(random() * 8); n > 0; n--) answer(pick(), random);
      const fault = merge(pick(), pick(), START + 1e6);
      if (fault) faults.push([seed, fault]);
      done += 1;
    }
    // at the end everyone gets everything, each in another order
    for (const i of [0, 1, 2]) {
      for (const j of [1, 2]) merge(devices[(i + j) % 3], devices[i], START + 1e6);
    }
    const expected = expectedOf(devices);
    clashes += devices.flatMap((device) => device.rated).length - expected.length;
    for (const { store, rated } of devices) {
      if (new Set(rated.map((e) => e.id + e.t)).size !== rated.length) {
        faults.push([seed, "two answers of one moment"]);
      }
      const rows = store.events().map((e) => [e.id, e.t, e.day, e.g, e.s, e.r]);
      const sorted = rows.map((row) => JSON.stringify(row)).sort();
      if (text(sorted) !== text(expected)) faults.push([seed, "something was lost"]);
      if (text(store.events()) !== text(devices[0].store.events())) {
        faults.push([seed, "devices differ"]);
      }
    }
  }
  return { faults, done, clashes };
}
