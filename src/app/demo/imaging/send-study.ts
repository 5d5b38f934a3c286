import { failed, ok, type Result, unavailable } from "#kernel";
import { explicitLittle } from "#standards/dicom";
import type { Association, DimseClient, ProposedService } from "#standards/dimse";
import type { PhantomObject } from "./phantom-objects.ts";

/** The archive, and who sends to it. */
export interface ArchiveNode {
  readonly host: string;
  readonly port: number;
  readonly calledAe: string;
  readonly callingAe: string;
}

export interface Sending {
  readonly client: DimseClient;
  readonly node: ArchiveNode;
  /** Ends it between two objects. */
  readonly signal: AbortSignal;
}

export interface SentObject {
  readonly sopClass: string;
  readonly sopInstance: string;
}

/** CT, MR, CR, ultrasound, mammography, reports in words and as PDF. */
const storageClasses = [
  "1.2.840.10008.5.1.4.1.1.2",
  "1.2.840.10008.5.1.4.1.1.4",
  "1.2.840.10008.5.1.4.1.1.1",
  "1.2.840.10008.5.1.4.1.1.3.1",
  "1.2.840.10008.5.1.4.1.1.1.2",
  "1.2.840.10008.5.1.4.1.1.88.11",
  "1.2.840.10008.5.1.4.1.1.104.1",
];

const storageContexts: readonly ProposedService[] = storageClasses.map((sopClass) => ({
  sopClass,
  transferSyntaxes: [explicitLittle.uid],
}));

/**
 * Sends objects on one association, as a modality does; answers with those that the archive has taken. Problems: those of
 * `DimseClient.open`, `demo-object-refused`.
 */
export async function sendStudy(
  objects: AsyncIterable<PhantomObject>,
  { client, node, signal }: Sending,
): Promise<Result<readonly SentObject[]>> {
  const opened = await client.open({ ...node, contexts: storageContexts });
  if (!opened.ok) return opened;
  const association = opened.value;
  const sent: SentObject[] = [];
  for await (const object of objects) {
    if (signal.aborted) break;
    const stored = await store(association, object);
    if (!stored.ok) {
      association.abort();
      return stored;
    }
    sent.push({ sopClass: object.sopClass, sopInstance: object.sopInstance });
  }
  await association.release();
  return ok(sent);
}

async function store(association: Association, { sopClass, sopInstance, bytes }: PhantomObject): Promise<Result<void>> {
  const instance = { sopClass, sopInstance, transferSyntax: explicitLittle.uid, dataSet: [bytes] };
  const outcome = await association.store(instance);
  if (outcome.is !== "answered") return failed(outcome.problem);
  const { code } = outcome.status;
  // Warnings, B000 and the like, are success with a remark.
  if (code === 0 || (code & 0xf000) === 0xb000) return ok(undefined);
  const message = `The archive refused an object with status ${code.toString(16).toUpperCase().padStart(4, "0")}.`;
  return failed(unavailable("demo-object-refused", message));
}
