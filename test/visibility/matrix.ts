/** Every actor, every document, every path: what is told, beside what should be. */
import { linkMessageDefinition, wordFileDefinition } from "#departments/clinical";
import { expectOk } from "#kernel";
import { freshAccess } from "../access.ts";
import { fhirDoor } from "../doors/fhir.ts";
import { hospitalOperations, type Item, items, messageWrites } from "./hospital.ts";
import { openDesk } from "./message-paths.ts";
import { type Asking, type Path, paths, toldBy } from "./paths.ts";
import { shouldSee, type Watcher, watchers } from "./watchers.ts";

export interface Case {
  readonly watcher: Watcher;
  readonly path: Path;
  readonly item: Item;
}

export function allCases(): readonly Case[] {
  return watchers.flatMap((watcher) =>
    paths
      .filter(({ isBy }) => isBy?.(watcher) ?? true)
      .flatMap((path) =>
        (path.items ?? items).filter((item) => path.isFor?.(item) ?? true).map((item) => ({ watcher, path, item })),
      ),
  );
}

export interface Verdicts {
  readonly cases: number;
  readonly leaks: readonly string[];
  readonly refusals: readonly string[];
}

export async function runMatrix(cases: readonly Case[]): Promise<Verdicts> {
  const { access, record } = await freshAccess({ kinds: [linkMessageDefinition, wordFileDefinition] });
  expectOk(await record.transact({ operations: hospitalOperations() }));
  const written = messageWrites();
  const [operations, blobs] = [written.map(({ operation }) => operation), written.map(({ blob }) => blob)];
  expectOk(await record.transact({ operations, blobs }));
  const desk = openDesk(record);
  const doors = new Map<Watcher, Pick<Asking, "context" | "door">>();
  const replies = new Map<string, string>();
  const [leaks, refusals]: [string[], string[]] = [[], []];
  for (const { watcher, path, item } of cases) {
    const context = access.contextOf(watcher.actor);
    const way = doors.get(watcher) ?? { context, door: fhirDoor(context) };
    doors.set(watcher, way);
    const asked = `${watcher.name}: ${path.name} ${path.words(item)}`;
    const text = replies.get(asked) ?? (await path.ask({ ...way, watcher, item, access, desk }));
    replies.set(asked, text);
    const isTold = text.includes(toldBy(path, item));
    const should = (path.should ?? shouldSee)(watcher, item) && isOnPath(watcher, path, item);
    if (isTold && !should) leaks.push(`${asked} tells of ${item.kind}/${item.id}`);
    if (!isTold && should) refusals.push(`${asked} does not tell of ${item.kind}/${item.id}`);
  }
  desk.close();
  return { cases: cases.length, leaks, refusals };
}

function isOnPath(watcher: Watcher, { isThroughPatient }: Path, { patient, kind }: Item): boolean {
  if (isThroughPatient !== true) return true;
  const itself = items.find((item) => item.kind === "Patient" && item.patient === patient);
  return kind === "Patient" || (itself !== undefined && shouldSee(watcher, itself));
}
