/** How fast codes are looked up, checked and listed: in memory, and of a code system of 100,000 concepts in the database. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { seal } from "#audit";
import { expectOk, type HttpRequest, ok, silentLog } from "#kernel";
import { fhirKinds, type HealthRecord, openRecord } from "#record";
import type { Release } from "#standards/terminology";
import { openBlobFolder } from "#storage/files";
import { openPostgres, startEmbeddedPostgres } from "#storage/postgres";
import { importRelease, openTerminology, type Terminology, terminologyRoutes } from "#terminology";
import { systemClock } from "../src/app/clock.ts";
import { timeOrderedIds } from "../src/app/ids.ts";
import type { Figure } from "./figure.ts";

const conceptCount = 100_000;
const questionCount = 10_000;
const inFlight = 16;
const url = "http://bench.example/codes";

/** A tree, five under each, with words and properties as a real system has them. */
function madeUpRelease(): Release {
  const organs = ["heart", "lung", "bone", "skin"];
  const concepts = Array.from({ length: conceptCount }, (_, number) => ({
    code: `c${number}`,
    display: `Disease ${number} of the ${organs[number % organs.length]}`,
    isInactive: number % 10 === 9,
    isAbstract: false,
    parents: number === 0 ? [] : [`c${Math.floor((number - 1) / 5)}`],
    designations: [{ language: "en", value: `Disorder number ${number}` }],
    properties: [{ code: "severity", valueCode: `s${number % 7}` }],
  }));
  return { url, version: "1", title: "Made up", concepts };
}

export async function run(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-bench-"));
  const server = expectOk(await startEmbeddedPostgres({ dataFolder: folder, log: silentLog }));
  try {
    const store = expectOk(
      await openPostgres({ target: server.connection, kinds: fhirKinds.map(({ kind }) => kind), seal }),
    );
    const given = { clock: systemClock, ids: timeOrderedIds, log: silentLog };
    const blobs = await openBlobFolder(join(folder, "blobs"));
    const { documents, blobs: inlineBlobs } = store;
    const record = openRecord({ documents, inlineBlobs, blobs, kinds: fhirKinds, ...given });
    const terminology = await openTerminology({ record, store: store.terminology, ...given });
    const started = performance.now();
    expectOk(await importRelease(madeUpRelease(), { store: store.terminology, importedAtMs: 0, progress: () => {} }));
    const importRate = (conceptCount / (performance.now() - started)) * 1_000;
    const sql = postgres({ ...server.connection, max: 1, onnotice: () => {} });
    const ask = asker(terminology, record);
    const figures = [
      imports(importRate, await plainInserts(sql)),
      ...(await questions(ask, sql)),
      ...(await pages(ask, sql)),
    ];
    await sql.end();
    terminology.close();
    record.close();
    await store.close();
    return figures;
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Ask = (path: string, parameters: Readonly<Record<string, string>>, valueSet?: object) => Promise<unknown>;

/** Asks by the handlers of the routes, without a socket. */
function asker(terminology: Terminology, record: HealthRecord): Ask {
  const routes = new Map(
    terminologyRoutes(terminology.terms)
      .filter(({ method }) => method === "POST")
      .map((route) => [route.path, route]),
  );
  const headers = { "content-type": "application/fhir+json" };
  const from = { params: {}, origin: "http://bench.example", remoteAddress: "", closed: new AbortController().signal };
  const actor = { reference: "Device/bench" };
  const context = { record, actor, admit: async () => ok(undefined), clock: systemClock, ids: timeOrderedIds };
  return async (path, parameters, resource) => {
    const parameter = resource === undefined ? [] : [{ name: "valueSet", resource }];
    const sent = resource === undefined ? "" : JSON.stringify({ resourceType: "Parameters", parameter });
    const query = new URLSearchParams(parameters);
    const request: HttpRequest = { ...from, method: "POST", path, query, headers, body: Buffer.from(sent) };
    const route = routes.get(`/fhir/${path}`);
    if (route === undefined) throw new Error(`there is no route ${path}`);
    return expectOk(await route.handle(request, context)).body;
  };
}

function imports(value: number, floor: number): Figure {
  return { name: "import", value, unit: "concepts/s", floor, floorName: "the same texts by plain unnest inserts" };
}

async function questions(ask: Ask, sql: postgres.Sql): Promise<readonly Figure[]> {
  const floor = await rate((number) => sql`select detail from concept where system = 1 and code = ${`c${number}`}`);
  const floorName = "the rows alone, read one by one";
  const mood = "http://terminology.hl7.org/CodeSystem/v3-ActMood";
  const code = (number: number) => `c${(number * 13) % conceptCount}`;
  const works: readonly (readonly [name: string, work: (number: number) => Promise<unknown>])[] = [
    ["$lookup in memory", () => ask("CodeSystem/$lookup", { system: mood, code: "EVN" })],
    ["$validate-code in memory", () => ask("CodeSystem/$validate-code", { url: mood, code: "EVN" })],
    ["$lookup in the database", (number) => ask("CodeSystem/$lookup", { system: url, code: code(number) })],
    ["$validate-code in the database", (number) => ask("CodeSystem/$validate-code", { url, code: code(number + 1) })],
  ];
  const figures: Figure[] = [];
  for (const [name, work] of works) figures.push({ name, value: await rate(work), unit: "/s", floor, floorName });
  return figures;
}

async function pages(ask: Ask, sql: postgres.Sql): Promise<readonly Figure[]> {
  const floorName = "the rows of a page alone";
  const floor = await milliseconds(
    () => sql`select code, display from concept where system = 1 and number >= 90000 order by number limit 100`,
  );
  const filter = [{ property: "concept", op: "is-a", value: "c1" }];
  const orders: readonly (readonly [name: string, include: object, more: Readonly<Record<string, string>>])[] = [
    ["page of all, from 90,000", { system: url }, { offset: "90000" }],
    ["page of a fifth, by is-a", { system: url, filter }, {}],
    ["page of a quarter, by words", { system: url }, { filter: "dis lun" }],
  ];
  const figures: Figure[] = [];
  for (const [name, include, more] of orders) {
    const valueSet = { resourceType: "ValueSet", status: "active", compose: { include: [include] } };
    const value = await milliseconds(() => ask("ValueSet/$expand", { ...more, count: "100" }, valueSet));
    figures.push({ name: `$expand, ${name}`, value, unit: "ms", floor, floorName });
  }
  return figures;
}

/** A second, with some under way at once. */
async function rate(work: (number: number) => PromiseLike<unknown>): Promise<number> {
  const started = performance.now();
  for (let number = 0; number < questionCount; number += inFlight) {
    await Promise.all(Array.from({ length: inFlight }, (_, more) => work(number + more)));
  }
  return (questionCount / (performance.now() - started)) * 1_000;
}

async function milliseconds(work: () => PromiseLike<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 20; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[10] ?? 0;
}

async function plainInserts(sql: postgres.Sql): Promise<number> {
  await sql`create table plain (code text primary key, display text)`;
  const started = performance.now();
  for (let at = 0; at < conceptCount; at += 1_000) {
    const codes = Array.from({ length: 1_000 }, (_, more) => `c${at + more}`);
    await sql`insert into plain select c, 'Disease of the heart, disorder number ' || c from unnest(${codes}::text[]) as c`;
  }
  return (conceptCount / (performance.now() - started)) * 1_000;
}
