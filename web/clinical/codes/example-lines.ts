import type { CodeView, MessageView } from "#departments/clinical/api";

type Segment = MessageView["segments"][number];
type Field = Segment["fields"][number];

export interface ExampleLine {
  /** `OBX[3]`. */
  readonly where: string;
  readonly facts: readonly { readonly term: string; readonly value: string; readonly isCode: boolean }[];
}

/** What stands beside a code and tells what it may mean; the rest is in the message. */
const besides: Readonly<Record<string, readonly number[]>> = { OBR: [4], OBX: [3, 5, 6, 7] };

/** A code may stand in many lines of one message; two are enough to see. */
const linesMax = 2;

/** The lines of a message that the code stands in, as code, value, unit and range were sent. */
export function exampleLines(
  segments: readonly Segment[],
  { field, code }: Pick<CodeView, "field" | "code">,
): readonly ExampleLine[] {
  const [name = "", number = ""] = field.split("-");
  const holds = (each: Field) => each.number === Number(number) && textsOf(each).includes(code);
  return segments
    .filter((segment) => segment.name === name && segment.fields.some(holds))
    .slice(0, linesMax)
    .map((segment) => ({
      where: segment.where,
      facts: segment.fields
        .filter((each) => besides[name]?.includes(each.number))
        .map((each) => ({
          term: each.title ?? each.where,
          value: textsOf(each).join(" · "),
          isCode: each.number === Number(number),
        })),
    }));
}

function textsOf({ components, text, raw }: Field): readonly string[] {
  return components.length === 0 ? [text ?? raw] : components.map((component) => component.text);
}
