/** Searching and listing history at the FHIR door. FHIR R4 §3.1.1 (search), §3.1.0.12 (history). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "#kernel";
import { anybody, fhirDoor, origin, type Received } from "../../../test/doors/fhir.ts";
import { contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { fhirKinds } from "./kinds.ts";

const opened = await freshRecord({ kinds: fhirKinds });
const door = fhirDoor(contextOf(opened, anybody));
const base = `${origin}/fhir`;

interface Entry {
  readonly fullUrl: string;
  readonly resource: JsonObject;
  readonly search: { readonly mode: string };
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly status: string; readonly etag: string };
}

const entries = ({ json }: Received) => (json.entry ?? []) as unknown as readonly Entry[];
const ids = (reply: Received) => entries(reply).map(({ resource }) => resource?.id);
const linkOf = ({ json }: Received, relation: string) =>
  (json.link as { relation: string; url: string }[]).find((link) => link.relation === relation)?.url;

/** Follows the next links to the end. */
async function pages(first: string): Promise<readonly (readonly unknown[])[]> {
  const seen: unknown[][] = [];
  for (let line: string | undefined = first; line !== undefined; ) {
    const reply = await door.send(line);
    assert.equal(reply.status, 200);
    seen.push(ids(reply));
    const next: string | undefined = linkOf(reply, "next");
    line = next && `GET ${next.slice(base.length)}`;
  }
  return seen;
}

async function patient(id: string, family: string, birthDate: string) {
  const body = { resourceType: "Patient", id, name: [{ family }], birthDate, gender: "female" };
  const reply = await door.send(`PUT /Patient/${id}`, { body });
  opened.clock.advance(60_000);
  return reply;
}

const osei = await patient("osei", "Osei", "1957-03-14");
await patient("oseman", "Oseman", "1990-01-01");
await patient("lindqvist", "Lindqvist", "1957-03-14");
await door.send("PUT /Observation/hb", {
  body: {
    resourceType: "Observation",
    id: "hb",
    status: "final",
    code: { text: "Hb" },
    subject: { reference: "Patient/osei" },
  },
});

describe("a search", () => {
  it("is answered with the stored texts as they are", async () => {
    const reply = await door.send("GET /Patient?name=osei");
    assert.ok(reply.text.includes(`"resource":${osei.text}`));
    const [entry] = entries(reply);
    assert.equal(entry?.fullUrl, `${base}/Patient/osei`);
    assert.equal(entry?.search.mode, "match");
    assert.equal(reply.json.type, "searchset");
    assert.equal(reply.json.total, 1);
    assert.equal(linkOf(reply, "self"), `${base}/Patient?name=osei`);
  });

  const found: readonly (readonly [search: string, ...ids: string[]])[] = [
    ["name=ose", "oseman", "osei"],
    ["name:exact=Osei", "osei"],
    ["name:exact=osei"],
    ["family:contains=QV", "lindqvist"],
    ["birthdate=1957&_sort=birthdate", "osei", "lindqvist"],
    ["birthdate=gt1957-03-14", "oseman"],
    ["_id=osei,oseman&gender=female&birthdate=lt1960", "osei"],
    ["_lastUpdated=ge2026-03-02T09:02:00Z", "lindqvist"],
    ["_sort=-birthdate&_count=1", "oseman"],
    ["name=ose&name=oseman", "oseman"],
    ["name=osei&name=oseman"],
    ["name=nobody"],
  ];
  for (const [search, ...expected] of found) {
    it(`${search}: ${expected.join(", ") || "nothing"}`, async () => {
      assert.deepEqual(ids(await door.send(`GET /Patient?${search}`)), expected);
    });
  }

  for (const search of [
    "subject=Patient/osei",
    "subject=osei",
    "subject:Patient=osei",
    `subject=${base}/Patient/osei`,
  ]) {
    it(`by reference: ${search}`, async () => {
      assert.deepEqual(ids(await door.send(`GET /Observation?${search}`)), ["hb"]);
    });
  }

  it("comes in pages that neither repeat nor miss", async () => {
    assert.deepEqual(await pages("GET /Patient?_count=2"), [["lindqvist", "oseman"], ["osei"]]);
    assert.deepEqual(await pages("GET /Patient?_count=1&_sort=birthdate"), [["osei"], ["lindqvist"], ["oseman"]]);
  });

  it("tells the total when it is asked for, or known anyway", async () => {
    assert.equal((await door.send("GET /Patient?_count=1")).json.total, undefined);
    assert.equal((await door.send("GET /Patient?_count=1&_total=accurate")).json.total, 3);
    for (const search of ["_summary=count", "_count=0"]) {
      const { json } = await door.send(`GET /Patient?name=ose&${search}`);
      assert.deepEqual([json.total, json.entry], [2, undefined]);
    }
  });

  it("may ask for a part of each resource", async () => {
    const [entry] = entries(await door.send("GET /Patient?_id=osei&_elements=gender"));
    assert.deepEqual(Object.keys(entry?.resource ?? {}), ["resourceType", "id", "meta", "gender"]);
  });

  it("may come as a form", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const reply = await door.send("POST /Patient/_search?gender=female", { headers, body: "name=Osei&_count=5" });
    assert.deepEqual(ids(reply), ["osei"]);
    assert.equal((await door.send("POST /Patient/_search", { body: "{}" })).status, 415);
  });

  it("says in the results what a lenient caller's search left out", async () => {
    const reply = await door.send("GET /Patient?_id=osei&hat=red", { headers: { prefer: "handling=lenient" } });
    const [match, outcome, ...others] = entries(reply);
    assert.deepEqual([match?.resource.id, outcome?.search.mode, others.length], ["osei", "outcome", 0]);
    const [issue] = outcome!.resource.issue as { severity: string; expression: string[] }[];
    assert.deepEqual([issue?.severity, issue?.expression], ["warning", ["hat"]]);
    assert.equal(linkOf(reply, "self"), `${base}/Patient?_id=osei`);
  });

  it("is refused when it asks for more than Corridor does", async () => {
    const { status, json } = await door.send("GET /Patient?_query=x");
    const [issue] = json.issue as { code: string; expression: string[] }[];
    assert.deepEqual([status, issue?.code, issue?.expression], [400, "not-supported", ["_query"]]);
  });

  it("of the audit log tells who looked", async () => {
    const reply = await door.send("GET /AuditEvent?entity=Patient/osei&action=C&_count=1");
    assert.equal(entries(reply)[0]?.resource.resourceType, "AuditEvent");
  });
});

describe("history", () => {
  it("of one resource tells how each version came to be", async () => {
    await door.send("PUT /Patient/kept", { body: { resourceType: "Patient", id: "kept" } });
    await door.send("PUT /Patient/kept", { body: { resourceType: "Patient", id: "kept", active: true } });
    await door.send("DELETE /Patient/kept");
    const reply = await door.send("GET /Patient/kept/_history");
    assert.equal(reply.json.type, "history");
    assert.deepEqual(
      entries(reply).map(({ request, response, resource }) => [
        `${request.method} ${request.url}`,
        response.status,
        response.etag,
        resource?.active,
      ]),
      [
        ["DELETE Patient/kept", "204 No Content", 'W/"3"', undefined],
        ["PUT Patient/kept", "200 OK", 'W/"2"', true],
        ["POST Patient", "201 Created", 'W/"1"', undefined],
      ],
    );
  });

  it("comes in pages", async () => {
    assert.deepEqual(await pages("GET /Patient/kept/_history?_count=2"), [[undefined, "kept"], ["kept"]]);
  });

  it("of a type and of everything, since a time", async () => {
    const since = "_since=2026-03-02T09:02:00Z";
    assert.deepEqual(ids(await door.send(`GET /Observation/_history?${since}`)), ["hb"]);
    const types = entries(await door.send(`GET /_history?${since}&_count=100`)).map(({ request }) => request.url);
    assert.ok(types.includes("Observation") && types.includes("Provenance") && !types.includes("Patient/osei"));
  });

  const wrong = [
    ["GET /Patient/nobody/_history", 404],
    ["GET /Patient/osei/_history?_since=yesterday", 400],
    ["GET /Patient/osei/_history?_count=0", 400],
    ["GET /Patient/osei/_history?_at=2026-02-30", 400],
    ["GET /Patient/osei/_history?_sort=name", 400],
    ["GET /AuditEvent/_history?_sort=_lastUpdated", 400],
    ["GET /Patient/osei/_history?_cursor=x", 400],
  ] as const;
  for (const [line, status] of wrong) {
    it(`${line} is ${status}`, async () => assert.equal((await door.send(line)).status, status));
  }
});
