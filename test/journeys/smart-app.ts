/** An application in a browser that uses `fhirclient` as it is published. Source: SMART App Launch 2.2; fhirclient 2. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { after } from "node:test";

const library = createRequire(import.meta.url).resolve("fhirclient/build/fhir-client.js");

export interface SmartApp {
  readonly address: string;
  /** What it is registered as, told before it is opened. */
  settings: { readonly clientId: string; readonly scope: string; readonly iss: string };
}

/** `/launch` for a chart, `/alone` for a start by itself, `/app` for what it shows then. Gone after the tests. */
export async function smartApp(): Promise<SmartApp> {
  const script = await readFile(library);
  const app: { settings: SmartApp["settings"] } = { settings: { clientId: "", scope: "", iss: "" } };
  const server = createServer(({ url = "" }, response) => {
    const { pathname } = new URL(url, "http://app");
    if (pathname === "/fhir-client.js") return response.setHeader("content-type", "text/javascript").end(script);
    const act = pathname === "/app" ? showing : startingWith(app.settings, pathname === "/alone");
    const page = `<!doctype html><title>Growth Chart</title><pre id="shown"></pre><script src="/fhir-client.js"></script>`;
    return response.setHeader("content-type", "text/html").end(`${page}<script>${act}</script>`);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  after(() => server.close());
  return Object.assign(app, { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function startingWith({ clientId, scope, iss }: SmartApp["settings"], isAlone: boolean): string {
  const order = { clientId, scope, redirectUri: "/app", ...(isAlone ? { iss } : {}) };
  return `FHIR.oauth2.authorize(${JSON.stringify(order)})`;
}

const showing = `
const show = (value) => { document.getElementById("shown").textContent = JSON.stringify(value); };
FHIR.oauth2.ready().then(async (client) => {
  window.again = () => client.request("Patient/" + client.patient.id).then(() => "still open", (error) => String(error));
  const found = await client.request("Observation?_count=50");
  const values = (found.entry ?? []).map((entry) => entry.resource.valueString);
  const encounter = client.encounter.id;
  show({ patient: client.patient.id, user: client.getIdToken().name, values, encounter });
}).catch((error) => show({ error: String(error) }));
`;
