/** A finding from what somebody did to its end in the review queue, over a real record and its log. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { accessKinds, type Context, personActor, workerActor } from "#access";
import { expectOk, type Result } from "#kernel";
import { fhirKinds } from "#record";
import { aRequest } from "../../../../../test/builders/request.ts";
import { contextOf } from "../../../../../test/handler-context.ts";
import { freshRecord, type TestRecord } from "../../../../../test/record.ts";
import { informationKinds } from "../../index.ts";
import { FindingsFollower } from "./follow-log.ts";
import { type FindingsPage, type FindingView, findingRoutes } from "./routes.ts";

const doctor = personActor({ reference: "User/tom", display: "Dr Tom Osei", roles: ["doctor"] });
const officer = personActor({ reference: "User/ruth", display: "Ms Ruth Amadi", roles: ["information-governance"] });
/** The doctor, who guards the information of the hospital as well. */
const both = personActor({ ...doctor, roles: ["doctor", "information-governance"] });
const wanted = { outcome: "appropriate", note: "No relative: he was on call." };

describe("findings", () => {
  let opened: TestRecord;
  let follower: FindingsFollower;

  before(async () => {
    opened = await freshRecord({ kinds: [...fhirKinds, ...accessKinds, ...informationKinds] });
    const { record } = opened;
    expectOk(
      await record.transact({
        operations: [
          { action: "create", kind: "Patient", id: "abena", body: { name: [{ family: "Osei", given: ["Abena"] }] } },
          { action: "create", kind: "Patient", id: "other", body: { name: [{ family: "Other" }] } },
        ],
      }),
    );
    follower = aFollower();
    for (const id of ["abena", "other", "abena"]) expectOk(await contextOf(opened, doctor).record.read("Patient", id));
  });

  const aFollower = () =>
    new FindingsFollower({
      context: contextOf(opened, workerActor("audit findings")),
      audit: opened.store.audit,
      cursors: opened.store.cursors,
      size: async () => (await opened.store.audit.scan(0, 1_000)).length,
    });
  const call = async (path: string, { as = officer, query = "", json = {}, id = "" } = {}) => {
    const route = findingRoutes.find((one) => one.path === path)!;
    const body = Buffer.from(JSON.stringify(json));
    return route.handle({ ...aRequest({ query }), params: { id }, body }, contextOf(opened, as) as Context);
  };
  const queue = async (outcome: string) => {
    const reply = expectOk(await call("/api/information/findings", { query: `outcome=${outcome}` }));
    return (JSON.parse(String(reply.body)) as FindingsPage).findings;
  };
  const decide = (id: string, as = officer) => call("/api/information/findings/:id/decide", { as, id, json: wanted });
  const problem = (result: Result<unknown>) => (result.ok ? "no problem" : result.problems[0].code);

  it("are written once for a person, patient and day, from the entries of the log", async () => {
    expectOk(await follower.round());
    expectOk(await follower.round());
    const found = await queue("open");
    assert.deepEqual(
      found.map(({ person, patientName, evidence }) => [person, patientName, evidence.map(({ rule }) => rule)]),
      [["User/tom", "OSEI, Abena", ["same-surname"]]],
    );
  });

  it("are not written again after a start", async () => {
    expectOk(await contextOf(opened, doctor).record.read("Patient", "abena"));
    expectOk(await aFollower().round());
    assert.equal((await queue("open")).length, 1);
  });

  it("are decided by somebody else, with a note, and stay with what they came to", async () => {
    const [finding] = await queue("open");
    assert.equal(problem(await decide(finding!.id, doctor)), "kind-forbidden");
    assert.equal(problem(await decide(finding!.id, both)), "own-finding");
    const decided = JSON.parse(String(expectOk(await decide(finding!.id)).body)) as FindingView;
    assert.deepEqual(
      [decided.outcome, decided.note, decided.reviewer?.display],
      [wanted.outcome, wanted.note, "Ms Ruth Amadi"],
    );
    assert.deepEqual([(await queue("open")).length, (await queue("appropriate")).length], [0, 1]);
  });
});
