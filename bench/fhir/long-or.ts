/** One parameter with 500 values. */
import type { Figure } from "../figure.ts";
import { startFloor } from "../load/process.ts";
import { recorded } from "../load/recorded.ts";
import { resources, type Sample } from "./sample.ts";
import { type Served, tell } from "./served.ts";

const valueCount = 500;
const searchCount = 20;

export async function longOrFigures(served: Served, { patients }: Sample): Promise<readonly Figure[]> {
  tell(`searching by ${valueCount} values`);
  const forms = await formsOf(served, patients);
  const answer = await served.ask("Observation/_search", posted(forms[0] ?? ""));
  const floor = await startFloor("bare-fhir.ts", { replies: { "POST Observation": await recorded(answer) } });
  try {
    const path = "/fhir/Observation/_search";
    const bare = await medianMs(forms, (form) => fetch(`http://127.0.0.1:${floor.port}${path}`, posted(form)));
    const ours = await medianMs(forms, (form) => served.ask("Observation/_search", posted(form)));
    return [
      {
        name: `search by ${valueCount} values, one after the other`,
        value: ours,
        unit: "ms",
        floor: bare,
        floorName: "a bare Node server sending the same bytes",
        wanted: { must: 50, isMost: true },
      },
    ];
  } finally {
    await floor.stop();
  }
}

function posted(body: string): RequestInit {
  return { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body };
}

/** The Observations of many encounters, each time others; where the set has fewer, the rest is made up. */
async function formsOf(served: Served, patients: Sample["patients"]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { id } of patients) {
    const encounters = await resources<{ readonly id: string }>(served, `Encounter?patient=${id}&_count=100`);
    found.push(...encounters.map((encounter) => encounter.id));
  }
  return Array.from({ length: searchCount }, (_, search) => {
    const values = Array.from({ length: valueCount }, (_, index) => {
      const number = index * searchCount + search;
      return `Encounter/${found.length > valueCount ? found[number % found.length] : (found[index] ?? `none-${number}`)}`;
    });
    return new URLSearchParams({ encounter: [...new Set(values)].join(","), _count: "20" }).toString();
  });
}

async function medianMs(forms: readonly string[], ask: (form: string) => Promise<Response>): Promise<number> {
  const times: number[] = [];
  for (const form of forms) {
    const startedMs = performance.now();
    await (await ask(form)).text();
    times.push(performance.now() - startedMs);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
