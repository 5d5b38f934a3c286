import { expectOk } from "#kernel";
import type { Resource } from "#standards/fhir";
import { compileFhirPath } from "#standards/fhirpath";

/** As profiles, subscriptions and reports ask: a filter, a choice type, a condition, a text put together. */
const ofType: Readonly<Record<string, readonly string[]>> = {
  Patient: [
    "Patient.name.where(use = 'official').given.first()",
    "Patient.identifier.where(type.coding.code = 'MR').value",
    "Patient.extension.where(url.endsWith('birthsex')).value",
    "Patient.birthDate < @1980-01-01 and Patient.deceased.exists().not()",
  ],
  Observation: [
    "Observation.value.ofType(Quantity).value > 100",
    "Observation.code.coding.exists(system = 'http://loinc.org' and code = '8302-2')",
    "Observation.component.where(code.coding.code = '8480-6').value.value",
    "Observation.effective.ofType(dateTime) > @2015-01-01",
  ],
};

const ofAll: readonly string[] = [
  "code.coding.where(system = 'http://snomed.info/sct').code",
  "subject.reference.startsWith('urn:uuid:')",
  "status = 'active' or status = 'completed' or status = 'finished'",
  "meta.tag.exists(code = 'synthea-5-2019')",
];

/** Evaluates the expressions of a resource's type. A failure is a fault of the benchmark. */
export function pathEvaluation(): (resource: Resource) => void {
  const compiled = new Map(Object.entries(ofType).map(([type, paths]) => [type, paths.map(compile)]));
  const general = ofAll.map(compile);
  return (resource) => {
    for (const path of compiled.get(resource.resourceType) ?? general) expectOk(path.evaluate(resource));
  };
}

function compile(text: string) {
  return expectOk(compileFhirPath(text));
}
