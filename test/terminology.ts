/** Terminology on a real record, for tests. */
import { countingIds, expectOk, type HttpRequest, type Json, type JsonObject, ok, silentLog } from "#kernel";
import { fhirKinds } from "#record";
import { openTerminology, type Terminology, terminologyRoutes } from "#terminology";
import { beforeServerStops } from "./database.ts";
import { freshRecord, type TestRecord } from "./record.ts";

export interface TestTerminology {
  readonly opened: TestRecord;
  readonly terminology: Terminology;
  /** Writes definitions. */
  store(...resources: readonly JsonObject[]): Promise<void>;
  /** Asks an operation by GET: `CodeSystem/$lookup`. */
  ask(path: string, parameters: Readonly<Record<string, string>>): Promise<Answer>;
}

/** A Parameters or an expanded ValueSet. */
export interface Answer {
  readonly parameter: readonly object[];
  readonly expansion: {
    readonly total: number;
    readonly offset?: number;
    readonly contains?: readonly { readonly code: string; readonly abstract?: true }[];
  };
}

export async function openTestTerminology(): Promise<TestTerminology> {
  const opened = await freshRecord({ kinds: fhirKinds });
  const { record, store, clock } = opened;
  const terminology = await openTerminology({ record, store: store.terminology, clock, log: silentLog });
  const watched = terminology.watched(record);
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
      expectOk(await watched.transact({ operations }));
      await terminology.terms.stored.fresh();
    },
    ask: (path, parameters) => ask(opened, terminology, { path, parameters }),
  };
}

interface Question {
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

async function ask(opened: TestRecord, { terms }: Terminology, { path, parameters }: Question): Promise<Answer> {
  const route = terminologyRoutes(terms).find((one) => one.method === "GET" && one.path === `/fhir/${path}`);
  if (route === undefined) throw new Error(`no route takes ${path}`);
  const request: HttpRequest = {
    method: "GET",
    path: `/fhir/${path}`,
    params: {},
    query: new URLSearchParams(parameters),
    headers: {},
    body: new Uint8Array(0),
    origin: "http://corridor.example",
    remoteAddress: "127.0.0.1",
    closed: new AbortController().signal,
  };
  const reply = expectOk(
    await route.handle(request, {
      ...opened,
      actor: { reference: "User/1" },
      admit: async () => ok(undefined),
      ids: countingIds("expansion"),
    }),
  );
  return JSON.parse(String(reply.body)) as Answer;
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
