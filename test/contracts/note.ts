import { type KindDefinition, noEntries } from "#record";

/** A kind with everything a document can be found by. */
export const note: KindDefinition = {
  kind: "Note",
  check: (body) =>
    body.subject === undefined
      ? [{ category: "incorrect", code: "required", message: "A note has a subject.", where: "Note.subject" }]
      : [],
  index: (body) => ({
    ...noEntries,
    keys: [`subject=${body.subject}`, ...(body.tag ? [`tag=${body.tag}`] : [])],
    dates: typeof body.day === "number" ? [{ parameter: "day", fromMs: body.day, toMs: body.day + 10 }] : [],
    texts: [{ parameter: "subject", text: String(body.subject), written: String(body.subject) }],
  }),
};
