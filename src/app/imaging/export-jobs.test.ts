/** Exports that people ask for and fetch later. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Access, type Actor, commandLineActor } from "#access";
import type { StartImageExport } from "#departments/clinical";
import { openImages } from "#imaging";
import { type Clock, countingIds, expectOk, silentLog } from "#kernel";
import { openStreamedFolder } from "#storage/files";
import { freshAccess } from "../../../test/access.ts";
import { aDicomFile, aSlice, dicomBytes } from "../../../test/builders/dicom.ts";
import { send } from "../../../test/image-archive.ts";
import { openPixelEngine } from "../pixels/pixel-engine.ts";
import { openExportFiles } from "./export-files.ts";
import { ExportJobs } from "./export-jobs.ts";

const permissions = ["ImagingStudy.read", "ImagingStudy.search", "Patient.read", "images.keep"];
const keeper: Actor = { ...commandLineActor("keeper"), permissions: new Set(permissions) };
const other: Actor = { ...commandLineActor("other"), permissions: new Set(permissions) };
const order: StartImageExport = { studies: ["1.2.3.4.5"], purpose: "HOPERAT" };
const hourMs = 3_600_000;

describe("exports of images", () => {
  let folder: string;
  let access: Access;
  let clock: Clock & { advance(ms: number): void };
  const engine = openPixelEngine({ log: silentLog, threads: 1 });
  const ids = countingIds("export");

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "corridor-exports-"));
    const fresh = await freshAccess();
    clock = fresh.clock;
    const blobs = await openStreamedFolder(join(folder, "images"));
    const images = await openImages({ index: fresh.store.images, blobs, clock, log: silentLog });
    expectOk(await send(images, dicomBytes(aDicomFile(aSlice)), { arrival: { wire: { is: "file" } } }));
    access = fresh.anotherProcess({ images });
  });

  after(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async () => {
    const files = await openExportFiles(join(folder, "exports"));
    return ExportJobs.open({ access, files, engine, dataFolder: folder, clock, ids, log: silentLog, keepMs: hourMs });
  };

  async function ended(jobs: ExportJobs, id: string) {
    for (;;) {
      const view = expectOk(jobs.find(id, keeper));
      if (view.state === "done" || view.state === "failed") return view;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it("are done one after another, seen by all who keep the archive and fetched by who asked alone, also after a restart", async () => {
    const jobs = await open();
    const asked = [await jobs.start(order, keeper), await jobs.start({ ...order, studies: ["1.9"] }, keeper)];
    const [done, nothing] = await Promise.all(asked.map((one) => ended(jobs, expectOk(one).id)));
    assert.deepEqual([done?.state, done?.objects, done?.refusals], ["done", 1, {}]);
    assert.deepEqual([nothing?.state, nothing?.problem?.code], ["failed", "image-not-found"]);
    await jobs.close();

    const again = await open();
    assert.deepEqual(
      again
        .list(keeper)
        .map(({ state }) => state)
        .sort(),
      ["done", "failed"],
    );
    const { sizeBytes, pieces } = expectOk(await again.content(done?.id ?? "", keeper));
    let bytes = 0;
    for await (const piece of pieces) bytes += piece.length;
    assert.deepEqual([bytes, bytes], [sizeBytes, done?.fileBytes]);
    const seen = again.list(other).map(({ by, what, isOwn }) => `${by}: ${what}, ${isOwn ? "own" : "of another"}`);
    assert.deepEqual(seen, ["Command line, keeper: 1 study, of another", "Command line, keeper: 1 study, of another"]);
    assert.equal((await again.content(done?.id ?? "", other)).ok, false);
    expectOk(await again.remove(done?.id ?? ""));
    assert.equal((await again.remove(done?.id ?? "")).ok, false);
    assert.deepEqual(await readdir(join(folder, "exports")), [nothing?.id]);
  });

  it("for research are refused without a recent answer on who has opted out", async () => {
    const jobs = await open();
    const { id } = expectOk(await jobs.start({ ...order, purpose: "HRESCH" }, keeper));
    const view = await ended(jobs, id);
    assert.deepEqual([view.state, view.problem?.code], ["failed", "opt-out-check-needed"]);
    await jobs.close();
  });

  it("that a process left unfinished have failed, and go when their time is over", async () => {
    const files = await openExportFiles(join(folder, "exports"));
    const view = {
      id: "cut",
      askedAt: "",
      by: "keeper",
      what: "CT",
      purpose: "HOPERAT",
      objects: 3,
      objectsTotal: 9,
      sizeBytes: 7,
      refusals: {},
    };
    await files.keep({ owner: keeper.reference, view: { ...view, state: "running" } });
    const jobs = await open();
    assert.equal(expectOk(jobs.find("cut", keeper)).problem?.code, "export-interrupted");
    clock.advance(2 * hourMs);
    await jobs.removeOld();
    assert.deepEqual(jobs.list(keeper), []);
    assert.deepEqual(await readdir(join(folder, "exports")), []);
  });
});
