import type { Json } from "#kernel";
import type { MessageWriter } from "./message-writer.ts";
import type { OrderControl } from "./order-control.ts";
import { addNotes, copyField, setCollection, setNumbers } from "./order-parts.ts";
import { timestampText } from "./primitive-text.ts";
import { type FhirResource, listIn, objectIn } from "./resource-set.ts";
import { addResult, addSpecimens } from "./result-segments.ts";
import { setText } from "./segment-draft.ts";

export interface OrderToWrite {
  readonly order: FhirResource;
  readonly control: OrderControl;
  /** When the order was placed, changed or withdrawn: an instant. */
  readonly at: string;
  /** OBR-1 */
  readonly number: number;
  /** OML has timing and specimens as segments of their own. */
  readonly isLaboratory: boolean;
}

/** ORC, TQ1, OBR, NTE, DG1, OBX and SPM of one order. */
export function addOrder(writer: MessageWriter, { order, control, at, number, isLaboratory }: OrderToWrite): void {
  writer.forget();
  const orc = writer.start("ORC");
  setText(orc, { field: 1 }, control.control);
  setText(orc, { field: 5 }, control.status);
  if (control.control !== "NW" || order.authoredOn === undefined) setText(orc, { field: 9 }, timestampText(at));
  writer.fill(orc, "ORC[ServiceRequest]", order);
  for (const told of provenancesOf(order, writer)) writer.fill(orc, "ORC[Provenance]", told);
  setNumbers(orc, order, writer);
  writer.add(orc);
  if (isLaboratory) addTiming(writer, order);
  const obr = writer.start("OBR");
  setText(obr, { field: 1 }, String(number));
  for (const field of [2, 3]) copyField(orc, field, obr, field);
  copyField(orc, 12, obr, 16);
  const specimens = listIn(order.specimen).flatMap((each) => writer.set.resolve(each, "Specimen") ?? []);
  if (!isLaboratory) setCollection(obr, specimens[0]);
  writer.fill(obr, "OBR[ServiceRequest]", order);
  if (!isLaboratory) setText(obr, { field: 27, component: 6 }, priorityCodes[String(order.priority)]);
  writer.add(obr);
  addNotes(writer, "NTE[ServiceRequest]", order);
  addReasons(writer, order);
  const supporting = listIn(order.supportingInfo).flatMap((each) => writer.set.resolve(each, "Observation") ?? []);
  for (const [at, observation] of supporting.entries()) addResult(writer, observation, at + 1);
  if (isLaboratory) addSpecimens(writer, specimens);
}

/** Who entered it and who verified it, where that is given: ORC-10, 11 and 19. */
function provenancesOf({ resourceType, id }: FhirResource, { set }: MessageWriter): readonly FhirResource[] {
  const isOfIt = (target: Json) => objectIn(target)?.reference === `${resourceType}/${String(id)}`;
  const all = set.all.filter((each) => each.resourceType === "Provenance" && listIn(each.target).some(isOfIt));
  return all.map(({ agent, target }) => ({
    resourceType: "Provenance",
    ...(agent && { agent }),
    ...(target && { target }),
  }));
}

/** Source: HL7 v2.5.1 table 0485. */
const priorityCodes: Readonly<Record<string, string>> = { stat: "S", urgent: "A", asap: "A", routine: "R" };

function addTiming(writer: MessageWriter, order: FhirResource): void {
  const tq1 = writer.start("TQ1");
  setText(tq1, { field: 1 }, "1");
  setText(tq1, { field: 9 }, priorityCodes[String(order.priority)]);
  writer.fill(tq1, "TQ1[ServiceRequest]", order);
  if (tq1.fields.size > 1) writer.add(tq1);
}

function addReasons(writer: MessageWriter, order: FhirResource): void {
  const conditions = listIn(order.reasonReference).flatMap((each) => writer.set.resolve(each, "Condition") ?? []);
  for (const [at, condition] of conditions.entries()) {
    const dg1 = writer.start("DG1");
    setText(dg1, { field: 1 }, String(at + 1));
    writer.fill(dg1, "DG1[Condition]", condition);
    writer.add(dg1);
  }
}
