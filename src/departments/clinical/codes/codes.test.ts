/** Codes and units that no map knows: recorded as sent, noted as work, mapped by two people, and used from then on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Actor, decidingForLink, linkActor, personActor } from "#access";
import { limits, silentLog } from "#kernel";
import type { Observation } from "#standards/fhir";
import type { MappingTerminology } from "#terminology";
import { mappingTerminology } from "#terminology";
import { anOruR01, creatinine, type Obx, potassium } from "../../../../test/builders/index.ts";
import { aRequest } from "../../../../test/builders/request.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { openTestTerminology } from "../../../../test/terminology.ts";
import type { CodesPage, CodeView, CoverageView } from "../api/codes.ts";
import type { CodeTable } from "../configuration/data-files.ts";
import { WaitingOrders } from "../gates/waiting-orders.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { codeRound } from "./code-round.ts";
import { codeRoutes } from "./routes.ts";
import { SenderMaps } from "./sender-maps.ts";
import { suggest } from "./suggest.ts";
import type { UnknownCode } from "./unknown-code.ts";

function manager(name: string): Actor {
  return personActor({ reference: `User/${name}`, display: name, roles: ["pathology-links-manager"] });
}

const [ada, ben] = [manager("Ada"), manager("Ben")];
const loincPotassium = { system: "http://loinc.org", code: "2823-3", display: "Potassium" };
const noTerminology = {} as MappingTerminology;

async function aWorklist({ holdUnknownCodes = false } = {}) {
  const laboratory = await aLaboratory();
  const { parts } = laboratory;
  const [maps, waiting] = [new SenderMaps(), new WaitingOrders()];
  const safeguards = { settings: { holdUnknownCodes }, maps, waiting };
  const forLink = (actor: Actor) => contextOf(parts, decidingForLink(actor));
  const routes = codeRoutes({ forLink, terminology: noTerminology, approved: () => {} });
  const ask = async (actor: Actor, path: string, { body = {}, query = "", id = "" } = {}) => {
    const route = routes.find((each) => each.path === `/api/clinical/codes${path}`);
    assert.ok(route, path);
    const request = aRequest({ params: { id }, query, body: Buffer.from(JSON.stringify(body)) });
    const reply = await route.handle(request, contextOf(parts, actor));
    return reply.ok ? (JSON.parse(String(reply.value.body)) as unknown) : reply.problems[0].code;
  };
  const round = async () => {
    const context = contextOf(parts, decidingForLink({ ...linkActor("codes"), reference: "Worker/codes" }));
    const needs = {
      forLink,
      safeguardsOf: () => safeguards,
      log: silentLog,
      context,
      look: parts.record,
      maps,
      waiting,
    };
    const done = await codeRound(needs);
    assert.ok(done.ok, JSON.stringify(done));
  };
  return {
    ...laboratory,
    round,
    applyTables: (tables: readonly CodeTable[]) => maps.applyTables(tables),
    send: (message: string) => {
      parts.clock.advance(1_000);
      return laboratory.send(message, { safeguards });
    },
    worklist: async (query = "") => ((await ask(ada, "", { query })) as CodesPage).codes,
    read: async (id = "") => ask(ada, "/:id", { id }),
    coverage: async () => ((await ask(ada, "/coverage")) as CoverageView).senders,
    decide: async (actor: Actor, action: string, { id = "", ...body }: { id?: string | undefined; target?: object }) =>
      (await ask(actor, `/:id/${action}`, { id, body: { comment: "Asked the laboratory.", ...body } })) as
        | CodeView
        | string,
    states: async () => (await laboratory.all<LinkMessage>("LinkMessage")).map(({ state }) => state),
  };
}

const local: Obx = { ...potassium, test: "K^Serum potassium^L" };
const oddUnit: Obx = { ...creatinine, units: "umol/litre" };

/** One report whose own code is known, so that only what is meant is unknown. */
function report(controlId: string, obx: readonly Obx[], more = {}): string {
  return anOruR01({ controlId, test: "24325-3^U and E^LN", obx, ...more });
}

test("an unknown code or unit is recorded as it was sent, and is work with its count and examples", async () => {
  const { send, round, worklist, all } = await aWorklist();
  await send(report("M-1", [local, oddUnit]));
  await send(report("M-2", [local], { filler: "26U2" }));
  await round();
  const work = await worklist();
  assert.deepEqual(
    work.map(({ field, code, text, units, count, state, examples }) => [
      field,
      code,
      text,
      units,
      count,
      state,
      examples.length,
    ]),
    [
      ["OBX-3", "K", "Serum potassium", ["mmol/L"], 2, "open", 2],
      ["OBX-6", "umol/litre", "Creatinine", [], 1, "open", 1],
    ],
  );
  const [first] = await all<Observation>("Observation");
  assert.deepEqual(
    [first?.code.coding?.[0]?.code, first?.code.coding?.[0]?.system],
    ["K", "urn:corridor:codes:PATHLAB%7CMEADOWLAB:local"],
  );
  assert.deepEqual(
    (await worklist("field=OBX-6&state=open&sender=PATHLAB|MEADOWLAB")).map(({ code }) => code),
    ["umol/litre"],
  );
});

test("one code is read by its id, as the worklist has it", async () => {
  const { send, round, worklist, read } = await aWorklist();
  await send(report("M-1", [local]));
  await round();
  const [work] = await worklist();
  assert.deepEqual(await read(work?.id), work);
  assert.equal(await read("none"), "not-found");
});

test("nothing is counted twice, however often it is counted, and to find nothing leaves no entry in the log", async () => {
  const { send, round, worklist, coverage, parts } = await aWorklist();
  await send(report("M-1", [local, potassium]));
  await round();
  const entries = async () => (await parts.store.audit.scan(0, 1_000)).length;
  const before = await entries();
  await round();
  assert.equal(await entries(), before);
  assert.equal((await worklist())[0]?.count, 1);
  assert.deepEqual(await coverage(), [
    {
      sender: "PATHLAB|MEADOWLAB",
      results: 2,
      coded: 1,
      share: 0.5,
      days: [{ day: "2026-11-23", results: 2, coded: 1 }],
    },
  ]);
});

test("one person proposes, a second approves; then old results get the coding and new ones come with it", async () => {
  const { send, round, worklist, decide, all, versions, coverage } = await aWorklist();
  await send(report("M-1", [local]));
  await round();
  const id = (await worklist())[0]?.id;
  assert.equal(await decide(ben, "approve", { id }), "nothing-proposed");
  await decide(ada, "propose", { id, target: loincPotassium });
  assert.equal(await decide(ada, "approve", { id }), "second-person-needed");
  assert.equal(await decide({ ...ben, via: "token" }, "approve", { id }), "person-needed");
  const approved = await decide(ben, "approve", { id });
  assert.equal(typeof approved === "object" && approved.state, "approved");
  await round();
  const [result] = await all<Observation & { id: string }>("Observation");
  assert.deepEqual(
    result?.code.coding?.map(({ system, code }) => `${system}|${code}`),
    ["urn:corridor:codes:PATHLAB%7CMEADOWLAB:local|K", "http://loinc.org|2823-3"],
  );
  assert.equal((await versions("Observation", result?.id ?? "")).length, 2);
  await send(report("M-2", [local], { filler: "26U2" }));
  await round();
  const [work] = await worklist();
  assert.deepEqual([work?.state, work?.count, work?.applied], ["mapped", 1, { released: 0, recoded: 1 }]);
  assert.deepEqual((await coverage())[0]?.coded, 1);
  const [map] = await all<{ group: { source: string; target: string; element: { code: string }[] }[] }>("ConceptMap");
  assert.deepEqual([map?.group[0]?.target, map?.group[0]?.element[0]?.code], ["http://loinc.org", "K"]);
});

test("a mapped unit keeps what was printed and gets its UCUM code, in the value and in its limits", async () => {
  const { send, round, worklist, decide, all } = await aWorklist();
  await send(report("M-1", [oddUnit]));
  await round();
  const id = (await worklist())[0]?.id;
  assert.equal(
    await decide(ada, "propose", { id, target: { system: "http://unitsofmeasure.org", code: "umol/litre" } }),
    "unit-not-ucum",
  );
  await decide(ada, "propose", { id, target: { system: "http://unitsofmeasure.org", code: "umol/L" } });
  await decide(ben, "approve", { id });
  await round();
  const [result] = await all<Observation>("Observation");
  assert.deepEqual([result?.valueQuantity?.unit, result?.valueQuantity?.code], ["umol/litre", "umol/L"]);
  assert.equal(result?.referenceRange?.[0]?.high?.code, "umol/L");
});

test("results that wait for a code go in the order in which they came, once it is mapped", async () => {
  const { send, round, worklist, decide, all, states, versions } = await aWorklist({ holdUnknownCodes: true });
  const at = (hour: string) => ({ reportedAt: `20261123${hour}0000+0000` });
  await send(report("M-1", [{ ...local, value: "4.0" }], at("08")));
  await send(report("M-2", [{ ...local, value: "4.2" }], at("09")));
  await send(report("M-3", [creatinine], at("10")));
  assert.deepEqual(await states(), ["held", "held", "held"]);
  await round();
  const id = (await worklist())[0]?.id;
  await decide(ada, "propose", { id, target: loincPotassium });
  await decide(ben, "approve", { id });
  await round();
  assert.deepEqual(await states(), ["mapped", "mapped", "mapped"]);
  const results = await all<Observation & { id: string }>("Observation");
  const waited = results.find(({ code }) => code.coding?.[0]?.code === "K");
  const values = (await versions("Observation", waited?.id ?? "")).map(
    ({ body }) => JSON.parse(body).valueQuantity.value,
  );
  assert.deepEqual(values, [4, 4.2]);
  assert.equal(waited?.code.coding?.[1]?.code, "2823-3");
  assert.deepEqual((await worklist())[0]?.applied, { released: 3, recoded: 0 });
});

const table: CodeTable = {
  name: "lab-tests",
  title: "Tests of the laboratory",
  sender: "PATHLAB|MEADOWLAB",
  from: "L",
  to: "http://loinc.org",
  rows: [{ from: "K", to: "2823-3", display: "Potassium" }],
};

test("a code that a table of the set-up has is no work: results come with its meaning, and what waited for it goes", async () => {
  const { send, round, worklist, applyTables, all, states } = await aWorklist({ holdUnknownCodes: true });
  await send(report("M-1", [{ ...local, value: "4.0" }]));
  await round();
  applyTables([{ ...table, name: "lab-units", from: "units", rows: [] }, table]);
  await round();
  assert.deepEqual(await states(), ["mapped"]);
  const [known, other] = await worklist();
  assert.deepEqual([known?.state, known?.decision?.display, other], ["mapped", "The set-up", undefined]);
  assert.deepEqual([known?.decision?.comment, known?.proposal?.target?.code], ["codes/lab-tests", "2823-3"]);
  await send(report("M-2", [{ ...local, value: "4.2" }], { filler: "26B004712" }));
  const codings = (await all<Observation>("Observation")).map(({ code }) => code.coding?.at(-1)?.code);
  assert.deepEqual(codings, ["2823-3", "2823-3"]);
  assert.equal((await worklist())[0]?.count, 1);
});

test("one approval lets everything go that waits for the code, however much it is, in order", async () => {
  const { send, round, worklist, decide, states, all } = await aWorklist({ holdUnknownCodes: true });
  const count = limits.heldReleasedTogetherMax * 2 + 1;
  for (let at = 0; at < count; at += 1) await send(report(`M-${at}`, [local], { filler: `26U${at}` }));
  await round();
  const [work] = await worklist();
  await decide(ada, "propose", { id: work?.id, target: loincPotassium });
  await decide(ben, "approve", { id: work?.id });
  await round();
  assert.deepEqual(new Set(await states()), new Set(["mapped"]));
  const [done] = await worklist();
  assert.deepEqual([done?.state, done?.applied], ["mapped", { released: count, recoded: 0 }]);
  const released = (await all<LinkMessage>("LinkMessage")).map(({ controlId }) => controlId);
  assert.deepEqual(
    released,
    Array.from({ length: count }, (_, at) => `M-${at}`),
  );
});

test("a code that has no other holds nothing once two people have said so", async () => {
  const { send, round, worklist, decide, states } = await aWorklist({ holdUnknownCodes: true });
  await send(report("M-1", [{ ...local, units: "" }]));
  await round();
  const id = (await worklist())[0]?.id;
  await decide(ada, "propose", { id });
  await decide(ben, "approve", { id });
  await round();
  assert.deepEqual(await states(), ["mapped"]);
  assert.equal((await worklist("state=aside")).length, 1);
});

test("a proposal that is refused is open again", async () => {
  const { send, round, worklist, decide } = await aWorklist();
  await send(report("M-1", [local]));
  await round();
  const id = (await worklist())[0]?.id;
  await decide(ada, "propose", { id, target: { ...loincPotassium, code: "2951-2" } });
  await decide(ben, "refuse", { id });
  const [work] = await worklist("state=open");
  assert.deepEqual([work?.proposal, work?.decision?.by], [undefined, "User/Ben"]);
});

test("another sender's code of the same name is other work", async () => {
  const { send, round, worklist } = await aWorklist();
  await send(report("M-1", [local]));
  await send(report("M-2", [local], { application: "BLOODBANK", filler: "B1" }));
  await round();
  assert.deepEqual((await worklist()).map(({ sender }) => sender).sort(), ["BLOODBANK|MEADOWLAB", "PATHLAB|MEADOWLAB"]);
});

test("suggestions come by words, and those whose unit is of the same kind come first", async () => {
  const { store, terminology } = await openTestTerminology();
  const concept = (code: string, display: string, unit: string) => ({
    code,
    display,
    property: [{ code: "EXAMPLE_UCUM_UNITS", valueString: unit }],
  });
  await store({
    resourceType: "CodeSystem",
    id: "loinc",
    url: "http://loinc.org",
    status: "active",
    content: "fragment",
    concept: [
      concept("2828-2", "Potassium [Moles/volume] in Urine", "mg/(24.h)"),
      concept("2823-3", "Potassium [Moles/volume] in Serum or Plasma", "mmol/L"),
      concept("2951-2", "Sodium [Moles/volume] in Serum or Plasma", "mmol/L"),
    ],
  });
  const unknown = { field: "OBX-3", system: "urn:corridor:codes:X:local", code: "K", units: ["umol/L"] };
  const asked = { ...unknown, text: "Potassium level" } as unknown as UnknownCode;
  const found = await suggest(mappingTerminology(terminology.terms), asked);
  assert.deepEqual(found.ok && found.value.map(({ code, why }) => [code, why]), [
    ["2823-3", "words and unit fit"],
    ["2828-2", "words fit"],
  ]);
  const unit = { ...unknown, field: "OBX-6", code: "x10e9/l" } as unknown as UnknownCode;
  const units = await suggest(mappingTerminology(terminology.terms), { ...unit, code: "10e9/L" });
  assert.deepEqual(units.ok && units.value.map(({ code }) => code), ["10*9/L"]);
});
