import { authorityParts } from "./authority.ts";
import type { MessageWriter } from "./message-writer.ts";
import { timestampText } from "./primitive-text.ts";
import { type FhirResource, listIn, objectIn } from "./resource-set.ts";
import { hasField, type SegmentDraft, setText } from "./segment-draft.ts";

/** ORC-2: the number that says it is the placer's, else one that is not the filler's, else the record's own id. */
export function setNumbers(orc: SegmentDraft, order: FhirResource, writer: MessageWriter): void {
  if (hasField(orc, 2)) return;
  const numbers = listIn(order.identifier).map((each) => objectIn(each) ?? {});
  const plain = numbers.find((each) => !typeCodes(each).includes("FILL") && typeof each.value === "string");
  const { value = order.id, system } = plain ?? {};
  if (typeof value !== "string") return;
  setText(orc, { field: 2 }, value);
  const own = plain === undefined ? ["CORRIDOR"] : [];
  const parts = typeof system === "string" ? authorityParts(system, writer.options.names) : own;
  for (const [at, part] of parts.entries()) setText(orc, { field: 2, component: at + 2 }, part);
}

function typeCodes(identifier: { readonly type?: unknown }): readonly unknown[] {
  const type = objectIn(identifier.type as never);
  return listIn(type?.coding).map((each) => objectIn(each)?.code);
}

export function copyField(from: SegmentDraft, field: number, to: SegmentDraft, target: number): void {
  const value = from.fields.get(field);
  if (value !== undefined && !hasField(to, target)) to.fields.set(target, structuredClone(value));
}

/** Without an SPM, OBR says when the specimen was taken and what it is. */
export function setCollection(obr: SegmentDraft, specimen: FhirResource | undefined): void {
  if (specimen === undefined) return;
  const collection = objectIn(specimen.collection);
  const taken = collection?.collectedDateTime ?? objectIn(collection?.collectedPeriod)?.start;
  setText(obr, { field: 7 }, typeof taken === "string" ? timestampText(taken) : undefined);
  setText(
    obr,
    { field: 14 },
    typeof specimen.receivedTime === "string" ? timestampText(specimen.receivedTime) : undefined,
  );
  const type = objectIn(specimen.type);
  const coding = objectIn(listIn(type?.coding)[0]);
  const parts = [coding?.code, coding?.display ?? type?.text];
  for (const [at, part] of parts.entries())
    setText(obr, { field: 15, component: 1, subcomponent: at + 1 }, typeof part === "string" ? part : undefined);
}

/** NTE for each note. */
export function addNotes(writer: MessageWriter, map: string, resource: FhirResource): void {
  for (const [at, note] of listIn(resource.note).entries()) {
    const nte = writer.start("NTE");
    setText(nte, { field: 1 }, String(at + 1));
    writer.fill(nte, map, { resourceType: resource.resourceType, note: [note] });
    if (hasField(nte, 3)) writer.add(nte);
  }
}

export function addSpecimen(writer: MessageWriter, specimen: FhirResource, number: number): void {
  const spm = writer.start("SPM");
  setText(spm, { field: 1 }, String(number));
  writer.fill(spm, "SPM[Specimen]", specimen);
  const identifier = objectIn(listIn(specimen.identifier)[0]) ?? objectIn(specimen.accessionIdentifier);
  if (!hasField(spm, 2))
    setText(spm, { field: 2, component: 1 }, typeof identifier?.value === "string" ? identifier.value : undefined);
  writer.add(spm);
}
