import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptedMedia, chooseMedia, type Offer } from "./accept.ts";

// DICOM PS3.18 §8.7 (media types), RFC 9110 §12.5.1.

const dicom: Offer = { name: "application/dicom", isMultipart: true };
const single: Offer = { name: "application/dicom", isMultipart: false };
const json: Offer = { name: "application/dicom+json", isMultipart: false };
const xml: Offer = { name: "application/dicom+xml", isMultipart: true };
const jls: Offer = { name: "image/jls", isMultipart: true };
const all = [dicom, single, json, xml, jls];

const chosen = (header: string | undefined, parameter: string | null = null, offers = all) => {
  const result = chooseMedia({ header, parameter }, offers);
  return result.ok ? result.value.offer : result.problems[0].code;
};

const rows: readonly (readonly [string | undefined, Offer | string])[] = [
  [undefined, dicom],
  ["*/*", dicom],
  ["multipart/related; type=application/dicom", dicom],
  ['multipart/related;type="application/dicom"; transfer-syntax=*', dicom],
  ["application/dicom", single],
  ["application/json", json],
  ["application/dicom+json", json],
  ['text/html, application/dicom+json;q=0.5, multipart/related; type="application/dicom+xml";q=0.6', xml],
  ['multipart/related; type="image/*"', jls],
  ["image/*", "not-acceptable"],
  ["application/dicom+xml", "not-acceptable"],
  ["text/html", "not-acceptable"],
  ["application/dicom+json;q=0", "not-acceptable"],
  ["application/dicom+json; charset=utf-8", json],
  ["application/dicom+json; charset=latin1", "not-acceptable"],
  ["application/dicom+json; charset=latin1, */*;q=0.1", dicom],
  ["multipart/*", dicom],
];

for (const [header, expected] of rows) {
  test(`who accepts ${header ?? "anything"} gets ${typeof expected === "string" ? expected : expected.name}`, () => {
    assert.deepEqual(chosen(header), expected);
  });
}

test("the parameter goes before the header, and the header is looked at where the parameter brings nothing", () => {
  assert.deepEqual(chosen("application/dicom+json", "application/dicom"), single);
  assert.deepEqual(chosen("application/dicom+json", "image/gif"), json);
  assert.equal(chosen("application/dicom+json", "nonsense"), "accept-invalid");
});

test("the transfer syntax is read outside and inside the quotes of the type, and from the parameter", () => {
  const syntaxOf = (text: string) => acceptedMedia(text)[0]?.transferSyntax;
  assert.equal(
    syntaxOf('multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.1'),
    "1.2.840.10008.1.2.1",
  );
  assert.equal(syntaxOf('multipart/related; type="application/dicom; transfer-syntax=1.2.3"'), "1.2.3");
  assert.equal(syntaxOf('multipart/related; transfer-syntax="*"; type="application/dicom"'), "*");
  assert.equal(acceptedMedia("application/dicom", { transferSyntax: "1.2.4" })[0]?.transferSyntax, "1.2.4");
});

test("a comma in quotes parts nothing, and what is no media type is passed over", () => {
  assert.deepEqual(
    acceptedMedia('a/b; x="1,2;3", nonsense, c/d;q=0.3').map(({ name, quality }) => [name, quality]),
    [
      ["a/b", 1],
      ["c/d", 0.3],
    ],
  );
});

test("an offer that cannot be made as it is asked for leaves the next", () => {
  const result = chooseMedia(
    {
      header: 'multipart/related; type="application/dicom"; transfer-syntax=1.2.3, application/dicom+json;q=0.1',
      parameter: null,
    },
    all,
    ({ accepted }) => accepted.transferSyntax === undefined,
  );
  assert.deepEqual(result.ok && result.value.offer, json);
});
