import type { Operation, OperationParameter } from "../operations/operation.ts";

/** An operation whose answer comes later, at an address of its own. */
export type BulkOperation = Omit<Operation, "run">;

const exportParameters: readonly OperationParameter[] = [
  { name: "_outputFormat", type: "string", documentation: "application/fhir+ndjson, which is also what it is without" },
  { name: "_since", type: "instant", documentation: "Only what was changed at that time or later" },
  { name: "_type", type: "string", isRepeated: true, documentation: "Only these types, with commas between them" },
  { name: "_elements", type: "string", isRepeated: true, documentation: "Only these elements, and what R4 requires" },
  {
    name: "_typeFilter",
    type: "string",
    isRepeated: true,
    documentation: "Searches, such as Observation?code=718-7: of their type, only what meets one of them",
  },
  { name: "_deidentify", type: "string", documentation: "The set of rules by which identifiers are taken out" },
  { name: "_project", type: "string", documentation: "The project that pseudonyms are made for; with _deidentify" },
];

const shared = { code: "export", affectsState: false, parameters: exportParameters } as const;
const definitions = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition";

/** Source: Bulk Data Access 2.0, OperationDefinition export, patient-export, group-export. */
export const systemExport: BulkOperation = {
  ...shared,
  title: "Export everything",
  description: "The newest version of every resource, as NDJSON.",
  levels: ["system"],
  definition: `${definitions}/export`,
};

export const patientExport: BulkOperation = {
  ...shared,
  title: "Export what is about patients",
  description: "Every patient and all that is in the compartment of one, as NDJSON.",
  types: ["Patient"],
  levels: ["type"],
  definition: `${definitions}/patient-export`,
};

export const groupExport: BulkOperation = {
  ...shared,
  title: "Export what is about the patients of a group",
  description: "The patients that are members of a group and all that is in their compartments, as NDJSON.",
  types: ["Group"],
  levels: ["instance"],
  definition: `${definitions}/group-export`,
};

export const importOperation: BulkOperation = {
  code: "import",
  title: "Import resources",
  description:
    "NDJSON in the body, or Parameters with an `input` for each file in the imports folder: its `type` and its name as `url`.",
  levels: ["system", "type"],
  affectsState: true,
  parameters: [],
};
