/** Interactions under any search as their condition. FHIR R4 §3.1.0.4.3, §3.1.0.7.1, §3.1.0.8.1. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { limits } from "#kernel";
import { anybody, fhirDoor, type Received } from "../../../test/doors/fhir.ts";
import { contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { fhirKinds } from "./kinds.ts";

const first = await freshRecord({ kinds: fhirKinds });
const door = fhirDoor(contextOf(first, anybody));
const named = (family: string, more: object = {}) => ({ resourceType: "Patient", name: [{ family }], ...more });
const codeOf = ({ status, json }: Received) => [
  status,
  (json.issue as unknown as { details: { text: string } }[])?.[0]?.details.text,
];
const countOf = async (search: string) => (await door.send(`GET /Patient?${search}&_summary=count`)).json.total;

describe("a conditional create by name and date", () => {
  const create = (family: string, at = door) =>
    at.send("POST /Patient", {
      body: named(family, { birthDate: "1957-03-14" }),
      headers: { "if-none-exist": `family=${family}&birthdate=ge1957` },
    });

  it("writes once, and then answers with what is there", async () => {
    const [one, two] = [await create("Osei"), await create("Osei")];
    assert.deepEqual([one.status, two.status, two.json.id], [201, 200, one.json.id]);
  });

  it("writes once when many do so at the same moment", async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => create("Lindqvist")));
    assert.deepEqual(replies.map(({ status }) => status).sort(), [...Array(11).fill(200), 201]);
    assert.equal(await countOf("family=Lindqvist"), 1);
  });

  it("writes once when two processes do so at the same moment", async () => {
    const other = await freshRecord({ kinds: fhirKinds, connection: first.connection });
    const otherDoor = fhirDoor(contextOf(other, anybody));
    const doors = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? door : otherDoor));
    const replies = await Promise.all(doors.map((at) => create("Kelly", at)));
    assert.equal(replies.filter(({ status }) => status === 201).length, 1);
    assert.equal(await countOf("family=Kelly"), 1);
  });

  it("is not held up by others who write the same type", async () => {
    const others = Array.from({ length: 40 }, (_, index) =>
      door.send("POST /Patient", { body: named(`Other${index}`) }),
    );
    const replies = await Promise.all(Array.from({ length: 5 }, (_, index) => create(`Busy${index}`)));
    await Promise.all(others);
    assert.deepEqual(
      replies.map(({ status }) => status),
      Array(5).fill(201),
    );
  });

  it("that several match is refused", async () => {
    for (let count = 0; count < 2; count += 1) await door.send("POST /Patient", { body: named("Twin") });
    const reply = await door.send("POST /Patient", {
      body: named("Twin"),
      headers: { "if-none-exist": "family=Twin" },
    });
    assert.deepEqual(codeOf(reply), [412, "multiple-matches"]);
  });
});

describe("a conditional create by what is at the other end of a reference", () => {
  it("writes once when many do so at the same moment", async () => {
    await door.send("PUT /Patient/chained", { body: named("Chained", { id: "chained" }) });
    const body = {
      resourceType: "Observation",
      status: "final",
      code: { text: "Hb" },
      subject: { reference: "Patient/chained" },
    };
    const headers = { "if-none-exist": "patient.family=Chained&status:not=cancelled" };
    const create = () => door.send("POST /Observation", { body, headers });
    const replies = await Promise.all(Array.from({ length: 6 }, create));
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 201]);
  });
});

describe("a conditional update by name", () => {
  const update = (family: string, more: object = {}, headers: Record<string, string> = {}) =>
    door.send(`PUT /Patient?family=${family}`, { body: named(family, more), headers });

  it("creates once when many do so at the same moment, and updates then", async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => update("Mueller")));
    assert.equal(new Set(replies.map(({ json }) => json.id)).size, 1);
    assert.equal((await update("Mueller", { active: true })).json.active, true);
  });

  it("with If-Match holds to the version as well", async () => {
    await update("Okafor");
    assert.equal((await update("Okafor", { active: true }, { "if-match": 'W/"7"' })).status, 412);
    assert.equal((await update("Okafor", { active: true }, { "if-match": 'W/"1"' })).status, 200);
  });
});

describe("a conditional delete", () => {
  const make = (family: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => door.send("POST /Patient", { body: named(family) })));

  it("deletes all that match, and says how many", async () => {
    await make("Leaver", 3);
    const reply = await door.send("DELETE /Patient?family=Leaver");
    assert.equal(reply.status, 200);
    assert.match(reply.text, /3 resources were deleted/);
    assert.equal(await countOf("family=Leaver"), 0);
  });

  it("of nothing is done already", async () => {
    assert.equal((await door.send("DELETE /Patient?family=Nobody")).status, 200);
  });

  it("with _count deletes so many at most", async () => {
    await make("Several", 3);
    assert.match((await door.send("DELETE /Patient?family=Several&_count=2")).text, /2 resources/);
    assert.equal(await countOf("family=Several"), 1);
  });

  it(`of more than ${limits.conditionalDeletesMax} deletes nothing`, async () => {
    const entry = Array.from({ length: limits.conditionalDeletesMax + 1 }, () => ({
      request: { method: "POST", url: "Patient" },
      resource: named("Crowd"),
    }));
    await door.send("POST /", { body: { resourceType: "Bundle", type: "transaction", entry } });
    assert.deepEqual(codeOf(await door.send("DELETE /Patient?family=Crowd")), [409, "too-many-matches"]);
    assert.equal(await countOf("family=Crowd"), limits.conditionalDeletesMax + 1);
  });

  it("without a condition, or with one that is unknown, is refused whatever the caller prefers", async () => {
    const headers = { prefer: "handling=lenient" };
    assert.deepEqual(codeOf(await door.send("DELETE /Patient", { headers })), [400, "wrong-condition"]);
    const unknown = await door.send("DELETE /Patient?shoe-size=44", { headers });
    assert.deepEqual(codeOf(unknown), [400, "unknown-search-parameter"]);
  });

  it("in a transaction is one commit with the rest", async () => {
    await make("Old", 2);
    const entry = [
      { request: { method: "POST", url: "Patient" }, resource: named("New") },
      { request: { method: "DELETE", url: "Patient?family=Old" } },
    ];
    const reply = await door.send("POST /", { body: { resourceType: "Bundle", type: "transaction", entry } });
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual([await countOf("family=Old"), await countOf("family=New")], [0, 1]);
  });
});

describe("a transaction", () => {
  it("creates under any condition once when many do so at the same moment", async () => {
    const send = () =>
      door.send("POST /", {
        body: {
          resourceType: "Bundle",
          type: "transaction",
          entry: [
            { request: { method: "POST", url: "Patient", ifNoneExist: "family=Race" }, resource: named("Race") },
            {
              request: { method: "POST", url: "Observation" },
              resource: { resourceType: "Observation", status: "final", code: { text: "Hb" } },
            },
          ],
        },
      });
    const replies = await Promise.all(Array.from({ length: 6 }, send));
    assert.ok(replies.every(({ status }) => status === 200));
    assert.equal(await countOf("family=Race"), 1);
  });

  it("resolves references by any search", async () => {
    await door.send("PUT /Patient/known", { body: named("Known", { id: "known" }) });
    const subject = (reference: string) => ({
      request: { method: "POST", url: "Observation" },
      resource: { resourceType: "Observation", status: "final", code: { text: "Hb" }, subject: { reference } },
    });
    const body = { resourceType: "Bundle", type: "transaction", entry: [subject("Patient?family=Known")] };
    const reply = await door.send("POST /", { body, headers: { prefer: "return=representation" } });
    assert.match(reply.text, /"reference":"Patient\/known"/);
  });
});
