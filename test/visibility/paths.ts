/** Every path by which something may be told. */
import type { Access, Context } from "#access";
import { limits } from "#kernel";
import { exportOrder, exportType } from "#record";
import type { FhirDoor } from "../doors/fhir.ts";
import { type Item, whoIs } from "./hospital.ts";
import { type MessageDesk, messagePaths } from "./message-paths.ts";
import type { Watcher } from "./watchers.ts";

export interface Asking {
  readonly desk: MessageDesk;
  readonly watcher: Watcher;
  readonly item: Item;
  readonly access: Access;
  readonly context: Context;
  readonly door: FhirDoor;
}

export interface Path {
  readonly name: string;
  /** All that is told. */
  readonly ask: (asking: Asking) => Promise<string>;
  /** Questions of the same words have the same answer: one watcher is asked each once. */
  readonly words: (item: Item) => string;
  /** Whether it is a question that this path answers. */
  readonly isFor?: (item: Item) => boolean;
  readonly isBy?: (watcher: Watcher) => boolean;
  /** Of what it is asked; left out, of every document. */
  readonly items?: readonly Item[];
  /** What should be told, where it is not as everywhere. */
  readonly should?: (watcher: Watcher, item: Item) => boolean;
  /** The patient must be seen as well, as it leads through them. */
  readonly isThroughPatient?: true;
  /** What tells that the item is there; left out, the item itself. */
  readonly tells?: (item: Item) => string;
}

const isNoPatient = ({ kind }: Item) => kind !== "Patient";
const page = `_count=${limits.pageSizeMax}`;

function itself(kind: string, id: string): string {
  return `"resourceType":"${kind}","id":"${id}"`;
}

export function toldBy({ tells }: Path, item: Item): string {
  return tells?.(item) ?? itself(item.kind, item.id);
}

const json = { accept: "application/fhir+json" };

function asked(
  name: string,
  words: (item: Item) => string,
  more: Omit<Partial<Path>, "ask"> & { readonly body?: (item: Item) => object } = {},
): Path {
  const { body, ...rest } = more;
  const ask = async ({ door, item }: Asking) => {
    const { text } = await door.send(words(item), { headers: json, ...(body && { body: body(item) }) });
    return text;
  };
  return { name, ask, words: body === undefined ? words : (item) => `${words(item)} ${item.id}`, ...rest };
}

function graphql(query: string): string {
  return `GET /$graphql?query=${encodeURIComponent(query)}`;
}

const byPatient = { isFor: isNoPatient, isThroughPatient: true } as const;
const countedOnce = () => '"total":1';
const ofPatient = ({ patient }: Item) => itself("Patient", patient.id);

export const paths: readonly Path[] = [
  asked("read", ({ kind, id }) => `GET /${kind}/${id}`),
  asked("version", ({ kind, id }) => `GET /${kind}/${id}/_history/1`),
  asked("history", ({ kind, id }) => `GET /${kind}/${id}/_history`),
  asked("history of the type", ({ kind }) => `GET /${kind}/_history?${page}`),
  asked("history of everything", () => `GET /_history?${page}`),
  asked("search", ({ kind }) => `GET /${kind}?${page}`),
  asked("search by id", ({ kind, id }) => `GET /${kind}?_id=${id}`),
  asked("count", ({ kind, id }) => `GET /${kind}?_id=${id}&_summary=count`, { tells: countedOnce }),
  asked("search by patient", ({ kind, patient }) => `GET /${kind}?patient=Patient/${patient.id}&${page}`, {
    isFor: isNoPatient,
  }),
  asked("chain", ({ kind, patient }) => `GET /${kind}?patient.family=family-${patient.id}&${page}`, byPatient),
  asked("_has", ({ kind, id }) => `GET /Patient?_has:${kind}:patient:_id=${id}`, { ...byPatient, tells: ofPatient }),
  asked("sorted", ({ kind }) => `GET /${kind}?_sort=-_id&${page}`),
  asked("everything", ({ patient }) => `GET /Patient/${patient.id}/$everything?${page}`, { isThroughPatient: true }),
  asked("include", ({ kind, id }) => `GET /${kind}?_id=${id}&_include=${kind}:patient`, {
    ...byPatient,
    tells: ofPatient,
  }),
  asked(
    "reverse include",
    ({ kind, patient }) => `GET /Patient?_id=${patient.id}&_revinclude=${kind}:patient`,
    byPatient,
  ),
  asked("batch", () => "POST /", {
    body: ({ kind, id }) => ({
      resourceType: "Bundle",
      type: "batch",
      entry: [{ request: { method: "GET", url: `${kind}/${id}` } }],
    }),
  }),
  asked("GraphQL", ({ kind, id }) => graphql(`{${kind}(id:"${id}"){resourceType id}}`)),
  asked("GraphQL, a list", ({ kind, id }) => graphql(`{${kind}List(_id:"${id}"){resourceType id}}`)),
  asked("$lastn", ({ patient }) => `GET /Observation/$lastn?patient=Patient/${patient.id}&max=100`, {
    isFor: ({ kind }) => kind === "Observation",
  }),
  asked("$match", () => "POST /Patient/$match", {
    isFor: ({ kind }) => kind === "Patient",
    body: ({ patient }) => ({
      resourceType: "Parameters",
      parameter: [
        { name: "resource", resource: { resourceType: "Patient", ...whoIs(patient) } },
        { name: "count", valueInteger: 50 },
      ],
    }),
  }),
  { name: "$export", ask: exported, words: ({ kind }) => kind },
  { name: "feed", ask: followed, words: () => "" },
  {
    name: "subscription",
    ask: handed,
    words: ({ kind, id }) => `${kind}/${id}`,
    isBy: ({ hasAccount }) => hasAccount,
  },
  ...messagePaths,
];

async function exported({ context: { record, clock }, item }: Asking): Promise<string> {
  const now = clock.now();
  const asking = { of: "system", types: [item.kind], since: undefined, typeFilters: [], elements: [], now } as const;
  const order = exportOrder(asking);
  if (!order.ok) return "";
  const needs = { record, position: await record.position(), now };
  const lines: string[] = [];
  const sink = {
    isOver: () => false,
    write: async (page: readonly string[]) => {
      lines.push(...page);
      return { ok: true, value: undefined } as const;
    },
  };
  await exportType(item.kind, { order: order.value, members: undefined, needs }, sink);
  return lines.join("\n");
}

async function followed({ context: { record } }: Asking): Promise<string> {
  const bodies: string[] = [];
  for (let after = 0; ; ) {
    const changes = await record.changes(after, limits.pageSizeMax);
    const last = changes.ok ? changes.value.at(-1) : undefined;
    if (!changes.ok || last === undefined) return bodies.join("\n");
    bodies.push(...changes.value.map(({ body }) => body));
    after = last.position;
  }
}

/** What is sent to an address of theirs while they are not there. */
async function handed({ access, watcher, item: { kind, id } }: Asking): Promise<string> {
  const found = await access.findSubscriber(watcher.actor.reference);
  const subscriber = found.ok ? found.value : undefined;
  const sent = await subscriber?.hand([{ kind, id, version: 1 }], "https://elsewhere.example");
  return sent?.ok ? sent.value.map(({ body }) => body).join("\n") : "";
}
