/** A laboratory that sends to a real record over a link, for tests. */
import { type Actor, linkActor } from "#access";
import {
  codeKinds,
  deliveryDefinition,
  linkMessageDefinition,
  patientMergeDefinition,
  receive,
  type Safeguards,
  watchKinds,
} from "#departments/clinical";
import { expectOk, hospitalTime, silentLog } from "#kernel";
import { fhirKinds, type Version } from "#record";
import { parseMessage, segmentNamed } from "#standards/hl7v2";
import { contextOf } from "./handler-context.ts";
import { freshRecord, type TestRecord } from "./record.ts";

export interface Laboratory {
  readonly record: TestRecord["record"];
  readonly parts: TestRecord;
  /** Sends a message and gives what came back. */
  send(
    message: string | Uint8Array,
    options?: { readonly link?: string; readonly connection?: string; readonly safeguards?: Safeguards },
  ): Promise<Reply>;
  /** The newest versions of a kind, oldest first. */
  all<T>(kind: string): Promise<readonly T[]>;
  /** Every version of a document, oldest first. */
  versions(kind: string, id: string): Promise<readonly Version[]>;
}

export interface Reply {
  /** MSA-1. */
  readonly code: string;
  /** MSA-2. */
  readonly controlId: string;
  /** The acknowledgement with its segments on lines of their own. */
  readonly text: string;
  /** ERR as sent; empty without one. */
  readonly error: string;
}

const { offsetMinutesAt } = hospitalTime("Europe/London");

export async function aLaboratory(actor: (link: string) => Actor = (link) => linkActor(link)): Promise<Laboratory> {
  const parts = await freshRecord({
    kinds: [
      ...fhirKinds,
      linkMessageDefinition,
      deliveryDefinition,
      ...watchKinds,
      patientMergeDefinition,
      ...codeKinds,
    ],
  });
  const { record, clock } = parts;
  clock.advance(Date.parse("2026-11-23T12:00:00Z") - clock.now());
  return {
    record,
    parts,
    async send(message, { link = "lab", connection = "lab-1", safeguards = {} } = {}) {
      const frame = typeof message === "string" ? new TextEncoder().encode(message) : message;
      const context = contextOf(parts, actor(link));
      const receiving = { context, link, connection, offsetMinutesAt, log: silentLog, safeguards };
      return replyOf(expectOk(await receive(frame, receiving)));
    },
    async all<T>(kind: string) {
      const sort = { by: "updated", descending: false } as const;
      const { versions } = expectOk(await record.search({ kind, all: [], sort, limit: 1_000 }));
      return versions.map(({ body }) => JSON.parse(body) as T);
    },
    async versions(kind, id) {
      const { versions } = expectOk(await record.history({ kind, id, limit: 100 }));
      return [...versions].reverse();
    },
  };
}

export function replyOf(bytes: Uint8Array): Reply {
  const text = new TextDecoder().decode(bytes);
  const message = parseMessage(text);
  const msa = segmentNamed(message, "MSA");
  return {
    code: msa?.field(1).text ?? "",
    controlId: msa?.field(2).text ?? "",
    text: text.replaceAll("\r", "\n"),
    error: segmentNamed(message, "ERR")?.raw ?? "",
  };
}
