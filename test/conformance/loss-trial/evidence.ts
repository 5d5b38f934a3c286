import { seal, verifyLog } from "#audit";
import { expectOk, silentLog } from "#kernel";
import { openPostgres, type PostgresStore, startEmbeddedPostgres } from "#storage/postgres";
import { readerName } from "./reader.ts";

/** What a data folder holds after the trial, read from the database itself. */
export interface Evidence {
  /** Control ids of messages that the record says it mapped. */
  readonly mapped: ReadonlySet<string>;
  /** Documents a message makes once, which have more than one version. */
  readonly doubled: readonly string[];
  /** Of each kind, how many documents there are. */
  readonly counts: ReadonlyMap<string, number>;
  /** Of messages to destinations: all there are, and those that are delivered. */
  readonly deliveries: { readonly all: number; readonly delivered: number };
  readonly feedGaps: number;
  /** How often the log says that readers asked, by the name of what they asked for. */
  readonly witnessed: ReadonlyMap<string, number>;
  readonly auditBroken: boolean;
}

const writtenOnce = ["Observation", "DiagnosticReport", "ServiceRequest", "Specimen", "Patient", "Provenance"];

/** Opens the folder of a program that has ended. */
export async function evidenceOf(dataFolder: string): Promise<Evidence> {
  const server = expectOk(await startEmbeddedPostgres({ dataFolder, log: silentLog }));
  try {
    const store = expectOk(await openPostgres({ target: server.connection, kinds: [], seal }));
    const evidence = await readEvidence(store);
    await store.close();
    return evidence;
  } finally {
    await server.stop();
  }
}

async function readEvidence({ database, audit }: PostgresStore): Promise<Evidence> {
  const mapped = await database<{ id: string }[]>`
    select v.body::json->>'controlId' as id from document d join version v using (position)
    join kind k on k.id = d.kind where k.name = 'LinkMessage' and v.body::json->>'state' = 'mapped'`;
  const doubled = await database<{ what: string }[]>`
    select k.name || '/' || d.id || ' has ' || d.version || ' versions' as what from document d
    join kind k on k.id = d.kind where k.name = any(${writtenOnce}::text[]) and d.version > 1`;
  const counts = await database<{ name: string; count: number }[]>`
    select k.name, count(*) from document d join kind k on k.id = d.kind group by k.name`;
  const [deliveries] = await database<{ all: number; delivered: number }[]>`
    select count(*)::int as all, count(*) filter (where v.body::json->>'state' = 'delivered')::int as delivered
    from document d join version v using (position) join kind k on k.id = d.kind where k.name = 'Delivery'`;
  const [feed] = await database<{ gaps: number }[]>`
    select max(position) - count(*) as gaps from version`;
  const reads = await database<{ body: string }[]>`
    select body from audit_event where body like '%loss-reader-%' order by sequence`;
  const chain = await verifyLog(audit);
  return {
    mapped: new Set(mapped.map(({ id }) => id)),
    doubled: doubled.map(({ what }) => what),
    counts: new Map(counts.map(({ name, count }) => [name, count])),
    deliveries: deliveries ?? { all: 0, delivered: 0 },
    feedGaps: feed?.gaps ?? 0,
    witnessed: witnessedBy(reads.map(({ body }) => body)),
    auditBroken: chain.problems.length > 0,
  };
}

/** Entries of reads and searches; that the readers' patients were written is none. */
function witnessedBy(bodies: readonly string[]): ReadonlyMap<string, number> {
  const witnessed = new Map<string, number>();
  for (const body of bodies) {
    const { act } = JSON.parse(body) as { readonly act: string };
    const name = readerName.exec(body)?.[0];
    if (name === undefined || (act !== "read" && act !== "search")) continue;
    witnessed.set(name, (witnessed.get(name) ?? 0) + 1);
  }
  return witnessed;
}
