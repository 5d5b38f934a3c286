import { isRecord } from "../fhir/outcome.ts";
import { membersOf } from "../values/members.ts";

/** What changed at one place between two versions. */
export interface Difference {
  readonly is: "added" | "removed" | "changed";
  /** `name[0].family`. */
  readonly path: string;
  /** The R4 type of the values; empty where it is not known. */
  readonly type: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Every version has others of these. */
const ofVersions: ReadonlySet<string> = new Set(["meta.versionId", "meta.lastUpdated"]);

/** Lists longer than this are compared place by place. */
const alignedMax = 300;

/** The differences between two versions of a resource, element by element in R4's order. */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const type = [after, before].filter(isRecord).map(({ resourceType }) => String(resourceType))[0] ?? "";
  return compare({ path: "", type }, before, after).filter(({ path }) => !ofVersions.has(path));
}

type Place = Pick<Difference, "path" | "type">;

function compare(place: Place, before: unknown, after: unknown): readonly Difference[] {
  if (same(before, after)) return [];
  if (before === undefined) return [{ ...place, is: "added", after }];
  if (after === undefined) return [{ ...place, is: "removed", before }];
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(place, before, after);
  if (isRecord(before) && isRecord(after)) return compareObjects(place, before, after);
  return [{ ...place, is: "changed", before, after }];
}

type Obj = Readonly<Record<string, unknown>>;

function compareObjects({ path, type }: Place, before: Obj, after: Obj): readonly Difference[] {
  const shape = type === "Resource" ? String(after.resourceType) : type;
  const types = new Map<string, string>();
  for (const { key, type: found } of membersOf(shape, { ...before, ...after })) types.set(key, found ?? "");
  const keys = new Set([...types.keys(), ...Object.keys(before), ...Object.keys(after)]);
  return [...keys]
    .filter((key) => key !== "resourceType")
    .flatMap((key) => {
      const place = { path: path === "" ? key : `${path}.${key}`, type: types.get(key) ?? "" };
      return compare(place, before[key], after[key]);
    });
}

/** What is equal stays together; between, the items are compared in their order. */
function compareLists(
  { path, type }: Place,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly Difference[] {
  const found: Difference[] = [];
  let [from, to] = [0, 0];
  for (const [nextFrom, nextTo] of [...alignment(before, after), [before.length, after.length] as const]) {
    while (from < nextFrom || to < nextTo) {
      const index = to < nextTo ? to : from;
      const [old, fresh] = [from < nextFrom ? before[from] : undefined, to < nextTo ? after[to] : undefined];
      found.push(...compare({ path: `${path}[${index}]`, type }, old, fresh));
      if (from < nextFrom) from += 1;
      if (to < nextTo) to += 1;
    }
    from = nextFrom + 1;
    to = nextTo + 1;
  }
  return found;
}

/** Places of equal items, as many as there can be in order: the longest common subsequence. */
function alignment(before: readonly unknown[], after: readonly unknown[]): readonly (readonly [number, number])[] {
  if (before.length > alignedMax || after.length > alignedMax) return [];
  const [olds, news] = [before.map(fingerprint), after.map(fingerprint)];
  const lengths = olds.map(() => new Array<number>(news.length + 1).fill(0));
  lengths.push(new Array<number>(news.length + 1).fill(0));
  const at = (from: number, to: number) => lengths[from]?.[to] ?? 0;
  for (let from = olds.length - 1; from >= 0; from -= 1) {
    const row = lengths[from] ?? [];
    for (let to = news.length - 1; to >= 0; to -= 1)
      row[to] = olds[from] === news[to] ? at(from + 1, to + 1) + 1 : Math.max(at(from + 1, to), at(from, to + 1));
  }
  const pairs: [number, number][] = [];
  for (let [from, to] = [0, 0]; from < olds.length && to < news.length; ) {
    if (olds[from] === news[to]) pairs.push([from++, to++]);
    else if (at(from + 1, to) >= at(from, to + 1)) from += 1;
    else to += 1;
  }
  return pairs;
}

function same(a: unknown, b: unknown): boolean {
  return a === b || fingerprint(a) === fingerprint(b);
}

/** The same text for the same value: the order of members says nothing. */
function fingerprint(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
