/**
 * The R4 search parameters that no index entry comes of, by the last part of their url, each under its reason. A test holds
 * this list against the compiler: what compiles may not be here, and what does not must be.
 */
export const unindexedParameters: Readonly<Record<string, readonly string[]>> = {
  "A composite joins entries of one item; the sink has no word for that yet.": [
    "DocumentReference-relationship",
    "Group-characteristic-value",
    "MolecularSequence-chromosome-variant-coordinate",
    "MolecularSequence-chromosome-window-coordinate",
    "MolecularSequence-referenceseqid-variant-coordinate",
    "MolecularSequence-referenceseqid-window-coordinate",
    "Observation-code-value-concept",
    "Observation-code-value-date",
    "Observation-code-value-quantity",
    "Observation-code-value-string",
    "Observation-combo-code-value-concept",
    "Observation-combo-code-value-quantity",
    "Observation-component-code-value-concept",
    "Observation-component-code-value-quantity",
    ...contextComposites(),
  ],
  "It searches the whole text of a resource or its narrative, which needs a text index.": [
    "DomainResource-text",
    "Resource-content",
  ],
  "It is a language of its own, not a value of the resource.": ["Resource-query", "filter"],
  "Distance on a globe needs an index of positions.": ["Location-near"],
  "The definition has no expression.": [
    "patient-extensions-Patient-age",
    "patient-extensions-Patient-birthOrderBoolean",
  ],
};

/** Both composites over `useContext`, of every type that has it. */
function contextComposites(): readonly string[] {
  const owners = [
    "ActivityDefinition",
    "ChargeItemDefinition",
    "EffectEvidenceSynthesis",
    "EventDefinition",
    "Evidence",
    "EvidenceVariable",
    "ExampleScenario",
    "Library",
    "Measure",
    "PlanDefinition",
    "Questionnaire",
    "ResearchDefinition",
    "ResearchElementDefinition",
    "RiskEvidenceSynthesis",
    "TestScript",
    "conformance",
  ];
  return owners.flatMap((owner) => [`${owner}-context-type-quantity`, `${owner}-context-type-value`]);
}
