/** Between 0 and 1, from a seed: the same run each time. */
export type Random = () => number;

/** Source: Marsaglia, Xorshift RNGs, 2003. */
export function seededRandom(seed: number): Random {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A message of a header and some lines of the same or another message, with up to four mutations. */
export function mutant(messages: readonly (readonly Uint8Array[])[], random: Random): Uint8Array {
  const picked = pick(messages, random);
  const others = random() < 0.1 ? pick(messages, random) : picked;
  const [header = new Uint8Array(0)] = picked;
  const count = Math.floor(random() * 6);
  const body = Array.from({ length: count }, () => pick(others, random));
  let bytes = joined([header, ...body], pick(lineEnds, random));
  const mutations = Math.floor(random() * 5);
  for (let done = 0; done < mutations; done += 1) bytes = pick(mutationKinds, random)(bytes, random);
  return bytes;
}

const lineEnds = ["\r", "\r", "\r", "\n", "\r\n", "\r\r", ""].map((text) => new TextEncoder().encode(text));

/** What has a meaning to one of the readers. */
const special = [...'|^~\\&#"\r\n\x0b\x1c\x1b\x00\xff\xc3\xa9\xef\xbb\xbf.X0MSHOBRC[]-+2024'].map((character) =>
  character.charCodeAt(0),
);

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const mutationKinds: readonly Mutation[] = [
  changeByte,
  insertSpecial,
  insertSpecial,
  insertEscape,
  removeRange,
  doubleRange,
  moveRange,
  changeEncodingCharacter,
  truncate,
];

function changeByte(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = bytes.slice();
  if (changed.length > 0) changed[below(changed.length, random)] = below(256, random);
  return changed;
}

function insertSpecial(bytes: Uint8Array, random: Random): Uint8Array {
  const at = below(bytes.length + 1, random);
  return concatenated(bytes.subarray(0, at), Uint8Array.of(pick(special, random)), bytes.subarray(at));
}

const escapes = [
  "F",
  "T",
  "E",
  ".br",
  ".sp3",
  ".in+4",
  "X0D0A",
  "XC3",
  "M2442",
  "C2842",
  "Zlocal",
  "H",
  ".sk999",
  "",
].map((body) => new TextEncoder().encode(`\\${body}\\`));

function insertEscape(bytes: Uint8Array, random: Random): Uint8Array {
  const at = below(bytes.length + 1, random);
  return concatenated(bytes.subarray(0, at), pick(escapes, random), bytes.subarray(at));
}

function removeRange(bytes: Uint8Array, random: Random): Uint8Array {
  const [start, end] = range(bytes, random);
  return concatenated(bytes.subarray(0, start), bytes.subarray(end));
}

function doubleRange(bytes: Uint8Array, random: Random): Uint8Array {
  const [start, end] = range(bytes, random);
  return concatenated(bytes.subarray(0, end), bytes.subarray(start));
}

function moveRange(bytes: Uint8Array, random: Random): Uint8Array {
  const [start, end] = range(bytes, random);
  return concatenated(bytes.subarray(start, end), bytes.subarray(0, start), bytes.subarray(end));
}

/** One of MSH-1 and MSH-2, everywhere: the message stays a message with other delimiters. Or only in MSH. */
function changeEncodingCharacter(bytes: Uint8Array, random: Random): Uint8Array {
  const old = bytes[3 + below(5, random)] ?? 0x7c;
  const fresh = pick(special, random);
  const end = random() < 0.5 ? bytes.length : 9;
  return bytes.map((byte, at) => (byte === old && at < end ? fresh : byte));
}

function truncate(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.slice(0, below(bytes.length + 1, random));
}

function range(bytes: Uint8Array, random: Random): readonly [number, number] {
  const start = below(bytes.length + 1, random);
  return [start, Math.min(bytes.length, start + below(random() < 0.9 ? 20 : 500, random))];
}

function below(limit: number, random: Random): number {
  return Math.floor(random() * limit);
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[below(items.length, random)];
  if (item === undefined) throw new Error("there is nothing to pick from");
  return item;
}

function joined(pieces: readonly Uint8Array[], separator: Uint8Array): Uint8Array {
  return concatenated(...pieces.flatMap((piece) => [piece, separator]));
}

function concatenated(...pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
