import { careDateOf, holderOfType, tokenKey } from "#record";
import {
  compartmentMembers,
  isResourceType,
  isSingleValued,
  parseReference,
  plainTokenOf,
  rememberByType,
  type SearchParameter,
  sameValuesAs,
  standardSearchParametersOf,
} from "#standards/fhir";
import type { Coded } from "./rule.ts";

/** Under what the record finds what a Consent speaks of, by the kind of document. */

const never: readonly SearchParameter[] = [];

const parametersOf = rememberByType((kind): readonly SearchParameter[] =>
  isResourceType(kind) ? standardSearchParametersOf(kind).filter(({ code }) => isHeldItself(kind, code)) : never,
);

function isHeldItself(kind: string, code: string): boolean {
  const [held, ...others] = sameValuesAs(kind, code);
  return held === code && others.length === 0;
}

/** Kinds of Corridor's own that are about a patient are found by this. */
const ownKinds: readonly [string, readonly string[]][] = [["LinkMessage", ["patient"]]];

const holders = new Map<string, readonly string[]>([
  ...compartmentMembers("Patient").map(({ type, parameters }): [string, readonly string[]] => [type, parameters]),
  ...ownKinds,
]);

/**
 * The keys of a kind's documents that concern one of the patients, `Patient/1`: whose subject they are, or, of a kind without
 * a subject, those in the patient's compartment. Source: FHIR R4 CompartmentDefinition/patient.
 */
export function patientKeys(kind: string, patients: readonly string[]): readonly string[] {
  const codes = patientParameters(kind);
  return patients.flatMap((patient) => codes.map((code) => `${code}=${patient}`));
}

const patientParameters = rememberByType((kind): readonly string[] => {
  const ofSubject = parametersOf(kind).filter(isOfPatients);
  const codes = ofSubject.length > 0 ? ofSubject.map(({ code }) => code) : (holders.get(kind) ?? []);
  return [...new Set(codes.flatMap((code) => heldUnder(kind, code, "Patient")))];
});

/** Whether documents of the kind may be about a patient; what a Binary is about is said by what names it. */
export function isAboutPatients(kind: string): boolean {
  return kind === "Patient" || kind === "Binary" || patientParameters(kind).length > 0;
}

/** The patient whom a key of a document names, where a document of the kind has one patient at most. */
export function onlyPatientOf(kind: string, key: string): string | undefined {
  const [, code = "", patient] = /^([^=]+)=(?:https?:\/\/.+\/)?(Patient\/[A-Za-z0-9\-.]{1,64})$/.exec(key) ?? [];
  return hasOnePatient(kind) && patientParameters(kind).includes(code) ? patient : undefined;
}

const hasOnePatient = rememberByType((kind) => {
  const subjects = parametersOf(kind).filter(isOfPatients);
  return (
    patientParameters(kind).length === 1 && subjects.length > 0 && subjects.every((each) => isSingleValued(kind, each))
  );
});

function isOfPatients({ code, type, targets }: SearchParameter): boolean {
  return type === "reference" && isSubject(code) && (targets.length === 0 || targets.includes("Patient"));
}

function isSubject(code: string): boolean {
  return code === "patient" || code === "subject";
}

function heldUnder(kind: string, code: string, target: string): readonly string[] {
  return sameValuesAs(kind, code).map((held) => holderOfType(kind, held, target));
}

/** The keys that one of the codes has, whatever coded element it stands in. */
export function codeKeys(kind: string, any: readonly Coded[]): readonly string[] {
  return tokenParameters(kind).flatMap(({ code: parameter }) => {
    const plain = plainTokenOf(kind, parameter);
    return any.flatMap(({ system, code }) => {
      if (plain === undefined) return [tokenKey(parameter, system, code)];
      return system === undefined || plain.systems.includes(system) ? [tokenKey(parameter, undefined, code)] : [];
    });
  });
}

/** What says nothing of what a document is about. */
const administrative: readonly string[] = ["_id", "_tag", "_security", "_query", "identifier"];

const tokenParameters = rememberByType((kind) =>
  parametersOf(kind).filter(({ code, type }) => type === "token" && !administrative.includes(code)),
);

/** The keys of a security label. */
export function labelKeys(any: readonly Coded[]): readonly string[] {
  return any.map(({ system, code }) => tokenKey("_security", system, code));
}

/** The parameters that say when care took place. */
export function dateParameters(kind: string): readonly string[] {
  const date = careDateOf(kind);
  return date === undefined ? [] : sameValuesAs(kind, date);
}

/** The keys of a kind's documents that refer to one of these anywhere. */
export function referenceKeys(kind: string, references: readonly string[]): readonly string[] {
  return keysUnder(kind, referenceParameters(kind), references);
}

/** The keys of a kind's documents that one of these wrote or answers for. */
export function authorKeys(kind: string, references: readonly string[]): readonly string[] {
  return keysUnder(
    kind,
    referenceParameters(kind).filter((code) => authors.includes(code)),
    references,
  );
}

const authors: readonly string[] =
  "agent,asserter,attester,author,authenticator,enterer,performer,recorder,requester,sender,source".split(",");

/** Every parameter of a kind that may hold a reference to a document of another. */
export function referenceParametersTo(kind: string, target: string): readonly string[] {
  return [...new Set(referenceParameters(kind).map((code) => holderOfType(kind, code, target)))];
}

const referenceParameters = rememberByType((kind): readonly string[] =>
  parametersOf(kind)
    .filter(({ type }) => type === "reference")
    .map(({ code }) => code),
);

function keysUnder(kind: string, codes: readonly string[], references: readonly string[]): readonly string[] {
  const keys = references.flatMap((reference) => {
    const type = parseReference(reference)?.type;
    return codes.map((code) => `${holderOfType(kind, code, type)}=${reference}`);
  });
  return [...new Set(keys)];
}
