/** Searches of every shape on the loaded set, by clients at the same time. */
import type { Figure } from "../figure.ts";
import type { RecordedReply } from "../load/bare-fhir.ts";
import { runClient, startFloor } from "../load/process.ts";
import { recorded } from "../load/recorded.ts";
import type { SearchesSeen, SearchLoad } from "../load/search-client.ts";
import { longOrFigures } from "./long-or.ts";
import { sampled } from "./sample.ts";
import { searchShapes } from "./search-shapes.ts";
import { type Served, tell, withCost } from "./served.ts";

const clients = 8;
const rounds = 3;
const floorName = "a bare Node server sending the same bytes";

export async function searchFigures(served: Served): Promise<readonly Figure[]> {
  tell("taking values to search for from the loaded set");
  const sample = await sampled(served);
  const shapes = searchShapes(sample);
  const replies = await recordedReplies(served, shapes);
  const floor = await startFloor("bare-fhir.ts", { replies });
  try {
    const load: Omit<SearchLoad, "port"> = { ...served.target, shapes, clients, warmUpMs: 2_000, durationMs: 6_000 };
    const { ours, bare } = await measured(served, load, { ours: served.target.port, floor: floor.port });
    return [...mixFigures(ours, bare), ...shapeFigures(ours, bare), ...(await longOrFigures(served, sample))];
  } finally {
    await floor.stop();
  }
}

type Shapes = SearchLoad["shapes"];

/** Each search once, which must find something in most of a shape's values. */
async function recordedReplies({ ask }: Served, shapes: Shapes): Promise<Readonly<Record<string, RecordedReply>>> {
  const replies: Record<string, RecordedReply> = {};
  for (const [shape, paths] of Object.entries(shapes)) {
    let finding = 0;
    const startedMs = performance.now();
    for (const path of paths) {
      const reply = await recorded(await ask(path.slice("/fhir/".length)));
      const { entry = [] } = JSON.parse(reply.body) as { readonly entry?: readonly unknown[] };
      if (entry.length > 0) finding += 1;
      replies[`GET ${path}`] = reply;
    }
    const eachMs = (performance.now() - startedMs) / paths.length;
    tell(`  ${shape}: ${finding} of ${paths.length} find something, ${eachMs.toFixed(1)} ms each`);
    if (finding < paths.length / 2) throw new Error(`Searches by ${shape} find nothing: ${paths[0]}`);
  }
  return replies;
}

interface Ports {
  readonly ours: number;
  readonly floor: number;
}

interface BothSeen {
  readonly ours: SearchesSeen;
  readonly bare: SearchesSeen;
}

/** In turns, so that a busy machine slows both; the median round of each. */
async function measured(served: Served, load: Omit<SearchLoad, "port">, ports: Ports): Promise<BothSeen> {
  const ours: SearchesSeen[] = [];
  const bare: SearchesSeen[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    tell(`searching, round ${round} of ${rounds}`);
    bare.push(await runClient<SearchesSeen>("search-client.ts", { ...load, warmUpMs: 500, port: ports.floor }));
    const search = () => runClient<SearchesSeen>("search-client.ts", { ...load, port: ports.ours });
    ours.push(await withCost(served, search, ({ all }) => all.perSecond));
  }
  for (const { all } of [...ours, ...bare])
    if (all.failures > 0 || all.answers === 0) throw new Error(`${all.failures} of ${all.answers} searches failed.`);
  return { ours: median(ours), bare: median(bare) };
}

function median(seen: readonly SearchesSeen[]): SearchesSeen {
  const sorted = seen.toSorted((a, b) => a.all.perSecond - b.all.perSecond);
  return sorted[Math.floor(sorted.length / 2)] as SearchesSeen;
}

function mixFigures({ all: ours }: SearchesSeen, { all: bare }: SearchesSeen): readonly Figure[] {
  const name = `search mix, ${clients} clients`;
  const rate = { value: ours.perSecond, unit: "requests/s", floor: bare.perSecond, floorName };
  return [
    { name, ...rate, wanted: { must: 1_500, aim: 3_000 } },
    { name: `${name}, p50`, value: ours.p50Ms, unit: "ms", floor: bare.p50Ms, floorName },
    {
      name: `${name}, p99`,
      value: ours.p99Ms,
      unit: "ms",
      floor: bare.p99Ms,
      floorName,
      wanted: { must: 20, isMost: true },
    },
  ];
}

function shapeFigures(ours: SearchesSeen, bare: SearchesSeen): readonly Figure[] {
  return Object.entries(ours.shapes).flatMap(([shape, seen]) => {
    const floor = bare.shapes[shape] ?? seen;
    const common = { unit: "ms", floorName };
    return [
      { name: `search in the mix by ${shape}, p50`, value: seen.p50Ms, floor: floor.p50Ms, ...common },
      { name: `search in the mix by ${shape}, p99`, value: seen.p99Ms, floor: floor.p99Ms, ...common },
    ];
  });
}
