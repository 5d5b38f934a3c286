/** FHIR R4 §3.2 (operations framework), Resource-meta, Resource-meta-add, Resource-meta-delete, Composition-document. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "#kernel";
import { checkResource } from "#standards/fhir";
import { origin, type Received } from "../../../../test/doors/fhir.ts";
import { fhirWard, namesOf } from "../../../../test/doors/fhir-ward.ts";
import { operations } from "./catalogue.ts";

const { door, doorFor, put } = await fhirWard();
const base = `${origin}/fhir`;
const tag = (code: string) => ({ system: "urn:ward", code });

await put({ resourceType: "Patient", id: "osei", meta: { tag: [tag("a")] } });

const metaOf = ({ json }: Received) => (json.parameter as unknown as [{ valueMeta: JsonObject }])[0].valueMeta;
const sendMeta = (line: string, meta: object) =>
  door.send(line, { body: { resourceType: "Parameters", parameter: [{ name: "meta", valueMeta: meta }] } });

describe("$meta", () => {
  it("tells profiles, labels and tags, of any version", async () => {
    assert.deepEqual(metaOf(await door.send("GET /Patient/osei/$meta")).tag, [tag("a")]);
    assert.equal(metaOf(await door.send("GET /Patient/osei/_history/1/$meta")).versionId, "1");
    assert.equal((await door.send("GET /Patient/osei/_history/9/$meta")).status, 404);
  });

  it("is added to, each once, and taken from", async () => {
    const more = { tag: [tag("a"), tag("b")], profile: ["urn:p"] };
    const added = metaOf(await sendMeta("POST /Patient/osei/$meta-add", more));
    assert.deepEqual([added.tag, added.profile, added.versionId], [[tag("a"), tag("b")], ["urn:p"], "2"]);
    const less = { tag: [tag("a"), tag("c")], profile: ["urn:p"] };
    const left = metaOf(await sendMeta("POST /Patient/osei/$meta-delete", less));
    assert.deepEqual([left.tag, left.profile, left.versionId], [[tag("b")], undefined, "3"]);
  });

  it("is changed only by those who may change the resource", async () => {
    const reader = doorFor("Patient.read");
    const body = { resourceType: "Parameters", parameter: [{ name: "meta", valueMeta: { tag: [tag("z")] } }] };
    assert.equal((await reader.send("POST /Patient/osei/$meta-add", { body })).status, 403);
  });
});

describe("$document", async () => {
  await put(
    { resourceType: "Practitioner", id: "lindqvist" },
    {
      resourceType: "Observation",
      id: "hb",
      status: "final",
      code: { text: "Hb" },
      subject: { reference: "Patient/osei" },
    },
    {
      resourceType: "Composition",
      id: "letter",
      status: "final",
      type: { text: "Letter" },
      date: "2026-03-02",
      title: "Discharge",
      subject: { reference: "Patient/osei" },
      author: [{ reference: `${base}/Practitioner/lindqvist` }],
      section: [{ entry: [{ reference: "Observation/hb" }] }],
    },
  );

  it("is a Bundle with the composition first", async () => {
    const reply = await door.send("GET /Composition/letter/$document");
    assert.equal(reply.json.type, "document");
    assert.deepEqual(namesOf(reply)[0], "Composition/letter");
    assert.deepEqual([...namesOf(reply)].sort(), [
      "Composition/letter",
      "Observation/hb",
      "Patient/osei",
      "Practitioner/lindqvist",
    ]);
    assert.deepEqual(checkResource(reply.json), []);
  });

  it("is kept where that is asked for", async () => {
    const { status, json } = await door.send("GET /Composition/letter/$document?persist=true");
    assert.deepEqual([status, json.type], [201, "document"]);
    assert.equal((await door.send(`GET /Bundle/${json.id}`)).status, 200);
  });

  it("is refused where a part of it is not to be had", async () => {
    const blind = doorFor("Composition.read", "Patient.read");
    const { status, json } = await blind.send("GET /Composition/letter/$document");
    const [issue] = json.issue as unknown as [{ expression: string[] }];
    assert.equal(status, 422);
    assert.match(issue.expression[0] ?? "", /^Composition\./);
  });
});

describe("an operation", () => {
  it("may stand in a batch", async () => {
    const entry = [{ request: { method: "GET", url: "Patient/osei/$meta" } }];
    const { json } = await door.send("POST /", { body: { resourceType: "Bundle", type: "batch", entry } });
    const [first] = json.entry as unknown as [{ resource: JsonObject }];
    assert.equal(first.resource.resourceType, "Parameters");
  });

  it("is named by the CapabilityStatement, of each type it is of", async () => {
    const { json } = await door.send("GET /metadata");
    const [rest] = json.rest as unknown as [{ resource: { type: string; operation: { name: string }[] }[] }];
    const namesFor = (wanted: string) =>
      rest.resource.find(({ type }) => type === wanted)?.operation.map(({ name }) => name);
    assert.ok(namesFor("Patient")?.includes("everything") && namesFor("Patient")?.includes("meta-add"));
    assert.ok(!namesFor("Location")?.includes("everything"));
  });

  it("refuses what it does not take", async () => {
    const parameters = (parameter: object) => ({ body: { resourceType: "Parameters", parameter: [parameter] } });
    const statuses = await Promise.all([
      door.send("POST /Patient/osei/$meta", parameters({ name: "hat", valueString: "red" })),
      door.send("POST /Patient/osei/$meta-add", parameters({ name: "meta", valueString: "red" })),
      door.send("POST /Patient/osei/$meta-add", parameters({ name: 5 })),
      door.send("POST /Patient/osei/$meta-add"),
      door.send("POST /Patient/osei/$meta", { body: { resourceType: "Patient" } }),
    ]);
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [400, 400, 400, 400, 400],
    );
  });

  it("has a name, a level and a title", () => {
    for (const { code, levels, title, description } of operations) {
      assert.match(code, /^[a-z-]+$/);
      assert.ok(levels.length > 0 && title !== "" && description !== "");
    }
  });
});
