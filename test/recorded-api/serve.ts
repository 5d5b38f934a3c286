/** `npm run build:web && node web/testing/serve.ts [port]`: the web app to look at, without anything behind it. */
import { join } from "node:path";
import { people } from "./people.ts";
import { serveRecordedApi } from "./server.ts";

const port = Number(process.argv[2] ?? 8090);
const { address } = await serveRecordedApi({ webRoot: join(import.meta.dirname, "../dist"), port });
console.log(`${address}\nSign in as ${Object.keys(people).join(", ")} with the password "password".`);
