/** What a narrative may bring into a page. Source: FHIR R4 §2.4.0 (narrative), §6.1.0.8 (security of narratives). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type NarrativeNode, narrativeNodes } from "./narrative-nodes.ts";

/** As a reader of the page's own code would write it. */
function written(nodes: readonly NarrativeNode[]): string {
  return nodes
    .map((node) => {
      if (node.is === "text") return node.text;
      const spans = `${node.colSpan > 1 ? ` c=${node.colSpan}` : ""}${node.rowSpan > 1 ? ` r=${node.rowSpan}` : ""}`;
      return `<${node.tag}${spans}>${written(node.children)}</${node.tag}>`;
    })
    .join("");
}

const rows: readonly (readonly [what: string, div: string, shown: string])[] = [
  ["words and elements, in their order", "<div>a <b>b</b> c<br/>d</div>", "<div>a <b>b</b> c<br></br>d</div>"],
  ["no attribute", '<div style="position:fixed"><p onclick="x()" id="main">a</p></div>', "<div><p>a</p></div>"],
  ["no script and no style", "<div><script>x()</script><style>p{}</style>a</div>", "<div>a</div>"],
  ["no link, but its words", '<div><a href="javascript:x()">more</a></div>', "<div>more</div>"],
  [
    "no picture, but its words",
    '<div><img src="http://elsewhere.example/x.png" alt="a graph" onerror="x()"/></div>',
    "<div>[picture: a graph]</div>",
  ],
  ["the spans of cells", '<table><tr><td colspan="2">a</td></tr></table>', "<table><tr><td c=2>a</td></tr></table>"],
  ["its headings below those of the page", "<div><h1>a</h1></div>", "<div><h4>a</h4></div>"],
  ["the content of what is not known", "<div><blink>a<i>b</i></blink></div>", "<div>a<i>b</i></div>"],
  [
    "characters that were escaped, as characters",
    "<div>1 &lt; 2 &amp; &#181;<!-- x --><![CDATA[<b>]]></div>",
    "<div>1 < 2 & µ<b></div>",
  ],
  ["a tag within an attribute as nothing", '<div title="a > b"><p>c</p></div>', "<div><p>c</p></div>"],
  ["only the words of what is no XHTML", "<div>a<br>b<script>x()</script>&nbsp;c", " a b \u00a0c"],
];

describe("A narrative keeps", () => {
  for (const [what, div, shown] of rows) it(what, () => assert.equal(written(narrativeNodes(div)), shown));
});
