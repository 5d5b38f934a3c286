/** The programs of DCMTK against our door and from it, each over real sockets. Source: PS3.4 Annexes A, B, C. */
import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, describe, it, type TestContext } from "node:test";
import { expectOk } from "#kernel";
import { dimseClient } from "#links/dimse";
import { type DataSet, makeElement, readDataSet, transferSyntaxOf, writeDataSet } from "#standards/dicom";
import { type Association, type DimseService, sopClasses, success } from "#standards/dimse";
import { madeCertificates, openssl } from "../doors/certificates.ts";
import { aFolder, dcmtk, freePort, listening, run } from "../doors/dcmtk.ts";
import { aNode, anAssociation, anInstance, ctStorage, dataSetOf, explicitLittleUid } from "../doors/dimse.ts";
import { until } from "../doors/http.ts";
import { recordingLog, recordingMeter } from "../doors/recording.ts";

interface Held {
  readonly dataSet: Uint8Array;
  readonly transferSyntax: string;
  readonly sopClass: string;
}

const none = { remaining: 0, completed: 0, failed: 0, warning: 0 };

/** Keeps in memory what it is sent, and gives it back. */
function anArchive() {
  const held = new Map<string, Held>();
  let movesTo = 0;
  const storage: DimseService<string> = {
    sopClasses: "storage",
    async store({ dataSet, sopInstance, sopClass, transferSyntax }) {
      const pieces: Uint8Array[] = [];
      let part = await dataSet.next();
      for (; part.is === "bytes"; part = await dataSet.next()) pieces.push(...part.pieces);
      if (part.is === "broken") return { code: 0xa700 };
      held.set(sopInstance, { dataSet: Buffer.concat(pieces), transferSyntax, sopClass });
      return success;
    },
  };
  const outgoing = () =>
    [...held].map(([sopInstance, { dataSet, ...rest }]) => ({ sopInstance, ...rest, dataSet: [dataSet] }));
  const query: DimseService<string> = {
    sopClasses: [sopClasses.studyRootFind, sopClasses.studyRootMove, sopClasses.studyRootGet],
    async *find({ identifier, signal }) {
      if (identifier.text("PatientID") === "*") {
        for (let at = 0; !signal.aborted; at += 1) yield { identifiers: [dataSetOf({ PatientID: `${at}` })] };
      }
      for (const { dataSet, transferSyntax } of held.values()) {
        const { dataSet: read } = readDataSet(dataSet, transferSyntaxOf(transferSyntax));
        if (read.text("PatientID") === identifier.text("PatientID"))
          yield { identifiers: [dataSetOf({ PatientID: read.text("PatientID") ?? "", StudyDescription: "found" })] };
      }
      return success;
    },
    async *get({ store }) {
      let completed = 0;
      for (const instance of outgoing()) {
        if ((await store(instance)).is === "answered") completed += 1;
        yield { ...none, remaining: held.size - completed, completed };
      }
      return { status: success, subOperations: { ...none, completed } };
    },
    async *move({ destination }) {
      const client = dimseClient({ log: recordingLog([]), meter: recordingMeter([]) });
      const contexts = [{ sopClass: ctStorage, transferSyntaxes: [explicitLittleUid] }];
      const opened = await client.open({
        ...{ host: "127.0.0.1", port: movesTo, callingAe: "CORRIDOR", calledAe: destination, contexts },
      });
      if (!opened.ok) return { status: { code: 0xa801 }, subOperations: none };
      for (const instance of outgoing()) await opened.value.store(instance);
      await opened.value.release();
      yield { ...none, completed: held.size };
      return { status: success, subOperations: { ...none, completed: held.size } };
    },
  };
  return {
    held,
    services: [{ sopClasses: [sopClasses.verification] }, storage, query] satisfies DimseService<string>[],
    moveTo: (port: number) => {
      movesTo = port;
    },
  };
}

const pixels = Uint8Array.from({ length: 128 * 128 * 2 }, (_, at) => (at * 7) & 0x0f);

function image(sopInstance: string): DataSet {
  const texts = {
    SOPClassUID: ctStorage,
    SOPInstanceUID: sopInstance,
    PatientID: "MRN-7",
    PatientName: "OSEI^ABENA",
    StudyInstanceUID: "1.2.826.1",
    SeriesInstanceUID: "1.2.826.1.1",
    Modality: "CT",
    PhotometricInterpretation: "MONOCHROME2",
  };
  const numbers = { Rows: 128, Columns: 128, BitsAllocated: 16, BitsStored: 12, HighBit: 11, SamplesPerPixel: 1 };
  const made = [
    ...Object.entries(numbers).map(([keyword, value]) => makeElement(keyword, [value])),
    makeElement("PixelRepresentation", [0]),
    makeElement("PixelData", pixels, { vr: "OW" }),
  ].flatMap((element) => element ?? []);
  return dataSetOf(texts).with(...made);
}

/** A file without meta information, as DCMTK reads them too. */
async function aFile(t: Pick<TestContext, "after">, sopInstance = "1.2.826.1.1.1"): Promise<string> {
  const path = join(await aFolder(t), "image.dcm");
  await writeFile(path, writeDataSet(image(sopInstance), transferSyntaxOf(explicitLittleUid)));
  return path;
}

/** The last is what the questions below are about. */
const uncompressed = ["-xb", "-xi", "-xd", "-xe"];

describe("programs that ask us", { skip: dcmtk.skip }, () => {
  const suite = { after: (work: () => Promise<void> | void) => after(work) } as Pick<TestContext, "after">;
  const archive = anArchive();
  const opened = aNode(suite, { services: archive.services });
  const title = ["-aec", "CORRIDOR", "-aet", "CT7"];

  it("echoscu is answered, also on many contexts with many syntaxes", async () => {
    const { port } = await opened;
    const { code, said } = await run("echoscu", [...title, "-pts", "5", "-ppc", "128", "127.0.0.1", `${port}`]);
    assert.equal(code, 0, said);
  });

  for (const syntax of uncompressed) {
    it(`storescu ${syntax} stores what it has`, async (t) => {
      const { port } = await opened;
      const path = await aFile(t);
      const { code, said } = await run("storescu", [...title, syntax, "127.0.0.1", `${port}`, path]);
      assert.equal(code, 0, said);
      const held = archive.held.get("1.2.826.1.1.1");
      assert.equal(held?.sopClass, ctStorage);
      if (syntax !== "-xe") return;
      const read = readDataSet(held?.dataSet ?? new Uint8Array(), transferSyntaxOf(held?.transferSyntax ?? "")).dataSet;
      const kept = read.get("PixelData")?.content;
      assert.ok(kept?.is === "bytes" && Buffer.from(kept.bytes).equals(pixels));
    });
  }

  for (const [program, syntax, uid] of [
    ["dcmcjpeg", "-xs", "1.2.840.10008.1.2.4.70"],
    ["dcmcjpls", "-xt", "1.2.840.10008.1.2.4.80"],
    ["dcmcrle", "-xr", "1.2.840.10008.1.2.5"],
  ] as const) {
    it(`storescu ${syntax} stores what ${program} made as it is`, async (t) => {
      const { port } = await opened;
      const path = await aFile(t, "1.2.826.1.1.2");
      assert.equal((await run(program, [path, `${path}.out`])).code, 0);
      const { code, said } = await run("storescu", [...title, "-R", syntax, "127.0.0.1", `${port}`, `${path}.out`]);
      assert.equal(code, 0, said);
      const last = [...archive.held.values()].at(-1);
      assert.equal(last?.transferSyntax, uid);
      archive.held.delete([...archive.held.keys()].at(-1) ?? "");
    });
  }

  it("findscu finds, and is answered when it cancels", async () => {
    const { port } = await opened;
    const query = ["-v", "-S", ...title, "-k", "QueryRetrieveLevel=STUDY", "127.0.0.1", `${port}`];
    const found = await run("findscu", [...query, "-k", "PatientID=MRN-7", "-k", "StudyDescription"]);
    assert.match(found.said, /\[found ?\]/, found.said);
    const cancelled = await run("findscu", ["--cancel", "3", ...query, "-k", "PatientID=*"]);
    assert.match(cancelled.said, /Cancel/i, cancelled.said.slice(-1_000));
  });

  it("getscu is brought what it asked for on its own association", async (t) => {
    const { port } = await opened;
    const folder = await aFolder(t);
    const asked = ["-S", ...title, "-od", folder, "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2.826.1"];
    const { code, said } = await run("getscu", [...asked, "127.0.0.1", `${port}`]);
    assert.equal(code, 0, said);
    assert.equal((await readdir(folder)).length, archive.held.size);
  });

  it("movescu has it sent to itself", async (t) => {
    const { port } = await opened;
    const [folder, back] = [await aFolder(t), await freePort()];
    archive.moveTo(back);
    const asked = ["-S", ...title, "-aem", "CT7", "+P", `${back}`, "-od", folder, "-k", "QueryRetrieveLevel=STUDY"];
    const { code, said } = await run("movescu", [...asked, "-k", "StudyInstanceUID=1.2.826.1", "127.0.0.1", `${port}`]);
    assert.equal(code, 0, said);
    assert.equal((await readdir(folder)).length, archive.held.size);
  });

  it("termscu ends nothing, and storescu's abort in the middle ends that association alone", async (t) => {
    const node = await opened;
    await run("termscu", ["127.0.0.1", `${node.port}`]);
    const path = await aFile(t, "1.2.826.1.1.9");
    await run("storescu", [...title, "--abort", "127.0.0.1", `${node.port}`, path]);
    await until(() => node.associations().length === 0);
    assert.equal((await run("echoscu", [...title, "127.0.0.1", `${node.port}`])).code, 0);
  });

  it("TLS is spoken with certificates on both sides, and nobody is heard without one", {
    skip: openssl.skip,
  }, async (t) => {
    const { server, client, authority, stranger } = await madeCertificates(t);
    const subjects: (string | undefined)[] = [];
    const { port } = await aNode(t, {
      services: archive.services,
      tls: { ...server, clientAuthority: authority },
      admit: async ({ certificate }) => {
        subjects.push(certificate?.subject);
        return { is: "accepted", caller: "CT7" };
      },
    });
    const tls = (pair: typeof client) => ["+tls", pair.key, pair.certificate, "+cf", authority, "127.0.0.1", `${port}`];
    const path = await aFile(t);
    const { code, said } = await run("storescu", [...tls(client), path]);
    assert.equal(code, 0, said);
    assert.deepEqual(subjects, ["client"]);
    assert.notEqual((await run("echoscu", tls(stranger))).code, 0);
    assert.notEqual((await run("echoscu", ["127.0.0.1", `${port}`])).code, 0);
    assert.equal(subjects.length, 1);
  });
});

describe("programs that we ask", { skip: dcmtk.skip }, () => {
  it("dcmrecv keeps what is sent, several at once where it agrees", async (t) => {
    const [port, folder] = [await freePort(), await aFolder(t)];
    await listening(t, "dcmrecv", ["-xf", "/etc/dcmtk/storescp.cfg", "default", "-od", folder, `${port}`]);
    const association = await openedSoon(t, { port, calledAe: "DCMRECV", windowWanted: 4 });
    assert.deepEqual(expectOk(await association.echo()).code, 0);
    const bytes = writeDataSet(image("1.2.826.1.1.3"), transferSyntaxOf(explicitLittleUid));
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => association.store(anInstance("1.2.826.1.1.3", bytes, 10_000))),
    );
    assert.ok(outcomes.every((outcome) => outcome.is === "answered" && outcome.status.code === 0));
    await association.release();
    const [name = ""] = await readdir(folder);
    const file = await readFile(join(folder, name));
    assert.ok(file.subarray(file.length - pixels.length).equals(pixels));
  });

  it("dcmqrscp is queried, sends to us by C-MOVE and by C-GET", async (t) => {
    const [folder, port] = [await aFolder(t), await freePort()];
    const archive = anArchive();
    const node = await aNode(t, { services: archive.services });
    await writeFile(join(folder, "qr.cfg"), configurationOf({ folder, port, back: node.port }));
    await listening(t, "dcmqrscp", ["-c", join(folder, "qr.cfg")]);
    const [find, move, get] = [sopClasses.studyRootFind, sopClasses.studyRootMove, sopClasses.studyRootGet];
    const storage = { sopClass: ctStorage, transferSyntaxes: [explicitLittleUid] };
    const contexts = [{ sopClass: find }, { sopClass: move }, { sopClass: get }, { ...storage, role: "both" } as const];
    const own = anArchive();
    const services = own.services as unknown as readonly DimseService<undefined>[];
    const association = await openedSoon(t, { port, calledAe: "QRSCP", contexts, services });
    const bytes = writeDataSet(image("1.2.826.1.1.4"), transferSyntaxOf(explicitLittleUid));
    const stored = await association.store(anInstance("1.2.826.1.1.4", bytes));
    assert.equal(stored.is === "answered" && stored.status.code, 0);
    const identifier = dataSetOf({ QueryRetrieveLevel: "STUDY", StudyInstanceUID: "1.2.826.1", PatientID: "" });
    const found: (string | undefined)[] = [];
    for await (const answer of association.find({ sopClass: find, identifier }))
      found.push(answer.is === "match" ? answer.identifier.text("PatientID") : answer.is);
    assert.deepEqual(found, ["MRN-7", "end"]);
    const got = expectOk(await association.get({ sopClass: get, identifier }));
    assert.deepEqual([got.status.code, got.subOperations.completed, own.held.size], [0, 1, 1]);
    const moved = expectOk(await association.move({ sopClass: move, identifier, destination: "CORRIDOR" }));
    assert.deepEqual([moved.status.code, moved.subOperations.completed, archive.held.size], [0, 1, 1]);
  });
});

function configurationOf({ folder, port, back }: { folder: string; port: number; back: number }): string {
  return `NetworkTCPPort = ${port}
MaxPDUSize = 16384
MaxAssociations = 4
HostTable BEGIN
corridor = (CORRIDOR, 127.0.0.1, ${back})
HostTable END
VendorTable BEGIN
VendorTable END
AETable BEGIN
QRSCP ${folder} RW (10, 1024mb) ANY
AETable END
`;
}

type Wish = Parameters<typeof anAssociation>[1];

/** When the program listens. */
async function openedSoon(t: TestContext, wish: Wish): Promise<Association> {
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      return await anAssociation(t, wish);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
  return anAssociation(t, wish);
}
