import { incorrect, type Problem } from "#kernel";
import { type EdifactSegment, valueAt } from "./segment.ts";

/** A segment group of a message, as its guide has it. */
export interface GroupRule {
  readonly name: string;
  /** The tag of the segment that opens it. */
  readonly trigger: string;
  /** Whether one at least must be there, and how many may. */
  readonly required?: boolean;
  readonly max?: number;
  readonly segments: readonly SegmentRule[];
  readonly groups: readonly GroupRule[];
}

export interface SegmentRule {
  readonly tag: string;
  readonly required?: boolean;
  /** Only with one of these in its first element: `RFF+SRI`. */
  readonly qualifiers?: readonly string[];
}

/** A group as sent: its own segments, the trigger first, and the groups within it. */
export interface SegmentGroup {
  readonly name: string;
  readonly segments: readonly EdifactSegment[];
  readonly groups: readonly SegmentGroup[];
}

export interface Structured {
  readonly root: SegmentGroup;
  /** `segment-unexpected` (it is then in no group), `segment-missing`, `group-missing`, `group-repeated`. */
  readonly problems: readonly Problem[];
}

interface OpenGroup extends SegmentGroup {
  readonly rule: GroupRule;
  readonly segments: EdifactSegment[];
  readonly groups: OpenGroup[];
}

/** Puts segments into the groups they belong to: the innermost open one that knows them, in whatever order they come. */
export function structure(segments: readonly EdifactSegment[], rule: GroupRule): Structured {
  const root = opened(rule);
  const problems: Problem[] = [];
  let open: readonly OpenGroup[] = [root];
  for (const segment of segments) {
    const path = placed(segment, open);
    if (path === undefined) {
      const message = "No group of the message has a segment like this here.";
      problems.push(incorrect("segment-unexpected", message, { where: segment.where }));
    } else {
      open = path;
    }
  }
  return { root, problems: [...problems, ...missing(root)] };
}

function opened(rule: GroupRule): OpenGroup {
  return { name: rule.name, rule, segments: [], groups: [] };
}

/** The groups open after this segment, the outermost first; undefined where none takes it. */
function placed(segment: EdifactSegment, open: readonly OpenGroup[]): readonly OpenGroup[] | undefined {
  for (let depth = open.length; depth > 0; depth -= 1) {
    const group = open[depth - 1];
    if (group === undefined) continue;
    const path = open.slice(0, depth);
    const inner = group.rule.groups.find(({ trigger }) => trigger === segment.tag);
    if (inner !== undefined) {
      const started = opened(inner);
      started.segments.push(segment);
      group.groups.push(started);
      return [...path, started];
    }
    if (group.rule.segments.some((each) => fits(segment, each))) {
      group.segments.push(segment);
      return path;
    }
  }
  return undefined;
}

function fits(segment: EdifactSegment, { tag, qualifiers }: SegmentRule): boolean {
  return segment.tag === tag && (qualifiers === undefined || qualifiers.includes(valueAt(segment, 1) ?? ""));
}

function missing(group: OpenGroup): readonly Problem[] {
  const where = group.segments[0]?.where ?? group.name;
  const segments = group.rule.segments
    .filter((each) => each.required === true && !group.segments.some((segment) => fits(segment, each)))
    .map(({ tag, qualifiers: [only] = [] }) => {
      const name = only === undefined ? tag : `${tag}+${only}`;
      return incorrect("segment-missing", `${name} is required in group ${group.name}.`, { where });
    });
  const groups = group.rule.groups.flatMap((rule) => countProblem(rule, { group, where }));
  return [...segments, ...groups, ...group.groups.flatMap(missing)];
}

function countProblem(
  rule: GroupRule,
  { group, where }: { readonly group: OpenGroup; readonly where: string },
): readonly Problem[] {
  const count = group.groups.filter(({ name }) => name === rule.name).length;
  if (count === 0 && rule.required === true) {
    return [incorrect("group-missing", `Group ${rule.name} is required in group ${group.name}.`, { where })];
  }
  if (count <= (rule.max ?? Number.POSITIVE_INFINITY)) return [];
  const message = `Group ${rule.name} may occur ${rule.max} times in group ${group.name}.`;
  return [incorrect("group-repeated", message, { where })];
}
