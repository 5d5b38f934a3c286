import { setTimeout as sleep } from "node:timers/promises";

/** An application that reads one question at a time, and remembers what it was answered. */
export interface Reader {
  /** What was asked for, a name for each time that an answer came, whatever it was. */
  readonly answered: readonly string[];
  /** Anything answered that was no answer to a read. */
  readonly oddities: readonly string[];
  /** Reads until the connection breaks. */
  readUntilBroken(door: Door): Promise<void>;
}

export interface Door {
  /** `http://127.0.0.1:40123`. */
  readonly address: string;
  readonly token: string;
}

/** Names it asks for, as they stand in the log. */
export const readerName = /loss-reader-\d+(?:-\d+)?/;

export function aReader(number: number): Reader {
  const own = `loss-reader-${number}`;
  const answered: string[] = [];
  const oddities: string[] = [];
  let asked = 0;
  return {
    answered,
    oddities,
    async readUntilBroken(door) {
      try {
        await putPatient(door, own);
        for (;;) {
          const { path, name } = questionOf(own, asked);
          asked += 1;
          const status = await statusOf(door, path);
          if (status === 200 || status === 404) answered.push(name);
          else if (status === 429) await sleep(20);
          else oddities.push(`${path} was answered with ${status}`);
        }
      } catch {
        // A killed server resets its connections: what has no answer counts for nothing.
      }
    },
  };
}

/** In turns: a patient who is there, one who is not, and a search. */
function questionOf(own: string, asked: number): { readonly path: string; readonly name: string } {
  const name = `${own}-${asked}`;
  switch (asked % 3) {
    case 0:
      return { path: `Patient/${own}`, name: own };
    case 1:
      return { path: `Patient/${name}`, name };
    default:
      return { path: `Patient?_id=${name}`, name };
  }
}

/** Once; where a kill came before the answer, the next round finds it there. */
async function putPatient({ address, token }: Door, id: string): Promise<void> {
  const reply = await fetch(`${address}/fhir/Patient/${id}`, {
    method: "PUT",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/fhir+json",
      "if-none-match": "*",
    },
    body: JSON.stringify({ resourceType: "Patient", id }),
  });
  await reply.arrayBuffer();
}

async function statusOf({ address, token }: Door, path: string): Promise<number> {
  const reply = await fetch(`${address}/fhir/${path}`, { headers: { authorization: `Bearer ${token}` } });
  await reply.arrayBuffer();
  return reply.status;
}

/** Reads that were answered more often than the log says that they were asked for. */
export function unwitnessed(
  readers: readonly Pick<Reader, "answered">[],
  witnessed: ReadonlyMap<string, number>,
): readonly string[] {
  const answers = new Map<string, number>();
  for (const { answered } of readers) for (const name of answered) answers.set(name, (answers.get(name) ?? 0) + 1);
  return [...answers]
    .filter(([name, count]) => count > (witnessed.get(name) ?? 0))
    .map(([name, count]) => `${name} was answered ${count} times and is in the log ${witnessed.get(name) ?? 0} times`);
}
