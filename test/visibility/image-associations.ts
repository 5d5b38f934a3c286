/** What is told over real associations, as whoever opens them may see it: C-FIND at every level, C-GET and C-MOVE. */
import type { Context } from "#access";
import { imageServices, type NamedNode } from "#departments/clinical";
import { expectOk, failed, notFound, ok, silentLog, silentMeter } from "#kernel";
import { type DimseServer, dimseClient, openDimseServer } from "#links/dimse";
import { type Association, type ProposedService, sopClasses } from "#standards/dimse";
import { openPixelEngine } from "../../src/app/pixels/pixel-engine.ts";
import { ctStorage, dataSetOf, explicitLittleUid, type Kept, keeping } from "../doors/dimse.ts";

const ownAeTitle = "CORRIDOR";
const elsewhere = "ELSEWHERE";
const { studyRootFind, studyRootGet, studyRootMove } = sopClasses;
const client = dimseClient({ log: silentLog, meter: silentMeter });

function nodeAt(port: number): NamedNode {
  return {
    ...{ id: "node", aeTitle: elsewhere, description: "", host: "127.0.0.1", port, tls: false, addresses: [] },
    ...{
      mayStore: true,
      mayFind: true,
      mayRetrieve: true,
      mayWorklist: false,
      mayReject: false,
      commits: false,
      isPaused: false,
    },
  };
}

/** Everybody who is among `callers`, by the AE title that they call themselves, asks at one door. */
export interface ImageDoor {
  /** Everything that is told on one association; each the study's number. */
  asked(aeTitle: string): Promise<ReadonlyMap<string, readonly string[]>>;
  close(): Promise<void>;
}

export async function openImageDoor(callers: ReadonlyMap<string, Context>, keeper: Context): Promise<ImageDoor> {
  const moved: Kept[] = [];
  const destination = await openNode(moved);
  const engine = openPixelEngine({ log: silentLog, threads: 1 });
  const call = (node: NamedNode, contexts: readonly ProposedService[]) =>
    client.open({ host: "127.0.0.1", port: node.port ?? 0, callingAe: ownAeTitle, calledAe: elsewhere, contexts });
  const node = nodeAt(destination.port);
  const directory = {
    nodes: async () => ok([node]),
    named: async (aeTitle: string) =>
      aeTitle.trim() === elsewhere ? ok(node) : failed(notFound("node-unknown", "No such node.")),
  };
  const door = expectOk(
    await openDimseServer({
      ...{ host: "127.0.0.1", port: 0, name: "dimse", log: silentLog, meter: silentMeter },
      admit: async ({ callingAe }) => {
        const context = callers.get(callingAe);
        if (context === undefined) return { is: "rejected", reason: "calling-ae-unknown" };
        return { is: "accepted", caller: { node, context } };
      },
      services: imageServices({
        engine,
        directory,
        call,
        keeper,
        ownAeTitle,
        log: silentLog,
        later: async () => false,
      }),
    }),
  );
  return {
    asked: (aeTitle) => askAll({ port: door.port, callingAe: aeTitle, moved }),
    close: async () => {
      await Promise.all([door.stop(), destination.stop(), engine.close()]);
    },
  };
}

async function openNode(kept: Kept[]): Promise<DimseServer> {
  return expectOk(
    await openDimseServer<string>({
      ...{ host: "127.0.0.1", port: 0, name: "elsewhere", log: silentLog, meter: silentMeter },
      admit: async ({ callingAe }) => ({ is: "accepted", caller: callingAe }),
      services: [keeping(kept)],
    }),
  );
}

interface Wish {
  readonly port: number;
  readonly callingAe: string;
  /** What has arrived at the node that objects are moved to. */
  readonly moved: Kept[];
}

const levels = { STUDY: "StudyInstanceUID", SERIES: "SeriesInstanceUID", IMAGE: "SOPInstanceUID" } as const;

async function askAll({ port, callingAe, moved }: Wish): Promise<ReadonlyMap<string, readonly string[]>> {
  const brought: Kept[] = [];
  const { store } = keeping(brought);
  const association = expectOk(
    await client.open({
      ...{ host: "127.0.0.1", port, callingAe, calledAe: ownAeTitle },
      contexts: [
        ...[sopClasses.patientRootFind, studyRootFind, studyRootGet, studyRootMove].map((sopClass) => ({ sopClass })),
        { sopClass: ctStorage, transferSyntaxes: [explicitLittleUid], role: "both" },
      ],
      services: [{ sopClasses: "storage", ...(store && { store: (request) => store(request as never) }) }],
    }),
  );
  const told = new Map<string, readonly string[]>();
  told.set("C-FIND PATIENT", await found(association, { PATIENT: "PatientID" }, sopClasses.patientRootFind));
  for (const [level, key] of Object.entries(levels)) {
    told.set(`C-FIND ${level}`, await found(association, { [level]: key }));
    const uids = numbers.map((number) => `1.9.${number}${suffixes[level as keyof typeof levels]}`).join("\\");
    const identifier = dataSetOf({ QueryRetrieveLevel: level, [key]: uids });
    brought.length = 0;
    await association.get({ sopClass: studyRootGet, identifier });
    told.set(`C-GET ${level}`, brought.map(studyOf));
    moved.length = 0;
    await association.move({ sopClass: studyRootMove, identifier, destination: elsewhere });
    told.set(`C-MOVE ${level}`, moved.map(studyOf));
  }
  await association.release();
  return told;
}

/** The numbers of all studies: that of nobody is 99. */
const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 99];
const suffixes: Readonly<Record<keyof typeof levels, string>> = { STUDY: "", SERIES: ".1", IMAGE: ".1.1" };

function studyOf({ sopInstance }: Kept): string {
  return sopInstance.split(".").slice(0, 3).join(".");
}

async function found(
  association: Association,
  at: Readonly<Record<string, string>>,
  sopClass: string = studyRootFind,
): Promise<readonly string[]> {
  const [[level = "", key = ""] = []] = Object.entries(at);
  const identifier = dataSetOf({ QueryRetrieveLevel: level, [key]: "" });
  const values: string[] = [];
  for await (const answer of association.find({ sopClass, identifier }))
    if (answer.is === "match") values.push(answer.identifier.text(key) ?? "");
  return values.map((value) => value.replace(/^P/, "").split(".").slice(0, 3).join("."));
}
