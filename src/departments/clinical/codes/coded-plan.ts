import { limits } from "#kernel";
import type { CodeableConcept, Observation, Quantity } from "#standards/fhir";
import { localCodesOf } from "../messages/coding-systems.ts";
import type { CodedResults } from "../messages/link-message.ts";
import type { Plan, Planned } from "../messages/plan.ts";
import type { CodeMap } from "./code-map.ts";
import { CodeTally } from "./code-tally.ts";
import { codedConcept, unknownConcept } from "./coded-concept.ts";
import { type Units, withUnit } from "./coded-quantity.ts";

export interface CodedPlan {
  readonly plan: Plan;
  /** Absent where there is no result in it. */
  readonly codes: CodedResults | undefined;
}

export interface CodesOf {
  /** `PATHLAB|MEADOWLAB`. */
  readonly sender: string;
  readonly map: CodeMap | undefined;
}

/**
 * The plan with what the sender's map says its codes and units mean, beside what was sent, and what nobody knows. Pure. A code
 * is known when it is of a system that is not one sender's own, or its map has it; a unit when it is in UCUM.
 */
export function codedPlan(plan: Plan, { sender, map }: CodesOf): CodedPlan {
  const tally = new CodeTally(limits.unknownCodesOfMessageMax);
  const context: Context = { map, tally, units: { system: unitsOf(sender), map }, local: localCodesOf(sender) };
  const coded = plan.map((planned) => codedResource(planned, context));
  return { plan: coded, codes: tally.results === 0 ? undefined : tally.summary() };
}

/** The system of a sender's units: `urn:corridor:units:…`. */
export function unitsOf(sender: string): string {
  return localCodesOf(sender)
    .replace("urn:corridor:codes:", "urn:corridor:units:")
    .replace(/:local$/, "");
}

interface Context {
  readonly map: CodeMap | undefined;
  readonly tally: CodeTally;
  readonly units: Units;
  /** The system of words without a code. */
  readonly local: string;
}

function codedResource(planned: Planned, context: Context): Planned {
  const { resource, where } = planned;
  switch (resource.resourceType) {
    case "Observation":
      return changed(planned, resource, codedObservation(resource, where, context));
    case "DiagnosticReport":
    case "ServiceRequest": {
      const { code } = resource;
      if (code === undefined) return planned;
      const coded = codedConcept(code, context.map);
      if (resource.resourceType === "DiagnosticReport") noteConcept(coded, { field: "OBR-4", where }, context);
      return coded === code ? planned : changed(planned, resource, { ...resource, code: coded });
    }
    default:
      return planned;
  }
}

function changed<T>(planned: Planned, before: T, after: T): Planned {
  return before === after ? planned : ({ ...planned, resource: after } as unknown as Planned);
}

function codedObservation(observation: Observation, where: string, context: Context): Observation {
  const { map, tally, units } = context;
  const code = codedConcept(observation.code, map);
  const value = observation.valueCodeableConcept && codedConcept(observation.valueCodeableConcept, map);
  const measured = withUnits(observation, units);
  const unit = unitsIn(measured).find((quantity) => quantity?.unit !== undefined);
  const isCodeKnown = noteConcept(code, { field: "OBX-3", where, unit: unit?.unit }, context);
  if (value !== undefined) noteConcept(value, { field: "OBX-5", where }, context);
  const isUnitKnown = unit?.unit === undefined || unit.code !== undefined;
  if (unit?.unit !== undefined && !isUnitKnown && map?.codeFor(units.system, unit.unit) === undefined) {
    tally.note({ field: "OBX-6", system: units.system, code: unit.unit, where, text: textOf(code) });
  }
  tally.count(isCodeKnown && isUnitKnown);
  if (code === observation.code && value === observation.valueCodeableConcept && measured === observation) {
    return observation;
  }
  return { ...measured, code, ...(value === undefined ? {} : { valueCodeableConcept: value }) };
}

interface Noted {
  readonly field: "OBR-4" | "OBX-3" | "OBX-5";
  readonly where: string;
  readonly unit?: string | undefined;
}

/** Whether others understand it; what nobody has decided on is noted. */
function noteConcept(concept: CodeableConcept, { field, where, unit }: Noted, { map, tally, local }: Context): boolean {
  const unknown = unknownConcept(concept, local);
  if (unknown === undefined) return true;
  if (map?.codeFor(unknown.system, unknown.code) === undefined) tally.note({ ...unknown, field, where, unit });
  return false;
}

function textOf({ text, coding }: CodeableConcept): string | undefined {
  return text ?? coding?.find(({ display }) => display !== undefined)?.display;
}

function unitsIn({ valueQuantity, valueRange, valueRatio, component }: Observation): readonly (Quantity | undefined)[] {
  const first = component?.[0];
  return [valueQuantity, valueRange?.low, valueRange?.high, valueRatio?.numerator, first?.valueQuantity];
}

function withUnits(observation: Observation, units: Units): Observation {
  if (units.map === undefined) return observation;
  const quantity = unitsIn(observation).find((each) => each?.unit !== undefined);
  return quantity === undefined || quantity.code !== undefined ? observation : withUnit(observation, units);
}
