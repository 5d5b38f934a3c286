/** Nobody finds, counts or reads images of a study that they may not see, by any key, and everybody those that they may. Issue 5, line 3. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { type Actor, type Context, nodeActor, personActor, workerActor } from "#access";
import { type ImageAddress, type ImageLevel, openImages } from "#imaging";
import { expectOk, silentLog } from "#kernel";
import { tagNamed } from "#standards/dicom";
import { openStreamedFolder } from "#storage/files";
import { freshAccess } from "../access.ts";
import { imageBytes, send } from "../image-archive.ts";
import { hospitalOperations, type Item, subjects } from "./hospital.ts";
import { openImageDoor } from "./image-associations.ts";
import { shouldSee, watchers } from "./watchers.ts";

const parts = await freshAccess();
const folder = await mkdtemp(join(tmpdir(), "corridor-images-"));
after(() => rm(folder, { recursive: true, force: true }));
const blobs = await openStreamedFolder(folder);
const images = await openImages({ index: parts.store.images, blobs, clock: parts.clock, log: silentLog });
const access = parts.anotherProcess({ images });

const studies = subjects.map((patient, at) => ({ patient, uid: `1.9.${at + 1}`, id: `study-${patient.id}` }));
const nobodys = "1.9.99";

for (const uid of [...studies.map((study) => study.uid), nobodys]) {
  const bytes = imageBytes({
    SOPClassUID: ["1.2.840.10008.5.1.4.1.1.2"],
    SOPInstanceUID: [`${uid}.1.1`],
    StudyInstanceUID: [uid],
    SeriesInstanceUID: [`${uid}.1`],
    PatientID: [`P${uid}`],
    Modality: ["CT"],
  });
  expectOk(await send(images, bytes));
}
expectOk(
  await parts.record.transact({
    operations: [
      ...hospitalOperations(),
      ...studies.map(({ id, patient }) => ({
        action: "update" as const,
        kind: "ImagingStudy",
        id,
        body: { status: "available", subject: { reference: `Patient/${patient.id}` } },
      })),
    ],
  }),
);
for (const { uid, id, patient } of studies)
  expectOk(await images.relate(uid, { state: "matched", patient: patient.id, document: id }));

async function find(
  context: Context,
  level: ImageLevel,
  [keyword, value]: readonly [string, string],
): Promise<boolean> {
  const match = [{ path: [tagNamed(keyword) as number], test: { is: "one-of", values: [value] } }] as const;
  const found = await context.images.find({ level, match, limit: 10 });
  const counted = await context.images.count({ level, match, limit: 1 });
  assert.equal(found.ok, counted.ok);
  if (found.ok && counted.ok) assert.equal(counted.value, found.value.rows.length);
  return found.ok && found.value.rows.length > 0;
}

async function read(context: Context, address: ImageAddress): Promise<boolean> {
  const page = await context.images.instances({ address, withMetadata: true, limit: 10 });
  const [first] = page.ok ? page.value.instances : [];
  if (first === undefined) return false;
  const opened = await context.images.open(first.blob);
  if (opened.ok) await opened.value.close();
  return opened.ok;
}

const ways: readonly (readonly [string, (context: Context, uid: string) => Promise<boolean>])[] = [
  ["a study by its UID", (context, uid) => find(context, "study", ["StudyInstanceUID", uid])],
  ["a study by its patient", (context, uid) => find(context, "study", ["PatientID", `P${uid}`])],
  ["a patient", (context, uid) => find(context, "patient", ["PatientID", `P${uid}`])],
  ["a series of a study", (context, uid) => find(context, "series", ["StudyInstanceUID", uid])],
  ["an object by its UID", (context, uid) => find(context, "instance", ["SOPInstanceUID", `${uid}.1.1`])],
  ["all of a study", (context, uid) => read(context, { study: uid })],
  ["a series", (context, uid) => read(context, { series: `${uid}.1` })],
  ["an object", (context, uid) => read(context, { instance: `${uid}.1.1` })],
];

describe("Images are found and read by those who may see their study, and by nobody else:", () => {
  for (const [what, way] of ways) {
    it(what, async () => {
      for (const watcher of watchers) {
        const context = access.contextOf(watcher.actor);
        for (const { patient, uid, id } of studies) {
          const item: Item = { kind: "ImagingStudy", id, patient, label: "none", isLaboratory: false };
          assert.equal(await way(context, uid), shouldSee(watcher, item), `${watcher.name}: ${patient.id}`);
        }
        assert.equal(
          await way(context, nobodys),
          watcher.actor.unrestricted === true,
          `${watcher.name}: a study of nobody`,
        );
      }
    });
  }

  it("a study of nobody by those who keep the archive", async () => {
    const keeper = personActor({ reference: "User/keeper", display: "Keeper", roles: ["pacs-administrator"] });
    const context = access.contextOf(keeper);
    for (const [what, way] of ways) assert.equal(await way(context, nobodys), true, what);
  });

  it("and their bytes only after they were found, whoever knows their hash", async () => {
    const [kept] = expectOk(
      await images.instances({ address: { study: "1.9.1" }, withMetadata: false, limit: 1 }),
    ).instances;
    const keeper = personActor({ reference: "User/keeper", display: "Keeper", roles: ["pacs-administrator"] });
    assert.equal((await access.contextOf(keeper).images.open(kept?.blob as never)).ok, false);
  });
});

describe("Over real associations, of all that is found, got and moved", async () => {
  const nodes = {
    FINDS: nodeActor("FINDS", { mayStore: false, mayFind: true }),
    STORES: nodeActor("STORES", { mayStore: true, mayFind: false }),
  };
  const named = new Map<string, Actor>([
    ...watchers.map(({ actor }, at): [string, Actor] => [`WATCHER${at}`, actor]),
    ...Object.entries(nodes),
  ]);
  const callers = new Map([...named].map(([aeTitle, actor]) => [aeTitle, access.contextOf(actor)]));
  const door = await openImageDoor(callers, access.contextOf(workerActor("keeper")));
  after(() => door.close());

  it("every second one is told of the studies that they may see, and of no other", async () => {
    for (const [at, watcher] of watchers.entries()) {
      if (at % 2 !== 0) continue;
      const expected = studies
        .filter(({ patient, id }) =>
          shouldSee(watcher, { kind: "ImagingStudy", id, patient, label: "none", isLaboratory: false }),
        )
        .map(({ uid }) => uid);
      const all = watcher.actor.unrestricted === true ? [...expected, nobodys] : expected;
      for (const [asked, told] of await door.asked(`WATCHER${at}`))
        assert.deepEqual([...told].sort(), all.sort(), `${watcher.name}: ${asked}`);
    }
  });

  it("a node that may search finds all of them, and one that may only store none", async () => {
    const all = [...studies.map(({ uid }) => uid), nobodys].sort();
    for (const [asked, told] of await door.asked("FINDS")) assert.deepEqual([...told].sort(), all, asked);
    for (const [asked, told] of await door.asked("STORES")) assert.deepEqual(told, [], asked);
  });
});
