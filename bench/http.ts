/** How fast a resource is read by its id over HTTP, by 16 clients that keep their connections. */
import type { Figure } from "./figure.ts";
import type { BareReply } from "./load/bare-http.ts";
import { type BenchCorridor, startBenchCorridor } from "./load/corridor.ts";
import type { HttpLoad } from "./load/http-client.ts";
import { runClient, startFloor } from "./load/process.ts";
import { inTurns } from "./load/rounds.ts";

const patientCount = 200;
const clients = 16;
const warmUpMs = 10_000;

export async function run(): Promise<readonly Figure[]> {
  const corridor = await startBenchCorridor();
  try {
    const token = await corridor.token();
    const paths = await createPatients(corridor, token);
    const asked = { authorization: `Bearer ${token}`, "accept-encoding": "identity" };
    const sample = await fetch(corridor.http + paths[0], { headers: asked });
    const reply: BareReply = { headers: headersLike(sample), body: await sample.text() };
    const floor = await startFloor("bare-http.ts", reply);
    const port = Number(new URL(corridor.http).port);
    const load: Omit<HttpLoad, "port"> = { host: "127.0.0.1", paths, token, clients, warmUpMs: 700, durationMs: 2_000 };
    // A server runs for months: what is measured is code that has been compiled.
    await runClient("http-client.ts", { ...load, port, durationMs: warmUpMs });
    const seen = await inTurns({
      rounds: 3,
      ours: () => runClient("http-client.ts", { ...load, port }),
      floor: () => runClient("http-client.ts", { ...load, port: floor.port }),
    }).finally(() => floor.stop());
    const floorName = "a bare Node server sending the same bytes";
    return [
      { name: "read by id", value: seen.ours.perSecond, unit: "reads/s", floor: seen.floor.perSecond, floorName },
      { name: "read by id, p99", value: seen.ours.p99Ms, unit: "ms", floor: seen.floor.p99Ms, floorName },
    ];
  } finally {
    await corridor.stop();
  }
}

async function createPatients(corridor: BenchCorridor, token: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (let number = 0; number < patientCount; number += 1) {
    const reply = await fetch(`${corridor.http}/fhir/Patient`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/fhir+json" },
      body: JSON.stringify(aPatient(number)),
    });
    if (reply.status !== 201) throw new Error(`A patient was answered with ${reply.status}: ${await reply.text()}`);
    const { pathname } = new URL(reply.headers.get("location") ?? "", corridor.http);
    paths.push(pathname.replace(/\/_history\/.*$/, ""));
  }
  return paths;
}

function aPatient(number: number): object {
  return {
    resourceType: "Patient",
    identifier: [{ use: "usual", system: "https://meadow.example/hospital-number", value: `H${100_000 + number}` }],
    active: true,
    name: [{ use: "official", family: "Benchley", given: ["Ada", "Mary"], prefix: ["Ms"] }],
    telecom: [{ system: "phone", value: "0113 496 0000", use: "home" }],
    gender: "female",
    birthDate: "1961-04-12",
    address: [{ use: "home", line: ["1 Meadow Lane"], city: "Leeds", postalCode: "LS1 1AA", country: "GB" }],
  };
}

/** The head of Corridor's own answer, but for what Node adds to every answer by itself. */
function headersLike(sample: Response): Readonly<Record<string, string>> {
  const own = new Set(["content-length", "date", "connection", "keep-alive", "transfer-encoding"]);
  return Object.fromEntries([...sample.headers].filter(([name]) => !own.has(name)));
}
