import { fieldName, type Message, type Segment, segmentNamed, segmentsNamed, segmentTitle } from "#standards/hl7v2";
import { earliestYear } from "../dates.ts";
import { wordsOf } from "../dicom/people.ts";
import { type PatientNames, patientKeyOf } from "../patients.ts";
import { identifierKey, type Keyed } from "../project.ts";
import type { RuleSet } from "../rule.ts";
import type { RuleCounts } from "../walking.ts";
import { type FieldWalk, keptRepetition, withoutTrailing } from "./field.ts";
import { type FieldMethod, fieldMethods, removedSegments, typeMethods } from "./field-rules.ts";

export interface MessageNeeds {
  readonly ruleSet: RuleSet;
  readonly keyed: Keyed;
  readonly counts: RuleCounts;
}

/** Whom a message is about, one a PID; merged numbers lead to the same. */
export function patientsOfMessage(message: Message): readonly PatientNames[] {
  return segmentsNamed(message, "PID").flatMap((pid) => {
    const identifiers = identifiersOf(pid, [3, 2, 4]);
    const key = patientKeyOf(identifiers);
    const merged = segmentNamed(message, "MRG");
    const names = [...identifiers, ...(merged === undefined ? [] : identifiersOf(merged, [1]))];
    return key === undefined ? [] : [{ key, names: names.map(identifierKey) }];
  });
}

function identifiersOf(segment: Segment, fields: readonly number[]): readonly string[] {
  return fields
    .flatMap((field) => segment.repetitions(field).map((value) => value.component(1).text))
    .filter((text) => text !== "");
}

/**
 * The text of a message without what identifies people: a field stays only by a rule of its position or data type, Z segments
 * and notes never. It is written in UTF-8, segments ended by CR. Pseudonyms and dates are those of the FHIR and DICOM views.
 */
export function deidentifyMessage(message: Message, needs: MessageNeeds): string {
  const { keyed, counts, ruleSet } = needs;
  const [patient] = patientsOfMessage(message);
  const known = patient?.names.map((name) => keyed.project.patients.get(name)).find((key) => key !== undefined);
  const days = keyed.shiftDays(known ?? patient?.key ?? "");
  const walk = { ruleSet, keyed, counts, days, yearMin: earliestYear(keyed.project.year), people: peopleOf(message) };
  return message.segments
    .flatMap((segment) => {
      if (segmentTitle(segment.name) !== undefined && !removedSegments.has(segment.name))
        return [keptSegment(segment, walk)];
      counts.add(`v2 segment ${segment.name.startsWith("Z") || segment.name === "?" ? "local" : segment.name}`);
      return [];
    })
    .map((text) => `${text}\r`)
    .join("");
}

/** Segments about a person, and the data types of their names and numbers. */
const personalSegments: ReadonlySet<string> = new Set(["PID", "NK1", "GT1", "IN1", "MRG"]);
const personalTypes: ReadonlySet<string> = new Set(["XPN", "CX", "XCN"]);

function peopleOf(message: Message): ReadonlySet<string> {
  const found = new Set<string>();
  for (const segment of message.segments) {
    if (!personalSegments.has(segment.name)) continue;
    for (let number = 1; number <= segment.fieldCount; number += 1) {
      if (!personalTypes.has(fieldUse(segment.name, number).dataType ?? "")) continue;
      for (const value of segment.repetitions(number))
        for (const part of [1, 2, 3]) for (const word of wordsOf(value.component(part).text)) found.add(word);
    }
  }
  return found;
}

function keptSegment(segment: Segment, walk: FieldWalk): string {
  const { field: separator, repetition } = segment.encoding.delimiters;
  const isHeader = segment.name === "MSH";
  const fields: string[] = [];
  for (let number = isHeader ? 2 : 1; number <= segment.fieldCount; number += 1) {
    const use = fieldUse(segment.name, number);
    const kept = segment.repetitions(number).map((value) => {
      const left = keptRepetition(value, { ...use, segment }, walk);
      if (left !== value.raw && value.isValued) walk.counts.add(use.label);
      return left;
    });
    fields.push(withoutTrailing(kept.join(repetition), repetition));
  }
  if (isHeader && segment.fieldText(18) !== "") fields[16] = "UNICODE UTF-8";
  return withoutTrailing([segment.name, ...fields].join(separator), separator);
}

interface Use {
  readonly position: string;
  readonly label: string;
  readonly dataType: string | undefined;
  readonly method: FieldMethod | undefined;
}

/** Of the fields that the standard has, and of no others. */
const uses = new Map<string, readonly (Use | undefined)[]>();
const fieldsMax = 100;

function fieldUse(segment: string, number: number): Use {
  let known = uses.get(segment);
  if (known === undefined) {
    known = Array.from({ length: fieldsMax }, (_, index) => madeUse(segment, index));
    uses.set(segment, known);
  }
  return known[number] ?? madeUse(segment, number);
}

function madeUse(segment: string, number: number): Use {
  const position = `${segment}-${number}`;
  const dataType = fieldName(segment, number)?.dataType;
  const method = fieldMethods[position] ?? (dataType === undefined ? undefined : typeMethods[dataType]);
  return { position, label: `v2 ${position}`, dataType, method };
}
