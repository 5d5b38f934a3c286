/** Content of any size, whole and in parts. FHIR R4 §2.36; RFC 9110 §14 (ranges). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseScope } from "#access";
import { expectOk, limits } from "#kernel";
import { anybody, fhirDoor } from "../../../../test/doors/fhir.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import { fhirKinds } from "../kinds.ts";

const opened = await freshRecord({ kinds: fhirKinds });
const door = fhirDoor(contextOf(opened, anybody));
const large = Buffer.alloc(limits.blobInlineBytesMax + 1_000, "Meadow View ");
const pdf = { "content-type": "application/pdf" };
const putRaw = (id: string, body: Uint8Array, headers: Record<string, string> = {}) =>
  door.send(`PUT /Binary/${id}`, { body, headers: { ...pdf, ...headers } });
const asJson = { accept: "application/fhir+json" };

describe("large content", () => {
  it("is kept beside the document, and given whole in either form", async () => {
    const written = await putRaw("large", large);
    assert.equal(written.status, 201);
    assert.ok(written.text.length < 1_000, "the answer does not repeat it");
    assert.deepEqual((await door.send("GET /Binary/large")).bytes, large);
    const { json } = await door.send("GET /Binary/large", { headers: asJson });
    assert.equal(json.data, large.toString("base64"));
    assert.equal(json._data, undefined);
  });

  it("may be sent as a resource too", async () => {
    const body = { resourceType: "Binary", id: "sent", contentType: "application/pdf", data: large.toString("base64") };
    const written = await door.send("PUT /Binary/sent", { body });
    assert.deepEqual([written.status, written.json.data], [201, undefined]);
    assert.deepEqual((await door.send("GET /Binary/sent")).bytes, large);
    const changed = await door.send("PUT /Binary/sent", { body: { ...body, data: `${body.data}!` } });
    assert.equal(changed.status, 400, "what is no base64 is told");
  });

  it("of an earlier version is still there", async () => {
    await putRaw("twice", large);
    await putRaw("twice", Buffer.from("short"));
    assert.deepEqual((await door.send("GET /Binary/twice/_history/1")).bytes, large);
    assert.equal((await door.send("GET /Binary/twice")).text, "short");
  });

  it("is not had by naming its hash", async () => {
    const stored = JSON.parse(expectOk(await opened.record.read("Binary", "large")).body) as { _data: object };
    const body = { resourceType: "Binary", id: "thief", contentType: "application/pdf", _data: stored._data };
    assert.equal((await door.send("PUT /Binary/thief", { body })).status, 400);
    const entry = [{ request: { method: "PUT", url: "Binary/thief" }, resource: body }];
    for (const type of ["batch", "transaction"]) {
      const reply = await door.send("POST /", { body: { resourceType: "Bundle", type, entry } });
      assert.match(reply.text, /reserved-extension/);
    }
    await putRaw("thief", Buffer.from("mine"));
    const operations = [{ op: "add", path: "/_data", value: stored._data }];
    const headers = { "content-type": "application/json-patch+json" };
    const patched = await door.send("PATCH /Binary/thief", { body: JSON.stringify(operations), headers });
    assert.equal(patched.status, 400);
  });

  it("stays when something else about the Binary is patched", async () => {
    await putRaw("patched", large);
    const operations = [{ op: "add", path: "/securityContext", value: { reference: "Patient/osei" } }];
    const headers = { "content-type": "application/json-patch+json" };
    const patched = await door.send("PATCH /Binary/patched", { body: JSON.stringify(operations), headers });
    assert.equal(patched.status, 200, patched.text);
    assert.deepEqual((await door.send("GET /Binary/patched")).bytes, large);
  });
});

describe("a part of content", () => {
  const text = "0123456789";
  const cases: readonly (readonly [range: string, part: string, told: string])[] = [
    ["bytes=0-3", "0123", "bytes 0-3/10"],
    ["bytes=4-", "456789", "bytes 4-9/10"],
    ["bytes=-2", "89", "bytes 8-9/10"],
    ["bytes=-99", text, "bytes 0-9/10"],
    ["bytes=8-99", "89", "bytes 8-9/10"],
  ];
  for (const [range, part, told] of cases) {
    it(`${range} is ${told}`, async () => {
      await putRaw("digits", Buffer.from(text));
      const reply = await door.send("GET /Binary/digits", { headers: { range } });
      assert.deepEqual([reply.status, reply.text, reply.headers["content-range"]], [206, part, told]);
    });
  }

  it("that it has not is 416, with its length", async () => {
    const reply = await door.send("GET /Binary/digits", { headers: { range: "bytes=10-" } });
    assert.deepEqual([reply.status, reply.headers["content-range"]], [416, "bytes */10"]);
    assert.equal(reply.json.resourceType, "OperationOutcome");
  });

  for (const range of ["bytes=3-1", "bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=x"]) {
    it(`asked for as ${range} is the whole`, async () => {
      const reply = await door.send("GET /Binary/digits", { headers: { range } });
      assert.deepEqual([reply.status, reply.text, reply.headers["accept-ranges"]], [200, text, "bytes"]);
    });
  }

  it("of another version than If-Range names is the whole", async () => {
    const ask = (ifRange: string) =>
      door.send("GET /Binary/digits", { headers: { range: "bytes=0-0", "if-range": ifRange } });
    const { headers } = await door.send("GET /Binary/digits");
    const statuses = [];
    for (const tag of [String(headers.etag), String(headers["last-modified"]), 'W/"99"', "nonsense"]) {
      statuses.push((await ask(tag)).status);
    }
    assert.deepEqual(statuses, [206, 206, 200, 200]);
  });

  it("of large content is a part of the blob", async () => {
    const reply = await door.send("GET /Binary/large", { headers: { range: "bytes=12-22" } });
    assert.deepEqual([reply.status, reply.text], [206, "Meadow View"]);
  });
});

describe("content that belongs to something", () => {
  it("is told with what it belongs to, and read only by who may read that", async () => {
    await door.send("PUT /Patient/osei", { body: { resourceType: "Patient", id: "osei" } });
    await putRaw("letter", Buffer.from("Dear Mrs Osei"), { "x-security-context": "Patient/osei" });
    assert.equal((await door.send("GET /Binary/letter")).headers["x-security-context"], "Patient/osei");
    const permissions = expectOk(parseScope("system/Binary.rs"));
    const outsider = fhirDoor(contextOf(opened, { ...anybody, permissions }));
    assert.equal((await outsider.send("GET /Binary/letter")).status, 403);
    assert.equal((await outsider.send("GET /Binary/letter", { headers: asJson })).status, 403);
    assert.equal((await outsider.send("GET /Binary/digits")).status, 200);
  });
});
