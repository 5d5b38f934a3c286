/** Source: PS3.8 §9.3, Annex D; PS3.7 §D.3.3. Vectors are made from the tables, byte by byte. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import { dicomApplicationContext, type Pdu } from "./pdu.ts";
import { PduFramer, type ReceivedFragment } from "./pdu-framer.ts";
import { readPdu } from "./read-pdu.ts";
import type { UserItem } from "./user-item.ts";
import { dataHeader, writePdu } from "./write-pdu.ts";

/** `01 00` and texts in quotation marks, to bytes. */
function bytes(written: string): Uint8Array {
  const parts = written.match(/"[^"]*"|[0-9A-F]{2}/g) ?? [];
  return Uint8Array.from(
    parts.flatMap((part) =>
      part.startsWith('"') ? [...part.slice(1, -1)].map((c) => c.charCodeAt(0)) : [Number.parseInt(part, 16)],
    ),
  );
}

const zeros32 = "00 ".repeat(32);
/** An item of the association without user items. */
const titles = `00 01 00 00 "ARCHIVE         " "CT7             " ${zeros32} 10 00 00 15 "1.2.840.10008.3.1.1.1"`;

const emptyRequest = {
  is: "associate-rq",
  protocolVersion: 1,
  calledAe: "ARCHIVE",
  callingAe: "CT7",
  applicationContext: dicomApplicationContext,
  contexts: [],
  userItems: [],
} as const satisfies Pdu;

const verification = '20 00 00 2E 01 00 00 00 30 00 00 11 "1.2.840.10008.1.1" 40 00 00 11 "1.2.840.10008.1.2"';

const wholePdus: readonly (readonly [string, string, Pdu])[] = [
  ["A-ASSOCIATE-RJ", "03 00 00 00 00 04 00 01 01 07", { is: "associate-rj", result: 1, source: 1, reason: 7 }],
  ["A-RELEASE-RQ", "05 00 00 00 00 04 00 00 00 00", { is: "release-rq" }],
  ["A-RELEASE-RP", "06 00 00 00 00 04 00 00 00 00", { is: "release-rp" }],
  ["A-ABORT", "07 00 00 00 00 04 00 00 02 06", { is: "abort", source: 2, reason: 6 }],
  ["an A-ASSOCIATE-RQ without contexts", `01 00 00 00 00 61 ${titles} 50 00 00 00`, emptyRequest],
  [
    "an A-ASSOCIATE-RQ with a context",
    `01 00 00 00 00 93 ${titles} ${verification} 50 00 00 00`,
    {
      ...emptyRequest,
      contexts: [{ id: 1, abstractSyntax: "1.2.840.10008.1.1", transferSyntaxes: ["1.2.840.10008.1.2"] }],
    },
  ],
  [
    "an A-ASSOCIATE-AC with a context",
    `02 00 00 00 00 7E ${titles} 21 00 00 19 03 00 00 00 40 00 00 11 "1.2.840.10008.1.2" 50 00 00 00`,
    {
      ...emptyRequest,
      is: "associate-ac",
      contexts: [{ id: 3, result: 0, transferSyntax: "1.2.840.10008.1.2" }],
    },
  ],
  [
    "an item that nobody knows",
    `01 00 00 00 00 67 ${titles} 50 00 00 00 7F 00 00 02 AA BB`,
    { ...emptyRequest, others: [{ type: 0x7f, bytes: Uint8Array.of(0xaa, 0xbb) }] },
  ],
];

for (const [name, written, pdu] of wholePdus) {
  test(`${name} is read from its bytes and written as them`, () => {
    assert.deepEqual(expectOk(readPdu(bytes(written))), pdu);
    assert.deepEqual(writePdu(pdu), bytes(written));
  });
}

const userItems: readonly (readonly [string, UserItem])[] = [
  ["51 00 00 04 00 02 00 00", { is: "max-length", bytes: 131_072 }],
  ['52 00 00 07 "1.2.3.4"', { is: "implementation-class", uid: "1.2.3.4" }],
  ['55 00 00 05 "CT_01"', { is: "implementation-version", name: "CT_01" }],
  ["53 00 00 04 00 05 00 00", { is: "operations-window", invoked: 5, performed: 0 }],
  ['54 00 00 07 00 03 "1.2" 00 01', { is: "role", sopClass: "1.2", isScu: false, isScp: true }],
  ['56 00 00 08 00 03 "1.2" 01 00 01', { is: "extended", sopClass: "1.2", information: Uint8Array.of(1, 0, 1) }],
  [
    '57 00 00 11 00 03 "1.2" 00 03 "4.2" 00 05 00 03 "1.9"',
    {
      is: "common-extended",
      version: 0,
      sopClass: "1.2",
      serviceClass: "4.2",
      relatedClasses: ["1.9"],
      reserved: new Uint8Array(0),
    },
  ],
  [
    '58 00 00 0B 02 01 00 03 "ada" 00 02 "pw"',
    { is: "identity", type: 2, wantsAnswer: true, primary: bytes('"ada"'), secondary: bytes('"pw"') },
  ],
  ["59 00 00 03 00 01 FF", { is: "identity-answer", response: Uint8Array.of(0xff) }],
  ["5A 00 00 01 07", { is: "unknown", type: 0x5a, bytes: Uint8Array.of(7) }],
];

for (const [written, item] of userItems) {
  test(`the user item '${item.is}' is read from its bytes and written as them`, () => {
    const content = bytes(written);
    const [total, length] = [0x61 + content.length, content.length].map((n) => n.toString(16).toUpperCase());
    const whole = bytes(`01 00 00 00 00 ${total} ${titles} 50 00 00 ${length?.padStart(2, "0")} ${written}`);
    const pdu = { ...emptyRequest, userItems: [item] };
    assert.deepEqual(expectOk(readPdu(whole)), pdu);
    assert.deepEqual(writePdu(pdu), whole);
  });
}

const twoFragments = [
  dataHeader({ contextId: 5, isCommand: true, isLast: true, length: 3 }),
  Uint8Array.of(1, 2, 3),
  dataHeader({ contextId: 5, isCommand: false, isLast: false, length: 4 }),
  Uint8Array.of(4, 5, 6, 7),
  dataHeader({ contextId: 5, isCommand: false, isLast: true, length: 0 }),
];

function framer() {
  return new PduFramer({ dataPduBytes: 1_000, otherPduBytes: 1_000 });
}

function fragmentsIn(chunks: readonly Uint8Array[]): readonly ReceivedFragment[] {
  const taking = framer();
  return chunks.flatMap((chunk) => taking.take(chunk)).filter((event) => event.is === "fragment");
}

test("a P-DATA-TF has both its headers before the data", () => {
  assert.deepEqual(twoFragments[0], bytes("04 00 00 00 00 09 00 00 00 05 05 03"));
});

for (const size of [1, 2, 5, 11, 13, 1_000]) {
  test(`fragments come out the same when their bytes come ${size} at a time`, () => {
    const whole = Buffer.concat(twoFragments);
    const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
      whole.subarray(at * size, (at + 1) * size),
    );
    const fragments = fragmentsIn(chunks);
    const of = (isCommand: boolean) => fragments.filter((fragment) => fragment.isCommand === isCommand);
    assert.deepEqual([...Buffer.concat(of(true).map((fragment) => fragment.bytes))], [1, 2, 3]);
    assert.deepEqual([...Buffer.concat(of(false).map((fragment) => fragment.bytes))], [4, 5, 6, 7]);
    assert.deepEqual(
      fragments.filter(({ isEnd }) => isEnd).map(({ isCommand }) => isCommand),
      [true, false],
    );
  });
}

test("data that have come are given on before their PDU is complete, as a view and not a copy", () => {
  const chunk = Buffer.concat([
    dataHeader({ contextId: 1, isCommand: false, isLast: true, length: 100 }),
    bytes("AA BB"),
  ]);
  const [fragment] = fragmentsIn([chunk]);
  assert.deepEqual([fragment?.bytes.length, fragment?.isEnd], [2, false]);
  assert.equal(fragment?.bytes.buffer, chunk.buffer);
});

const faults: readonly (readonly [string, string, string])[] = [
  ["of another protocol", '"GET / HTTP/1.1"', "dimse-pdu-unrecognised"],
  ["longer than agreed", "04 00 00 00 10 00", "dimse-pdu-too-long"],
  ["a request that is too long", "01 00 00 00 10 00", "dimse-pdu-too-long"],
  ["a PDV longer than its PDU", "04 00 00 00 00 07 00 00 00 09 01 03", "dimse-pdu-invalid"],
  ["a PDV without a header", "04 00 00 00 00 06 00 00 00 01 01 03", "dimse-pdu-invalid"],
  [
    "an item longer than the PDU",
    `01 00 00 00 00 48 00 01 00 00 ${"20 ".repeat(32)} ${zeros32} 10 00 00 15`,
    "dimse-pdu-invalid",
  ],
];

for (const [what, written, code] of faults) {
  test(`what is ${what} is a problem, and nothing behind it is read`, () => {
    const taking = framer();
    const events = [...taking.take(bytes(written)), ...taking.take(bytes("05 00 00 00 00 04 00 00 00 00"))];
    assert.deepEqual(
      events.map((event) => (event.is === "fault" ? event.problem.code : event.is)),
      [code],
    );
  });
}

test("whatever is changed in a PDU, reading it throws nothing and ends", () => {
  const originals = [...wholePdus.map(([, written]) => bytes(written)), Buffer.concat(twoFragments)];
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  let faultCount = 0;
  for (let round = 0; round < 4_000; round += 1) {
    const mutated = Uint8Array.from(originals[random(originals.length)] ?? []);
    for (let change = 0; change <= random(4); change += 1) mutated[random(mutated.length)] = random(256);
    const events = framer().take(mutated.subarray(0, 1 + random(mutated.length)));
    faultCount += events.filter((event) => event.is === "fault").length;
    readPdu(mutated);
  }
  assert.ok(faultCount > 500, `${faultCount} were found to be faulty`);
});
