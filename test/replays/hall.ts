/** A record with one link and its destinations, and what replays messages in it, for tests. */
import { after } from "node:test";
import { type Actor, type Context, decidingForLink, linkActor, personActor, workerActor } from "#access";
import {
  type Configuration,
  type ConfigurationFile,
  codeKinds,
  type Delivery,
  deliveryDefinition,
  linkBookDefinition,
  linkConfigurationDefinition,
  linkMessageDefinition,
  openLinkRouting,
  type PassingOn,
  patientMergeDefinition,
  Replayer,
  type Rules,
  readConfigurationWhole,
  receive,
  replayKinds,
  replayRoutes,
  type Safeguards,
  senderRows,
  wordFileDefinition,
} from "#departments/clinical";
import { countingIds, expectOk, type Json, type JsonObject, ok, silentLog } from "#kernel";
import { fhirKinds } from "#record";
import type { Observation } from "#standards/fhir";
import { aRequest } from "../builders/request.ts";
import { contextOf } from "../handler-context.ts";
import { freshRecord, type TestRecord } from "../record.ts";
import { wardTime } from "../ward/index.ts";

export const replayRecordKinds = [
  ...fhirKinds,
  linkMessageDefinition,
  deliveryDefinition,
  linkBookDefinition,
  linkConfigurationDefinition,
  patientMergeDefinition,
  wordFileDefinition,
  ...codeKinds,
  ...replayKinds,
];

/** What the files of links say: `lab` besides its intake, and the names of destinations that are folders. */
export interface LinksOfTest {
  readonly lab: Readonly<Record<string, Json>>;
  readonly destinations: readonly string[];
  /** Rows of the layer `trust`. */
  readonly rows?: readonly Json[];
}

export const toGp: LinksOfTest = {
  lab: { routes: [{ name: "all", when: {}, to: ["gp"] }] },
  destinations: ["gp"],
};

type Stored<T> = T & JsonObject & { readonly id: string };

interface Kept {
  readonly parts: TestRecord;
  all<T>(kind: string): Promise<readonly T[]>;
}

/** As a mapping would have left it that read OBX-5 of potassium wrongly. */
export async function spoil({ parts, all }: Kept): Promise<void> {
  for (const observation of await all<Stored<Observation>>("Observation")) {
    if (observation.valueQuantity?.value !== 4.1) continue;
    const body = { ...observation, valueQuantity: { ...observation.valueQuantity, value: 41 } } as JsonObject;
    const operation = { action: "update", kind: "Observation", id: observation.id, body } as const;
    expectOk(await parts.record.transact({ operations: [operation] }));
  }
}

/** As if every destination had taken what waits. */
async function deliverAll({ parts, all }: Kept): Promise<void> {
  for (const delivery of await all<Stored<Delivery>>("Delivery")) {
    const body = { ...delivery, state: "delivered", from: "queued", attempts: 1 } as JsonObject;
    const operation = { action: "update", kind: "Delivery", id: delivery.id, body } as const;
    expectOk(await parts.record.transact({ operations: [operation] }));
  }
}

export function linkFiles({ lab, destinations, rows }: LinksOfTest): readonly ConfigurationFile[] {
  return [
    ...(rows === undefined ? [] : [{ path: "mappings/trust.json", json: { rows } as Json }]),
    { path: "links/lab.json", json: { title: "Lab", intake: { by: "mllp", port: 0 }, ...lab } },
    ...destinations.map((name) => ({
      path: `destinations/${name}.json`,
      json: { title: name, outlet: { by: "folder", path: `/unused/${name}`, extension: "hl7" } } as Json,
    })),
  ];
}

function rulesOf({ links, destinations, layers }: Configuration): Rules {
  const rowsOf = senderRows(layers);
  const byName = new Map(
    links.map((link) => {
      const rows = rowsOf(link);
      const safeguards: Safeguards = { settings: link, ...(rows && { rows }) };
      return [link.name, { safeguards, routing: openLinkRouting({ link, destinations }) }];
    }),
  );
  return { of: (link) => byName.get(link) };
}

export const manager: Actor = personActor({
  reference: "User/baker",
  display: "Tom Baker-Hughes",
  roles: ["pathology-links-manager"],
});

/** Links that run by what `change` says last. */
export async function replayHall(first: LinksOfTest, connection?: TestRecord["connection"]) {
  const parts = await freshRecord({ kinds: replayRecordKinds, ...(connection && { connection }) });
  if (connection === undefined) parts.clock.advance(Date.parse("2026-11-23T12:00:00Z") - parts.clock.now());
  let configuration = expectOk(readConfigurationWhole(linkFiles(first)));
  const running: Rules = { of: (link) => rulesOf(configuration).of(link) };
  const forLink = (actor: Actor) => contextOf(parts, decidingForLink(actor));
  const contextFor = (by: Pick<Actor, "reference" | "display">) => ({
    context: contextOf(parts, decidingForLink({ ...workerActor("replays"), ...by })),
    witness: async () => ok(undefined),
  });
  const opened: { replayer?: Replayer } = {};
  const open = () => {
    const replayer = new Replayer({
      contextFor,
      forLink,
      running,
      rulesOf: (other) => rulesOf(other ?? configuration),
      queued: () => {},
      clock: parts.clock,
      log: silentLog,
      look: parts.record,
      claim: async () => true,
    });
    after(() => replayer.close());
    opened.replayer = replayer;
    return replayer;
  };
  const asks = asking(parts, { running, forLink, asked: () => opened.replayer?.wake() });
  return {
    parts,
    open,
    deliver: () => deliverAll({ parts, all: asks.all }),
    change: (next: LinksOfTest) => {
      configuration = expectOk(readConfigurationWhole(linkFiles(next)));
    },
    ...asks,
    send: sender(parts, () => configuration),
  };
}

function sender(parts: TestRecord, configuration: () => Configuration) {
  return async (message: string) => {
    parts.clock.advance(1_000);
    const rules = rulesOf(configuration()).of("lab");
    const passingOn: PassingOn | undefined = rules?.routing && {
      routing: rules.routing,
      day: (arrivedAt) => arrivedAt.slice(0, 10),
      queued: () => {},
    };
    const context = contextOf(parts, linkActor("lab"));
    const { offsetMinutesAt } = wardTime;
    const given = { context, link: "lab", connection: "lab-1", offsetMinutesAt, log: silentLog };
    const guarded = { ...given, ...(rules && { safeguards: rules.safeguards }), ...(passingOn && { passingOn }) };
    return Buffer.from(expectOk(await receive(Buffer.from(message), guarded))).toString();
  };
}

function asking(parts: TestRecord, needs: { readonly running: Rules; forLink(actor: Actor): Context; asked(): void }) {
  // What a program can do of a set-up is its own affair; here all of it can be done.
  const configuration = {
    check: async (files: readonly ConfigurationFile[]) => {
      const read = readConfigurationWhole(files);
      const value = read.ok ? read.value : expectOk(readConfigurationWhole([]));
      return { configuration: value, problems: read.ok ? [] : read.problems, golden: [] };
    },
  };
  const routes = replayRoutes({ ...needs, log: silentLog, configuration });
  const ids = countingIds("replay");
  const ask = async <T>(method: "GET" | "POST", path: string, body: unknown = {}): Promise<T> => {
    const [, kind = "", id = "", deed = ""] = /^\/(replays|shadow-runs)(?:\/([^/?]+))?(?:\/([^/?]+))?/.exec(path) ?? [];
    const pattern = `/api/clinical/${kind}${id === "" ? "" : "/:id"}${deed === "" ? "" : `/${deed}`}`;
    const route = routes.find((each) => each.method === method && each.path === pattern);
    if (route === undefined) throw new Error(`there is no route ${method} ${pattern}`);
    const request = aRequest({
      params: { id },
      query: path.split("?")[1] ?? "",
      body: Buffer.from(JSON.stringify(body)),
    });
    const reply = await route.handle(request, { ...contextOf(parts, manager), ids });
    return (reply.ok ? JSON.parse(String(reply.value.body)) : reply.problems[0].code) as T;
  };
  const all = async <T>(kind: string): Promise<readonly T[]> => {
    const sort = { by: "updated", descending: false } as const;
    const { versions } = expectOk(await parts.record.search({ kind, all: [], sort, limit: 1_000 }));
    return versions.map(({ body }) => JSON.parse(body) as T);
  };
  const until = async <T extends { readonly state: string }>(
    path: string,
    ...states: readonly string[]
  ): Promise<T> => {
    for (const end = performance.now() + 20_000; performance.now() < end; ) {
      const view = await ask<T>("GET", path);
      if (states.includes(view.state)) return view;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${path} did not come to ${states.join(" or ")}`);
  };
  return { ask, all, until };
}
