/** `npm run build:web && node test/recorded-api/serve.ts [port]`: the web app to look at, without anything behind it. */
import { join } from "node:path";
import { people } from "./people.ts";
import { serveRecordedApi } from "./server.ts";

const port = Number(process.argv[2] ?? 8090);
const { address } = await serveRecordedApi({ webRoot: join(import.meta.dirname, "../../web/dist"), port });
console.log(`${address}\nSign in as ${Object.keys(people).join(", ")} with the password "password".`);
