import {
  decodeInterchange,
  type EdifactSegment,
  type Interchange,
  readInterchange,
  valuesOf,
} from "#standards/edifact";
import type { HumanName } from "#standards/fhir";
import type { ComponentView, FieldView, SegmentView } from "../api.ts";
import { present } from "../messages/present.ts";
import type { OutcomeOf } from "./outcomes.ts";
import type { ParsedView } from "./parsed-view.ts";

/** What segments of NHS003 and its envelope are for. Source: PMIP EDIFACT, NHS003; ISO 9735. */
const titles: Readonly<Record<string, string>> = {
  UNH: "Message header",
  BGM: "Beginning of message",
  DTM: "Date or time",
  S01: "Party",
  NAD: "Name and address",
  SPR: "Kind of party",
  S02: "Report",
  GIS: "Processing",
  RFF: "Number",
  STS: "Status",
  S06: "Subject of the report",
  ADR: "Address",
  S07: "Person",
  PNA: "Name of the person",
  PDI: "Sex",
  S10: "Clinical information",
  CIN: "Kind of clinical information",
  FTX: "Text",
  S16: "Specimen",
  SEQ: "Sequence",
  SPC: "Kind of specimen",
  INV: "Investigation",
  RSL: "Result",
  S20: "Reference range",
  RND: "Range",
  UNT: "Message trailer",
};

/** The parsed tree of an interchange: who sent it to whom, then the segments of its messages. */
export function edifactView(bytes: Uint8Array): ParsedView {
  const { header, messages, problems } = readInterchange(bytes);
  const lines = edifactLines(bytes);
  const segments = messages.flatMap((message) => message.segments);
  return {
    lines,
    segments: (segmentsShown, outcomeOf) => [
      ...(header === undefined ? [] : [envelope(header)]),
      ...segments.slice(0, segmentsShown).map((each) => segmentView(each, outcomeOf)),
    ],
    problems: [...problems, ...messages.flatMap((message) => message.problems)],
    patientName: nameIn(segments.find(({ tag }) => tag === "PNA")),
  };
}

/** A segment a line. */
function edifactLines(bytes: Uint8Array): readonly string[] {
  return decodeInterchange(bytes)
    .split(/(?<=(?<!\?)')[\r\n]*|[\r\n]+/)
    .filter((line) => line !== "");
}

/** PNA: the family name, and one given name. */
function nameIn(pna: EdifactSegment | undefined): HumanName | undefined {
  const parts = new Map(pna?.elements.slice(5).map(([kind = "", value = ""]) => [kind, value]));
  const [family, given, prefix] = [parts.get("SU"), parts.get("FO"), parts.get("TI")];
  if (family === undefined) return undefined;
  return { family, ...(given && { given: [given] }), ...(prefix && { prefix: [prefix] }) };
}

function envelope({ sender, recipient, controlReference }: NonNullable<Interchange["header"]>): SegmentView {
  const rows = [
    [2, "Sender", sender.id],
    [3, "Recipient", recipient.id],
    [5, "Control reference", controlReference],
  ] as const;
  const fields = rows.map(([number, title, text]) => ({ number, title, text, where: `UNB-${number}`, ...plain(text) }));
  return { name: "UNB", title: "Interchange header", where: "UNB", fields };
}

const plain = (raw: string) => ({ raw, components: [], isNull: false });

function segmentView(segment: EdifactSegment, outcomeOf: OutcomeOf): SegmentView {
  const { tag, where, elements } = segment;
  const byElement = Map.groupBy(valuesOf(segment), ({ element }) => element);
  const fields = [...byElement].map(([number, values]): FieldView => {
    const [value] = values;
    const isSimple = values.length === 1 && value?.component === 1;
    return present<FieldView>({
      where: `${where}-${number}`,
      number,
      raw: (elements[number] ?? []).join(":"),
      text: isSimple ? value.value : undefined,
      components: isSimple
        ? []
        : values.map((each) =>
            present<ComponentView>({
              where: each.where,
              text: each.value,
              isNull: false,
              outcome: outcomeOf(each.where),
            }),
          ),
      isNull: false,
      outcome: isSimple ? outcomeOf(value.where) : undefined,
    });
  });
  return present<SegmentView>({ name: tag, title: titles[tag], where, fields });
}
