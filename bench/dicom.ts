/**
 * Images in and out, beside Orthanc and beside DCMTK's receiver, which keeps what comes and neither syncs nor indexes it. DCMTK's
 * programs are told on both sides not to wait (`TCP_NODELAY=1 TCP_BUFFER_LENGTH=1048576`). `--full`: 100,000 small objects and
 * the object of 1.05 GB; without, 5,000 and none. Where Orthanc or DCMTK is missing, nothing is compared with it.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { benchData } from "./dicom/data.ts";
import { writeMany } from "./dicom/data-many.ts";
import { ask, askOnce, found } from "./dicom/readers.ts";
import { type Sent, sendFolders, stow } from "./dicom/senders.ts";
import { type ImageServer, isInstalled, startOrthanc, startOurs, startReceiver } from "./dicom/servers.ts";
import type { Figure } from "./figure.ts";

const isFull = process.argv.includes("--full");
/** What is made once is used again by the next run. */
const folder = join(import.meta.dirname, "../node_modules/.cache/corridor-bench-images");

type Starting = () => Promise<ImageServer | undefined>;

export async function run(): Promise<readonly Figure[]> {
  if (!isInstalled("storescu")) throw new Error("DCMTK is missing: apt-get install dcmtk");
  const ct = await Promise.all(
    (["ct500", "ct500-2", "ct500-3", "ct500-4"] as const).map((name) => benchData(folder, name)),
  );
  const [first = "", second = ""] = ct;
  return [
    ...(await intake("CT of 500 slices, one association", [first], 1.6)),
    ...(await intake("CT of 500 slices, four associations", ct, 1.5)),
    ...(await waiting(first)),
    ...(await small()),
    ...(isFull ? await large() : []),
    ...(await webStore(first, second)),
    ...(await reading(first)),
  ];
}

/** A server of its own for each measurement: what it has already makes none faster or slower. */
async function measured<T>(start: Starting, work: (server: ImageServer) => Promise<T>): Promise<T | undefined> {
  const server = await start();
  if (server === undefined) return undefined;
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

const rate = ({ objects, seconds }: Sent) => objects / seconds;
const megabytes = ({ bytes, seconds }: Sent) => bytes / 1e6 / seconds;

/** A server runs for months: before it is measured, each one takes everything once under other UIDs. */
function warmed(start: Starting, folders: readonly string[]): Starting {
  return async () => {
    const server = await start();
    for (let round = 0; server !== undefined && round < warmUpRounds; round += 1)
      await sendFolders(server, folders, { isInvented: true });
    return server;
  };
}

const warmUpRounds = 2;

async function intake(name: string, folders: readonly string[], times: number): Promise<readonly Figure[]> {
  const send = (start: Starting) => measured(warmed(start, folders), (server) => sendFolders(server, folders));
  const floor = await send(startReceiver);
  const orthanc = await send(startOrthanc);
  const ours = await send(startOurs);
  if (ours === undefined) return [];
  return [
    ...beside(name, rate(ours), floor && rate(floor), {
      unit: "objects/s",
      than: "DCMTK's receiver",
      share: times === 1.6 ? 0.5 : 0.6,
    }),
    ...beside(name, rate(ours), orthanc && rate(orthanc), { unit: "objects/s", than: "Orthanc", share: times }),
  ];
}

interface Compared {
  readonly unit: string;
  readonly than: string;
  /** Of the other's figure that must be reached. */
  readonly share: number;
  readonly isMost?: true;
}

function beside(
  name: string,
  value: number,
  floor: number | undefined,
  { unit, than, share, isMost }: Compared,
): readonly Figure[] {
  if (floor === undefined) return [];
  return [
    { name, value, unit, floor, floorName: than, wanted: { must: floor * share, ...(isMost ? { isMost } : {}) } },
  ];
}

/** A sender as DCMTK has it, which waits for acknowledgements of TCP. */
async function waiting(ct: string): Promise<readonly Figure[]> {
  const floor = await measured(warmed(startReceiver, [ct]), (server) => sendFolders(server, [ct]));
  const ours = await measured(warmed(startOurs, [ct]), (server) => sendFolders(server, [ct], { isFair: false }));
  if (ours === undefined) return [];
  const told = { unit: "objects/s", than: "DCMTK's receiver with a sender that does not wait", share: 0.5 };
  return beside("CT of 500 slices, a sender with Nagle's algorithm on", rate(ours), floor && rate(floor), told);
}

async function small(): Promise<readonly Figure[]> {
  const folders = await Promise.all([0, 1, 2, 3].map((part) => someSmall(part)));
  const send = (start: Starting) => measured(warmed(start, folders), (server) => sendFolders(server, folders));
  const [orthanc, ours] = [await send(startOrthanc), await send(startOurs)];
  if (ours === undefined) return [];
  const told = { unit: "objects/s", than: "Orthanc", share: 2 };
  return beside(`${ours.objects} small objects, four associations`, rate(ours), orthanc && rate(orthanc), told);
}

/** A quarter of them. */
async function someSmall(part: number): Promise<string> {
  const studies = isFull ? 250 : 13;
  const there = join(folder, `many-${studies}-${part}`);
  if (!existsSync(there)) {
    mkdirSync(there, { recursive: true });
    writeMany(there, { studies, firstStudy: part * studies });
  }
  return there;
}

async function large(): Promise<readonly Figure[]> {
  const data = await benchData(folder, "large");
  const send = (start: Starting) =>
    measured(start, async (server) => ({ sent: await sendFolders(server, [data]), peakMb: peakMegabytes(server.pid) }));
  const [floor, orthanc, ours] = [await send(startReceiver), await send(startOrthanc), await send(startOurs)];
  if (ours === undefined || floor === undefined) return [];
  const name = "one object of 1.05 GB";
  const must = { must: 200 };
  return [
    {
      name,
      value: megabytes(ours.sent),
      unit: "MB/s",
      floor: megabytes(floor.sent),
      floorName: "DCMTK's receiver",
      wanted: must,
    },
    {
      name: `${name}, memory at most`,
      value: ours.peakMb,
      unit: "MB",
      floor: orthanc?.peakMb ?? floor.peakMb,
      floorName: orthanc === undefined ? "DCMTK's receiver" : "Orthanc",
      wanted: { must: 200, isMost: true },
    },
  ];
}

/** The most that a process has had in memory. Source: proc_pid_status(5), VmHWM. */
function peakMegabytes(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
}

async function webStore(ct: string, other: string): Promise<readonly Figure[]> {
  const send = (start: Starting) =>
    measured(start, async (server) => {
      await stow(server, other, 4);
      return stow(server, ct, 4);
    });
  const [orthanc, ours] = [await send(startOrthanc), await send(startOurs)];
  if (ours === undefined) return [];
  const told = { unit: "objects/s", than: "Orthanc", share: 1.3 };
  return beside("CT of 500 slices by STOW-RS, four requests at once", rate(ours), orthanc && rate(orthanc), told);
}

const json = "application/dicom+json";
const octets = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
const objects = 'multipart/related; type="application/dicom"; transfer-syntax=*';

/** Search and retrieval, of a server that holds the CT and the small studies. */
async function reading(ct: string): Promise<readonly Figure[]> {
  const folders = await Promise.all([0, 1, 2, 3].map((part) => someSmall(part)));
  const read = (start: Starting) =>
    measured(start, async (server) => {
      await sendFolders(server, [ct, ...folders]);
      const study = await uidOf(server, "/studies?PatientID=CT500-1", "0020000D");
      const place = `/studies/${study}/series/${await uidOf(server, `/studies/${study}/series`, "0020000E")}`;
      const instances = (await found(server, `${place}/instances`)).map((each) => String(each["00080018"]?.Value?.[0]));
      const frames = instances.map((one) => ({ path: `${place}/instances/${one}/frames/1`, accept: octets }));
      const one = (path: string, accept = json) => [{ path, accept }];
      return {
        cold: await askOnce(server, one(`${place}/metadata`), 1),
        warm: await ask(server, one(`${place}/metadata`), 20),
        byId: await ask(server, one("/studies?PatientID=CT500-1"), 200),
        fifty: await ask(server, one("/studies?limit=50"), 100),
        deep: await ask(server, one("/instances?limit=50&offset=4000"), 20),
        whole: await ask(server, one(place, objects), 4),
        frames: await ask(server, frames, 400),
        rendered: await ask(server, one(`${place}/instances/${instances[250]}/rendered`, "image/jpeg"), 50),
      };
    });
  const [orthanc, ours] = [await read(startOrthanc), await read(startOurs)];
  if (ours === undefined || orthanc === undefined) return [];
  const p50 = (name: string, key: keyof typeof ours, must: number): Figure => ({
    name,
    value: ours[key].p50Ms,
    unit: "ms",
    floor: orthanc[key].p50Ms,
    floorName: "Orthanc",
    wanted: { must, isMost: true },
  });
  return [
    p50("search for one study by patient, p50", "byId", 1.5),
    p50("50 studies with their counts, p50", "fifty", 5),
    p50("50 objects behind 4,000, p50", "deep", 5),
    p50("metadata of 500 slices, first time", "cold", 60),
    p50("metadata of 500 slices, again, p50", "warm", 8),
    p50("rendered frame, p50", "rendered", 6),
    ...beside(
      "series of 500 slices retrieved",
      megabytes({ ...ours.whole, objects: 0 }),
      megabytes({ ...orthanc.whole, objects: 0 }),
      { unit: "MB/s", than: "Orthanc", share: 1.2 },
    ),
    ...beside("frames one by one", 400 / ours.frames.seconds, 400 / orthanc.frames.seconds, {
      unit: "frames/s",
      than: "Orthanc",
      share: 2.5,
    }),
  ];
}

async function uidOf(server: ImageServer, path: string, key: string): Promise<string> {
  const [first] = await found(server, path);
  const uid = first?.[key]?.Value?.[0];
  if (uid === undefined) throw new Error(`${server.aeTitle} found nothing for ${path}`);
  return String(uid);
}
