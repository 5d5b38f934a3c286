import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, type JsonObject } from "#kernel";
import { freshAccess } from "../../../test/access.ts";
import { fhirDoor } from "../../../test/doors/fhir.ts";
import { governance, person } from "../../../test/narrowed-ward.ts";
import type { Actor } from "../actor.ts";
import { parseScope } from "../scope.ts";
import { readDat, writeDat } from "./dat-file.ts";
import { ExcludedPatients } from "./excluded-patients.ts";
import { OptOutCheck, type OptOutStore } from "./opt-out-check.ts";
import { optOutReply, optOutRequest } from "./opt-out-routes.ts";
import { optOutRule } from "./opt-out-rule.ts";

const [one, two, three] = ["9990000018", "9990000026", "9990000034"] as const;
const dayMs = 86_400_000;

function inMemory(): OptOutStore & { text(): string } {
  let kept: { text: string; mark: string } | undefined;
  let marks = 0;
  return {
    text: () => kept?.text ?? "",
    mark: async () => kept?.mark,
    read: async () => kept,
    write: async (text) => {
      marks += 1;
      kept = { text, mark: `${marks}` };
    },
    remove: async () => {
      kept = undefined;
    },
  };
}

function patient(id: string, nhsNumber?: string): JsonObject {
  const identifier =
    nhsNumber === undefined ? {} : { identifier: [{ system: "https://fhir.nhs.uk/Id/nhs-number", value: nhsNumber }] };
  return { resourceType: "Patient", id, ...identifier };
}

const researcher: Actor = {
  ...person("r", "Researcher"),
  purpose: "HRESCH",
  via: "token",
  permissions: expectOk(parseScope("system/*.rs")),
};

async function hospital() {
  const store = inMemory();
  const parts = await freshAccess();
  const { record, clock, anotherProcess } = parts;
  const check = new OptOutCheck({ store, clock, sealKey: new Uint8Array(32).fill(3), keepMs: dayMs });
  const access = anotherProcess({ optOuts: optOutRule(new ExcludedPatients(record, check)) });
  const put = async (body: JsonObject) =>
    expectOk(
      await record.transact({
        operations: [{ action: "update", kind: String(body.resourceType), id: String(body.id), body }],
      }),
    );
  for (const body of [patient("one", one), patient("two", two), patient("none")]) await put(body);
  for (const id of ["one", "two", "none"]) {
    await put({
      resourceType: "Observation",
      id,
      status: "final",
      code: { text: "x" },
      subject: { reference: `Patient/${id}` },
    });
  }
  await put({ resourceType: "Organization", id: "trust", name: "Trust" });
  const ids = async (kind: string, actor: Actor = researcher) => {
    const { status, json } = await fhirDoor(access.contextOf(actor)).send(`GET /${kind}?_sort=_id`);
    if (status !== 200) return status;
    return ((json.entry ?? []) as { resource: { id: string } }[]).map(({ resource }) => resource.id);
  };
  return { kept: store, clock, put, ids, access, desk: { record, clock, check }, record, log: parts.store.audit };
}

test("a request has one NHS number a line with a comma and a line feed, and a reply is read in the same form", () => {
  assert.equal(writeDat([one, two]), `${one},\n${two},\n`);
  assert.deepEqual(expectOk(readDat(`${one},\n${two},\n`)), [one, two]);
  assert.deepEqual(expectOk(readDat(`${one},\r\n${one},\r\n`)), [one]);
  assert.deepEqual(expectOk(readDat("")), [], "everybody has opted out");
});

test("what is no reply is refused with its line", () => {
  for (const text of ["ERROR: file rejected\n", `${one}\n`, "9990000019,\n", `${one},x\n`, `${one},\n\n${two},\n`]) {
    const read = readDat(text);
    assert.ok(!read.ok, text);
    assert.equal(read.problems[0].code, "wrong-dat-line");
    assert.match(read.problems[0].where ?? "", /^line [12]$/);
  }
});

test("without a recent answer nothing of patients is found for research, and a sentence says what to do", async () => {
  const { ids, access } = await hospital();
  assert.equal(await ids("Patient"), 409);
  const reply = await fhirDoor(access.contextOf(researcher)).send("GET /Observation/one");
  assert.match(reply.text, /corridor opt-out request/);
  assert.deepEqual(await ids("Organization"), ["trust"], "what is about nobody is found");
  const carer = { ...researcher, purpose: "TREAT" as const };
  assert.deepEqual(await ids("Patient", carer), ["none", "one", "two"], "care is not concerned");
});

test("who opted out, has no NHS number or was not asked about is left out, until the answer is too old", async () => {
  const { ids, put, clock, kept, desk } = await hospital();
  assert.equal(expectOk(await optOutRequest(desk, governance)), `${one},\n${two},\n`);
  expectOk(await optOutReply(desk, `${one},\n`, governance));
  assert.deepEqual(await ids("Patient"), ["one"]);
  assert.deepEqual(await ids("Observation"), ["one"]);
  await put(patient("three", three));
  assert.deepEqual(await ids("Patient"), ["one"], "registered since");
  await put(patient("one"));
  assert.deepEqual(await ids("Patient"), [], "the number was taken away");
  await put(patient("one", one));
  assert.deepEqual(await ids("Patient"), ["one"]);
  clock.advance(dayMs);
  assert.equal(await ids("Patient"), 409);
  assert.equal(kept.text(), "", "it is forgotten");
});

test("an answer is sealed, names nobody in the log, and stands on no record", async () => {
  const { kept, desk, record, log } = await hospital();
  const before = await record.position();
  expectOk(await optOutReply(desk, `${one},\n`, governance));
  assert.equal(await record.position(), before, "no document was written");
  assert.ok(kept.text().length > 40 && !kept.text().includes(one));
  const noted = await log.scan(0, 100);
  assert.ok(noted.some(({ body }) => body.includes("opt-out reply: 1 NHS numbers may be used")));
  assert.ok(!noted.some(({ body }) => body.includes(one)));
});
