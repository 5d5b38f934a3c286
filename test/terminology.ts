/** Terminology on a real record, for tests. */
import { expectOk, type Json, type JsonObject, silentLog } from "#kernel";
import { fhirKinds } from "#record";
import { openTerminology, type Terminology } from "#terminology";
import { beforeServerStops } from "./database.ts";
import { freshRecord, type TestRecord } from "./record.ts";

export interface TestTerminology {
  readonly opened: TestRecord;
  readonly terminology: Terminology;
  /** Writes definitions and waits until they are followed. */
  store(...resources: readonly JsonObject[]): Promise<void>;
}

export async function openTestTerminology(): Promise<TestTerminology> {
  const opened = await freshRecord({ kinds: fhirKinds });
  const { record, store, clock } = opened;
  const terminology = await openTerminology({ record, store: store.terminology, clock, log: silentLog });
  beforeServerStops(async () => terminology.close());
  return {
    opened,
    terminology,
    store: async (...resources) => {
      const operations = resources.map((body) => ({
        action: "update" as const,
        kind: String(body.resourceType),
        id: String(body.id),
        body,
      }));
      expectOk(await record.transact({ operations }));
      await new Promise((resolve) => setImmediate(resolve));
      await terminology.terms.stored.fresh();
    },
  };
}

/** Wards as a hospital might code them: two kinds of ward under all of them, one closed. */
export const wardSystem: JsonObject = {
  resourceType: "CodeSystem",
  id: "wards",
  url: "http://hospital.example/wards",
  version: "2",
  name: "Wards",
  status: "active",
  content: "complete",
  caseSensitive: true,
  hierarchyMeaning: "is-a",
  concept: [
    {
      code: "all",
      display: "All wards",
      property: [{ code: "notSelectable", valueBoolean: true }],
      concept: [
        {
          code: "surgical",
          display: "Surgical wards",
          concept: [
            {
              code: "east",
              display: "East Ward",
              designation: [{ language: "cy", value: "Ward y Dwyrain" }],
              property: [{ code: "beds", valueInteger: 24 }],
            },
            { code: "theatre", display: "Theatre recovery" },
          ],
        },
        {
          code: "medical",
          display: "Medical wards",
          concept: [
            { code: "west", display: "West Ward", property: [{ code: "beds", valueInteger: 30 }] },
            { code: "annexe", display: "Annexe", property: [{ code: "status", valueCode: "retired" }] },
          ],
        },
      ],
    },
  ],
};

export const wardUrl = "http://hospital.example/wards";

/** A value set of wards by its compose. */
export function wardSet(id: string, compose: JsonObject): JsonObject {
  return { resourceType: "ValueSet", id, url: `http://hospital.example/vs/${id}`, status: "active", compose };
}

/** The values of an answer's parameters by name; the last of several. */
export function valuesOf(parameters: { readonly parameter: readonly object[] }): Readonly<Record<string, Json>> {
  const entries = parameters.parameter.map((one) => {
    const { name, ...rest } = one as { readonly name: string };
    return [name, Object.values(rest)[0] as Json] as const;
  });
  return Object.fromEntries(entries);
}

/** What a property or match of an answer says, by the names of its parts. */
export function partsOf(parameters: { readonly parameter: readonly object[] }, name: string): readonly JsonObject[] {
  return parameters.parameter.flatMap((one) => {
    const { name: own, part } = one as { readonly name: string; readonly part?: readonly object[] };
    return own === name && part !== undefined ? [valuesOf({ parameter: part })] : [];
  });
}
