/** The parsed tree of the message browser: every value, by its name, with what became of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMessage } from "#standards/hl7v2";
import type { FieldView, SegmentView } from "../api.ts";
import { outcomesOf } from "./outcomes.ts";
import { segmentViews } from "./segment-view.ts";

const msh = "MSH|^~\\&|PATHLAB|MEADOWLAB|||20261123093000||ORU^R01|M-0001|P|2.4";

function segments(...lines: readonly string[]): readonly SegmentView[] {
  return segmentViews(parseMessage([msh, ...lines].join("\r")), 1000, () => undefined);
}

function field(view: SegmentView | undefined, number: number): FieldView | undefined {
  return view?.fields.find((each) => each.number === number);
}

test("fields have the names of the standard, and empty ones are left out", () => {
  const [, pid] = segments("PID|1||H1042318^^^MEADOW^MR||Osei^Adaeze^Grace^^Mrs||19570314|F");
  assert.deepEqual([pid?.name, pid?.title, pid?.where], ["PID", "Patient Identification", "PID"]);
  assert.deepEqual(
    pid?.fields.map((each) => [each.where, each.title]),
    [
      ["PID-1", "Set ID - PID"],
      ["PID-3", "Patient Identifier List"],
      ["PID-5", "Patient Name"],
      ["PID-7", "Date/Time of Birth"],
      ["PID-8", "Administrative Sex"],
    ],
  );
  assert.deepEqual(
    field(pid, 5)?.components.map((each) => [each.where, each.title, each.text]),
    [
      ["PID-5.1", "Family Name", "Osei"],
      ["PID-5.2", "Given Name", "Adaeze"],
      ["PID-5.3", "Second and Further Given Names or Initials Thereof", "Grace"],
      ["PID-5.5", "Prefix (e.g., DR)", "Mrs"],
    ],
  );
  assert.equal(field(pid, 7)?.text, "19570314");
});

test("the delimiters of the header are values as they stand", () => {
  const [header] = segments();
  assert.deepEqual([field(header, 1)?.text, field(header, 2)?.text], ["|", "^~\\&"]);
});

test("segments and repetitions are counted where there are several", () => {
  const views = segments("PID|||1^^^A~2^^^B", "OBX|1|NM|K||4.1", "OBX|2|NM|NA||139");
  assert.deepEqual(
    views.map((view) => view.where),
    ["MSH", "PID", "OBX[1]", "OBX[2]"],
  );
  assert.deepEqual(
    views[1]?.fields.map((each) => each.where),
    ["PID-3[1]", "PID-3[2]"],
  );
});

test("subcomponents stand on their own, and escapes are decoded beside what was sent", () => {
  const [, pid] = segments("PID|||9990000018^^^NHS&2.16.840.1.113883.2.1.4.1&ISO||O\\T\\Neill^Cormac");
  assert.deepEqual(
    field(pid, 3)?.components.map((each) => [each.where, each.title, each.text]),
    [
      ["PID-3.1", "ID Number", "9990000018"],
      ["PID-3.4.1", "Assigning Authority, Namespace ID", "NHS"],
      ["PID-3.4.2", "Assigning Authority, Universal ID", "2.16.840.1.113883.2.1.4.1"],
      ["PID-3.4.3", "Assigning Authority, Universal ID Type", "ISO"],
    ],
  );
  assert.deepEqual([field(pid, 5)?.raw, field(pid, 5)?.components[0]?.text], ["O\\T\\Neill^Cormac", "O&Neill"]);
});

test("the value of an observation has the names of its own type", () => {
  const [, obx] = segments("OBX|1|CE|ORG||ECOLI^Escherichia coli^L");
  assert.deepEqual(
    field(obx, 5)?.components.map((each) => each.title),
    ["Identifier", "Text", "Name of Coding System"],
  );
});

test("a null is told from an empty field, a Z-segment and a stray line are shown without names", () => {
  const [, pid, z, stray] = segments('PID|1||X||""', "ZLB|local^value", "not a segment");
  assert.deepEqual([field(pid, 5)?.isNull, field(pid, 5)?.text], [true, ""]);
  assert.deepEqual([z?.title, z?.fields[0]?.title, z?.fields[0]?.components[1]?.text], [undefined, undefined, "value"]);
  assert.deepEqual([stray?.name, stray?.fields[0]?.text], ["?", "not a segment"]);
});

test("by the books of the message each value was mapped or says why not, however its position is written", () => {
  const unmapped = [
    { where: "PID-8", reason: "no-target" },
    { where: "PID[1]-3[1].4.1", reason: "no-target" },
  ];
  const books = { entries: undefined, reasonText: (code: string) => `because ${code}` };
  const outcomeOf = outcomesOf({ ledger: { leaves: 4, mapped: 2, unmapped } } as never, books);
  const message = parseMessage([msh, "PID|||H1^^^MEADOW||||19570314|F"].join("\r"));
  const pid = segmentViews(message, 1000, outcomeOf)[1];
  const missing = { is: "unmapped", code: "no-target", reason: "because no-target" };
  assert.deepEqual(field(pid, 7)?.outcome, { is: "mapped" });
  assert.deepEqual(field(pid, 8)?.outcome, missing);
  assert.deepEqual(
    field(pid, 3)?.components.map((each) => each.outcome),
    [{ is: "mapped" }, missing],
  );
});

test("of a message that was never mapped nothing is said", () => {
  const books = { entries: undefined, reasonText: String };
  assert.equal(outcomesOf({} as never, books)("PID-8"), undefined);
});

test("a document in base64 is cut, and says so", () => {
  const [, obx] = segments(`OBX|1|ED|PDF||^application^pdf^Base64^${"A".repeat(50_000)}`);
  const data = field(obx, 5)?.components.at(-1);
  assert.equal(data?.cut, true);
  assert.ok((data?.text.length ?? 0) < 3_000);
});
