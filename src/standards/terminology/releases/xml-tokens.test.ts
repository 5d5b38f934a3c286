import assert from "node:assert/strict";
import { test } from "node:test";
import { xmlTokens } from "./xml-tokens.ts";

test("elements, attributes and texts are read, what only remarks is left out", () => {
  const xml = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><!-- <d/> --><a x='1 &gt; 0' xml:lang = "en">t &amp; &#x41;<b/><![CDATA[<&]]></a>`;
  assert.deepEqual(
    [...xmlTokens(xml)],
    [
      { is: "open", name: "a", attributes: { x: "1 > 0", "xml:lang": "en" } },
      { is: "text", text: "t & A" },
      { is: "open", name: "b", attributes: {} },
      { is: "close", name: "b" },
      { is: "text", text: "<&" },
      { is: "close", name: "a" },
    ],
  );
});
