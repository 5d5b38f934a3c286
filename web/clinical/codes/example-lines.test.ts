import assert from "node:assert/strict";
import { test } from "node:test";
import type { MessageView } from "#departments/clinical/api";
import { exampleLines } from "./example-lines.ts";

function component(where: string, text: string) {
  return { where, text, isNull: false };
}

/** OBX|1|NM|K^Potassium^L||4.1|mmol/L */
function potassium(where: string, code: string): MessageView["segments"][number] {
  const plain = { isNull: false, components: [] };
  return {
    name: "OBX",
    where,
    fields: [
      {
        where: `${where}-3`,
        number: 3,
        title: "Observation Identifier",
        raw: `${code}^Potassium^L`,
        isNull: false,
        components: [component(`${where}-3.1`, code), component(`${where}-3.2`, "Potassium")],
      },
      { ...plain, where: `${where}-5`, number: 5, title: "Observation Value", raw: "4.1", text: "4.1" },
      { ...plain, where: `${where}-6`, number: 6, title: "Units", raw: "mmol/L", text: "mmol/L" },
      { ...plain, where: `${where}-11`, number: 11, title: "Observation Result Status", raw: "F", text: "F" },
    ],
  };
}

test("an example shows the line of the code: code, value and unit, and nothing further", () => {
  const [line, ...more] = exampleLines([potassium("OBX[1]", "NA"), potassium("OBX[2]", "K")], {
    field: "OBX-3",
    code: "K",
  });
  assert.equal(more.length, 0);
  assert.equal(line?.where, "OBX[2]");
  assert.deepEqual(
    line?.facts.map(({ term, value, isCode }) => [term, value, isCode]),
    [
      ["Observation Identifier", "K · Potassium", true],
      ["Observation Value", "4.1", false],
      ["Units", "mmol/L", false],
    ],
  );
});

test("a unit is looked for where units stand", () => {
  const found = exampleLines([potassium("OBX[1]", "mmol/L"), potassium("OBX[2]", "K")], {
    field: "OBX-6",
    code: "mmol/L",
  });
  assert.deepEqual(
    found.map(({ where }) => where),
    ["OBX[1]", "OBX[2]"],
  );
});

test("of a code that stands in many lines, two are shown", () => {
  const segments = ["OBX[1]", "OBX[2]", "OBX[3]"].map((where) => potassium(where, "K"));
  assert.equal(exampleLines(segments, { field: "OBX-3", code: "K" }).length, 2);
});
