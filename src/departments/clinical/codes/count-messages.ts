import type { Context } from "#access";
import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, type Operation, parseBody, type Version } from "#record";
import { senderName } from "../gates/waiting-orders.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";
import { type CodeCoverage, codeCoverageKind, codeCursorKind, type UnknownCode } from "./unknown-code.ts";
import { unknownCodeId, unknownCodeKind } from "./unknown-code-id.ts";

const cursorId = "messages";
const examplesMax = 5;
const unitsMax = 5;

interface CountNeeds {
  readonly context: Pick<Context, "record">;
  readonly look: Pick<HealthRecord, "history" | "readMany">;
}

/**
 * Counts what has come in since the last time: unknown codes, and how many results were coded, by sender and day. The place
 * it has got to is written in the same commit, so it may stop anywhere and counts nothing twice. Returns how many messages it
 * has looked at; 0 when there are no more. Problems: those of the record.
 */
export async function countMessages({ look, context: { record } }: CountNeeds): Promise<Result<number>> {
  const cursor = await look.readMany([{ kind: codeCursorKind, id: cursorId }]);
  if (!cursor.ok) return cursor;
  const [known] = cursor.value;
  const after = known === undefined ? 0 : parseBody<{ position: number }>(known).position;
  const page = await look.history({
    kind: linkMessageKind,
    isOldestFirst: true,
    after,
    limit: limits.codeMessagesCountedMax,
  });
  if (!page.ok) return page;
  const { versions } = page.value;
  const last = versions.at(-1);
  if (last === undefined) return ok(0);
  const counted = added(versions.filter(({ action }) => action !== "delete"));
  const before = await record.readMany([...counted.keys()].map(keyOf));
  if (!before.ok) return before;
  const documents = new Map(before.value.map((version) => [`${version.kind}/${version.id}`, version]));
  const operations: Operation[] = [...counted].map(([key, add]) => writeOf(key, add(documents.get(key)), documents));
  const body = { position: last.position };
  operations.push({
    action: "update",
    kind: codeCursorKind,
    id: cursorId,
    body,
    ifMatch: known?.version ?? 0,
  });
  const written = await record.transact({ operations });
  return written.ok ? ok(versions.length) : written;
}

type Add = (before: Version | undefined) => UnknownCode | CodeCoverage;

function keyOf(key: string) {
  const [kind = "", id = ""] = key.split("/");
  return { kind, id };
}

function writeOf(key: string, body: UnknownCode | CodeCoverage, documents: ReadonlyMap<string, Version>): Operation {
  return { action: "update", ...keyOf(key), body, ifMatch: documents.get(key)?.version ?? 0 };
}

/** What each document becomes, given what it is. A message counts once: when it is first decided on. */
function added(versions: readonly Version[]): ReadonlyMap<string, Add> {
  const sums = new Map<string, Add>();
  const add = (key: string, next: (before: never) => UnknownCode | CodeCoverage) => {
    const sofar = sums.get(key);
    sums.set(key, (version) => {
      const before = sofar === undefined ? version && parseBody(version) : sofar(version);
      return next(before as never);
    });
  };
  for (const version of versions) {
    if (version.version > 2 || version.body === "") continue;
    const message = parseBody<LinkMessage>(version);
    if (version.version !== (message.mappedAt === undefined ? 1 : 2)) continue;
    const { codes, sender } = message;
    if (codes === undefined) continue;
    const day = message.arrivedAt.slice(0, 10);
    const name = senderName(sender);
    const coverage = { sender: name, day, results: codes.results, coded: codes.coded };
    add(`${codeCoverageKind}/${deterministicId(codeCoverageKind, name, day)}`, (before) => covered(coverage, before));
    for (const unknown of codes.unknown) {
      const found: Found = { ...unknown, sender: name, arrivedAt: message.arrivedAt, message: version.id };
      add(`${unknownCodeKind}/${unknownCodeId(sender, unknown)}`, (before) => seen(found, before));
    }
  }
  return sums;
}

function covered(more: CodeCoverage, before: CodeCoverage | undefined): CodeCoverage {
  const { results = 0, coded = 0 } = before ?? {};
  return { ...more, results: results + more.results, coded: coded + more.coded };
}

interface Found extends NonNullableUnknown {
  readonly sender: string;
  readonly arrivedAt: string;
  /** Id of the message. */
  readonly message: string;
}

type NonNullableUnknown = NonNullable<LinkMessage["codes"]>["unknown"][number];

/** One that comes after its map was approved was mapped with the map before: what was recorded of it is to be coded. */
function seen(found: Found, before: UnknownCode | undefined): UnknownCode {
  const { sender, field, system, code, text, unit, count, arrivedAt, message } = found;
  const known = before?.units ?? [];
  const units = unit === undefined || known.includes(unit) ? known : [...known, unit].slice(0, unitsMax);
  return present<UnknownCode>({
    ...before,
    sender,
    field,
    system,
    code,
    text: before?.text ?? text,
    units,
    state: before?.state === "mapped" ? "approved" : (before?.state ?? "open"),
    count: (before?.count ?? 0) + count,
    firstSeenAt: before?.firstSeenAt ?? arrivedAt,
    lastSeenAt: arrivedAt,
    examples: [...(before?.examples ?? []), message].slice(0, examplesMax),
  });
}
