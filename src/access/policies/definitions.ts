import { everyone, machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...everyone, ...machines];
const keepers: readonly Grantee[] = ["systems-developer", "system-administrator"];

export const definitions: Policy = {
  name: "definitions",
  title: "Definitions, terminology and knowledge",
  layer: "fhir",
  kinds: [
    "ActivityDefinition",
    "CapabilityStatement",
    "ChargeItemDefinition",
    "CodeSystem",
    "CompartmentDefinition",
    "EffectEvidenceSynthesis",
    "EventDefinition",
    "Evidence",
    "EvidenceVariable",
    "ExampleScenario",
    "GraphDefinition",
    "ImplementationGuide",
    "Library",
    "Measure",
    "MessageDefinition",
    "NamingSystem",
    "ObservationDefinition",
    "OperationDefinition",
    "PlanDefinition",
    "Questionnaire",
    "ResearchDefinition",
    "ResearchElementDefinition",
    "RiskEvidenceSynthesis",
    "SearchParameter",
    "SpecimenDefinition",
    "StructureDefinition",
    "StructureMap",
    "TerminologyCapabilities",
    "TestReport",
    "TestScript",
    "ValueSet",
  ],
  allow: granted({ readers, writers: keepers, deleters: keepers }),
};
