/** SNOMED CT Expression Constraint Language 2, brief syntax. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type EclExpression, parseEcl } from "./index.ts";

/** The tree in one line, with everything that says nothing left out. */
function told(expression: EclExpression): string {
  return JSON.stringify(expression)
    .replaceAll(/"(is|of|code|by|min|max|operator|cardinality|isReversed|isNegated)":/g, "")
    .replaceAll('"', "");
}

describe("an expression constraint", () => {
  const read: readonly (readonly [text: string, tree: string])[] = [
    ["*", "{any}"],
    ["  << 404684003 |Clinical finding| ", "{operator,<<,{concept,404684003}}"],
    ["404684003 /* one */ AND /* and another */ 64572001", "{and,[{concept,404684003},{concept,64572001}]}"],
    ["404684003, 64572001", "{and,[{concept,404684003},{concept,64572001}]}"],
    [
      "(404684003 or 64572001) minus ^ 700043003",
      "{minus,from:{or,[{concept,404684003},{concept,64572001}]},without:{operator,^,{concept,700043003}}}",
    ],
    ["> <! 404684003", "{operator,>,{operator,<!,{concept,404684003}}}"],
    [
      "404684003: [0..0] R 363698007 != <39057004",
      "{refined,{concept,404684003},{attribute,{0,0},true,name:{concept,363698007},value:{concepts,true,{operator,<,{concept,39057004}}}}}",
    ],
    [
      '404684003: {363698007 = #-2.5, 116676008 != "a \\"b\\""}',
      "{refined,{concept,404684003},{group,{1},{and,[{attribute,{1},false,name:{concept,363698007},value:{number,comparison:=,number:-2.5}},{attribute,{1},false,name:{concept,116676008},value:{text,true,text:a \\b\\}}]}}}",
    ],
    [
      "404684003: (363698007 = * OR (116676008 OR 116676009) = *)",
      "{refined,{concept,404684003},{or,[{attribute,{1},false,name:{concept,363698007},value:{concepts,false,{any}}},{attribute,{1},false,name:{or,[{concept,116676008},{concept,116676009}]},value:{concepts,false,{any}}}]}}",
    ],
    ["< 404684003 . 363698007", "{dotted,{operator,<,{concept,404684003}},attribute:{concept,363698007}}"],
  ];
  for (const [text, tree] of read) {
    it(`is read: ${text}`, () => {
      const expression = parseEcl(text);
      assert.ok(expression.ok, JSON.stringify(expression));
      assert.equal(told(expression.value), tree);
    });
  }

  const refused: readonly (readonly [text: string, code: string, where: string])[] = [
    ["", "ecl-incorrect", "character 1"],
    ["<< 40468", "ecl-incorrect", "character 4"],
    ["404684003 AND 404684004 OR 404684005", "ecl-incorrect", "character 27"],
    ["404684003: 363698007", "ecl-incorrect", "character 21"],
    ["404684003: [3..1] 363698007 = *", "ecl-incorrect", "character 18"],
    ["404684003: { { 363698007 = * } }", "ecl-incorrect", "character 15"],
    ["404684003 404684004", "ecl-incorrect", "character 11"],
    ['< 404684003 {{ term = "x" }}', "ecl-unsupported", "character 13"],
    ["!!> 404684003", "ecl-unsupported", "character 1"],
    ["LOINC#1234-5", "ecl-unsupported", "character 7"],
    ["404684003: [2..3] R 363698007 = *", "ecl-unsupported", "character 34"],
    ["diabetes", "ecl-incorrect", "character 1"],
    ["(".repeat(20_001), "too-long", ""],
    [`${"(".repeat(40)}404684003`, "ecl-incorrect", "character 32"],
    [`404684003: ${"(404684003: ".repeat(25)}`, "ecl-incorrect", "character 22"],
  ];
  for (const [text, code, where] of refused) {
    it(`is refused: ${text.slice(0, 50)}`, () => {
      const expression = parseEcl(text);
      assert.ok(!expression.ok);
      assert.deepEqual([expression.problems[0].code, expression.problems[0].where ?? ""], [code, where]);
    });
  }

  it("of any text is read to its end or refused, never with a throw", () => {
    const symbols = [
      "<",
      "<<!",
      "^",
      "(",
      ")",
      "{",
      "}",
      "[1..2]",
      ":",
      "=",
      "73211009",
      "AND",
      "MINUS",
      "|",
      '"',
      "*",
    ];
    const part = fc.constantFrom(...symbols, "R", ".", "#", "{{");
    fc.assert(fc.property(fc.array(part), (parts) => typeof parseEcl(parts.join(" ")).ok === "boolean"));
  });
});
