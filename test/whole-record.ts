/** A record with one of everything that a backup carries and `verify` looks at. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { auditEntry } from "#audit";
import { retiredDayDefinition } from "#departments/clinical";
import { expectOk, type JsonObject } from "#kernel";
import { type BlobDay, type BlobStore, blobOf, dailyBlobOf, fhirKinds, type KindDefinition, noEntries } from "#record";
import { openBlobFolder } from "#storage/files";
import { freshRecord, type TestRecord } from "./record.ts";

export interface WholeRecord extends TestRecord {
  readonly files: BlobStore;
  /** Holds `blobs`, and whatever a test puts there; gone after the test. */
  readonly folder: string;
}

/** A document that names a blob, as messages name what was received. */
const letter: KindDefinition = { kind: "Letter", check: () => [], index: () => noEntries };

export const wholeRecordKinds: readonly KindDefinition[] = [...fhirKinds, letter, retiredDayDefinition];

export const smallBlob = blobOf(Buffer.from("a note\twith\\n odd \u0000 bytes\n"));
export const largeBlob = blobOf(Buffer.alloc(300_000, "x"));
export const smallOfADay = dailyBlobOf(Buffer.from("MSH|^~\\&|LAB\r".repeat(40)), "2026-03-02" as BlobDay);
export const largeOfADay = dailyBlobOf(Buffer.alloc(300_000, "y"), "2026-03-02" as BlobDay);

/** Two patients, one of them with three versions and one deleted; two letters; a small and a large blob, for ever and of a day each; two audit entries. */
export async function aWholeRecord(t: TestContext): Promise<WholeRecord> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-whole-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const opened = await freshRecord({ kinds: wholeRecordKinds });
  const files = await openBlobFolder(join(folder, "blobs"));
  for (const blob of [largeBlob, largeOfADay]) await files.put(blob);
  const osei = patientNamed("Osei\t\\N\n“quoted”");
  const write = async (operations: Parameters<typeof opened.record.transact>[0]["operations"]) =>
    expectOk(await opened.record.transact({ operations, blobs: [smallBlob, smallOfADay], audit: [anEntry(opened)] }));
  await write([
    { action: "create", kind: "Patient", id: "osei", body: osei },
    { action: "create", kind: "Patient", id: "oneill", body: patientNamed("O'Neill") },
    { action: "create", kind: "Letter", id: "small", body: { raw: { hash: smallBlob.hash } } },
    { action: "create", kind: "Letter", id: "large", body: { raw: { hash: largeBlob.hash } } },
  ]);
  await write([
    { action: "update", kind: "Patient", id: "osei", body: { ...osei, active: true } },
    { action: "delete", kind: "Patient", id: "oneill" },
  ]);
  return { ...opened, files, folder };
}

function patientNamed(family: string): JsonObject {
  return { resourceType: "Patient", name: [{ family }] };
}

function anEntry({ clock }: TestRecord) {
  const agent = {
    reference: "User/lindqvist",
    display: "Dr Lindqvist",
    roles: ["doctor"],
    purpose: "TREAT",
    via: "session",
  };
  return auditEntry({
    at: clock.now(),
    act: "create",
    agent,
    outcome: 0,
    patients: ["Patient/osei"],
    entities: ["Patient/osei"],
  });
}
