/** Reading and writing single resources at the FHIR door. FHIR R4 §3.1.0 (RESTful API). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anybody, type FhirDoor, fhirDoor, origin, type Received } from "../../../test/doors/fhir.ts";
import { anActor, contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { fhirKinds } from "./kinds.ts";

const opened = await freshRecord({ kinds: fhirKinds });
const door: FhirDoor = fhirDoor(contextOf(opened, anybody));
const osei = { resourceType: "Patient", name: [{ family: "Osei" }], birthDate: "1957-03-14" };
const put = (id: string, more: object = {}) => door.send(`PUT /Patient/${id}`, { body: { ...osei, id, ...more } });

/** The status, the code, the expression and the sentence of the first issue. */
function told({ status, json }: Received) {
  const [issue] = (json.issue ?? []) as { details: { text: string }; expression?: string[]; diagnostics: string }[];
  return [status, issue?.details.text, issue?.expression?.[0], issue?.diagnostics];
}

describe("a create", () => {
  it("gives an id, and tells address, version and time", async () => {
    const reply = await door.send("POST /Patient", { body: { ...osei, id: "mine" } });
    assert.equal(reply.status, 201);
    assert.notEqual(reply.json.id, "mine");
    assert.equal(reply.headers.location, `${origin}/fhir/Patient/${reply.json.id}/_history/1`);
    assert.equal(reply.headers.etag, 'W/"1"');
    assert.equal(reply.headers["last-modified"], "Mon, 02 Mar 2026 09:00:00 GMT");
    assert.equal(reply.headers["content-type"], "application/fhir+json; charset=utf-8");
  });

  const preferences: readonly (readonly [prefer: string, answer: string | undefined])[] = [
    ["return=minimal", undefined],
    ["return=representation", "Patient"],
    ["return=OperationOutcome", "OperationOutcome"],
    ['handling=lenient; return="minimal"', undefined],
  ];
  for (const [prefer, answer] of preferences) {
    it(`answers with ${answer ?? "no body"} to Prefer: ${prefer}`, async () => {
      const reply = await door.send("POST /Patient", { body: osei, headers: { prefer } });
      assert.equal(reply.status, 201);
      assert.equal(reply.json.resourceType, answer);
    });
  }

  it("with If-None-Exist writes once, and then answers with what is there", async () => {
    const identifier = [{ system: "urn:lab", value: "only" }];
    const send = () =>
      door.send("POST /Patient", {
        body: { ...osei, identifier },
        headers: { "if-none-exist": "identifier=urn:lab|only" },
      });
    const [one, two] = [await send(), await send()];
    assert.deepEqual([one.status, two.status], [201, 200]);
    assert.equal(two.json.id, one.json.id);
  });

  it("with If-None-Exist that several match is refused", async () => {
    for (const id of ["twin-1", "twin-2"]) await put(id, { identifier: [{ system: "urn:lab", value: "twin" }] });
    const headers = { "if-none-exist": "Patient?identifier=urn:lab|twin" };
    const reply = await door.send("POST /Patient", { body: osei, headers });
    assert.deepEqual(told(reply).slice(0, 3), [412, "multiple-matches", "Patient"]);
  });
});

describe("numbers", () => {
  it("come back as they were sent, also made pretty", async () => {
    const quantity = '{"value":5.0,"unit":"mmol/L"}';
    const body = `{"resourceType":"Observation","id":"k","status":"final","code":{"text":"K"},"valueQuantity":${quantity}}`;
    assert.ok((await door.send("PUT /Observation/k", { body })).text.includes(quantity));
    assert.ok((await door.send("GET /Observation/k")).text.includes(quantity));
    assert.ok((await door.send("GET /Observation/k?_pretty=true")).text.includes('\n    "value": 5.0,\n'));
  });
});

describe("a read", () => {
  it("gives the text that is stored", async () => {
    const written = await put("read");
    const reply = await door.send("GET /Patient/read");
    assert.equal(reply.status, 200);
    assert.equal(reply.text, written.text);
    assert.equal(reply.headers.etag, 'W/"1"');
  });

  const known: readonly Record<string, string>[] = [
    { "if-none-match": 'W/"1"' },
    { "if-none-match": 'W/"7", W/"1"' },
    { "if-none-match": "*" },
    { "if-modified-since": "Mon, 02 Mar 2026 09:00:00 GMT" },
  ];
  for (const headers of known) {
    it(`is answered 304 to ${JSON.stringify(headers)}`, async () => {
      const reply = await door.send("GET /Patient/read", { headers });
      assert.deepEqual([reply.status, reply.text, reply.headers.etag], [304, "", 'W/"1"']);
    });
  }

  for (const headers of [{ "if-none-match": 'W/"2"' }, { "if-modified-since": "Sun, 01 Mar 2026 09:00:00 GMT" }]) {
    it(`is answered in full to ${JSON.stringify(headers)}`, async () => {
      assert.equal((await door.send("GET /Patient/read", { headers })).status, 200);
    });
  }

  it("may ask for some elements, and gets those that must be there too", async () => {
    const { json } = await door.send("GET /Patient/read?_elements=birthDate");
    assert.deepEqual(Object.keys(json), ["resourceType", "id", "meta", "birthDate"]);
    assert.equal((json.meta as { tag: { code: string }[] }).tag[0]?.code, "SUBSETTED");
  });
});

describe("an update", () => {
  it("makes a new version, unless nothing changed", async () => {
    assert.equal((await put("changed")).status, 201);
    assert.equal((await put("changed", { active: true })).headers.etag, 'W/"2"');
    const again = await put("changed", { active: true });
    assert.deepEqual([again.status, again.headers.etag], [200, 'W/"2"']);
  });

  it("with If-Match holds to the version", async () => {
    await put("guarded");
    const send = (etag: string, gender: string) =>
      door.send("PUT /Patient/guarded", { body: { ...osei, id: "guarded", gender }, headers: { "if-match": etag } });
    assert.equal((await send('W/"1"', "female")).status, 200);
    const [status, code, expression] = told(await send('W/"1"', "other"));
    assert.deepEqual([status, code, expression], [412, "version-conflict", "Patient"]);
  });

  it("with If-None-Match: * only creates", async () => {
    const send = () =>
      door.send("PUT /Patient/new", { body: { ...osei, id: "new" }, headers: { "if-none-match": "*" } });
    assert.equal((await send()).status, 201);
    assert.equal((await send()).status, 412);
  });

  it("by a condition updates the one that matches, or creates it", async () => {
    const body = { ...osei, identifier: [{ system: "urn:lab", value: "cond" }] };
    const send = (more: object) => door.send("PUT /Patient?identifier=urn:lab|cond", { body: { ...body, ...more } });
    const [one, two] = [await send({}), await send({ active: true })];
    assert.deepEqual([one.status, two.status], [201, 200]);
    assert.deepEqual([two.json.id, two.json.active], [one.json.id, true]);
  });

  it("by one condition from many at once makes one resource", async () => {
    const body = { ...osei, identifier: [{ system: "urn:lab", value: "race" }] };
    const replies = await Promise.all(
      Array.from({ length: 4 }, () => door.send("PUT /Patient?identifier=urn:lab|race", { body })),
    );
    assert.equal(new Set(replies.map(({ json }) => json.id)).size, 1);
  });
});

describe("a delete", () => {
  it("leaves 410 behind, and the versions", async () => {
    await put("gone");
    assert.equal((await door.send("DELETE /Patient/gone")).status, 204);
    assert.deepEqual(told(await door.send("GET /Patient/gone")).slice(0, 3), [410, "deleted", "Patient"]);
    assert.equal((await door.send("GET /Patient/gone/_history/1")).status, 200);
    assert.equal((await door.send("GET /Patient/gone/_history/2")).status, 410);
  });

  it("of what was never there is done already", async () => {
    assert.equal((await door.send("DELETE /Patient/never")).status, 204);
  });

  it("with If-Match holds to the version", async () => {
    await put("held");
    assert.equal((await door.send("DELETE /Patient/held", { headers: { "if-match": 'W/"9"' } })).status, 412);
    assert.equal((await door.send("DELETE /Patient/held", { headers: { "if-match": 'W/"1"' } })).status, 204);
  });
});

describe("what cannot be done is told with its place", () => {
  type Case = readonly [line: string, sent: object, status: number, code: string, expression: string | undefined];
  const cases: readonly Case[] = [
    ["GET /Patient/nobody", {}, 404, "not-found", "Patient"],
    ["GET /Patient/osei/_history/x", {}, 404, "not-found", "Patient"],
    ["GET /User/1", {}, 404, "unknown-resource-type", undefined],
    ["GET /Patient/read?foo=1", {}, 400, "unknown-search-parameter", "foo"],
    ["GET /Patient/read?_summary=count", {}, 400, "wrong-search-value", "_summary"],
    ["GET /Patient/read?_format=ttl", {}, 406, "not-acceptable", "_format"],
    ["GET /Patient/read", { headers: { accept: "text/turtle" } }, 406, "not-acceptable", "Accept"],
    ["GET /Patient/read", { headers: { "accept-charset": "latin1" } }, 406, "not-acceptable", "Accept-Charset"],
    ["POST /Patient", { body: "{" }, 400, "invalid-json", "Patient"],
    ["POST /Patient", { body: "[]" }, 400, "wrong-json-type", "Patient"],
    ["POST /Patient", { body: new Uint8Array([0x7b, 0xff]) }, 400, "not-utf-8", "Patient"],
    [
      "POST /Patient",
      { body: "a: b", headers: { "content-type": "text/turtle" } },
      415,
      "media-type-not-supported",
      "Content-Type",
    ],
    ["POST /Patient", { body: { resourceType: "Group" } }, 400, "wrong-kind", "Patient"],
    ["POST /Patient", { body: { name: [] } }, 400, "wrong-kind", "Patient"],
    ["POST /Patient", { body: { ...osei, birthDate: "1957-02-30" } }, 400, "wrong-format", "Patient.birthDate"],
    ["POST /Patient", { body: { ...osei, nmae: 1 } }, 400, "unknown-element", "Patient.nmae"],
    ["PUT /Patient/a", { body: osei }, 400, "wrong-id", "Patient.id"],
    ["PUT /Patient/a", { body: { ...osei, id: "b" } }, 400, "wrong-id", "Patient.id"],
    ["PUT /Patient/a_b", { body: { ...osei, id: "a_b" } }, 400, "invalid-id", "Patient.id"],
    ["PUT /Patient/a", { body: { ...osei, id: "a" }, headers: { "if-match": "1" } }, 400, "wrong-etag", "If-Match"],
    ["PUT /Patient?_sort=name", { body: osei }, 400, "wrong-condition", "Patient"],
    ["PUT /Patient", { body: osei }, 400, "wrong-condition", "Patient"],
    ["DELETE /AuditEvent/1", {}, 405, "method-not-allowed", "AuditEvent"],
  ];
  for (const [line, sent, status, code, expression] of cases) {
    it(`${line} ${JSON.stringify(sent).slice(0, 60)}: ${status} ${code} at ${expression}`, async () => {
      assert.deepEqual(told(await door.send(line, sent)).slice(0, 3), [status, code, expression]);
    });
  }

  it("as is what the caller may not do", async () => {
    const clerk = fhirDoor(contextOf(opened, anActor("administrative-assistant")));
    const reply = told(await clerk.send("GET /Observation/k"));
    assert.deepEqual(reply.slice(0, 3), [403, "kind-forbidden", "Observation"]);
  });

  it("and says where the JSON goes wrong", async () => {
    const reply = await door.send("POST /Patient", { body: '{"resourceType":"Patient",\n"active":tru}' });
    assert.equal(told(reply)[3], "The body is not JSON: it goes wrong at line 2 column 10.");
  });
});
