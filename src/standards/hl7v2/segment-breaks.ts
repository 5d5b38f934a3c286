import { incorrect, type Problem } from "#kernel";
import type { Message } from "./message.ts";
import { addProblem } from "./problem-list.ts";
import { notASegment } from "./segment.ts";

/**
 * Segments that a sender has put behind the one before without a line end: `…|Walmart^LORC|NW|…`. Left alone, the
 * order would be lost without a word. `segment-break-missing` names the field where the break should be; it is a
 * suspicion, for a person to judge, and nothing is changed.
 */
export function missingSegmentBreaks({ segments, encoding }: Message): Problem[] {
  const problems: Problem[] = [];
  for (const segment of segments) {
    if (segment.name === notASegment || !gluedName.test(segment.raw)) continue;
    for (let field = 1; field < segment.fieldCount; field += 1) {
      const name = gluedAtEnd(segment.fieldText(field), segment.fieldText(field + 1), encoding.delimiters.component);
      if (name === undefined) continue;
      const message = `The line end before ${name} seems to be missing.`;
      addProblem(problems, incorrect("segment-break-missing", message, { where: `${segment.where}-${field}` }));
    }
  }
  return problems;
}

/** A quick look that lets nearly every segment pass. */
const gluedName = /(?:ORC|OBR|OBX|SPM|NTE|PV1|TQ1|DG1|AL1)[^A-Za-z0-9 ]/;

/** What the field after the name must look like: order control for ORC (table 0119), a set id for the others. */
const firstFields: Readonly<Record<string, RegExp>> = {
  ORC: /^[A-Z]{2}$/,
  OBR: /^\d{1,4}$/,
  OBX: /^\d{1,4}$/,
  SPM: /^\d{1,4}$/,
  NTE: /^\d{1,4}$/,
  PV1: /^\d{1,4}$/,
  TQ1: /^\d{1,4}$/,
  DG1: /^\d{1,4}$/,
  AL1: /^\d{1,4}$/,
};

/** A field that is the name and nothing else is a value, or an empty last field: both are possible, so it counts. */
function gluedAtEnd(text: string, next: string, componentSeparator: string): string | undefined {
  const name = text.slice(-3);
  const isComponent = componentSeparator !== "" && text.at(-4) === componentSeparator;
  return !isComponent && firstFields[name]?.test(next) ? name : undefined;
}
