/** Batches and transactions at the FHIR door. FHIR R4 §3.1.0.11. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countingIds, expectOk, type JsonObject } from "#kernel";
import { anybody, fhirDoor, origin, type Received, type Sent } from "../../../test/doors/fhir.ts";
import { contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { transactBundle } from "./bundle/transaction.ts";
import { fhirKinds } from "./kinds.ts";

const opened = await freshRecord({ kinds: fhirKinds });
const door = fhirDoor(contextOf(opened, anybody));
const base = `${origin}/fhir`;

type Entry = Record<string, unknown>;

const bundleOf = (type: string, ...entry: Entry[]) => ({ resourceType: "Bundle", type, entry });
const transaction = (...entry: Entry[]) => door.send("POST /", { body: bundleOf("transaction", ...entry) });
const batch = (...entry: Entry[]) => door.send("POST /", { body: bundleOf("batch", ...entry) });
const asking = (line: string, more: Entry = {}): Entry => {
  const [method, url] = line.split(/ (.*)/s);
  const { request = {}, ...rest } = more;
  return { request: { method, url, ...(request as object) }, ...rest };
};
const patient = (more: object = {}) => ({ resourceType: "Patient", name: [{ family: "Osei" }], ...more });
const identified = (value: string) => patient({ identifier: [{ system: "urn:lab", value }] });
const result = (subject: string) => ({
  resourceType: "Observation",
  status: "final",
  code: { text: "Hb" },
  subject: { reference: subject },
});
const uuid = (last: number) => `urn:uuid:00000000-0000-4000-8000-00000000000${last}`;

interface ResponseEntry {
  readonly resource?: JsonObject;
  readonly response: {
    readonly status: string;
    readonly location?: string;
    readonly etag?: string;
    readonly lastModified?: string;
    readonly outcome?: { readonly issue: readonly Issue[] };
  };
}

interface Issue {
  readonly details: { readonly text: string };
  readonly expression?: readonly string[];
}

const responses = ({ json }: Received) => json.entry as unknown as readonly ResponseEntry[];
const statuses = (reply: Received) => responses(reply).map(({ response }) => response.status);
const addressOf = (entry: ResponseEntry | undefined) =>
  entry?.response.location?.slice(base.length).split("/_history")[0];
const read = async (address: string | undefined) => (await door.send(`GET ${address}`)).json;
const told = ({ status, json }: Received) => {
  const [issue] = json.issue as unknown as readonly Issue[];
  return [status, issue?.details.text, issue?.expression?.[0]];
};

describe("a transaction", () => {
  it("writes all, and answers in the order of its entries", async () => {
    await transaction(asking("PUT Patient/first", { resource: patient({ id: "first" }) }));
    const reply = await transaction(
      asking("GET Patient/second"),
      asking("PUT Patient/second", { resource: patient({ id: "second" }) }),
      asking("POST Patient", { resource: patient() }),
      asking("DELETE Patient/first"),
      asking("DELETE Patient/nobody"),
    );
    assert.equal(reply.json.type, "transaction-response");
    assert.deepEqual(statuses(reply), ["200 OK", "201 Created", "201 Created", "204 No Content", "204 No Content"]);
    const [got, put] = responses(reply);
    assert.equal(got?.resource?.id, "second", "reads see what the transaction wrote");
    assert.deepEqual(put?.response, {
      status: "201 Created",
      location: `${base}/Patient/second/_history/1`,
      etag: 'W/"1"',
      lastModified: "2026-03-02T09:00:00.000Z",
    });
  });

  it("shows what it wrote to a caller who prefers that", async () => {
    const headers = { prefer: "return=representation" };
    const sent: Sent = { headers, body: bundleOf("transaction", asking("POST Patient", { resource: patient() })) };
    assert.equal(responses(await door.send("POST /", sent))[0]?.resource?.resourceType, "Patient");
  });

  it("points references at what the entries became", async () => {
    const text = {
      status: "generated",
      div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${uuid(1)}">x</a></div>`,
    };
    const reply = await transaction(
      asking("POST Observation", { fullUrl: uuid(2), resource: { ...result(uuid(1)), text } }),
      asking("POST Patient", { fullUrl: uuid(1), resource: patient() }),
      asking("POST Observation", { fullUrl: "http://old.example/fhir/Observation/9", resource: result("Patient/7") }),
      asking("PUT Patient/seven", {
        fullUrl: "http://old.example/fhir/Patient/7",
        resource: patient({ id: "seven" }),
      }),
    );
    const [first, mother, second] = responses(reply);
    const observation = await read(addressOf(first));
    assert.equal((observation.subject as JsonObject).reference, addressOf(mother)?.slice(1));
    assert.ok(String((observation.text as JsonObject).div).includes(`href="${addressOf(mother)?.slice(1)}"`));
    assert.deepEqual((await read(addressOf(second))).subject, { reference: "Patient/seven" });
  });

  it("points addresses of content and targets of Provenance at what the entries became", async () => {
    const reply = await transaction(
      asking("POST DocumentReference", {
        fullUrl: uuid(1),
        resource: {
          resourceType: "DocumentReference",
          status: "current",
          content: [{ attachment: { contentType: "text/plain", url: uuid(2) } }],
        },
      }),
      asking("POST Binary", {
        fullUrl: uuid(2),
        resource: { resourceType: "Binary", contentType: "text/plain", data: "SGVsbG8=" },
      }),
      asking("POST Provenance", {
        resource: {
          resourceType: "Provenance",
          target: [{ reference: uuid(1) }],
          recorded: "2026-03-02T09:00:00Z",
          agent: [{ who: { display: "Dr Lindqvist" } }],
        },
      }),
    );
    const [letter, content, provenance] = responses(reply);
    const { attachment } =
      ((await read(addressOf(letter))).content as unknown as { attachment: JsonObject }[])[0] ?? {};
    assert.equal(`/${attachment?.url}`, addressOf(content));
    const target = (await read(addressOf(provenance))).target as unknown as { reference: string }[];
    assert.equal(`/${target[0]?.reference}`, addressOf(letter));
  });

  it("takes references and conditions below this server's own address", async () => {
    await transaction(asking(`PUT ${base}/Patient/own`, { resource: { ...identified("own"), id: "own" } }));
    const reply = await transaction(
      asking("POST Observation", { resource: result(`${base}/Patient?identifier=urn:lab|own`) }),
      asking("POST Observation", { resource: result(`${base}/Patient/mother`) }),
      asking("POST Patient", { fullUrl: `${base}/Patient/mother`, resource: patient() }),
    );
    const [one, two, mother] = responses(reply);
    assert.deepEqual((await read(addressOf(one))).subject, { reference: "Patient/own" });
    assert.deepEqual((await read(addressOf(two))).subject, { reference: addressOf(mother)?.slice(1) });
  });

  it("reads, searches and asks for heads after it has written", async () => {
    const reply = await transaction(
      asking("GET Patient?identifier=urn:lab|read-later"),
      asking("HEAD Patient/read-later"),
      asking("PUT Patient/read-later", { resource: { ...identified("read-later"), id: "read-later" } }),
    );
    const [search, head] = responses(reply);
    assert.equal(search?.resource?.total, 1);
    assert.deepEqual([head?.response.status, head?.response.etag, head?.resource], ["200 OK", 'W/"1"', undefined]);
  });

  it("keeps numbers as they are written", async () => {
    const resource = '{"resourceType":"Observation","status":"final","code":{"text":"K"},"valueQuantity":{"value":5.0}';
    const entry = `{"resource":${resource},"subject":{"reference":"${uuid(1)}"}},"request":{"method":"POST","url":"Observation"}}`;
    const mother = JSON.stringify(asking("POST Patient", { fullUrl: uuid(1), resource: patient() }));
    const reply = await door.send("POST /", {
      body: `{"resourceType":"Bundle","type":"transaction","entry":[${entry},${mother}]}`,
    });
    const stored = await door.send(`GET ${addressOf(responses(reply)[0])}`);
    assert.ok(stored.text.includes('"valueQuantity":{"value":5.0}'));
  });

  it("creates under a condition once, and refers to what it found", async () => {
    const send = () =>
      transaction(
        asking("POST Patient", {
          fullUrl: uuid(1),
          resource: identified("once"),
          request: { ifNoneExist: "identifier=urn:lab|once" },
        }),
        asking("POST Observation", { resource: result(uuid(1)) }),
      );
    const [one, two] = [await send(), await send()];
    assert.deepEqual([statuses(one)[0], statuses(two)[0]], ["201 Created", "200 OK"]);
    assert.equal(addressOf(responses(two)[0]), addressOf(responses(one)[0]));
    const later = await read(addressOf(responses(two)[1]));
    assert.equal(`/${(later.subject as JsonObject).reference}`, addressOf(responses(one)[0]));
  });

  it("creates under a condition once when many do so at the same moment", async () => {
    const replies = await Promise.all(
      Array.from({ length: 8 }, () =>
        transaction(
          asking("POST Patient", {
            fullUrl: uuid(1),
            resource: identified("race"),
            request: { ifNoneExist: "identifier=urn:lab|race" },
          }),
          asking("POST Observation", { resource: result(uuid(1)) }),
        ),
      ),
    );
    assert.ok(replies.every(({ status }) => status === 200));
    assert.equal(new Set(replies.map((reply) => addressOf(responses(reply)[0]))).size, 1);
  });

  it("updates the one that matches a condition", async () => {
    const send = (more: object) =>
      transaction(
        asking("PUT Patient?identifier=urn:lab|updated", { resource: { ...identified("updated"), ...more } }),
      );
    const [one, two] = [await send({}), await send({ active: true })];
    assert.deepEqual([statuses(one), statuses(two)], [["201 Created"], ["200 OK"]]);
    assert.equal(addressOf(responses(two)[0]), addressOf(responses(one)[0]));
  });

  it("resolves conditional references, in the record and in itself", async () => {
    await transaction(asking("PUT Patient/known", { resource: { ...identified("known"), id: "known" } }));
    const reply = await transaction(
      asking("POST Observation", { resource: result("Patient?identifier=urn:lab|known") }),
      asking("POST Observation", { resource: result("Patient?identifier=urn:lab|inside") }),
      asking("PUT Patient/inside", { resource: { ...identified("inside"), id: "inside" } }),
    );
    const subjects = [];
    for (const entry of responses(reply).slice(0, 2)) subjects.push((await read(addressOf(entry))).subject);
    assert.deepEqual(subjects, [{ reference: "Patient/known" }, { reference: "Patient/inside" }]);
  });

  it("writes nothing when one entry is wrong, and names it", async () => {
    const reply = await transaction(
      asking("PUT Patient/half", { resource: patient({ id: "half" }) }),
      asking("POST Patient", { resource: patient({ birthDate: "x" }) }),
    );
    assert.deepEqual(told(reply), [400, "wrong-format", "Bundle.entry[1].resource.birthDate"]);
    assert.equal((await door.send("GET /Patient/half")).status, 404);
  });

  it("holds to If-Match, and names the entry", async () => {
    await transaction(asking("PUT Patient/held", { resource: patient({ id: "held" }) }));
    const reply = await transaction(
      asking("POST Patient", { resource: patient() }),
      asking("PUT Patient/held", { resource: patient({ id: "held", active: true }), request: { ifMatch: 'W/"9"' } }),
    );
    assert.deepEqual(told(reply), [412, "version-conflict", "Bundle.entry[1]"]);
  });

  it("takes AuditEvents among the others", async () => {
    const event = {
      resourceType: "AuditEvent",
      type: { code: "rest" },
      recorded: "2026-03-02T09:00:00Z",
      agent: [{ requestor: true }],
      source: { observer: { display: "x" } },
    };
    const reply = await transaction(
      asking("POST AuditEvent", { resource: event }),
      asking("POST Patient", { resource: patient() }),
    );
    assert.deepEqual(statuses(reply), ["201 Created", "201 Created"]);
    const wrong = await transaction(
      asking("POST AuditEvent", { resource: event }),
      asking("POST Patient", { resource: patient({ gender: "x" }) }),
    );
    assert.deepEqual(told(wrong), [400, "code-not-in-value-set", "Bundle.entry[1].resource.gender"]);
  });

  it("with nothing to do is done", async () => {
    const reply = await door.send("POST /", { body: bundleOf("transaction") });
    assert.deepEqual([reply.status, reply.json.entry], [200, undefined]);
  });

  it("can be run by a program as well", async () => {
    const bundle = bundleOf("transaction", asking("POST Patient", { resource: patient() }), asking("GET Patient/1"));
    const outcomes = expectOk(
      await transactBundle(bundle as unknown as JsonObject, {
        record: opened.record,
        clock: opened.clock,
        ids: countingIds("program"),
      }),
    );
    assert.deepEqual([outcomes[0]?.effect, outcomes[0]?.version.id, outcomes[1]], ["created", "program-1", undefined]);
  });
});

describe("a transaction is refused", () => {
  const twice = asking("PUT Patient/a", { resource: patient({ id: "a" }) });
  const once = { fullUrl: uuid(1), resource: patient() };
  const condition = { resource: identified("x"), request: { ifNoneExist: "identifier=urn:lab|x" } };
  type Case = readonly [why: string, entries: readonly Entry[], status: number, code: string, where: string];
  const cases: readonly Case[] = [
    ["that writes a resource twice", [twice, twice], 400, "same-target-twice", "Bundle.entry[1].request.url"],
    [
      "that uses a fullUrl twice",
      [asking("POST Patient", once), asking("POST Patient", once)],
      400,
      "same-full-url-twice",
      "Bundle.entry[1].fullUrl",
    ],
    [
      "that uses a condition twice",
      [asking("POST Patient", condition), asking("POST Patient", condition)],
      400,
      "same-target-twice",
      "Bundle.entry[1].request",
    ],
    [
      "that refers to no entry",
      [asking("POST Observation", { resource: result(uuid(9)) })],
      422,
      "reference-not-found",
      "Bundle.entry[0].resource.subject",
    ],
    [
      "whose conditional reference matches nothing",
      [asking("POST Observation", { resource: result("Patient?identifier=urn:lab|0") })],
      422,
      "reference-not-found",
      "Bundle.entry[0].resource.subject",
    ],
    [
      "whose conditional reference by name matches nothing",
      [asking("POST Observation", { resource: result("Patient?name=nobody-of-this-name") })],
      422,
      "reference-not-found",
      "Bundle.entry[0].resource.subject",
    ],
    [
      "with a patch of no known kind",
      [asking("PATCH Patient/1", { resource: patient() })],
      400,
      "wrong-kind",
      "Bundle.entry[0].resource",
    ],
    [
      "with a method that HTTP has not",
      [asking("FETCH Patient/1")],
      400,
      "code-not-in-value-set",
      "Bundle.entry[0].request.method",
    ],
    ["without a resource", [asking("POST Patient")], 400, "required-element-missing", "Bundle.entry[0].resource"],
    ["without a request", [{ resource: patient() }], 400, "required-element-missing", "Bundle.entry[0].request"],
    [
      "for another server",
      [asking("GET http://other.example/fhir/Patient/1")],
      400,
      "wrong-address",
      "Bundle.entry[0].request.url",
    ],
    [
      "for an operation",
      [asking("POST Patient/$match", { resource: patient() })],
      400,
      "wrong-address",
      "Bundle.entry[0].request.url",
    ],
    ["for a deletion by nothing", [asking("DELETE Patient")], 400, "wrong-address", "Bundle.entry[0].request.url"],
    [
      "for a kind that is not FHIR",
      [asking("PUT User/1", { resource: { resourceType: "User", id: "1" } })],
      400,
      "wrong-address",
      "Bundle.entry[0].request.url",
    ],
    [
      "with another id in the body",
      [asking("PUT Patient/1", { resource: patient({ id: "2" }) })],
      400,
      "wrong-id",
      "Bundle.entry[0].resource.id",
    ],
    [
      "with another type in the body",
      [asking("POST Patient", { resource: result("x") })],
      400,
      "wrong-kind",
      "Bundle.entry[0].resource",
    ],
    [
      "with an element that is not R4",
      [asking("POST Patient", { resource: patient(), colour: "red" })],
      400,
      "unknown-element",
      "Bundle.entry[0].colour",
    ],
    ["that changes the audit", [asking("DELETE AuditEvent/1")], 405, "method-not-allowed", "Bundle.entry[0].resource"],
  ];
  for (const [why, entries, status, code, where] of cases) {
    it(`${why}: ${status} ${code} at ${where}`, async () => {
      assert.deepEqual(told(await transaction(...entries)), [status, code, where]);
    });
  }

  it("that is no transaction: 400 at Bundle.type", async () => {
    const reply = await door.send("POST /", { body: { resourceType: "Bundle", type: "collection" } });
    assert.deepEqual(told(reply), [400, "wrong-kind", "Bundle.type"]);
  });
});

describe("a batch", () => {
  it("does each entry by itself, and says of each how it went", async () => {
    const reply = await batch(
      asking("PUT Patient/one", { resource: patient({ id: "one" }) }),
      asking("POST Patient", { resource: patient({ birthDate: "x" }) }),
      asking("GET Patient/nobody"),
      asking("GET Patient?name=nobody"),
      asking("PATCH Patient/one"),
      asking("POST Patient/_search"),
    );
    assert.equal(reply.json.type, "batch-response");
    const told = responses(reply).map(({ response, resource }) => [
      response.status,
      response.outcome?.issue[0]?.expression?.[0] ?? resource?.type,
    ]);
    assert.deepEqual(told, [
      ["201 Created", undefined],
      ["400", "Bundle.entry[1].resource.birthDate"],
      ["404", "Bundle.entry[2]"],
      ["200 OK", "searchset"],
      ["400", "Bundle.entry[4].resource"],
      ["400", "Bundle.entry[5].resource"],
    ]);
    assert.equal((await door.send("GET /Patient/one")).status, 200);
  });
});

describe("A reference below this server's address", () => {
  const kept = async (id: string) => {
    const { json } = await door.send(`GET /Observation/${id}`);
    return [(json.subject as JsonObject).reference, (json.performer as JsonObject[] | undefined)?.[0]?.reference];
  };
  const elsewhere = "https://elsewhere.example/fhir/Patient/whose";
  const named = (id: string) => ({
    ...result(`${base}/Patient/whose`),
    id,
    performer: [{ reference: elsewhere }],
    extension: [{ url: "urn:page", valueUrl: `${base}/Patient/whose` }],
  });

  it("is kept as a relative one, however it comes; those of other servers and addresses stay", async () => {
    await door.send("PUT /Patient/whose", { body: patient({ id: "whose" }) });
    await door.send("PUT /Observation/by-put", { body: named("by-put") });
    await transaction(asking("PUT Observation/by-bundle", { resource: named("by-bundle") }));
    await batch(asking("PUT Observation/by-batch", { resource: named("by-batch") }));
    await door.send("PUT /Observation/by-patch", { body: { ...result("Patient/another"), id: "by-patch" } });
    const patch = [
      { op: "replace", path: "/subject/reference", value: `${base}/Patient/whose` },
      { op: "add", path: "/performer", value: [{ reference: elsewhere }] },
    ];
    const headers = { "content-type": "application/json-patch+json" };
    await door.send("PATCH /Observation/by-patch", { body: patch, headers });
    for (const id of ["by-put", "by-bundle", "by-batch", "by-patch"]) {
      assert.deepEqual(await kept(id), ["Patient/whose", elsewhere], id);
    }
    const { json } = await door.send("GET /Observation/by-put");
    assert.deepEqual(json.extension, named("").extension);
  });
});
