/** EDIFACT interchanges and the NHS003 message. Source: ISO 9735; PMIP EDIFACT, NHS003 and NHSACK. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { incorrect } from "#kernel";
import { anInterchange, anNhs003, fullBloodCount } from "../../../test/builders/nhs003.ts";
import { mrONeill, msMuellerBrandt } from "../../../test/ward/index.ts";
import {
  isInterchange,
  isNhs003,
  messageExcerpts,
  nhsack,
  readInterchange,
  readNhsack,
  structureNhs003,
  valueAt,
  valuesOf,
} from "./index.ts";

const encoder = new TextEncoder();

function codes(problems: readonly { readonly code: string; readonly where?: string }[]): readonly string[] {
  return problems.map(({ code, where }) => `${code} ${where}`);
}

test("an interchange gives its header and its messages, and nothing is wrong with it", () => {
  const { header, messages, problems } = readInterchange(anInterchange([anNhs003(), anNhs003({ reference: "2" })]));
  assert.deepEqual(problems, []);
  assert.deepEqual(header, {
    sender: { id: "000000004400001", qualifier: "80" },
    recipient: { id: "000000024600002", qualifier: "80" },
    date: "261123",
    time: "0931",
    controlReference: "1015",
    application: "MEDRPT",
    isAcknowledgementWanted: true,
    isTest: false,
  });
  assert.deepEqual(
    messages.map((message) => [message.reference, isNhs003(message), message.problems]),
    [
      ["1", true, []],
      ["2", true, []],
    ],
  );
});

test("the release character takes its meaning from a separator, and from itself", () => {
  const text = "UNB+UNOC:3+A+B+261123:0931+7'UNH+1+X'FTX+SPC+++a?+b?:c?'d??:next'UNT+3+1'UNZ+1+7'";
  const { messages, problems } = readInterchange(encoder.encode(text));
  assert.deepEqual(problems, []);
  assert.deepEqual(messages[0]?.segments[1]?.elements[4], ["a+b:c'd?", "next"]);
});

test("UNA gives other separators", () => {
  const text = "UNA|*,! ~UNB*UNOC|3*A*B*261123|0931*7~UNH*1*X~UNT*2*1~UNZ*1*7~";
  const { separators, header, problems } = readInterchange(encoder.encode(text));
  assert.deepEqual(problems, []);
  assert.equal(separators.decimal, ",");
  assert.equal(header?.recipient.id, "B");
});

test("a UNA that makes no sense is reported, and the usual separators count", () => {
  const text = "UNA++.? 'UNB+UNOC:3+A+B+261123:0931+7'UNZ+0+7'";
  const { header, problems } = readInterchange(encoder.encode(text));
  assert.deepEqual(codes(problems), ["separators-invalid UNA"]);
  assert.equal(header?.sender.id, "A");
});

test("letters beyond ASCII are those of the character set in UNB", () => {
  const { messages } = readInterchange(anInterchange([anNhs003({ patient: msMuellerBrandt })]));
  const pna = messages[0]?.segments.find(({ tag }) => tag === "PNA");
  assert.equal(pna && valueAt(pna, 5, 2), "Müller-Brandt");
  assert.equal(pna && valueAt(pna, 6, 2), "Zoë");
});

test("values carry their places, and empty ones are none", () => {
  const { messages } = readInterchange(anInterchange([anNhs003()]));
  const rsl = messages[0]?.segments.find(({ tag }) => tag === "RSL");
  assert.deepEqual(rsl && valuesOf(rsl).map(({ where, value }) => `${where} ${value}`), [
    "RSL[1]-1.1 NV",
    "RSL[1]-2.1 11",
    "RSL[1]-2.2 7",
    "RSL[1]-4.4 ng/mL",
    "RSL[1]-5.1 LO",
  ]);
});

const header = "UNB+UNOC:3+A+B+261123:0931+7'";

for (const [title, text, expected, ofMessage] of [
  ["no UNB", "UNH+1+X'UNT+2+1'UNZ+1+7'", ["segment-missing UNB"], []],
  ["no sender", "UNB+UNOC:3++B+261123:0931+7'UNZ+0+7'", ["header-incomplete UNB-2"], []],
  ["no UNZ", `${header}UNH+1+X'UNT+2+1'`, ["segment-missing UNZ"], []],
  ["a lost message", `${header}UNH+1+X'UNT+2+1'UNZ+2+7'`, ["message-count-wrong UNZ-1"], []],
  ["another interchange's end", `${header}UNZ+0+8'`, ["control-reference-differs UNZ-2"], []],
  ["a lost segment", `${header}UNH+1+X'UNT+3+1'UNZ+1+7'`, [], ["segment-count-wrong UNT-1"]],
  ["another message's end", `${header}UNH+1+X'UNT+2+9'UNZ+1+7'`, [], ["message-reference-differs UNT-2"]],
  ["a message without end", `${header}UNH+1+X'UNZ+1+7'`, [], ["segment-missing UNT"]],
  ["a torn end", `${header}UNZ+0+7`, ["segment-unterminated UNZ", "segment-missing UNZ"], []],
  ["a stray segment", `${header}BGM+LSR'UNZ+0+7'`, ["segment-outside-message BGM[1]"], []],
  ["a group", `${header}UNG+X'UNZ+0+7'`, ["group-unsupported UNG[1]"], []],
] as const) {
  test(`${title} is reported with its place`, () => {
    const { problems, messages } = readInterchange(encoder.encode(text));
    assert.deepEqual(codes(problems), expected);
    assert.deepEqual(codes(messages.flatMap((message) => message.problems)), ofMessage);
  });
}

test("whatever bytes come, reading them does not throw", () => {
  const sound = anInterchange([anNhs003({ results: fullBloodCount })]);
  for (let end = 0; end < sound.length - 2; end += 7) {
    const torn = readInterchange(sound.slice(0, end));
    assert.ok(torn.problems.length > 0, `cut at ${end}`);
    for (const message of torn.messages) structureNhs003(message);
  }
});

test("an interchange is told from HL7 v2 by how it begins", () => {
  assert.equal(isInterchange(anInterchange([])), true);
  assert.equal(isInterchange(encoder.encode("UNA:+.? 'UNB+UNOC:3'")), true);
  assert.equal(isInterchange(encoder.encode("MSH|^~\\&|UNB+|")), false);
});

function structured(segments: readonly string[]) {
  const [message] = readInterchange(anInterchange([segments])).messages;
  assert.ok(message !== undefined);
  return structureNhs003(message);
}

test("a report falls into the groups of its guide", () => {
  const { root, problems } = structured(anNhs003({ patient: mrONeill, results: fullBloodCount }));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    root.groups.map(({ name }) => name),
    ["S01", "S01", "S01", "S01", "S02"],
  );
  const subject = root.groups.at(-1)?.groups[0];
  assert.deepEqual(
    subject?.groups.map(({ name, groups }) => [name, ...groups.map((inner) => inner.name)]),
    [["S07"], ["S10"], ["S16"], ["GIS"], ["GIS", "S20"], ["GIS"]],
  );
});

test("what does not belong, and what is missing, is reported", () => {
  const segments = anNhs003()
    .filter((segment) => !segment.startsWith("PNA") && !segment.startsWith("RFF+ASL"))
    .toSpliced(3, 0, "MOA+9:12");
  assert.deepEqual(codes(structured(segments).problems), [
    "segment-unexpected MOA[1]",
    "segment-missing S07[1]",
    "segment-missing GIS[2]",
  ]);
});

test("the answer accepts and rejects each message, and is itself a sound interchange", () => {
  const read = readInterchange(anInterchange([anNhs003(), anNhs003({ reference: "2" })]));
  assert.ok(read.header !== undefined);
  const refusal = incorrect("segment-missing", "INV+MQ is required in group GIS.", { where: "GIS[2]" });
  const answer = {
    header: read.header,
    problems: [],
    messages: [
      { reference: "1", problems: [] },
      { reference: "2", problems: [refusal] },
    ],
    controlReference: "88",
    answeredAt: "202611230930",
  };
  const text = nhsack(answer);
  const { messages, problems, header: back } = readInterchange(encoder.encode(text));
  assert.deepEqual(problems, []);
  assert.deepEqual(messages[0]?.problems, []);
  assert.equal(messages[0]?.association, "NHS001");
  assert.equal(back?.recipient.id, "000000004400001", "it goes back to the sender");
  assert.match(text, /NIR\+SIR:1015\+000000004400001:80\+000000024600002:80\+IAP'/);
  assert.deepEqual(readNhsack(encoder.encode(text)), {
    controlReference: "1015",
    status: "IAP",
    reason: undefined,
    messages: [
      { reference: "1", isAccepted: true, reason: undefined },
      { reference: "2", isAccepted: false, reason: "GIS[2] INV+MQ is required in group GIS." },
    ],
  });
  assert.match(text, /NMR\+AGO:1\+MA'\r\nNMR\+AGO:2\+MR'\r\nFTX\+ERD\+\+\+GIS\[2\] INV\?\+MQ is required/);
});

for (const [status, problems, messages] of [
  ["IAF", [], [[]]],
  ["IRA", [], [[incorrect("x", "No.")]]],
  ["IRI", [incorrect("x", "No.")], [[]]],
] as const) {
  test(`an interchange answered with ${status}`, () => {
    const { header: sent } = readInterchange(anInterchange([anNhs003()]));
    assert.ok(sent !== undefined);
    const text = nhsack({
      header: sent,
      problems,
      messages: messages.map((each) => ({ reference: "1", problems: each })),
      controlReference: "88",
      answeredAt: "202611230930",
    });
    assert.ok(text.includes(`+${status}'`));
    assert.equal(text.includes("NMR"), status !== "IRI", "of a refused interchange no message was looked at");
  });
}

test("each message of an interchange stands by itself, its own bytes untouched", () => {
  const all = [anNhs003({ patient: mrONeill }), anNhs003({ reference: "2", patient: msMuellerBrandt })];
  const whole = anInterchange(all);
  const excerpts = messageExcerpts(whole);
  assert.equal(excerpts.length, 2);
  for (const [at, excerpt] of excerpts.entries()) {
    const { header, messages, problems } = readInterchange(excerpt);
    assert.deepEqual([problems, messages[0]?.problems], [[], []]);
    assert.equal(header?.controlReference, "1015");
    assert.deepEqual(messages, [readInterchange(whole).messages[at]]);
  }
});

test("an answer that is none is not read as one", () => {
  assert.equal(readNhsack(anInterchange([anNhs003()])), undefined);
  assert.equal(readNhsack(encoder.encode("MSH|^~\\&|")), undefined);
});
