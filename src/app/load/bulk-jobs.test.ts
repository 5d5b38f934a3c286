/** Exports and imports over HTTP. Source: Bulk Data Access 2.0. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Actor, narrow, parseScope } from "#access";
import { openAuditLog } from "#audit";
import { type Clock, countingIds, expectOk, type HttpReply, type JsonObject, ok, silentLog } from "#kernel";
import { BulkJobs, bulkJobKind, bulkRoutes, fhirKinds, type HealthRecord } from "#record";
import { checkResource, httpStatusOf, operationOutcome } from "#standards/fhir";
import { anybody } from "../../../test/doors/fhir.ts";
import { freshRecord } from "../../../test/record.ts";
import { actorOf, keptActor } from "../compose/bulk.ts";
import { exportDeidentifiers } from "../deidentify/export-deidentifiers.ts";
import { openJobFolder } from "./job-folder.ts";

const origin = "http://corridor.example";
const clerk: Actor = {
  ...anybody,
  reference: "ApiToken/clerk",
  permissions: expectOk(parseScope("system/Patient.rs")),
};

describe("bulk export and import", async () => {
  const opened = await freshRecord({ kinds: [...fhirKinds, bulkJobKind], ids: countingIds("doc") });
  const { record, store, clock } = opened;
  const auditLog = openAuditLog(store.audit);
  const viewOf = (actor: Actor): HealthRecord => narrow({ record, auditLog, actor, clock, ids: countingIds("a") });
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "corridor-bulk-"));
    await mkdir(join(folder, "imports"));
    const patient = (id: string) =>
      ({ action: "update", kind: "Patient", id, body: { name: [{ family: id }] } }) as const;
    const pulse = (id: string, subject: string) =>
      ({
        action: "update",
        kind: "Observation",
        id,
        body: { status: "final", code: { text: id }, subject: { reference: subject } },
      }) as const;
    const member = [{ entity: { reference: "Patient/p1" } }, { entity: { reference: "Patient/p2" }, inactive: true }];
    expectOk(
      await record.transact({
        operations: [
          ...["p1", "p2", "p3"].map(patient),
          pulse("o1", "Patient/p1"),
          pulse("o3", "Patient/p3"),
          pulse("of-a-device", "Device/d1"),
          { action: "update", kind: "Group", id: "g1", body: { type: "person", actual: true, member } },
        ],
      }),
    );
  });
  after(async () => {
    for (const jobs of running) await jobs.close();
    await rm(folder, { recursive: true, force: true });
  });

  const running: BulkJobs[] = [];

  /** As a process that has just started. */
  async function opens(options: { readonly isAtWork?: boolean; readonly at?: Clock } = {}) {
    for (const earlier of running.splice(0)) await earlier.close();
    const files = await openJobFolder({ jobs: join(folder, "bulk"), imports: join(folder, "imports") });
    const recordFor = (actor: Parameters<typeof actorOf>[0]) => viewOf(actorOf(actor));
    const needs = { record, recordFor, files, claim: async () => true, ids: jobIds, log: silentLog, keepMs: 3_600_000 };
    const deidentifiers = exportDeidentifiers(folder, clock);
    const jobs = new BulkJobs({ ...needs, deidentifiers, clock: options.at ?? clock });
    running.push(jobs);
    if (options.isAtWork !== false) jobs.start();
    return { jobs, ask: asking(jobs) };
  }
  const jobIds = countingIds("job");

  function asking(jobs: BulkJobs) {
    const routes = bulkRoutes({ jobs, actorOf: (context) => keptActor(context.actor as Actor) });
    return async (line: string, { actor = anybody, headers = {}, body = "" }: Asking = {}): Promise<Told> => {
      const [method = "", address = ""] = line.split(" ");
      const url = new URL(`${origin}/fhir/${address}`);
      const parts = url.pathname.split("/");
      const fits = (path: string) =>
        path.split("/").length === parts.length &&
        path.split("/").every((part, at) => part.startsWith(":") || part === decodeURIComponent(parts[at] ?? ""));
      const [route] = routes
        .filter((each) => each.method === method && fits(each.path))
        .sort((one, other) => one.path.split(":").length - other.path.split(":").length);
      assert.ok(route, line);
      const params = Object.fromEntries(
        route.path.split("/").flatMap((part, at) => (part.startsWith(":") ? [[part.slice(1), parts[at] ?? ""]] : [])),
      );
      const sent = { "content-type": "application/fhir+json", prefer: "respond-async", ...headers };
      const request = { method, path: url.pathname, params, query: url.searchParams, headers: sent, origin };
      const asked = { ...request, body: Buffer.from(body), remoteAddress: "", closed: new AbortController().signal };
      const context = { record: viewOf(actor), actor, admit: async () => ok(undefined), clock, ids: jobIds };
      const result = await route.handle(asked, context);
      const failure = (): HttpReply => {
        const problems = result.ok ? undefined : result.problems;
        return { status: httpStatusOf(problems!), body: JSON.stringify(operationOutcome(problems!)) };
      };
      return told(result.ok ? result.value : failure());
    };
  }

  interface Asking {
    readonly actor?: Actor;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  }

  interface Told {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly text: string;
  }

  async function told({ status, headers = {}, body = "" }: HttpReply): Promise<Told> {
    if (typeof body === "string" || body instanceof Uint8Array)
      return { status, headers, text: Buffer.from(body).toString() };
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(Buffer.from(part));
    return { status, headers, text: Buffer.concat(parts).toString() };
  }

  type Ask = ReturnType<typeof asking>;
  const placeOf = ({ headers }: Told) => String(headers["content-location"]).replace(`${origin}/fhir/`, "");

  interface Manifest {
    readonly request: string;
    readonly requiresAccessToken: boolean;
    readonly output: readonly { readonly type: string; readonly url: string; readonly count: number }[];
    readonly error: readonly { readonly url: string; readonly count: number }[];
    readonly extension: JsonObject;
  }

  async function finished(ask: Ask, place: string, asked: Asking = {}): Promise<Manifest> {
    for (;;) {
      const { status, text } = await ask(`GET ${place}`, asked);
      if (status !== 202) {
        assert.equal(status, 200, text);
        return JSON.parse(text) as Manifest;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async function exported(ask: Ask, line: string, asked: Asking = {}) {
    const begun = await ask(line, asked);
    assert.equal(begun.status, 202, begun.text);
    const place = placeOf(begun);
    const manifest = await finished(ask, place, asked);
    const ids: Record<string, readonly string[]> = {};
    for (const { type, url } of manifest.output) {
      const { text } = await ask(`GET ${url.replace(`${origin}/fhir/`, "")}`, asked);
      ids[type] = text
        .trimEnd()
        .split("\n")
        .map((each) => (JSON.parse(each) as { id: string }).id);
    }
    return { manifest, ids, place };
  }

  it("exports everything that the caller may see, and says of what moment it is", async () => {
    const { ask } = await opens();
    const { manifest, ids } = await exported(ask, "GET $export");
    assert.deepEqual(ids.Patient, ["p1", "p2", "p3"]);
    assert.deepEqual(ids.Observation, ["o1", "o3", "of-a-device"]);
    assert.equal(manifest.requiresAccessToken, true);
    assert.equal(manifest.request, `${origin}/fhir/$export`);
    assert.equal(manifest.extension.position, 7);
    const seen = await exported(ask, "GET $export", { actor: clerk });
    assert.deepEqual(seen.ids, { Patient: ["p1", "p2", "p3"] });
    assert.deepEqual(seen.manifest.error, []);
  });

  it("tells a type that was named and may not be seen among the errors", async () => {
    const { ask } = await opens();
    const { manifest, ids } = await exported(ask, "GET $export?_type=Patient,Observation", { actor: clerk });
    assert.deepEqual(Object.keys(ids), ["Patient"]);
    const { text } = await ask(`GET ${manifest.error[0]?.url.replace(`${origin}/fhir/`, "")}`, { actor: clerk });
    assert.match(text, /kind-forbidden/);
  });

  it("takes out what identifies people by the rules that are asked for, and keeps together what is of one patient", async () => {
    const { ask } = await opens();
    const line = "GET $export?_type=Patient,Observation&_deidentify=safe-harbor&_project=study";
    const { manifest, ids } = await exported(ask, line);
    assert.deepEqual(manifest.extension.deidentified, { rules: "safe-harbor", project: "study" });
    const [first] = manifest.output;
    const { text } = await ask(`GET ${first?.url.replace(`${origin}/fhir/`, "")}`);
    assert.equal(ids.Patient?.length, 3);
    assert.doesNotMatch(text, /"p[123]"|family/);
    const again = await exported(ask, line);
    assert.deepEqual(again.ids, ids, "the project's pseudonyms stay");
    const results = manifest.output.find(({ type }) => type === "Observation");
    const observed = (await ask(`GET ${results?.url.replace(`${origin}/fhir/`, "")}`)).text;
    assert.match(observed, new RegExp(`"Patient/${ids.Patient?.[0]}"`));
    for (const wrong of [
      "_deidentify=safe-harbor",
      "_deidentify=none&_project=study",
      "_deidentify=testing&_project=../x",
    ]) {
      const { status } = await ask(`GET $export?${wrong}`);
      assert.ok(status === 400 || status === 404, `${wrong}: ${status}`);
    }
  });

  it("exports what is about patients, or about those of a group", async () => {
    const { ask } = await opens();
    const patients = await exported(ask, "GET Patient/$export?_type=Patient,Observation");
    assert.deepEqual(patients.ids, { Patient: ["p1", "p2", "p3"], Observation: ["o1", "o3"] });
    const group = await exported(ask, "GET Group/g1/$export?_type=Patient,Observation");
    assert.deepEqual(group.ids, { Patient: ["p1"], Observation: ["o1"] });
    assert.equal((await ask("GET Group/none/$export")).status, 404);
  });

  it("narrows by filters and elements, asked by POST too", async () => {
    const { ask } = await opens();
    const parameter = [
      { name: "_typeFilter", valueString: "Observation?subject=Patient/p1,Patient?family=p2" },
      { name: "_type", valueString: "Observation,Patient" },
    ];
    const body = JSON.stringify({ resourceType: "Parameters", parameter });
    const { ids } = await exported(ask, "POST $export", { body });
    assert.deepEqual(ids, { Observation: ["o1"], Patient: ["p2"] });
    const { manifest } = await exported(ask, "GET $export?_type=Patient&_elements=id");
    const { text } = await ask(`GET ${manifest.output[0]?.url.replace(`${origin}/fhir/`, "")}`);
    assert.ok(!text.includes("family") && text.includes("SUBSETTED"));
  });

  for (const [why, line, headers] of [
    ["a parameter it does not know", "GET $export?_format2=x", {}],
    ["a type that is none", "GET $export?_type=Patent", {}],
    ["a type of no patient", "GET Patient/$export?_type=Organization", {}],
    ["another format", "GET $export?_outputFormat=text/csv", {}],
    ["an answer at once", "GET $export", { prefer: "return=minimal" }],
  ] as const) {
    it(`refuses ${why}`, async () => {
      const { ask } = await opens({ isAtWork: false });
      const { status, text } = await ask(line, { headers });
      assert.ok(status === 400 || status === 501, text);
    });
  }

  it("shows an export to nobody but who asked for it, and removes it when they are done with it", async () => {
    const { ask } = await opens();
    const { place, manifest } = await exported(ask, "GET $export?_type=Patient");
    const file = manifest.output[0]?.url.replace(`${origin}/fhir/`, "");
    for (const address of [place, file]) assert.equal((await ask(`GET ${address}`, { actor: clerk })).status, 404);
    assert.equal((await ask(`DELETE ${place}`, { actor: clerk })).status, 404);
    assert.equal((await ask(`GET ${file}`)).status, 200);
    assert.equal((await ask(`DELETE ${place}`)).status, 202);
    for (const address of [place, file]) assert.equal((await ask(`GET ${address}`)).status, 404);
    assert.ok(!(await readdir(join(folder, "bulk"))).includes(place.replace("$bulk/", "")));
  });

  it("goes on after a restart with what nobody had begun, and removes what is over for long enough", async () => {
    const stopped = await opens({ isAtWork: false });
    const place = placeOf(await stopped.ask("GET $export?_type=Patient"));
    const waiting = await stopped.ask(`GET ${place}`);
    assert.deepEqual([waiting.status, waiting.headers["retry-after"]], [202, "2"]);
    const { ask, jobs } = await opens();
    assert.equal((await finished(ask, place)).output[0]?.count, 3);
    await jobs.close();
    const late = await opens({ at: { now: () => (clock.now() + 3_600_001) as ReturnType<Clock["now"]> } });
    while ((await late.ask(`GET ${place}`)).status !== 404) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  const line = (id: string, extra: object = {}) => JSON.stringify({ resourceType: "Patient", id, ...extra });
  const ndjson = { "content-type": "application/fhir+ndjson" };

  it("imports NDJSON that is sent, found by searches when it is done, each wrong line told", async () => {
    const { ask } = await opens();
    const lines = [line("i1", { gender: "female" }), line("i2", { birthDate: "soon" }), "", '{"resourceType":"Group"}'];
    const begun = await ask("POST Patient/$import", { headers: ndjson, body: lines.join("\n") });
    const manifest = await finished(ask, placeOf(begun));
    assert.deepEqual([manifest.extension.written, manifest.extension.refused], [1, 2]);
    const { text } = await ask(`GET ${manifest.error[0]?.url.replace(`${origin}/fhir/`, "")}`);
    assert.deepEqual(
      text
        .trimEnd()
        .split("\n")
        .map((each) => /line \d+/.exec(each)?.[0]),
      ["line 2", "line 4"],
    );
    const all = [{ is: "key", any: ["gender=female"] }] as const;
    const sort = { by: "updated", descending: false } as const;
    assert.equal(expectOk(await record.count({ kind: "Patient", all, sort, limit: 1 })), 1);
  });

  it("says what an import takes, by a definition that is sound", async () => {
    const { ask } = await opens({ isAtWork: false });
    const { status, text } = await ask("GET OperationDefinition/corridor-import");
    assert.equal(status, 200);
    assert.deepEqual(checkResource(JSON.parse(text)), []);
  });

  it("imports as the caller may write, not more", async () => {
    const { ask } = await opens();
    const begun = await ask("POST $import", { headers: ndjson, body: line("i9"), actor: clerk });
    const manifest = await finished(ask, placeOf(begun), { actor: clerk });
    assert.deepEqual([manifest.extension.written, manifest.extension.refused], [0, 1]);
  });

  it("imports files of the imports folder, and of nowhere else", async () => {
    await writeFile(join(folder, "imports", "some.ndjson"), [line("f1"), line("f2")].join("\n"));
    await writeFile(join(folder, "secret.ndjson"), line("f3"));
    await symlink(join(folder, "secret.ndjson"), join(folder, "imports", "linked.ndjson"));
    const { ask } = await opens();
    const parameters = (url: string) => {
      const part = [
        { name: "type", valueCode: "Patient" },
        { name: "url", valueUri: url },
      ];
      return JSON.stringify({ resourceType: "Parameters", parameter: [{ name: "input", part }] });
    };
    const manifest = await finished(ask, placeOf(await ask("POST $import", { body: parameters("some.ndjson") })));
    assert.equal(manifest.extension.written, 2);
    for (const url of [
      "../secret.ndjson",
      join(folder, "secret.ndjson"),
      "linked.ndjson",
      "http://127.0.0.1/x.ndjson",
    ]) {
      assert.equal((await ask("POST $import", { body: parameters(url) })).status, 400, url);
    }
  });
});
