/** Content of any type as Binary. FHIR R4 §2.36.4. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anybody, fhirDoor } from "../../../../test/doors/fhir.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import { fhirKinds } from "../kinds.ts";

const door = fhirDoor(contextOf(await freshRecord({ kinds: fhirKinds }), anybody));
const bytes = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0xff, 0x00]);
const data = Buffer.from(bytes).toString("base64");

async function stored(contentType: string): Promise<string> {
  const reply = await door.send("POST /Binary", { body: bytes, headers: { "content-type": contentType } });
  assert.equal(reply.status, 201);
  return `/Binary/${reply.json.id}`;
}

describe("content that is posted in its own type", () => {
  it("becomes a Binary, under the access of what it belongs to", async () => {
    const headers = { "content-type": "application/pdf", "x-security-context": "DocumentReference/1" };
    const { json } = await door.send("POST /Binary", { body: bytes, headers });
    assert.deepEqual(
      [json.contentType, json.data, json.securityContext],
      ["application/pdf", data, { reference: "DocumentReference/1" }],
    );
  });

  it("may be put under an id", async () => {
    const reply = await door.send("PUT /Binary/letter", { body: bytes, headers: { "content-type": "image/png" } });
    assert.deepEqual([reply.status, reply.json.id], [201, "letter"]);
  });

  const wrong: readonly (readonly [headers: Record<string, string>, body: Uint8Array, status: number])[] = [
    [{ "content-type": "application/fhir+xml" }, bytes, 400],
    [{ "content-type": "application/fhir+turtle" }, bytes, 415],
    [{ "content-type": "application/pdf" }, new Uint8Array(0), 400],
    [{ "content-type": "application/pdf", "x-security-context": "" }, bytes, 400],
  ];
  for (const [headers, body, status] of wrong) {
    it(`is refused with ${status}: ${JSON.stringify(headers)}, ${body.length} bytes`, async () => {
      assert.equal((await door.send("POST /Binary", { body, headers })).status, status);
    });
  }
});

describe("a Binary is read", () => {
  for (const [accept, isResource] of [
    ["*/*", false],
    ["application/pdf", false],
    ["text/html,*/*;q=0.8", false],
    ["application/fhir+json", true],
    ["application/json;q=0.9, */*", true],
  ] as const) {
    it(`as ${isResource ? "a resource" : "its content"} with Accept: ${accept}`, async () => {
      const reply = await door.send(`GET ${await stored("application/pdf")}`, { headers: { accept } });
      assert.equal(reply.status, 200);
      assert.equal(
        reply.headers["content-type"],
        isResource ? "application/fhir+json; charset=utf-8" : "application/pdf",
      );
      if (isResource) assert.equal(reply.json.data, data);
      else assert.deepEqual(new Uint8Array(reply.bytes), bytes);
    });
  }

  it("as a resource with _format=json", async () => {
    assert.equal((await door.send(`GET ${await stored("image/png")}?_format=json`)).json.contentType, "image/png");
  });

  it("in an old version too, and not at all when the caller has it", async () => {
    const address = await stored("image/png");
    const reply = await door.send(`GET ${address}/_history/1`);
    assert.deepEqual(new Uint8Array(reply.bytes), bytes);
    assert.equal((await door.send(`GET ${address}`, { headers: { "if-none-match": 'W/"1"' } })).status, 304);
  });

  const shown: readonly (readonly [contentType: string, disposition: string, served: string])[] = [
    ["application/pdf", "inline", "application/pdf"],
    ["image/jpeg", "inline", "image/jpeg"],
    ["text/plain; charset=utf-8", "inline", "text/plain; charset=utf-8"],
    ["text/html", "attachment", "text/html"],
    ["image/svg+xml", "attachment", "image/svg+xml"],
    ["application/xhtml+xml", "attachment", "application/xhtml+xml"],
    ["nonsense", "attachment", "application/octet-stream"],
  ];
  for (const [contentType, disposition, served] of shown) {
    it(`and ${contentType} is offered as ${disposition}, so that nothing stored runs as a page of ours`, async () => {
      const { headers } = await door.send(`GET ${await stored(contentType)}`);
      assert.ok(String(headers["content-disposition"]).startsWith(`${disposition}; filename=`));
      assert.deepEqual([headers["content-type"], headers["x-content-type-options"]], [served, "nosniff"]);
    });
  }
});
