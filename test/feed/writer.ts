/** A process of its own that writes to a shared database until it is killed: the other half of `feed.test.ts`. */
import { expectOk } from "#kernel";
import { timeOrderedIds } from "../../src/app/ids.ts";
import { note } from "../contracts/note.ts";
import { freshRecord } from "../record.ts";

const [connectionText, name] = process.argv.slice(2);
const connection = JSON.parse(connectionText ?? "");
const { record } = await freshRecord({ kinds: [note], connection, ids: timeOrderedIds });

async function writeForEver(): Promise<never> {
  for (let count = 0; ; count += 1) {
    const bodies = Array.from({ length: 1 + (count % 4) }, () => ({ subject: `${name}` }));
    const operations = bodies.map((body) => ({ action: "create", kind: "Note", body }) as const);
    const outcomes = expectOk(await record.transact({ operations }));
    process.stdout.write(`${outcomes.map((outcome) => outcome.version.position).join(" ")}\n`);
  }
}
await Promise.all(Array.from({ length: 4 }, writeForEver));
