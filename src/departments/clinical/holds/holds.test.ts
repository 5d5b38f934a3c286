/** What people do with messages that are held. See docs/operate/gates.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Actor, decidingForLink, personActor } from "#access";
import { silentLog } from "#kernel";
import type { DiagnosticReport, Observation, Patient, Provenance } from "#standards/fhir";
import { anOruR01, creatinine, potassium } from "../../../../test/builders/index.ts";
import { aRequest } from "../../../../test/builders/request.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { babyAdeyemi, mrONeill, mrsOsei } from "../../../../test/ward/index.ts";
import type { DecidedView, HeldMessageView, HoldsPage } from "../api/holds.ts";
import type { Safeguards } from "../gates/safeguards.ts";
import { WaitingOrders } from "../gates/waiting-orders.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { holdRoutes } from "./routes.ts";

function manager(name: string): Actor {
  return personActor({ reference: `User/${name}`, display: name, roles: ["pathology-links-manager"] });
}

const [ada, ben] = [manager("Ada"), manager("Ben")];

/** A laboratory with the queue of what it sent. */
async function aQueue(safeguards: Safeguards = {}) {
  const laboratory = await aLaboratory();
  const { parts } = laboratory;
  const routes = holdRoutes({
    forLink: (actor) => contextOf(parts, decidingForLink(actor)),
    safeguardsOf: () => safeguards,
    log: silentLog,
  });
  async function ask(actor: Actor, path: string, { body = {}, query = "", id = "" } = {}) {
    const route = routes.find((each) => each.path === `/api/clinical/holds${path}`);
    assert.ok(route, path);
    const bytes = Buffer.from(JSON.stringify(body));
    const reply = await route.handle(aRequest({ params: { id }, query, body: bytes }), contextOf(parts, actor));
    return reply.ok ? (JSON.parse(String(reply.value.body)) as unknown) : reply.problems[0].code;
  }
  return {
    ...laboratory,
    /** One message a second. */
    send: (message: string) => {
      parts.clock.advance(1_000);
      return laboratory.send(message, { safeguards });
    },
    one: async (id: string) => (await ask(ada, "/:id", { id })) as HeldMessageView,
    queue: async (query = "") => (await ask(ada, "", { query })) as HoldsPage,
    decide: async (actor: Actor, action: string, { id = "", ...body }: Record<string, string | undefined>) =>
      (await ask(actor, `/:id/${action}`, { id, body: { comment: "Rang the laboratory.", ...body } })) as
        | DecidedView
        | string,
    messages: () => laboratory.all<LinkMessage & { id: string }>("LinkMessage"),
  };
}

const stolen = { ...babyAdeyemi, nhsNumber: mrsOsei.nhsNumber, hospitalNumber: mrsOsei.hospitalNumber };
const future = { reportedAt: "20271123092500+0000" };

test("held messages are listed oldest first, with their age, what may be done, and how many there are", async () => {
  const { send, queue, parts } = await aQueue();
  await send(anOruR01({ controlId: "M-1", ...future }));
  await send(anOruR01({ controlId: "M-2", filler: "26U2", pid: { 3: "" } }));
  await send(anOruR01({ controlId: "M-3", filler: "26U3" }));
  parts.clock.advance(5 * 60_000);
  const { holds, reasons } = await queue();
  assert.deepEqual(
    holds.map(({ controlId, ageMinutes, release }) => [controlId, ageMinutes, release]),
    [
      ["M-1", 5, { asIs: true, toPatient: false, people: 1 }],
      ["M-2", 5, { asIs: false, toPatient: true, people: 1 }],
    ],
  );
  assert.deepEqual(
    reasons.map(({ code, count }) => [code, count]),
    [
      ["patient-not-identified", 1],
      ["report-time-in-future", 1],
    ],
  );
  assert.equal((await queue("reason=report-time-in-future&link=lab")).holds.length, 1);
  assert.equal((await queue("link=pas")).holds.length, 0);
});

test("a held message is shown with what of its order is held before and behind it", async () => {
  const { send, messages, one } = await aQueue();
  await send(anOruR01({ controlId: "M-1", ...future }));
  await send(anOruR01({ controlId: "M-2", ...future, patient: stolen }));
  await send(anOruR01({ controlId: "M-3", ...future, filler: "26U9" }));
  const [first, second] = await messages();
  const seen = await one(first?.id ?? "");
  assert.deepEqual([seen.controlId, seen.earlier, seen.later.map((row) => row.controlId)], ["M-1", [], ["M-2"]]);
  assert.deepEqual(
    (await one(second?.id ?? "")).earlier.map((row) => row.controlId),
    ["M-1"],
  );
});

test("one person releases a message as it is, and the record says who, when and why", async () => {
  const { send, decide, messages, all, versions } = await aQueue();
  await send(anOruR01({ controlId: "M-1", ...future }));
  const [held] = await messages();
  const decided = await decide(ada, "release", { id: held?.id });
  assert.deepEqual(decided, {
    id: held?.id,
    state: "mapped",
    stateText: "In the record",
    waitsForSecond: false,
    released: [],
  });
  assert.equal((await all("Observation")).length, 3);
  const [message] = await messages();
  assert.deepEqual(
    message?.decisions?.map(({ action, by, comment, at }) => [action, by, comment, at]),
    [["release", "User/Ada", "Rang the laboratory.", "2026-11-23T12:00:01.000Z"]],
  );
  assert.deepEqual(
    [message?.acknowledgement?.code, message?.reasons[0]?.code],
    ["AA", "report-time-in-future"],
    "a repetition is answered with AA, and the reason stays as a remark",
  );
  assert.deepEqual(
    (await versions("LinkMessage", held?.id ?? "")).map(({ body }) => JSON.parse(body).state),
    ["held", "mapped"],
  );
  const [provenance] = await all<Provenance>("Provenance");
  assert.equal(provenance?.entity?.[0]?.what.reference, `LinkMessage/${held?.id}`);
  assert.equal(provenance?.agent.at(-1)?.who.identifier?.value, "User/Ada");
});

test("an identity conflict takes two people, and the same one twice is not two", async () => {
  const { send, decide, messages, all, queue } = await aQueue();
  await send(anOruR01({ controlId: "M-1" }));
  await send(anOruR01({ controlId: "M-2", filler: "26U2", patient: stolen }));
  const id = (await messages())[1]?.id;
  assert.equal(await decide(ada, "confirm", { id }), "nothing-proposed");
  const proposed = await decide(ada, "release", { id });
  assert.deepEqual(typeof proposed === "object" && [proposed.state, proposed.waitsForSecond], ["held", true]);
  assert.equal((await all("DiagnosticReport")).length, 1, "nothing is recorded by one person");
  assert.equal(await decide(ada, "confirm", { id }), "second-person-needed");
  assert.equal(await decide({ ...ben, via: "token" }, "confirm", { id }), "person-needed");
  const waiting = await queue("proposed=true");
  assert.deepEqual([waiting.proposed, waiting.holds.map((hold) => hold.proposal?.by)], [1, ["User/Ada"]]);
  const confirmed = await decide(ben, "confirm", { id });
  assert.equal(typeof confirmed === "object" && confirmed.state, "mapped");
  assert.equal((await queue()).proposed, 0);
  assert.equal((await all("DiagnosticReport")).length, 2);
  const [patient, another] = await all<Patient>("Patient");
  assert.deepEqual([patient?.name?.[0]?.family, patient?.birthDate, another], ["Osei", "1957-03-14", undefined]);
  const agents = (await all<Provenance>("Provenance")).at(-1)?.agent.slice(-2);
  assert.deepEqual(
    agents?.map(({ who }) => who.display),
    ["Ada", "Ben"],
  );
});

test("results that are released to another patient are that patient's, and tell nothing else of them", async () => {
  const { send, decide, messages, all } = await aQueue();
  await send(anOruR01({ controlId: "M-0", filler: "26U0", patient: mrONeill }));
  await send(anOruR01({ controlId: "M-1" }));
  await send(anOruR01({ controlId: "M-2", filler: "26U2", patient: stolen }));
  const id = (await messages())[2]?.id;
  const [oneill] = await all<Patient & { id: string; meta: { versionId: string } }>("Patient");
  await decide(ada, "release", { id, patient: oneill?.id });
  await decide(ben, "confirm", { id });
  const reports = await all<DiagnosticReport>("DiagnosticReport");
  assert.equal(reports.at(-1)?.subject?.reference, `Patient/${oneill?.id}`);
  const [same] = await all<typeof oneill & object>("Patient");
  assert.deepEqual([same?.meta.versionId, same?.identifier?.length], ["1", oneill?.identifier?.length]);
});

test("a laboratory number that is another patient's gives documents of their own, with two people", async () => {
  const { send, decide, messages, all } = await aQueue();
  await send(anOruR01({ controlId: "M-1", obx: [potassium] }));
  await send(anOruR01({ controlId: "M-2", patient: mrONeill, obx: [{ ...potassium, value: "5.0" }] }));
  const id = (await messages())[1]?.id;
  await decide(ada, "release", { id });
  await decide(ben, "confirm", { id });
  const results = await all<Observation>("Observation");
  assert.deepEqual(results.map(({ valueQuantity }) => valueQuantity?.value).sort(), [4.1, 5]);
  assert.equal(new Set(results.map(({ subject }) => subject?.reference)).size, 2);
});

test("a message without its patient cannot be taken as it is, nor one whose line ends are missing at all", async () => {
  const { send, decide, messages } = await aQueue();
  await send(anOruR01({ controlId: "M-1", pid: { 3: "" } }));
  const [nobody] = await messages();
  assert.equal(await decide(ada, "release", { id: nobody?.id }), "patient-needed");
  assert.equal(await decide(ada, "release", { id: nobody?.id, patient: "none" }), "not-found");
  await send(anOruR01({ controlId: "M-2", filler: "26U2", ...future }));
  const [, wrongTime] = await messages();
  assert.equal(await decide(ada, "release", { id: wrongTime?.id, patient: "any" }), "patient-not-to-choose");
});

test("a number that is no NHS number is left out when its message is released", async () => {
  const { send, decide, messages, all } = await aQueue();
  await send(anOruR01({ pid: { 3: "H1042318^^^MEADOW^MR~9990000019^^^NHS^NH" } }));
  const [held] = await messages();
  await decide(ada, "release", { id: held?.id });
  const [patient] = await all<Patient>("Patient");
  assert.deepEqual(
    patient?.identifier?.map(({ value }) => value),
    ["H1042318"],
  );
});

test("a rejected message stays with the reason and the person, and is decided on once", async () => {
  const { send, decide, messages, all } = await aQueue();
  await send(anOruR01({ ...future }));
  const [held] = await messages();
  await decide(ada, "reject", { id: held?.id });
  const [message] = await messages();
  assert.deepEqual(
    [message?.state, message?.reasons.at(-1)?.code, message?.decisions?.[0]?.by],
    ["rejected", "rejected-by-person", "User/Ada"],
  );
  assert.deepEqual(await all("Observation"), []);
  assert.equal(await decide(ben, "release", { id: held?.id }), "message-not-held");
});

test("of two held messages of one order the earlier is decided on first", async () => {
  const { send, decide, messages, all } = await aQueue();
  await send(anOruR01({ controlId: "M-1", ...future }));
  await send(anOruR01({ controlId: "M-2", ...future, obx: [creatinine] }));
  const [first, second] = await messages();
  assert.equal(await decide(ada, "release", { id: second?.id }), "earlier-is-held");
  await decide(ada, "release", { id: first?.id });
  await decide(ada, "release", { id: second?.id });
  assert.equal((await all("Observation")).length, 3);
});

test("a corrected message passes one that its sender was told about, and the older never overwrites it", async () => {
  const { send, decide, messages, all } = await aQueue({ waiting: new WaitingOrders() });
  await send(anOruR01({ controlId: "M-1", pid: { 3: "9990000019^^^NHS^NH~H1042318^^^MEADOW^MR" }, obx: [potassium] }));
  const right = { controlId: "M-2", reportedAt: "20261123110000+0000", obx: [{ ...potassium, value: "4.4" }] };
  assert.equal((await send(anOruR01(right))).code, "AA");
  const [held] = await messages();
  const late = await decide(ada, "release", { id: held?.id });
  assert.equal(typeof late === "object" && late.state, "stale");
  assert.equal((await all<Observation>("Observation"))[0]?.valueQuantity?.value, 4.4);
});

const local = { ...potassium, test: "K^Potassium^L" };

test("what comes behind a message that waits for a code waits too, its sender content, and follows it in order", async () => {
  const { send, decide, messages, all } = await aQueue({
    settings: { holdUnknownCodes: true },
    waiting: new WaitingOrders(),
  });
  const first = await send(anOruR01({ controlId: "M-1", obx: [local] }));
  const second = await send(anOruR01({ controlId: "M-2", obx: [creatinine] }));
  const elsewhere = await send(anOruR01({ controlId: "M-3", filler: "26U9", obx: [creatinine] }));
  assert.deepEqual([first.code, second.code, elsewhere.code], ["AA", "AA", "AA"]);
  const held = (await messages()).map(({ state, reasons }) => [state, reasons[0]?.code]);
  assert.deepEqual(held, [
    ["held", "unknown-code"],
    ["held", "held-behind"],
    ["mapped", undefined],
  ]);
  const [one, two] = await messages();
  assert.equal(await decide(ada, "release", { id: two?.id }), "release-not-possible");
  const decided = await decide(ada, "release", { id: one?.id });
  assert.deepEqual(typeof decided === "object" && decided.released, [two?.id]);
  assert.equal((await all("Observation")).length, 3);
});
