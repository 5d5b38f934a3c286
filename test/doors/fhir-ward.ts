/** A FHIR door on a record of its own, and what tests ask it again and again. */

import type { Actor } from "#access";
import { expectOk, type JsonObject } from "#kernel";
import { type FhirContext, fhirKinds } from "#record";
import { anActor, contextOf } from "../handler-context.ts";
import { freshRecord, type TestRecord } from "../record.ts";
import { anybody, type FhirDoor, fhirDoor, type Received } from "./fhir.ts";

export interface FhirWard {
  readonly opened: TestRecord;
  readonly context: FhirContext;
  readonly door: FhirDoor;
  /** The door as somebody sees it who may do only this: `Patient.read`. */
  doorFor(...permissions: readonly string[]): FhirDoor;
  put(...resources: readonly JsonObject[]): Promise<void>;
}

export async function fhirWard(): Promise<FhirWard> {
  const opened = await freshRecord({ kinds: fhirKinds });
  const context = contextOf(opened, anybody);
  return {
    opened,
    context,
    door: fhirDoor(context),
    doorFor: (...permissions) => {
      const actor: Actor = { ...anActor(), permissions: new Set(permissions) };
      return fhirDoor(contextOf(opened, actor));
    },
    put: async (...resources) => {
      for (const body of resources) {
        const { resourceType: kind, id } = body as { resourceType: string; id: string };
        expectOk(await context.record.transact({ operations: [{ action: "update", kind, id, body }] }));
      }
    },
  };
}

interface Entry {
  readonly resource: JsonObject;
  readonly search?: { readonly mode: string };
}

export function entriesOf({ json }: Received): readonly Entry[] {
  return (json.entry ?? []) as unknown as readonly Entry[];
}

/** `Patient/osei`, in the order of the Bundle; those of one search mode. */
export function namesOf(received: Received, mode?: string): readonly string[] {
  return entriesOf(received)
    .filter(({ search }) => mode === undefined || search?.mode === mode)
    .map(({ resource }) => `${resource.resourceType}/${resource.id}`);
}

export function linkOf({ json }: Received, relation: string): string | undefined {
  const links = (json.link ?? []) as unknown as readonly { relation: string; url: string }[];
  return links.find((link) => link.relation === relation)?.url;
}
