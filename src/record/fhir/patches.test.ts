/** Parts of resources are changed. FHIR R4 §3.1.0.6 (patch). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anybody, fhirDoor, type Received } from "../../../test/doors/fhir.ts";
import { contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { fhirKinds } from "./kinds.ts";

const door = fhirDoor(contextOf(await freshRecord({ kinds: fhirKinds }), anybody));
const jsonPatch = "application/json-patch+json";
const potassium = (id: string) =>
  `{"resourceType":"Observation","id":"${id}","status":"preliminary","code":{"text":"K"},"valueQuantity":{"value":5.0}}`;
const put = (id: string) => door.send(`PUT /Observation/${id}`, { body: potassium(id) });
const patch = (address: string, operations: unknown, headers: Record<string, string> = {}) =>
  door.send(`PATCH /${address}`, {
    body: JSON.stringify(operations),
    headers: { "content-type": jsonPatch, ...headers },
  });
const toFinal = [{ op: "replace", path: "/status", value: "final" }];
const codeOf = ({ status, json }: Received) => [
  status,
  (json.issue as unknown as { details: { text: string } }[])?.[0]?.details.text,
];

describe("a JSON Patch", () => {
  it("changes what it names and keeps the rest, numbers as they were written", async () => {
    await put("k1");
    const reply = await patch("Observation/k1", toFinal);
    assert.deepEqual([reply.status, reply.headers.etag, reply.json.status], [200, 'W/"2"', "final"]);
    assert.ok(reply.text.includes('"valueQuantity":{"value":5.0}'), reply.text);
  });

  it("writes a number as the patch has it", async () => {
    await put("k2");
    const body = '[{"op":"replace","path":"/valueQuantity/value","value":4.10}]';
    const reply = await door.send("PATCH /Observation/k2", { body, headers: { "content-type": jsonPatch } });
    assert.ok(reply.text.includes('"value":4.10'), reply.text);
  });

  it("with If-Match holds to the version", async () => {
    await put("k3");
    assert.deepEqual(codeOf(await patch("Observation/k3", toFinal, { "if-match": 'W/"9"' })), [
      412,
      "version-conflict",
    ]);
    assert.equal((await patch("Observation/k3", toFinal, { "if-match": 'W/"1"' })).status, 200);
  });

  it("by a condition changes the one that matches, by any search", async () => {
    await door.send("PUT /Patient/osei", {
      body: { resourceType: "Patient", id: "osei", name: [{ family: "Osei" }], birthDate: "1957-03-14" },
    });
    const reply = await patch("Patient?family=Osei&birthdate=1957", [{ op: "add", path: "/active", value: true }]);
    assert.deepEqual([reply.status, reply.json.active], [200, true]);
    assert.deepEqual(codeOf(await patch("Patient?family=Nobody", toFinal)), [404, "not-found"]);
  });

  it("from many at once loses none of them", async () => {
    await put("many");
    const notes = ["a", "b", "c", "d"];
    const replies = await Promise.all(
      notes.map((text) => patch("Observation/many", [{ op: "add", path: "/identifier", value: [{ value: text }] }])),
    );
    assert.ok(replies.every(({ status }) => status === 200));
    assert.equal((await door.send("GET /Observation/many")).headers.etag, 'W/"5"');
  });

  it("changes nothing when it leaves what is no longer sound", async () => {
    await put("sound");
    assert.equal((await patch("Observation/sound", [{ op: "remove", path: "/status" }])).status, 400);
    assert.equal((await door.send("GET /Observation/sound")).headers.etag, 'W/"1"');
  });

  const wrong: readonly (readonly [unknown, number, string])[] = [
    [[{ op: "replace", path: "/id", value: "other" }], 400, "patch-changes-identity"],
    [[{ op: "replace", path: "", value: 1 }], 400, "patch-changes-identity"],
    [[{ op: "remove", path: "/note" }], 409, "patch-target-missing"],
    [[{ op: "test", path: "/status", value: "final" }], 409, "patch-test-failed"],
    [{ op: "remove" }, 400, "patch-malformed"],
  ];
  for (const [operations, status, code] of wrong) {
    it(`${JSON.stringify(operations)} is refused: ${status} ${code}`, async () => {
      await put("wrong");
      assert.deepEqual(codeOf(await patch("Observation/wrong", operations)), [status, code]);
    });
  }

  it("in another type is refused with 415", async () => {
    for (const type of ["application/xml-patch+xml", "text/plain"]) {
      assert.equal((await patch("Observation/k1", toFinal, { "content-type": type })).status, 415);
    }
  });

  it("of what is not there is 404, of what was deleted 410, of the audit 405", async () => {
    assert.equal((await patch("Observation/nothing", toFinal)).status, 404);
    await put("gone");
    await door.send("DELETE /Observation/gone");
    assert.equal((await patch("Observation/gone", toFinal)).status, 410);
    assert.equal((await patch("AuditEvent/1", toFinal)).status, 405);
  });
});

describe("a FHIRPath Patch", () => {
  const parameters = {
    resourceType: "Parameters",
    parameter: [
      {
        name: "operation",
        part: [
          { name: "type", valueCode: "replace" },
          { name: "path", valueString: "Observation.status" },
          { name: "value", valueCode: "final" },
        ],
      },
    ],
  };

  it("is a Parameters, in JSON", async () => {
    await put("p1");
    const reply = await door.send("PATCH /Observation/p1", { body: parameters });
    assert.deepEqual([reply.status, reply.json.status], [200, "final"], reply.text);
    assert.ok(reply.text.includes('"value":5.0'), reply.text);
  });

  it("is a Parameters, in XML", async () => {
    await put("p2");
    const part = (name: string, value: string) => `<part><name value="${name}"/>${value}</part>`;
    const parts = [
      part("type", '<valueCode value="replace"/>'),
      part("path", '<valueString value="Observation.status"/>'),
      part("value", '<valueCode value="final"/>'),
    ];
    const operation = `<parameter><name value="operation"/>${parts.join("")}</parameter>`;
    const body = `<Parameters xmlns="http://hl7.org/fhir">${operation}</Parameters>`;
    const reply = await door.send("PATCH /Observation/p2", {
      body,
      headers: { "content-type": "application/fhir+xml" },
    });
    assert.deepEqual([reply.status, reply.json.status], [200, "final"], reply.text);
  });

  it("stands in a Bundle as it is", async () => {
    await put("p3");
    const entry = [{ request: { method: "PATCH", url: "Observation/p3" }, resource: parameters }];
    await door.send("POST /", { body: { resourceType: "Bundle", type: "transaction", entry } });
    assert.equal((await door.send("GET /Observation/p3")).json.status, "final");
  });

  it("of another resource is refused", async () => {
    await put("p4");
    const reply = await door.send("PATCH /Observation/p4", { body: { resourceType: "Patient" } });
    assert.deepEqual(codeOf(reply), [400, "wrong-kind"]);
  });
});

describe("a patch in a Bundle", () => {
  const binary = (operations: unknown) => ({
    resourceType: "Binary",
    contentType: jsonPatch,
    data: Buffer.from(JSON.stringify(operations)).toString("base64"),
  });
  const send = (type: string, ...entry: object[]) =>
    door.send("POST /", { body: { resourceType: "Bundle", type, entry } });

  it("is a Binary, in a batch and in a transaction", async () => {
    for (const type of ["batch", "transaction"]) {
      await put(type);
      const reply = await send(type, {
        request: { method: "PATCH", url: `Observation/${type}` },
        resource: binary(toFinal),
      });
      assert.equal(reply.status, 200, reply.text);
      const patched = await door.send(`GET /Observation/${type}`);
      assert.deepEqual([patched.json.status, patched.text.includes('"value":5.0')], ["final", true]);
    }
  });

  it("may refer to another entry, and be under a condition", async () => {
    await door.send("PUT /Observation/named", {
      body: {
        resourceType: "Observation",
        id: "named",
        status: "final",
        code: { text: "Hb" },
        identifier: [{ value: "n" }],
      },
    });
    const fullUrl = "urn:uuid:00000000-0000-4000-8000-000000000001";
    const reply = await send(
      "transaction",
      {
        request: { method: "PATCH", url: "Observation?identifier=n" },
        resource: binary([{ op: "add", path: "/subject", value: { reference: fullUrl } }]),
      },
      { fullUrl, request: { method: "POST", url: "Patient" }, resource: { resourceType: "Patient" } },
    );
    assert.equal(reply.status, 200, reply.text);
    const { subject } = (await door.send("GET /Observation/named")).json as { subject?: { reference: string } };
    assert.match(subject?.reference ?? "", /^Patient\//);
  });
});
