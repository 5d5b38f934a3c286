import type { RecordedReply } from "./bare-fhir.ts";

/** What Node adds to every answer by itself. */
const own = new Set(["content-length", "date", "connection", "keep-alive", "transfer-encoding"]);

/** An answer as a bare server can give it again. */
export async function recorded(answer: Response): Promise<RecordedReply> {
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !own.has(name)));
  return { status: answer.status, headers, body: await answer.text() };
}
