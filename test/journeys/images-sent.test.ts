/** Studies on their way to another node: all of it, in order, again after the node was away, and what comes later behind it. PS3.4 Annex B, J. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { after, describe, it } from "node:test";
import { decidingForLink } from "#access";
import {
  commitmentReported,
  dicomNodeDefinition,
  imageRouteDefinition,
  imageSendDefinition,
  NodeDirectory,
  planSends,
  routingRoutes,
  SendLanes,
  sendRound,
} from "#departments/clinical";
import { countingIds, expectOk, ok, silentLog, silentMeter } from "#kernel";
import { dimseClient, openDimseServer } from "#links/dimse";
import { postFile } from "#links/stow";
import { parseBody } from "#record";
import { type DimseService, type ProposedService, sopClasses, statuses, success } from "#standards/dimse";
import { openPixelEngine } from "../../src/app/pixels/pixel-engine.ts";
import { aRequest } from "../builders/request.ts";
import { type Kept, keeping } from "../doors/dimse.ts";
import { anActor, contextOf } from "../handler-context.ts";
import { freshArchive, imageBytes, send } from "../image-archive.ts";

const archive = await freshArchive([dicomNodeDefinition, imageRouteDefinition, imageSendDefinition]);
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
    services: [sometimesRefusing, committing],
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

  it("leaves no entry in the audit log while there is nothing to send", async () => {
    const entries = async () => (await kept.store.audit.scan(0, 10_000)).length;
    const before = await entries();
    for (let looks = 0; looks < 3; looks += 1) await round();
    assert.equal(await entries(), before);
  });
});
