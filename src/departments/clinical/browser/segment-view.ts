import { limits } from "#kernel";
import {
  componentName,
  fieldName,
  type Message,
  notASegment,
  type PartName,
  type Segment,
  segmentTitle,
  type Value,
} from "#standards/hl7v2";
import type { ComponentView, FieldView, SegmentView } from "../api.ts";
import { present } from "../messages/present.ts";
import type { OutcomeOf } from "./outcomes.ts";

/** The parsed tree of a message: its segments up to a number, their fields that hold something, by name. */
export function segmentViews(message: Message, segmentsShown: number, outcomeOf: OutcomeOf): readonly SegmentView[] {
  const counts = Map.groupBy(message.segments, (segment) => segment.name);
  return message.segments.slice(0, segmentsShown).map((segment) => {
    const isOnly = counts.get(segment.name)?.length === 1;
    return present<SegmentView>({
      name: segment.name,
      title: segmentTitle(segment.name),
      where: isOnly ? segment.name : segment.where,
      fields: fieldViews(segment, { where: isOnly ? segment.name : segment.where, outcomeOf }),
    });
  });
}

interface Place {
  /** Of the segment, the field or the component. */
  readonly where: string;
  readonly outcomeOf: OutcomeOf;
}

function fieldViews(segment: Segment, place: Place): readonly FieldView[] {
  const first = segment.name === notASegment ? 0 : 1;
  const numbers = Array.from({ length: segment.fieldCount - first + 1 }, (_, at) => first + at);
  return numbers.flatMap((number) => {
    const repetitions = segment.repetitions(number);
    const name = nameOf(segment, number);
    return repetitions
      .filter((value) => !value.isEmpty)
      .map((value) => fieldView(value, { ...place, name, isOnly: repetitions.length === 1 }));
  });
}

/** The type of OBX-5 is what OBX-2 says. */
function nameOf(segment: Segment, number: number): PartName | undefined {
  const name = fieldName(segment.name, number);
  if (name === undefined || segment.name !== "OBX" || number !== 5) return name;
  return { ...name, dataType: segment.fieldText(2) };
}

interface FieldPlace extends Place {
  readonly name: PartName | undefined;
  readonly isOnly: boolean;
}

function fieldView(value: Value, { where, outcomeOf, name, isOnly }: FieldPlace): FieldView {
  const { field, repetition } = value.place;
  const fieldWhere = `${where}-${field}${isOnly ? "" : `[${repetition}]`}`;
  const components = value.isNull
    ? []
    : leavesOf(value, { dataType: name?.dataType ?? "", where: fieldWhere, outcomeOf });
  const isSimple = components.length === 0 || (components.length === 1 && components[0]?.where === `${fieldWhere}.1`);
  const raw = shortened(value.raw);
  return present<FieldView>({
    where: fieldWhere,
    number: field,
    title: name?.name,
    raw: raw.text,
    text: isSimple ? shortened(value.text).text : undefined,
    components: isSimple ? [] : components,
    isNull: value.isNull,
    outcome: isSimple ? outcomeOf(value.where) : undefined,
    cut: raw.cut,
  });
}

/** Each component, or each of its subcomponents where it has several, that holds something. */
function leavesOf(
  value: Value,
  { dataType, where, outcomeOf }: Place & { readonly dataType: string },
): readonly ComponentView[] {
  if (value.place.component !== 0) return [];
  return value.parts.flatMap((component) => {
    const name = componentName(dataType, component.place.component);
    const at = `${where}.${component.place.component}`;
    if (component.parts.length < 2) return leafView(component, { where: at, title: name?.name, outcomeOf });
    return component.parts.flatMap((part) => {
      const partName = componentName(name?.dataType ?? "", part.place.subcomponent);
      const title = [name?.name, partName?.name].filter((each) => each !== undefined).join(", ");
      const partWhere = `${at}.${part.place.subcomponent}`;
      return leafView(part, { where: partWhere, title: title === "" ? undefined : title, outcomeOf });
    });
  });
}

interface LeafPlace extends Place {
  readonly title: string | undefined;
}

function leafView(value: Value, { where, title, outcomeOf }: LeafPlace): readonly ComponentView[] {
  if (value.raw === "") return [];
  const { text, cut } = shortened(value.text);
  const outcome = outcomeOf(value.where);
  return [present<ComponentView>({ where, title, text, isNull: value.isNull, outcome, cut })];
}

/** A PDF in base64 is not for reading. */
export function shortened(text: string): { readonly text: string; readonly cut: true | undefined } {
  const shown = limits.messageValueShownCharactersMax;
  return text.length <= shown ? { text, cut: undefined } : { text: `${text.slice(0, shown)}…`, cut: true };
}
