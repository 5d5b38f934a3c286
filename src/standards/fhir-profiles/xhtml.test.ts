/** Source: FHIR R4 §2.11.0.1 (Narrative), invariants txt-1 and txt-2. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xhtmlFlaws } from "./xhtml.ts";

function rules(inner: string): readonly string[] {
  return xhtmlFlaws(`<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`).map(({ rule }) => rule);
}

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "formatting, tables, lists and links",
    '<p class="a">One <b>two</b><br/></p><ul><li><a href="#x">x</a></li></ul>',
    [],
  ],
  ["an image alone", '<img src="#chart" alt="Chart"/>', []],
  ["a comment beside text", "<!-- <script> -->text", []],
  ["the five entities of XML, and numbers", "&lt;&gt;&amp;&quot;&apos;&#160;&#xA0;", []],
  ["a script", "x<script>alert(1)</script>", ["txt-1"]],
  ["an input", 'x<input type="text"/>', ["txt-1"]],
  ["an event", '<p onclick="x()">x</p>', ["txt-1"]],
  ["a processing instruction", "<?php x ?>x", ["txt-1"]],
  ["nothing but space", "  \n <p> </p>", ["txt-2"]],
  ["an entity of HTML", "&reg; x", ["xhtml"]],
  ["an ampersand by itself", "a & b", ["xhtml"]],
  ["a tag that is not closed", "<p>x", ["xhtml"]],
  ["a tag closed in the wrong place", "<b><i>x</b></i>", ["xhtml", "xhtml"]],
  ["a less-than sign by itself", "1 < 2", ["xhtml"]],
  ["an attribute without quotes", "<p class=a>x</p>", ["xhtml"]],
];

for (const [name, inner, expected] of cases) {
  test(`a narrative with ${name} ${expected.length === 0 ? "is taken" : `breaks ${expected[0]}`}`, () => {
    assert.deepEqual([...new Set(rules(inner))], [...new Set(expected)]);
  });
}

test("any text is read to its end in little time", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("<", ">", "p", "&", ";", '"', "=", " ", "/", "!", "-") }), (text) => {
      xhtmlFlaws(text);
    }),
  );
  assert.ok(xhtmlFlaws("<p ".repeat(100_000)).length > 0);
  assert.ok(xhtmlFlaws(`<p ${'a="b" '.repeat(50_000)}`).length > 0);
});
