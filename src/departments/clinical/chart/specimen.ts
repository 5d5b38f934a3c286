import type { Specimen } from "#standards/fhir";
import type { SpecimenView } from "../api.ts";
import { present } from "../messages/present.ts";
import { codedText } from "./coded-text.ts";

export function specimenView(specimen: Specimen): SpecimenView {
  const { collection } = specimen;
  return present<SpecimenView>({
    id: specimen.id,
    type: codedText(specimen.type)?.text ?? "Specimen",
    bodySite: codedText(collection?.bodySite)?.text,
    collected: collection?.collectedDateTime ?? collection?.collectedPeriod?.start,
    received: specimen.receivedTime,
    accessionNumber: specimen.accessionIdentifier?.value ?? specimen.identifier?.[0]?.value,
    notes: (specimen.note ?? []).map((note) => note.text),
  });
}
