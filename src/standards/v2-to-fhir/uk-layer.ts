import { nhsNumberSystem } from "#standards/fhir";
import type { LayerRow, MappingLayer } from "./layers.ts";

const verification = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus";

const isNhsAuthority = 'IN ("NHS", "NH", "NHSNBR", "NHSNMBR")';

/** What British hospitals send otherwise than the guide has it. Source: HL7 v2 in the UK A.3; UK Core. */
export const ukLayer: MappingLayer = {
  name: "uk",
  rows: [
    { off: "PID[Patient]#27", because: "PID-19 is no number of another country's insurance" },
    { off: "PID[Patient]#28", because: "PID-19 is no number of another country's insurance" },
    { off: "PID[Patient]#29", because: "PID-19 is no American social security number" },
    ...["PID-2", "PID-19"].flatMap((from): LayerRow[] => {
      const slot = from === "PID-2" ? "identifier[1]" : "identifier[4]";
      return [
        {
          add: "PID[Patient]",
          row: { from, to: `${slot}.system`, assign: `@nhs-number-system(${from})` },
          because: "hospitals put the NHS number here, without an authority",
        },
        {
          add: "PID[Patient]",
          row: { from, to: `${slot}.value`, assign: `@nhs-number(${from})` },
          because: "the NHS number is ten digits without blanks",
        },
      ];
    }),
    {
      add: "CX[Identifier]",
      row: {
        from: "CX.1",
        to: "value",
        assign: "@nhs-number(CX.1)",
        when: `CX.4.1 ${isNhsAuthority} OR CX.5 EQUALS "NH"`,
      },
      because: "the NHS number is ten digits without blanks",
    },
    {
      add: "CX[Identifier]",
      row: { from: "CX.4", type: "HD", to: "system", assign: `"${nhsNumberSystem}"`, when: `CX.4.1 ${isNhsAuthority}` },
      because: "the NHS number has one system, whatever the authority is called",
    },
    {
      add: "CX[Identifier]",
      row: { from: "CX.5", to: "system", assign: `"${nhsNumberSystem}"`, when: 'CX.5 EQUALS "NH"' },
      because: "the NHS number is known by its type as well",
    },
    {
      add: "EI[Identifier-Extension]",
      row: { from: "EI.2", to: "assigner.display" },
      because: "numbers of orders have an authority too",
    },
    {
      add: "PID[Patient]",
      row: { from: "PID-32", to: "extension[nsts].url", assign: `"${verification}"`, when: "PID-32 VALUED" },
      because: "NSTS says how well the NHS number was traced",
    },
    {
      add: "PID[Patient]",
      row: { from: "PID-32", type: "IS", to: "extension[nsts].valueCodeableConcept", using: "IS[CodeableConcept]" },
      because: "NSTS says how well the NHS number was traced",
    },
    {
      add: "XTN[ContactPoint]",
      row: { from: "XTN.1", to: "system", assign: '"phone"', when: "XTN.3 NOT VALUED" },
      because: "a number without equipment is a telephone",
    },
  ],
};
