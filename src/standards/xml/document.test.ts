// Source: XML 1.0 (fifth edition), Namespaces in XML 1.0 (third edition).
import assert from "node:assert/strict";
import test from "node:test";
import { expectOk, limits } from "#kernel";
import { parseXml, type XmlElement } from "./document.ts";

function rootOf(text: string): XmlElement {
  return expectOk(parseXml(text)).root;
}

function firstValue(text: string): string | undefined {
  return rootOf(text).attributes[0]?.value;
}

test("elements, attributes and text are read, comments and instructions passed over", () => {
  const root = rootOf(
    '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- first --><a b="1">\n <?go on?><c/>x<!-- - -->y<![CDATA[<&]]></a> ',
  );
  assert.equal(root.name, "a");
  assert.deepEqual(root.attributes, [{ name: "b", namespace: "", value: "1" }]);
  assert.deepEqual(
    root.elements.map(({ name }) => name),
    ["c"],
  );
  assert.equal(root.text, "xy<&");
});

test("an element knows where it stands in the text", () => {
  const { root, text } = expectOk(parseXml("<a>\r\n<b>x</b></a>"));
  const [inner] = root.elements;
  assert.equal(text.slice(inner?.start, inner?.end), "<b>x</b>");
});

const references = [
  ['<a v="&lt;&gt;&amp;&quot;&apos;"/>', "<>&\"'"],
  ['<a v="&#65;&#x42;&#x1F600;"/>', "AB\u{1F600}"],
  ['<a v="1\n2\t3&#10;4"/>', "1 2 3\n4"],
  ["<a v='\"'/>", '"'],
] as const;

for (const [text, value] of references) {
  test(`the attribute of ${JSON.stringify(text)} is ${JSON.stringify(value)}`, () =>
    assert.equal(firstValue(text), value));
}

test("names are resolved by the namespaces in force where they stand", () => {
  const root = rootOf('<p:a xmlns:p="one" xmlns="two"><b p:c="1" d="2"/><p:b xmlns:p="three"/><e xmlns=""/></p:a>');
  assert.deepEqual(
    [root, ...root.elements].map(({ name, namespace }) => [name, namespace]),
    [
      ["a", "one"],
      ["b", "two"],
      ["b", "three"],
      ["e", ""],
    ],
  );
  assert.deepEqual(root.elements[0]?.attributes, [
    { name: "c", namespace: "one", value: "1" },
    { name: "d", namespace: "", value: "2" },
  ]);
});

test("names may hold letters of any script", () => {
  assert.equal(rootOf("<größe_1/>").name, "größe_1");
});

const malformed = [
  ["", "There is no XML element."],
  ["<a>", "An element has no end tag, at line 1 column 1."],
  ["<a>\n <b></a>", "An end tag closes no element, at line 2 column 5."],
  ["<a></ab>", "An end tag closes no element, at line 1 column 4."],
  ["<a/><b/>", "There is a second outermost element, at line 1 column 5."],
  ["<a/>x", "There is text outside the outermost element, at line 1 column 5."],
  ["<1/>", "A tag is not well-formed, at line 1 column 1."],
  ['<a b="1"c="2"/>', "A tag is not well-formed, at line 1 column 1."],
  ["<a b=1/>", "An attribute must have a value between quotes, at line 1 column 6."],
  ["<a b/>", "An attribute must have a value between quotes, at line 1 column 6."],
  ['<a b="<"/>', "< may not stand in an attribute, at line 1 column 7."],
  ['<a b="1" b="2"/>', "An attribute is given twice, at line 1 column 10."],
  ['<a xmlns:p="x" xmlns:q="x" p:b="" q:b=""/>', "An attribute is given twice, at line 1 column 35."],
  ["<p:a/>", "The name of an element has a prefix that is not declared, at line 1 column 1."],
  ['<a p:b=""/>', "The name of an attribute has a prefix that is not declared, at line 1 column 4."],
  ['<a xmlns:p=""/>', "A namespace is declared that may not be, at line 1 column 4."],
  ["<a><!-- -- --></a>", "A comment is not well-formed, at line 1 column 4."],
  ["<a><![CDATA[x</a>", "A CDATA section has no end, at line 1 column 4."],
  ["<a>]]></a>", "]]> may not stand in text, at line 1 column 4."],
  ["<a><?xml version='1.0'?></a>", "A processing instruction is not well-formed, at line 1 column 4."],
  ['<?xml version="2.0"?><a/>', "The XML declaration is not one of XML 1.0, at line 1 column 1."],
  ["<a>\u0001</a>", "There is a character that XML does not allow, at line 1 column 4."],
  ['<?xml version="1.0"?><a>\u0001</a>', "There is a character that XML does not allow, at line 1 column 25."],
  ["<a>\uD800</a>", "There is a character that XML does not allow, at line 1 column 4."],
] as const;

for (const [text, message] of malformed) {
  test(`${JSON.stringify(text)} is refused`, () => {
    assert.deepEqual(parseXml(text), {
      ok: false,
      problems: [{ category: "incorrect", code: "invalid-xml", message }],
    });
  });
}

for (const reference of [
  "&nbsp;",
  "&",
  "& ",
  "&#0;",
  "&#xD800;",
  "&#x110000;",
  "&#xFFFFFFFFFFFFFFFFFF;",
  "&toString;",
]) {
  test(`the reference ${reference} is refused`, () => {
    assert.deepEqual(codesOf(`<a>${reference}</a>`), ["invalid-xml"]);
    assert.deepEqual(codesOf(`<a b="${reference}"/>`), ["invalid-xml"]);
  });
}

function codesOf(text: string): readonly string[] {
  const parsed = parseXml(text);
  return parsed.ok ? [] : parsed.problems.map(({ code }) => code);
}

test("a document type declaration is refused, so that no entity can grow", () => {
  const bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>';
  assert.deepEqual(codesOf(bomb), ["xml-document-type"]);
});

test("elements may lie as deep as the limit, not deeper", () => {
  const nested = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth);
  assert.deepEqual(codesOf(nested(limits.xmlDepthMax)), []);
  assert.deepEqual(codesOf(nested(limits.xmlDepthMax + 1)), ["xml-too-deep"]);
});

test("an element may have as many attributes as the limit, not more", () => {
  const withAttributes = (count: number) =>
    `<a ${Array.from({ length: count }, (_, index) => `a${index}=""`).join(" ")}/>`;
  assert.deepEqual(codesOf(withAttributes(limits.xmlAttributesMax)), []);
  assert.deepEqual(codesOf(withAttributes(limits.xmlAttributesMax + 1)), ["xml-too-many-attributes"]);
});

test("as many namespaces may be in force as the limit, not more", () => {
  const nested = (depth: number) =>
    Array.from({ length: depth }, (_, index) => `<a xmlns:p${index}="x">`).join("") + "</a>".repeat(depth);
  assert.deepEqual(codesOf(nested(limits.xmlNamespacesMax)), []);
  assert.deepEqual(codesOf(nested(limits.xmlNamespacesMax + 1)), ["invalid-xml"]);
});

test("every beginning of a document is refused with one problem, never thrown at", () => {
  const whole = '<?xml version="1.0"?><p:a xmlns:p="x" b="&amp;"><!--c--><?d?><e/>f<![CDATA[g]]></p:a>';
  for (let length = 0; length < whole.length; length += 1) {
    assert.equal(codesOf(whole.slice(0, length)).length, 1, whole.slice(0, length));
  }
  assert.deepEqual(codesOf(whole), []);
});

const bits = [
  "<",
  ">",
  "/",
  "&",
  '"',
  "=",
  ":",
  " ",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?",
  "?>",
  "<a>",
  "</a>",
  "\u0000",
  "\uD800",
];

test("whatever is put anywhere into a document, reading comes to an end", () => {
  const whole = '<?xml version="1.0"?><p:a xmlns:p="x" b="&amp;"><!--c--><?d?><e/>f<![CDATA[g]]></p:a>';
  for (let at = 0; at <= whole.length; at += 1) {
    for (const bit of bits) {
      const parsed = parseXml(whole.slice(0, at) + bit + whole.slice(at));
      assert.ok(parsed.ok || parsed.problems.length === 1, `${bit} at ${at}`);
    }
  }
});
