/** Studies on their way to another node: all of it, in order, again after the node was away, and what comes later behind it. PS3.4 Annex B, J. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { decidingForLink, disposingActor } from "#access";
import {
  commitmentReported,
  dicomNodeDefinition,
  imageDecisionDefinition,
  imageDisposalDefinition,
  imageDisposalRound,
  imageEditDefinition,
  imageRetentionRoutes,
  imageRouteDefinition,
  imageSendDefinition,
  NodeDirectory,
  type PatientKeeping,
  planSends,
  retentionRuleDefinition,
  routingRoutes,
  SendLanes,
  sendRound,
  studyMarkDefinition,
} from "#departments/clinical";
import { eraseStudy } from "#imaging";
import { countingIds, expectOk, ok, type Result, silentLog, silentMeter } from "#kernel";
import { dimseClient, openDimseServer } from "#links/dimse";
import { postFile } from "#links/stow";
import { fhirKinds, openErasures, parseBody } from "#record";
import { type DimseService, type ProposedService, sopClasses, statuses, success } from "#standards/dimse";
import { openPixelEngine } from "../../src/app/pixels/pixel-engine.ts";
import { aRequest } from "../builders/request.ts";
import { type Kept, keeping } from "../doors/dimse.ts";
import { anActor, contextOf } from "../handler-context.ts";
import { freshArchive, imageBytes, send } from "../image-archive.ts";

const archive = await freshArchive([
  ...fhirKinds,
  dicomNodeDefinition,
  imageDecisionDefinition,
  imageDisposalDefinition,
  imageEditDefinition,
  imageRouteDefinition,
  imageSendDefinition,
  retentionRuleDefinition,
  studyMarkDefinition,
]);
const { images, kept } = archive;
const context = {
  ...contextOf(kept, decidingForLink(anActor("pacs-administrator"))),
  images: { ...images, keeping: ok(images) },
};
const engine = openPixelEngine({ log: silentLog });
after(() => engine.close());
const client = dimseClient({ log: silentLog, meter: silentMeter });
const directory = new NodeDirectory(kept.record, kept.clock);
const received: Kept[] = [];
let port = 1;

/** Answers before the request is answered, as some nodes do. */
const committing: DimseService<string> = {
  sopClasses: [sopClasses.storageCommitmentPush],
  async normalized(request) {
    if (request.operation !== "N-ACTION") return { status: { code: statuses.unrecognizedOperation } };
    const { dataSet } = request;
    askedFor.push(dataSet?.items("ReferencedSOPSequence").length ?? 0);
    const { sopClass, sopInstance } = request;
    const told = await commitmentReported(context, {
      operation: "N-EVENT-REPORT",
      sopClass,
      sopInstance,
      eventType: 1,
      ...(dataSet === undefined ? {} : { dataSet }),
    });
    assert.equal(told.status.code, 0);
    return { status: success };
  },
};
const askedFor: number[] = [];

/** PS3.4 Annex R. */
const notices: string[] = [];
const hearing: DimseService<string> = {
  sopClasses: [sopClasses.instanceAvailability],
  async normalized(request) {
    const dataSet = request.operation === "N-CREATE" ? request.dataSet : undefined;
    const [series] = dataSet?.items("ReferencedSeriesSequence") ?? [];
    const objects = series?.items("ReferencedSOPSequence") ?? [];
    const where = `${objects[0]?.text("InstanceAvailability")} at ${objects[0]?.text("RetrieveAETitle")}`;
    notices.push(`${dataSet?.text("StudyInstanceUID")}: ${objects.length} ${where}`);
    return { status: success };
  },
};
let refusing: ReadonlySet<string> = new Set();
const storing = keeping(received) as DimseService<string>;
const sometimesRefusing: DimseService<string> = {
  ...storing,
  store: async (request) => {
    const status = await (storing.store?.(request) ?? success);
    return refusing.has(request.sopInstance) ? { code: 0xa700 } : status;
  },
} as DimseService<string>;

async function openNode() {
  const opened = await openDimseServer<string>({
    host: "127.0.0.1",
    port: port === 1 ? 0 : port,
    name: "reporting",
    admit: async ({ callingAe }) => ({ is: "accepted", caller: callingAe }),
    services: [sometimesRefusing, committing, hearing],
    log: silentLog,
    meter: silentMeter,
  });
  return expectOk(opened);
}

async function arrives(number: number): Promise<void> {
  const bytes = imageBytes({
    SOPClassUID: ["1.2.840.10008.5.1.4.1.1.2"],
    SOPInstanceUID: [`1.1.1.${number}`],
    StudyInstanceUID: ["1.1"],
    SeriesInstanceUID: ["1.1.1"],
    InstanceNumber: [number],
    PatientID: ["P1"],
    StudyDate: ["20140305"],
    Modality: ["CT"],
  });
  expectOk(await send(images, bytes));
}

async function round(): Promise<void> {
  const started = await sendRound(
    {
      context,
      engine,
      ids: countingIds("a"),
      ownAeTitle: "CORRIDOR",
      directory,
      look: kept.record,
      call: (node, contexts: readonly ProposedService[]) =>
        client.open({
          host: node.host ?? "",
          port: node.port ?? 0,
          callingAe: "CORRIDOR",
          calledAe: node.aeTitle,
          contexts,
        }),
      post: (node, file) =>
        postFile({ url: node.web?.url ?? "", name: node.aeTitle, authorization: "Bearer swordfish" }, file),
      stop: new AbortController().signal,
    },
    new SendLanes(),
  );
  for (const sending of expectOk(started)) expectOk(await sending);
}

/** As somebody does on the page of sends. */
async function tryAgain(): Promise<void> {
  const [retry] = routingRoutes(directory).filter(({ path }) => path.endsWith("/retry"));
  const sort = { by: "updated", descending: false } as const;
  const found = expectOk(
    await kept.record.search({ kind: "ImageSend", all: [{ is: "key", any: ["state=parked"] }], sort, limit: 1 }),
  );
  expectOk(await retry!.handle(aRequest({ params: { id: found.versions[0]?.id ?? "" } }), context));
}

async function sends() {
  const sort = { by: "updated", descending: false } as const;
  const found = expectOk(await kept.record.search({ kind: "ImageSend", all: [], sort, limit: 10 }));
  return found.versions.map((version) =>
    parseBody<{ state: string; sent: number; failed: number; reason?: string; commitment: string }>(version),
  );
}

describe("A study on its way to a node", async () => {
  const node = await openNode();
  let back = node;
  after(() => back.stop());
  port = node.port;
  const body = {
    aeTitle: "REPORTING",
    description: "",
    host: "127.0.0.1",
    port,
    tls: false,
    addresses: [],
    mayStore: true,
    mayFind: false,
    mayRetrieve: false,
    mayWorklist: false,
    commits: false,
    isPaused: false,
  };
  expectOk(
    await kept.record.transact({ operations: [{ action: "create", kind: "DicomNode", id: "reporting", body }] }),
  );
  const plan = () => planSends(context, [{ study: "1.1", node: "reporting", why: "a test" }]);

  it("waits while the node is away, says why, and goes when it is back", async () => {
    for (const number of [1, 2, 3]) await arrives(number);
    await node.stop();
    expectOk(await plan());
    await round();
    const [waiting] = await sends();
    assert.equal(waiting?.state, "waiting");
    assert.match(waiting?.reason ?? "", /REPORTING/);
    await round();
    assert.equal(received.length, 0);
    back = await openNode();
    kept.clock.advance(11 * 60_000);
    await round();
    assert.deepEqual(
      received.map(({ sopInstance }) => sopInstance),
      ["1.1.1.1", "1.1.1.2", "1.1.1.3"],
    );
    assert.deepEqual(
      (await sends()).map(({ state, sent }) => [state, sent]),
      [["sent", 3]],
    );
  });

  it("is followed by what comes of it later, and by nothing twice", async () => {
    await arrives(0);
    expectOk(await plan());
    await round();
    assert.deepEqual(
      received.map(({ sopInstance }) => sopInstance),
      ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.0"],
    );
    expectOk(await plan());
    await round();
    assert.equal(received.length, 4);
  });

  it("that commits is asked for all of it, and its answer counts even if it comes first", async () => {
    const committed = { ...body, commits: true };
    const operations = [{ action: "update", kind: "DicomNode", id: "reporting", body: committed }] as const;
    expectOk(await kept.record.transact({ operations }));
    directory.forget();
    await arrives(4);
    expectOk(await plan());
    await round();
    assert.deepEqual(askedFor, [5]);
    const [send] = await sends();
    assert.deepEqual([send?.state, send?.commitment], ["sent", "given"]);
  });

  it("whose objects a node refused is parked, and goes again whole when somebody tries it again", async () => {
    refusing = new Set(["1.1.1.5"]);
    await arrives(5);
    expectOk(await plan());
    const before = received.length;
    await round();
    const [parked] = await sends();
    assert.deepEqual([parked?.state, parked?.failed], ["parked", 1]);
    assert.match(parked?.reason ?? "", /refused 1 of the objects/);
    refusing = new Set();
    await tryAgain();
    await round();
    const again = new Set(received.slice(before).map(({ sopInstance }) => sopInstance));
    assert.equal(again.has("1.1.1.5"), true);
    assert.deepEqual(
      (await sends()).map(({ state, sent, failed }) => [state, sent, failed]),
      [["sent", 6, 0]],
    );
  });

  it("goes by STOW-RS to a node with a web address, and waits while that lets nobody in", async () => {
    const posted: string[] = [];
    let status = 401;
    let answer = {};
    const pacs = createServer(async (request, response) => {
      const text = await readText(request.setEncoding("latin1"));
      if (status === 200) posted.push(`${request.headers.authorization} ${text.includes("DICM")} ${request.url}`);
      response.writeHead(status, { "content-type": "application/dicom+json" }).end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => pacs.listen(0, "127.0.0.1", resolve));
    after(() => pacs.close());
    const web = { url: `http://127.0.0.1:${(pacs.address() as AddressInfo).port}/dicomweb/`, sealed: "x" };
    const { host: _, port: __, ...unnamed } = { ...body, aeTitle: "WEB1", web };
    expectOk(
      await kept.record.transact({ operations: [{ action: "create", kind: "DicomNode", id: "web-1", body: unnamed }] }),
    );
    directory.forget();
    expectOk(await planSends(context, [{ study: "1.1", node: "web-1", why: "a test" }]));
    await round();
    const [, waiting] = await sends();
    assert.deepEqual([waiting?.state, waiting?.sent], ["waiting", 0]);
    assert.match(waiting?.reason ?? "", /does not let Corridor in/);
    status = 200;
    kept.clock.advance(11 * 60_000);
    await round();
    assert.deepEqual(posted, Array(6).fill("Bearer swordfish true /dicomweb/studies"));
    // It said nowhere that it has them.
    assert.deepEqual((await sends()).at(-1)?.failed, 6);
    answer = { "00081199": { vr: "SQ", Value: [{}] } };
    await tryAgain();
    await round();
    const last = (await sends()).at(-1);
    assert.deepEqual([last?.state, last?.sent, last?.failed], ["sent", 6, 0]);
  });

  it("is told to a node that only wants to know what can be fetched, and again when there is more", async () => {
    const isTold = { ...body, isTold: true };
    const told = [{ action: "update", kind: "DicomNode", id: "told", body: isTold }] as const;
    expectOk(await kept.record.transact({ operations: told }));
    directory.forget();
    const before = received.length;
    expectOk(await planSends(context, [{ study: "1.1", node: "told", why: "a test" }]));
    await round();
    await arrives(6);
    expectOk(await planSends(context, [{ study: "1.1", node: "told", why: "a test" }]));
    await round();
    assert.deepEqual(notices, ["1.1: 6 ONLINE at CORRIDOR", "1.1: 7 ONLINE at CORRIDOR"]);
    assert.equal(received.length, before, "nothing was sent besides");
    const gone = [{ action: "delete", kind: "DicomNode", id: "told" }] as const;
    expectOk(await kept.record.transact({ operations: gone }));
    directory.forget();
  });

  it("leaves no entry in the audit log while there is nothing to send", async () => {
    const entries = async () => (await kept.store.audit.scan(0, 10_000)).length;
    const before = await entries();
    for (let looks = 0; looks < 3; looks += 1) await round();
    assert.equal(await entries(), before);
  });
});

function codeOf(result: Result<unknown>): string {
  return result.ok ? "" : result.problems[0].code;
}

/** PS3.4 Annex J; Records Management Code of Practice. */
describe("A study whose time is over", () => {
  let node: Awaited<ReturnType<typeof openNode>>;
  before(async () => {
    node = await openNode();
  });
  after(() => node.stop());
  const { record } = kept;
  const planned: string[] = [];
  const erasures = openErasures({
    store: kept.store.erasures,
    blobs: { remove: async () => undefined },
    lists: { append: async ({ studies }) => void planned.push(...studies) },
    eraseStudy: (study) => eraseStudy({ index: kept.store.imageErasure, blobs: archive.blobs }, study),
    kinds: fhirKinds,
    clock: kept.clock,
    log: silentLog,
  });
  let keeping: PatientKeeping = { birthDay: "1950-01-01" };
  const keepingOf = async () => ok(keeping);
  const second = { ...context, actor: { ...context.actor, reference: "User/second" } };
  const routes = imageRetentionRoutes({
    look: record,
    keepingOf,
    forKeeping: ({ reference }) => (reference === "User/second" ? second : context),
  });
  const ask = (by: typeof context, end: string, options: { readonly id?: string; readonly body?: object } = {}) => {
    const { id = "", body = {} } = options;
    const route = routes.find(
      ({ path, method }) => path.endsWith(end) && (options.body === undefined) === (method === "GET"),
    );
    return route!.handle(aRequest({ params: { id }, body: new TextEncoder().encode(JSON.stringify(body)) }), by);
  };
  const stop = new AbortController();
  const go = async () =>
    expectOk(
      await imageDisposalRound({
        look: record,
        images,
        keepingOf,
        contextFor: () => contextOf(kept, disposingActor(anActor("pacs-administrator"))),
        erasing: () => ok(erasures),
        sending: context,
        directory,
        stop: stop.signal,
        log: silentLog,
      }),
    );
  const deletions = async () => {
    const found = expectOk(
      await record.search({ kind: "ImageDisposal", all: [], sort: { by: "updated", descending: true }, limit: 5 }),
    );
    return found.versions.map((version) => ({
      ...parseBody<{ state: string; kept: object; gone: { studies: number; objects: number } }>(version),
      id: version.id,
    }));
  };
  const judged = async () => {
    const answered = expectOk(await ask(context, "/studies"));
    return JSON.parse(String(answered.body)).studies.map(({ goes, why }: { goes: boolean; why: string }) => [
      goes,
      why,
    ]);
  };

  it("is listed with why it goes or stays, and nothing is deleted by looking", async () => {
    const study = { resourceType: "ImagingStudy", status: "available", subject: { reference: "Patient/p" } };
    expectOk(await record.transact({ operations: [{ action: "update", kind: "ImagingStudy", id: "s", body: study }] }));
    expectOk(await images.relate("1.1", { state: "matched", patient: "p", document: "s" }));
    const rule = { years: 8, modalities: ["CT"], secondArchive: "reporting" };
    expectOk(await ask(context, "/rules/:id", { id: "ct", body: rule }));
    assert.deepEqual(await judged(), [[false, "Nobody has reported on it."]]);
    const report = {
      resourceType: "DiagnosticReport",
      status: "final",
      code: { text: "CT" },
      subject: study.subject,
      imagingStudy: [{ reference: "ImagingStudy/s" }],
    };
    expectOk(
      await record.transact({ operations: [{ action: "update", kind: "DiagnosticReport", id: "r", body: report }] }),
    );
    assert.deepEqual(await judged(), [[true, "By ct its time was over on 2022-03-05."]]);
    keeping = { ...keeping, stop: { is: "held", message: "A hold is in force." } };
    assert.deepEqual(await judged(), [[false, "Information governance holds it: A hold is in force."]]);
    keeping = { birthDay: "2010-01-01" };
    expectOk(await ask(context, "/rules/:id", { id: "ct", body: { ...rule, childUntilAge: 25 } }));
    assert.deepEqual(await judged(), [[false, "Its time is not over: by ct it is kept until 2035-01-01."]]);
    keeping = { birthDay: "1950-01-01" };
    expectOk(await ask(context, "/keep", { id: "1.1", body: { mark: "teaching", reason: "a fine example" } }));
    assert.deepEqual(await judged(), [[false, `It is marked to be kept: for teaching, by ${context.actor.display}.`]]);
    expectOk(await ask(context, "/let-go", { id: "1.1", body: { reason: "there is a better one" } }));
  });

  it("goes when a second person has agreed and the second archive has committed to it, and not before", async () => {
    kept.clock.advance(1_000);
    expectOk(await ask(context, "/deletions", { body: { reason: "yearly review" } }));
    await go();
    const [proposed] = await deletions();
    const { id = "" } = proposed ?? {};
    assert.equal(proposed?.state, "proposed");
    const agreeing = { id, body: { agree: true, reason: "looked through" } };
    assert.equal(codeOf(await ask(context, "/decide", agreeing)), "second-person-needed");
    kept.clock.advance(1_000);
    expectOk(await ask(second, "/decide", agreeing));
    await go();
    const [waiting] = await deletions();
    assert.deepEqual([waiting?.state, waiting?.gone.studies], ["agreed", 0], "the commitment of before is too old");
    assert.equal(askedFor.length, 2);
    await round();
    assert.deepEqual(askedFor, [5, 6, 7]);
    kept.clock.advance(60_000);
    await go();
    const [done] = await deletions();
    assert.deepEqual([done?.state, done?.gone.studies, done?.gone.objects, planned.length], ["done", 1, 7, 1]);
    assert.equal(expectOk(await images.count({ level: "study", match: [], limit: 1 })), 0);
    assert.equal(codeOf(await record.read("ImagingStudy", "s")), "erased");
    assert.equal(expectOk(await record.read("DiagnosticReport", "r")).action !== "delete", true, "reports stay");
  });
});
