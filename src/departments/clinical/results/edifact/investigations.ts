import { incorrect, type Problem } from "#kernel";
import type { GroupReader } from "./group-reader.ts";

/** What was asked for as one, with its results: an OBR and its OBX in the words of HL7. */
export interface Investigation {
  readonly head: GroupReader;
  /** The results that name it as theirs (RFF+ARL); itself too, where it has one or heads none. */
  readonly members: readonly GroupReader[];
}

export interface Investigations {
  readonly investigations: readonly Investigation[];
  /** `result-group-missing`: a result of an investigation that is not there; it then stands alone. */
  readonly problems: readonly Problem[];
}

/** Puts results to the investigations they belong to, in the order sent. `hasResult` tells who has one of their own. */
export function investigationsOf(
  groups: readonly GroupReader[],
  hasResult: (group: GroupReader) => boolean,
): Investigations {
  const bySequence = new Map<string, GroupReader>();
  for (const group of groups) {
    const sequence = sequenceOf(group);
    if (sequence !== undefined) bySequence.set(sequence, group);
  }
  const headOf = (group: GroupReader) =>
    sequenceOf(group) === undefined ? bySequence.get(namedBy(group) ?? "") : undefined;
  const heads = groups.filter((group) => headOf(group) === undefined);
  const investigations = heads.map((head): Investigation => {
    const own = groups.filter((group) => headOf(group) === head);
    return { head, members: hasResult(head) || own.length === 0 ? [head, ...own] : own };
  });
  return { investigations, problems: heads.flatMap(orphaned) };
}

function sequenceOf(group: GroupReader): string | undefined {
  return group.first("SEQ")?.peek(2);
}

function namedBy(group: GroupReader): string | undefined {
  return group.first("RFF", "ARL")?.peek(1, 2);
}

function orphaned(head: GroupReader): readonly Problem[] {
  const arl = head.first("RFF", "ARL");
  if (arl === undefined || sequenceOf(head) !== undefined) return [];
  const message = "The result names an investigation that is not in the message.";
  return [incorrect("result-group-missing", message, { where: `${arl.where}-1.2` })];
}
